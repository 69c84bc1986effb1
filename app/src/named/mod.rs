//! `/people/{person}/edit`, `/organisations/{organisation}/edit`, and the same below a seminar for somebody new: what is said
//! of them.

use crate::{
    asked::Asked,
    edits::{self, Done, Frame, Home, Told, sheet},
    forms::{Typed, Version},
    render,
    seminars::way,
    ui::{Area, Line, area, line, nation, select, taking_away},
    words::Words,
};
use axum::{Extension, Router, extract::Path, response::Response, routing::post};
use content::{
    named::{self, Draft, Editing, Field, Refused, Who},
    seminars,
    store::Failure,
    texts::Phrase,
    things::Listed,
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::borrow::Cow;

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field, Home>;

/// Whom a form is of, and where they may work.
pub(crate) struct Around {
    who: Who,
    organisations: Vec<Listed>,
}

/// What the form sends: that of a person has no fields of an organisation, nor the other way about.
#[derive(Clone, Debug, serde::Deserialize)]
struct Sent {
    was: String,
    /// The seminar in which they are named.
    #[serde(default)]
    seminar: String,
    name: String,
    about: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    abbreviation: String,
    #[serde(default)]
    site: String,
    country: String,
}

impl Sent {
    fn draft(&self) -> Draft {
        let Self { name, about, organisation, abbreviation, site, country, .. } = self.clone();
        // Browsers send lines that end as in letters; what is shown ends them as files do.
        Draft { name, about: about.replace("\r\n", "\n"), organisation, abbreviation, site, country }
    }
}

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/seminars/{seminar}/people/new", post(new_person))
        .route("/seminars/{seminar}/organisations/new", post(new_organisation))
        .route("/people/{person}/edit", post(person))
        .route("/people/{person}/remove", post(no_person))
        .route("/organisations/{organisation}/edit", post(organisation))
        .route("/organisations/{organisation}/remove", post(no_organisation))
}

/// Where the pages of those who are named begin.
fn above(who: Who) -> &'static str {
    match who {
        Who::Person => "/people",
        Who::Organisation => "/organisations",
    }
}

pub(crate) fn edit_person() -> impl IntoView {
    page(Who::Person, None, Some(render::parameter("person")))
}

pub(crate) fn edit_organisation() -> impl IntoView {
    page(Who::Organisation, None, Some(render::parameter("organisation")))
}

pub(crate) fn name_person() -> impl IntoView {
    page(Who::Person, Some(render::parameter("seminar")), None)
}

pub(crate) fn name_organisation() -> impl IntoView {
    page(Who::Organisation, Some(render::parameter("seminar")), None)
}

fn page(who: Who, seminar: Option<String>, slug: Option<String>) -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let (store, viewer) = (&asked.store, &asked.viewer);
            let (seminar, slug) = Again::place(again.as_ref(), seminar, slug);
            let Some(home) = home(&asked, who, seminar.as_deref(), slug.as_deref()).await? else { return Ok(None) };
            let found = named::editing(store, viewer, asked.reading, &home, (who, slug.as_deref())).await?;
            Ok(found.map(|editing| draw(&asked, &home, (who, slug), editing, again)))
        },
        render::nowhere_else,
    )
}

async fn home(asked: &Asked, who: Who, seminar: Option<&str>, slug: Option<&str>) -> Result<Option<Listed>, Failure> {
    let (store, viewer) = (&asked.store, &asked.viewer);
    match (seminar, slug) {
        (Some(seminar), _) => seminars::listed(store, viewer, asked.reading, seminar).await,
        (None, Some(slug)) => named::home(store, viewer, asked.reading, (who, slug)).await,
        (None, None) => Ok(None),
    }
}

async fn person(asked: Extension<Asked>, Path(slug): Path<String>, sent: Typed<Sent>) -> Response {
    post_for(asked, Who::Person, None, Some(slug), sent).await
}

async fn organisation(asked: Extension<Asked>, Path(slug): Path<String>, sent: Typed<Sent>) -> Response {
    post_for(asked, Who::Organisation, None, Some(slug), sent).await
}

async fn new_person(asked: Extension<Asked>, Path(seminar): Path<String>, sent: Typed<Sent>) -> Response {
    post_for(asked, Who::Person, Some(seminar), None, sent).await
}

async fn new_organisation(asked: Extension<Asked>, Path(seminar): Path<String>, sent: Typed<Sent>) -> Response {
    post_for(asked, Who::Organisation, Some(seminar), None, sent).await
}

async fn no_person(asked: Extension<Asked>, Path(slug): Path<String>, sent: Typed<Version>) -> Response {
    remove(asked, Who::Person, &slug, sent).await
}

async fn no_organisation(asked: Extension<Asked>, Path(slug): Path<String>, sent: Typed<Version>) -> Response {
    remove(asked, Who::Organisation, &slug, sent).await
}

/// Has somebody be as was typed, or names them.
async fn post_for(
    Extension(asked): Extension<Asked>,
    who: Who,
    seminar: Option<String>,
    slug: Option<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let slug = slug.as_deref();
    let mut above = above(who).to_owned();
    let done = async {
        let found = home(&asked, who, seminar.as_deref(), slug).await?;
        let Some(home) = found else { return Ok(Done::Nowhere) };
        if slug.is_none() {
            above = format!("{}/people", home.place.path());
        }
        let typed = (sent.was.as_str(), &sent.draft());
        Ok(Done::from(named::edit(&asked.store, &asked.viewer, &home, (who, slug), typed, Timestamp::now()).await?))
    };
    let done = done.await.map(|done| done.or_gone(slug.is_some()));
    let to = |saved| if slug.is_some() { format!("{above}/{saved}") } else { above };
    edits::answer(asked, done, (sent.draft(), sent.was, Home(sent.seminar)), to).await
}

