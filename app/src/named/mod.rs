//! `/people/{person}/edit`, `/organisations/{organisation}/edit`, and the same below a seminar for somebody new: what is said
//! of them.

use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Typed, Version},
    render,
    seminars::way,
    ui::{Area, Head, Line, area, crumbs, document, leaf, line, nation, select, settle, taking_away},
    words::Words,
};
use axum::{
    Extension, Router,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use content::{
    named::{self, Draft, Editing, Fault, Field, Refused, Who},
    seminars,
    store::Failure,
    texts::Phrase,
    things::Listed,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was typed, and what there is to say of it.
#[derive(Clone, Debug)]
struct Again(Sent, Say);

#[derive(Clone, Debug)]
enum Say {
    Faults(Vec<Fault>),
    /// Something else is said of them by now.
    Changed(Box<Draft>),
}

/// What the form sends: that of a person has no fields of an organisation, nor the other way about.
#[derive(Clone, Debug, serde::Deserialize)]
struct Sent {
    was: String,
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
    let done = async {
        let found = home(&asked, who, seminar.as_deref(), slug).await?;
        let Some(home) = found else { return Ok((None, Err(Refused::Forbidden))) };
        let typed = (sent.was.as_str(), &sent.draft());
        let done = named::edit(&asked.store, &asked.viewer, &home, (who, slug), typed, Timestamp::now()).await?;
        Ok((Some(home), done))
    };
    let say = match done.await {
        Ok((_, Ok(saved))) if slug.is_some() => return forms::to(&format!("{}/{saved}", above(who))),
        Ok((Some(home), Ok(_))) => return forms::to(&format!("{}/people", home.place.path())),
        Ok((_, Err(Refused::Faults(faults)))) => Say::Faults(faults),
        Ok((_, Err(Refused::Changed(now)))) => Say::Changed(now),
        Ok(_) => return render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => return forms::failed(asked, failure).await,
    };
    forms::drawn_again(asked, StatusCode::UNPROCESSABLE_ENTITY, Again(sent, say)).await
}

/// Takes somebody away.
async fn remove(
    Extension(asked): Extension<Asked>,
    who: Who,
    slug: &str,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let removed = async {
        let Some(home) = home(&asked, who, None, Some(slug)).await? else { return Ok((None, Err(Refused::Forbidden))) };
        let done = named::remove(&asked.store, &asked.viewer, &home, (who, slug), &was, Timestamp::now()).await?;
        Ok((Some(home), done))
    };
    match removed.await {
        Ok((Some(home), Ok(()))) => forms::to(&format!("{}/people", home.place.path())),
        // Something else is said of them by now: whoever wants them away looks at that first.
        Ok((_, Err(Refused::Changed(_)))) => forms::to(&format!("{}/{slug}/edit", above(who))),
        Ok(_) => render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(
    asked: &Asked,
    seminar: &Listed,
    (who, slug): (Who, Option<String>),
    Editing { draft: shown, removable, organisations }: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let version = shown.version();
    let remove = slug.as_ref().filter(|_| removable).map(|slug| {
        let word = if who == Who::Person { words.remove_person() } else { words.remove_organisation() };
        taking_away(format!("{}/{slug}/remove", above(who)), &version, words.remove_named_lead(), word)
    });
    let (draft, mut was, say) = match again {
        Some(Again(sent, say)) => (sent.draft(), sent.was, Some(say)),
        None => (shown, version, None),
    };
    let (faults, now) = match &say {
        Some(Say::Faults(faults)) => (&faults[..], None),
        // Whoever saves again has seen what is said now.
        Some(Say::Changed(now)) => {
            was = now.version();
            (&[][..], Some(&**now))
        }
        None => (&[][..], None),
    };
    let mut summary: Vec<(Option<&str>, String)> = faults
        .iter()
        .map(|fault| {
            (Some(name(fault.field)), format!("{}: {}", label(words, who, fault.field), sentence(words, *fault)))
        })
        .collect();
    if now.is_some() {
        summary.push((None, words.changed_meanwhile().to_owned()));
    }
    let why = |field: Field| {
        let fault = faults.iter().find(|fault| fault.field == field).map(|fault| sentence(words, *fault));
        fault.or_else(|| {
            let (now, typed) = (value(words, now?, field, &organisations), value(words, &draft, field, &organisations));
            (now != typed).then(|| words.now(now))
        })
    };
    let title = match (who, slug) {
        (Who::Person, Some(_)) => words.edit_person(),
        (Who::Person, None) => words.new_person(),
        (Who::Organisation, Some(_)) => words.edit_organisation(),
        (Who::Organisation, None) => words.new_organisation(),
    };
    let of_line = |field, value: &str, kind| {
        let label = label(words, who, field).to_owned();
        let value = value.to_owned();
        line(Line { name: name(field), label, kind, fill: "off", value, refused: why(field), ..Line::default() })
    };
    let called = of_line(Field::Name, &draft.name, "text");
    let country = nation(words, "country".to_owned(), words.country(), &draft.country, why(Field::Country));
    let rest = match who {
        Who::Person => {
            let choices = choices(words, &organisations, &draft.organisation);
            let works_for = select("organisation".to_owned(), words.works_for(), choices, why(Field::Organisation));
            let about = of_line(Field::About, &draft.about, "text");
            view! { {about} <div class="abreast">{works_for}{country}</div> }.into_any()
        }
        Who::Organisation => {
            let about = Area {
                name: name(Field::About),
                label: label(words, who, Field::About).to_owned(),
                value: draft.about.clone(),
                refused: why(Field::About),
                lang: Some(seminar.language.code()),
                ..Area::default()
            };
            let short = of_line(Field::Abbreviation, &draft.abbreviation, "text");
            let site = of_line(Field::Site, &draft.site, "url");
            view! { {area(about)} <div class="abreast">{short}{country}</div> {site} }.into_any()
        }
    };
    let inside = view! {
        <div class="title title--near">{crumbs(words.you_are_in(), way(words, seminar, vec![(words.people().to_owned(), None, Some(format!("{}/people", seminar.place.path())))]))}<h1>{title}</h1></div>
        <form class="flow flow--loose" method="post" novalidate>
            {settle(words, summary)}
            <input type="hidden" name="was" value=was/>
            {called}
            {rest}
            <p class="actions"><button class="button">{words.save()}</button></p>
        </form>
        {remove}
    };
    document(asked, Head { known: false, ..Head::new(title, "") }, leaf(&[], "leaf", inside))
}

fn choices(words: Words, organisations: &[Listed], taken: &str) -> Vec<(String, Phrase, bool)> {
    let own = |text: &str| Phrase { text: text.to_owned(), lang: None };
    let mut choices = vec![(String::new(), own(words.no_delegation()), taken.is_empty())];
    choices
        .extend(organisations.iter().map(|one| (one.place.slug.clone(), one.title.clone(), one.place.slug == taken)));
    // One that is there and not to be chosen stays, under what is known of it.
    if !choices.iter().any(|(_, _, taken)| *taken) {
        choices.push((taken.to_owned(), own(taken), true));
    }
    choices
}

fn value(words: Words, draft: &Draft, field: Field, organisations: &[Listed]) -> String {
    match field {
        Field::Name => draft.name.clone(),
        Field::About => draft.about.clone(),
        Field::Abbreviation => draft.abbreviation.clone(),
        Field::Site => draft.site.clone(),
        Field::Organisation => {
            let known = organisations.iter().find(|one| one.place.slug == draft.organisation);
            known.map_or_else(|| draft.organisation.clone(), |one| one.title.text.clone())
        }
        Field::Country => words.country_name(&draft.country),
    }
}

fn sentence(words: Words, fault: Fault) -> String {
    let odd = if fault.field == Field::Site { words.fault_site() } else { words.fault_odd() };
    words.why(fault.why, odd.to_owned())
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::About => "about",
        Field::Organisation => "organisation",
        Field::Abbreviation => "abbreviation",
        Field::Site => "site",
        Field::Country => "country",
    }
}

fn label(words: Words, who: Who, field: Field) -> &'static str {
    match (field, who) {
        (Field::Name, Who::Person) => words.their_name(),
        (Field::Name, Who::Organisation) => words.its_name(),
        (Field::About, Who::Person) => words.what_they_do(),
        (Field::About, Who::Organisation) => words.what_it_is(),
        (Field::Organisation, _) => words.works_for(),
        (Field::Abbreviation, _) => words.abbreviation(),
        (Field::Site, _) => words.site(),
        (Field::Country, _) => words.country(),
    }
}
