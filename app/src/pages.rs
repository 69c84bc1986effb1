//! The addresses of the pages.

use crate::{
    accounts, authors, boards, challenges, changes, comparisons, errors, glossary, health, home, materials, named,
    notices, organisations, people, practices, privacy, protection, recommendations, retention, roles, search, seats,
    seminars, sessions, settings, translations,
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
                <Route path=path!("/seminars/new") view=seminars::edit::new/>
                <Route path=path!("/seminars/:seminar/edit") view=seminars::edit::edit/>
                <Route path=path!("/seminars/:seminar/copy") view=seminars::copy::copy/>
                <Route path=path!("/seminars/:seminar") view=seminars::seminar::seminar/>
                <Route path=path!("/seminars/:seminar/programme") view=sessions::programme::programme/>
                <Route path=path!("/seminars/:seminar/programme/edit") view=sessions::arrange::arrange/>
                <Route path=path!("/seminars/:seminar/programme/new") view=sessions::edit::new/>
                <Route path=path!("/seminars/:seminar/sessions/:session/edit") view=sessions::edit::edit/>
                <Route path=path!("/seminars/:seminar/sessions/:session") view=sessions::session::session/>
                <Route path=path!("/seminars/:seminar/people") view=people::of_seminar::people_of_seminar/>
                <Route path=path!("/seminars/:seminar/materials") view=materials::list::materials/>
                <Route path=path!("/seminars/:seminar/materials/new") view=materials::edit::new/>
                <Route path=path!("/seminars/:seminar/materials/:material/edit") view=materials::edit::edit/>
                <Route path=path!("/seminars/:seminar/materials/:material") view=materials::material::material/>
                <Route path=path!("/seminars/:seminar/comparison") view=comparisons::comparison/>
                <Route path=path!("/seminars/:seminar/comparison/edit") view=comparisons::edit::heading/>
                <Route path=path!("/seminars/:seminar/comparison/new") view=comparisons::edit::new/>
                <Route path=path!("/seminars/:seminar/comparison/:topic/edit") view=comparisons::edit::edit/>
                <Route path=path!("/seminars/:seminar/boards") view=boards::list::boards/>
                <Route path=path!("/seminars/:seminar/boards/new") view=boards::edit::new/>
                <Route path=path!("/seminars/:seminar/boards/:board/edit") view=boards::edit::edit/>
                <Route path=path!("/seminars/:seminar/boards/:board") view=boards::board::board/>
                <Route path=path!("/seminars/:seminar/recommendations") view=recommendations::of_seminar::of_seminar/>
                <Route path=path!("/seminars/:seminar/translations") view=translations::list/>
                <Route path=path!("/seminars/:seminar/translations/:language") view=translations::of_seminar/>
                <Route path=path!("/seminars/:seminar/sessions/:session/translations/:language") view=translations::of_session/>
                <Route path=path!("/seminars/:seminar/materials/:material/translations/:language") view=translations::of_material/>
                <Route path=path!("/seminars/:seminar/boards/:board/translations/:language") view=translations::of_board/>
                <Route path=path!("/practices/:practice/translations/:language") view=translations::of_practice/>
                <Route path=path!("/challenges/:challenge/translations/:language") view=translations::of_challenge/>
                <Route path=path!("/practices") view=practices::list::practices/>
                <Route path=path!("/practices/new") view=authors::new_practice/>
                <Route path=path!("/seminars/:seminar/practices/new") view=practices::edit::new/>
                <Route path=path!("/practices/:practice/edit") view=practices::edit::edit/>
                <Route path=path!("/practices/:practice") view=practices::practice::practice/>
                <Route path=path!("/challenges") view=challenges::list::challenges/>
                <Route path=path!("/challenges/new") view=authors::new_challenge/>
                <Route path=path!("/seminars/:seminar/challenges/new") view=challenges::edit::new/>
                <Route path=path!("/challenges/:challenge/edit") view=challenges::edit::edit/>
                <Route path=path!("/challenges/:challenge") view=challenges::challenge::challenge/>
                <Route path=path!("/recommendations") view=recommendations::list::recommendations/>
                <Route path=path!("/recommendations/:recommendation") view=recommendations::recommendation::recommendation/>
                <Route path=path!("/people") view=people::list::people/>
                <Route path=path!("/seminars/:seminar/people/new") view=named::name_person/>
                <Route path=path!("/seminars/:seminar/organisations/new") view=named::name_organisation/>
                <Route path=path!("/people/:person/edit") view=named::edit_person/>
                <Route path=path!("/organisations/:organisation/edit") view=named::edit_organisation/>
                <Route path=path!("/people/:person") view=people::person::person/>
                <Route path=path!("/organisations/:organisation") view=organisations::organisation/>
                <Route path=path!("/glossary") view=glossary::list::glossary/>
                <Route path=path!("/glossary/:term") view=glossary::term::term/>
                <Route path=path!("/search") view=search::page::search/>
                <Route path=path!("/admin/audit") view=changes::audit/>
                <Route path=path!("/admin/health") view=health::health/>
                <Route path=path!("/admin/retention") view=retention::retention/>
                <Route path=path!("/admin/settings") view=settings::page/>
                <Route path=path!("/admin/missed") view=search::missed::missed/>
                <Route path=path!("/sign-in") view=accounts::sign_in::sign_in/>
                <Route path=path!("/sign-in/:token") view=accounts::link::link/>
                <Route path=path!("/sign-out") view=accounts::sign_out::sign_out/>
                <Route path=path!("/invitations/:token") view=accounts::invitation::invitation/>
                <Route path=path!("/account") view=accounts::account::account/>
                <Route path=path!("/account/data") view=accounts::data::data/>
                <Route path=path!("/account/address") view=accounts::address::address/>
                <Route path=path!("/account/address/:token") view=accounts::address::link/>
                <Route path=path!("/account/password") view=accounts::password::password/>
                <Route path=path!("/admin/people") view=accounts::list::accounts/>
                <Route path=path!("/admin/people/:account") view=accounts::manage::account/>
                <Route path=path!("/admin/invitations") view=accounts::invite::on_the_platform/>
                <Route path=path!("/seminars/:seminar/invitations") view=accounts::invite::in_a_seminar/>
                <Route path=path!("/seminars/:seminar/invitations/many") view=accounts::many::many/>
                <Route path=path!("/join") view=seats::join::join/>
                <Route path=path!("/join/:code") view=seats::enter::enter/>
                <Route path=path!("/seminars/:seminar/notices") view=notices::page::notices/>
                <Route path=path!("/seminars/:seminar/door") view=seats::door::door/>
                <Route path=path!("/seminars/:seminar/seats/:seat") view=seats::one::one/>
                <Route path=path!("/seminars/:seminar/cards") view=seats::paper::cards/>
                <Route path=path!("/seminars/:seminar/attendance") view=seats::paper::attendance/>
                <Route path=path!("/seminars/:seminar/poster") view=seats::paper::poster/>
                <Route path=path!("/seminars/:seminar/protection") view=protection::list::list/>
                <Route path=path!("/seminars/:seminar/protection/:kind/:thing") view=protection::one::one/>
                <Route path=path!("/privacy") view=privacy::privacy/>
                <Route path=path!("/help/roles") view=roles::roles/>
            </FlatRoutes>
        </Router>
    }
}

/// The forms of all pages, each at the address of the page that it is on or below it.
pub fn forms<S: Clone + Send + Sync + 'static>() -> axum::Router<S> {
    accounts::routes()
        .merge(seats::routes())
        .merge(notices::routes())
        .merge(protection::routes())
        .merge(retention::routes())
        .merge(settings::routes())
        .merge(seminars::routes())
        .merge(sessions::routes())
        .merge(named::routes())
        .merge(materials::routes())
        .merge(authors::routes())
        .merge(practices::routes())
        .merge(challenges::routes())
        .merge(comparisons::routes())
        .merge(boards::routes())
        .merge(translations::routes())
}

/// The forms with which files are sent: they take as long as that takes.
pub fn uploads<S: Clone + Send + Sync + 'static>() -> axum::Router<S> {
    materials::uploads()
}
