//! The addresses of the pages.

use crate::{
    challenges, comparisons, errors, glossary, home, materials, organisations, people, practices, recommendations,
    search, seminars, sessions,
};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};

/// All pages. Each draws its own document.
pub(crate) fn pages() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=errors::not_here>
                <Route path=path!("/") view=home::home/>
                <Route path=path!("/seminars") view=seminars::list::seminars/>
                <Route path=path!("/seminars/:seminar") view=seminars::seminar::seminar/>
                <Route path=path!("/seminars/:seminar/programme") view=sessions::programme::programme/>
                <Route path=path!("/seminars/:seminar/sessions/:session") view=sessions::session::session/>
                <Route path=path!("/seminars/:seminar/people") view=people::of_seminar::people_of_seminar/>
                <Route path=path!("/seminars/:seminar/materials") view=materials::list::materials/>
                <Route path=path!("/seminars/:seminar/materials/:material") view=materials::material::material/>
                <Route path=path!("/seminars/:seminar/comparison") view=comparisons::comparison/>
                <Route path=path!("/seminars/:seminar/recommendations") view=recommendations::of_seminar::of_seminar/>
                <Route path=path!("/practices") view=practices::list::practices/>
                <Route path=path!("/practices/:practice") view=practices::practice::practice/>
                <Route path=path!("/challenges") view=challenges::list::challenges/>
                <Route path=path!("/challenges/:challenge") view=challenges::challenge::challenge/>
                <Route path=path!("/recommendations") view=recommendations::list::recommendations/>
                <Route path=path!("/recommendations/:recommendation") view=recommendations::recommendation::recommendation/>
                <Route path=path!("/people") view=people::list::people/>
                <Route path=path!("/people/:person") view=people::person::person/>
                <Route path=path!("/organisations/:organisation") view=organisations::organisation/>
                <Route path=path!("/glossary") view=glossary::list::glossary/>
                <Route path=path!("/glossary/:term") view=glossary::term::term/>
                <Route path=path!("/search") view=search::page::search/>
            </FlatRoutes>
        </Router>
    }
}