/// Takes somebody away.
async fn remove(
    Extension(asked): Extension<Asked>,
    who: Who,
    slug: &str,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let mut to = String::new();
    let removed = async {
        let Some(home) = home(&asked, who, None, Some(slug)).await? else { return Ok(Err(Refused::Forbidden)) };
        to = format!("{}/people", home.place.path());
        named::remove(&asked.store, &asked.viewer, &home, (who, slug), &was, Timestamp::now()).await
    };
    let removed = removed.await;
    edits::taken_away(asked, removed, (&to, &format!("{}/{slug}/edit", above(who)))).await
}

fn draw(
    asked: &Asked,
    seminar: &Listed,
    (who, slug): (Who, Option<String>),
    Editing { draft: shown, removable, organisations }: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let remove = slug.as_ref().filter(|_| removable).map(|slug| {
        let word = if who == Who::Person { words.remove_person() } else { words.remove_organisation() };
        let to = format!("{}/{slug}/remove", above(who));
        taking_away(to, &content::edits::version(&shown), words.remove_named_lead(), word)
    });
    let around = Around { who, organisations };
    let (frame, _) = Frame::of(words, &around, shown, again);
    let (draft, why) = (&frame.draft, |field| frame.why(field));
    let path = seminar.place.path();
    let anew = frame.is_gone().then(|| match who {
        Who::Person => format!("{path}/people/new"),
        Who::Organisation => format!("{path}/organisations/new"),
    });
    let title = match (who, slug) {
        (Who::Person, Some(_)) => words.edit_person(),
        (Who::Person, None) => words.new_person(),
        (Who::Organisation, Some(_)) => words.edit_organisation(),
        (Who::Organisation, None) => words.new_organisation(),
    };
    let of_line = |field: Field, name, value: &str, kind| {
        let (label, value) = (frame.label(field).to_owned(), value.to_owned());
        line(Line { name, label, kind, fill: "off", value, refused: why(field), ..Line::default() })
    };
    let called = of_line(Field::Name, "name", &draft.name, "text");
    let country = nation(words, "country".to_owned(), words.country(), &draft.country, why(Field::Country));
    let rest = match who {
        Who::Person => {
            let choices = choices(words, &around.organisations, &draft.organisation);
            let works_for = select("organisation".to_owned(), words.works_for(), choices, why(Field::Organisation));
            let about = of_line(Field::About, "about", &draft.about, "text");
            view! { {about} <div class="abreast">{works_for}{country}</div> }.into_any()
        }
        Who::Organisation => {
            let about = Area {
                name: "about",
                label: frame.label(Field::About).to_owned(),
                value: draft.about.clone(),
                refused: why(Field::About),
                lang: Some(seminar.language.code()),
                ..Area::default()
            };
            let short = of_line(Field::Abbreviation, "abbreviation", &draft.abbreviation, "text");
            let site = of_line(Field::Site, "site", &draft.site, "url");
            view! { {area(about)} <div class="abreast">{short}{country}</div> {site} }.into_any()
        }
    };
    let inside = view! {
        <form class="flow flow--loose" method="post" action=anew novalidate>
            {frame.top(&draft.name, None)}
            <input type="hidden" name="seminar" value=seminar.place.slug.clone()/>
            {called}
            {rest}
            <p class="actions"><button class="button">{words.save()}</button></p>
        </form>
        {remove}
    };
    let to = vec![(words.people().to_owned(), None, Some(format!("{path}/people")))];
    sheet(asked, way(words, seminar, to), title.to_owned(), inside)
}

fn choices(words: Words, organisations: &[Listed], taken: &str) -> Vec<(String, Phrase, bool)> {
    let mut choices = vec![(String::new(), Phrase::plain(words.no_delegation()), taken.is_empty())];
    choices
        .extend(organisations.iter().map(|one| (one.place.slug.clone(), one.title.clone(), one.place.slug == taken)));
    // One that is there and not to be chosen stays, under what is known of it.
    if !choices.iter().any(|(_, _, taken)| *taken) {
        choices.push((taken.to_owned(), Phrase::plain(taken), true));
    }
    choices
}

impl Told for Field {
    type Draft = Draft;
    type Around = Around;

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Name => "name",
            Self::About => "about",
            Self::Organisation => "organisation",
            Self::Abbreviation => "abbreviation",
            Self::Site => "site",
            Self::Country => "country",
        };
        name.into()
    }

    fn label(self, words: Words, around: &Around) -> &'static str {
        match (self, around.who) {
            (Self::Name, Who::Person) => words.their_name(),
            (Self::Name, Who::Organisation) => words.its_name(),
            (Self::About, Who::Person) => words.what_they_do(),
            (Self::About, Who::Organisation) => words.what_it_is(),
            (Self::Organisation, _) => words.works_for(),
            (Self::Abbreviation, _) => words.abbreviation(),
            (Self::Site, _) => words.site(),
            (Self::Country, _) => words.country(),
        }
    }

    fn says(self, words: Words, draft: &Draft, around: &Around) -> String {
        match self {
            Self::Name => draft.name.clone(),
            Self::About => draft.about.clone(),
            Self::Abbreviation => draft.abbreviation.clone(),
            Self::Site => draft.site.clone(),
            Self::Organisation => {
                let known = around.organisations.iter().find(|one| one.place.slug == draft.organisation);
                known.map_or_else(|| draft.organisation.clone(), |one| one.title.text.clone())
            }
            Self::Country => words.country_name(&draft.country),
        }
    }

    fn odd(self, words: Words) -> String {
        let odd = if self == Self::Site { words.fault_site() } else { words.fault_odd() };
        odd.to_owned()
    }
}
