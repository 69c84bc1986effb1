//! `/seminars/{seminar}/edit` and `/seminars/new`: what a seminar says.

use super::way;
use crate::{
    asked::Asked,
    edits::{self, Done, Frame, Told, marked, sheet},
    errors::Error,
    forms::Sent,
    people::voices,
    render, translations,
    ui::{Area, Crumb, Line, area, cell, choice, choices, line, nation, save_or_preview},
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    people::Role,
    roles::Act,
    seminars::{self, Contents, Draft, Editing, Field, Stage},
    store::Failure,
};
use jiff::Timestamp;
use language::Language;
use leptos::prelude::*;
use std::borrow::Cow;

/// Rows for delegations beyond those there are.
const MORE: usize = 3;

/// Whether its sessions are to move along with its days.
#[derive(Clone, Copy, Debug, Default)]
struct Along(bool);

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field, Along>;

pub(crate) fn edit() -> impl IntoView {
    page(Some(render::parameter("seminar")))
}

pub(crate) fn new() -> impl IntoView {
    page(None)
}

fn page(seminar: Option<String>) -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let found = held(&asked, seminar.as_deref()).await?;
            Ok(found.map(|(contents, editing)| draw(&asked, contents.as_ref(), editing, again)))
        },
        render::nowhere_else,
    )
}

async fn held(asked: &Asked, seminar: Option<&str>) -> Result<Option<(Option<Contents>, Editing)>, Failure> {
    let (store, viewer) = (&asked.store, &asked.viewer);
    let Some(slug) = seminar else {
        return Ok(seminars::making(store, viewer, asked.reading).await?.map(|editing| (None, editing)));
    };
    let Some(contents) = seminars::contents(store, viewer, asked.reading, slug).await? else { return Ok(None) };
    let editing = seminars::editing(store, viewer, asked.reading, &contents).await?;
    Ok(editing.map(|editing| (Some(contents), editing)))
}

/// Has a seminar say what was typed.
pub(super) async fn post(Extension(asked): Extension<Asked>, Path(seminar): Path<String>, sent: Sent) -> Response {
    sent_for(asked, Some(&seminar), &sent).await
}

/// Makes a seminar.
pub(super) async fn post_new(Extension(asked): Extension<Asked>, sent: Sent) -> Response {
    sent_for(asked, None, &sent).await
}

/// What the form always sends: where one of these is missing, it was not all of it.
const WHOLE: [&str; 13] = [
    "was",
    "title",
    "summary",
    "starts",
    "ends",
    "time-zone",
    "place",
    "host",
    "stage",
    "objectives",
    "organisers",
    "reference",
    "text",
];

async fn sent_for(asked: Asked, seminar: Option<&str>, sent: &Sent) -> Response {
    if !sent.has(&WHOLE) || !voices::are_whole(sent) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    let mut draft = read(sent);
    let (was, along) = (sent.value("was"), sent.field("along").is_some());
    let done = async {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let contents = match seminar {
            None => None,
            Some(slug) => match seminars::contents(store, viewer, asked.reading, slug).await? {
                Some(contents) => Some(contents),
                None => return Ok(Done::Nowhere),
            },
        };
        if let Some(contents) = &contents {
            contents.seminar.language.code().clone_into(&mut draft.language);
        }
        if sent.field("act") == Some("preview") {
            return Ok(Done::preview(&draft.text, draft.language.parse().unwrap_or(Language::English), Field::Text));
        }
        let now = Timestamp::now();
        let saved = match &contents {
            None => seminars::make(store, viewer, &draft, now).await?,
            Some(contents) => {
                let saved = seminars::edit(store, viewer, contents, (&was, &draft), along, now).await?;
                saved.map(|()| contents.seminar.place.slug.clone())
            }
        };
        Ok(Done::from(saved))
    };
    let done = done.await;
    edits::answer(asked, done, (draft, was, Along(along)), |slug| format!("/seminars/{slug}")).await
}

fn read(sent: &Sent) -> Draft {
    let countries = sent.numbers("country-").map(|at| sent.value(&format!("country-{at}")));
    Draft {
        title: sent.value("title"),
        summary: sent.text("summary"),
        language: sent.value("language"),
        starts: sent.value("starts"),
        ends: sent.value("ends"),
        time_zone: sent.value("time-zone"),
        place: sent.value("place"),
        host: sent.value("host"),
        stage: sent.value("stage"),
        countries: countries.filter(|code| !code.is_empty()).collect(),
        languages: sent.all("working").map(str::to_owned).collect(),
        organisers: sent.text("organisers"),
        objectives: sent.text("objectives"),
        themes: sent.all("themes").map(str::to_owned).collect(),
        reference: sent.value("reference"),
        text: sent.text("text"),
        contributors: voices::read(sent),
    }
}

fn draw(
    asked: &Asked,
    contents: Option<&Contents>,
    Editing { draft: shown, people }: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let (frame, along) = Frame::of(words, &(), shown, again);
    let Along(along) = along.unwrap_or_default();
    let (draft, why) = (frame.draft.clone(), |field| frame.why(field));
    let title = contents.map_or_else(|| words.new_seminar(), |_| words.edit_seminar()).to_owned();
    let way = match contents {
        Some(contents) => way(words, &contents.seminar, Vec::new()),
        None => vec![(words.seminars().to_owned(), None, Some("/seminars".to_owned())) as Crumb],
    };
    let language = contents.map(|contents| contents.seminar.language);
    let lang = language.map(Language::code);
    let is_new = contents.is_none();
    let note = contents.map(|contents| translations::note(words, &contents.seminar, &contents.seminar));
    let written_in = is_new.then(|| {
        let languages = Language::ALL
            .iter()
            .map(|one| (one.code().to_owned(), words.language_name(*one).to_owned(), one.code() == draft.language));
        marked("language", why(Field::Language), choice("language", words.written_in(), languages.collect()))
    });
    let copy = contents.filter(|_| asked.viewer.may(Act::MakeSeminars)).map(|contents| {
        let to = format!("{}/copy", contents.seminar.place.path());
        view! { <p class="actions section"><a class="button button--second" href=to>{words.copy_seminar()}</a></p> }
    });
    let days = [(Field::Starts, draft.starts.clone()), (Field::Ends, draft.ends.clone())].map(|(field, value)| {
        let why = why(field);
        // A date that cannot be read could not be shown by a field that is for one.
        let kind = if why.is_some() { "text" } else { "date" };
        cell(field.name().into_owned(), frame.label(field), kind, value, why)
    });
    let along = (!is_new).then(|| {
        view! { <label class="check"><input class="check__input" type="checkbox" name="along" checked=along/><span>{words.move_along()}</span></label> }
    });
    let stages = Stage::ALL
        .iter()
        .map(|stage| (stage.code().to_owned(), words.stage(*stage).to_owned(), stage.code() == draft.stage));
    let stages = marked("stage", why(Field::Stage), choice("stage", words.stage_now(), stages.collect()));
    let languages = Language::ALL.iter().map(|one| {
        (
            one.code().to_owned(),
            words.language_name(*one).to_owned(),
            draft.languages.iter().any(|code| code == one.code()),
        )
    });
    let languages =
        marked("working", why(Field::Languages), choices("working", words.working_languages(), languages.collect()));
    let themes =
        marked("themes", why(Field::Themes), choices("themes", words.themes(), edits::themes(words, &draft.themes)));
    let host = nation(words, "host".to_owned(), words.host_country(), &draft.host, why(Field::Host));
    let voices = voices::fields(words, &draft.contributors, &people, Role::Organiser, &|row, with| {
        why(if with { Field::Contribution(row) } else { Field::Contributor(row) })
    });
    let zones = jiff::tz::db().available().map(|zone| zone.to_string()).filter(|zone| is_offered(zone)).collect();
    let inside = view! {
        <form class="flow flow--loose" method="post" novalidate>
            {frame.top(&draft.title, None)}
            {save_or_preview(words)}
            {note}
            {line(Line { name: "title", label: words.spot_title().to_owned(), fill: "off", value: draft.title.clone(), refused: why(Field::Title), ..Line::default() })}
            {area(Area { name: "summary", label: words.spot_summary().to_owned(), value: draft.summary.clone(), refused: why(Field::Summary), lang, ..Area::default() })}
            {written_in}
            <div class="abreast">{days}{line(Line { name: "time-zone", label: words.time_zone().to_owned(), fill: "off", value: draft.time_zone.clone(), refused: why(Field::TimeZone), offers: zones, ..Line::default() })}</div>
            {along}
            <div class="abreast">{line(Line { name: "place", label: words.place().to_owned(), fill: "off", value: draft.place.clone(), refused: why(Field::Place), ..Line::default() })}{host}</div>
            <div class="flow">{stages}<p class="small quiet">{words.stage_hint()}</p></div>
            {delegations(words, &draft.countries, &why)}
            {languages}
            {area(Area { name: "objectives", label: words.why_we_met().to_owned(), hint: Some(words.one_in_a_line()), value: draft.objectives.clone(), refused: why(Field::Objectives), lang, ..Area::default() })}
            {area(Area { name: "organisers", label: words.organised_by().to_owned(), hint: Some(words.one_in_a_line()), value: draft.organisers.clone(), refused: why(Field::Organisers), lang, ..Area::default() })}
            {voices}
            {themes}
            {line(Line { name: "reference", label: words.reference_prefix().to_owned(), hint: Some(words.reference_hint()), fill: "off", value: draft.reference.clone(), refused: why(Field::Reference), ..Line::default() })}
            {area(Area { name: "text", label: words.spot_text().to_owned(), hint: Some(words.text_hint()), value: draft.text.clone(), refused: why(Field::Text), lang, ..Area::default() })}
            {save_or_preview(words)}
        </form>
        {copy}
    };
    sheet(asked, way, title, inside)
}

/// Time zones that are called after places.
fn is_offered(zone: &str) -> bool {
    const CONTINENTS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    zone.split_once('/').is_some_and(|(continent, _)| CONTINENTS.contains(&continent))
}

fn delegations(words: Words, taken: &[String], why: &dyn Fn(Field) -> Option<String>) -> impl IntoView + use<> {
    let rows = taken.iter().map(String::as_str).chain(std::iter::repeat_n("", MORE)).enumerate();
    let rows =
        rows.map(|(at, code)| nation(words, format!("country-{at}"), words.country(), code, why(Field::Country(at))));
    let rows = rows.collect_view();
    view! { <fieldset class="fieldset"><legend class="fieldset__legend">{words.delegations()}</legend><div class="abreast">{rows}</div></fieldset> }
}

impl Told for Field {
    type Draft = Draft;
    type Around = ();

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Language => "language",
            Self::Starts => "starts",
            Self::Ends => "ends",
            Self::TimeZone => "time-zone",
            Self::Place => "place",
            Self::Host => "host",
            Self::Stage => "stage",
            Self::Languages => "working",
            Self::Organisers => "organisers",
            Self::Objectives => "objectives",
            Self::Themes => "themes",
            Self::Reference => "reference",
            Self::Text => "text",
            Self::Country(row) => return format!("country-{row}").into(),
            Self::Contributor(row) => return format!("person-{row}").into(),
            Self::Contribution(row) => return format!("with-{row}").into(),
        };
        name.into()
    }

    fn label(self, words: Words, (): &()) -> &'static str {
        match self {
            Self::Title => words.spot_title(),
            Self::Summary => words.spot_summary(),
            Self::Language => words.written_in(),
            Self::Starts => words.first_day(),
            Self::Ends => words.last_day(),
            Self::TimeZone => words.time_zone(),
            Self::Place => words.place(),
            Self::Host => words.host_country(),
            Self::Stage => words.stage_now(),
            Self::Country(_) => words.delegations(),
            Self::Languages => words.working_languages(),
            Self::Organisers => words.organised_by(),
            Self::Objectives => words.why_we_met(),
            Self::Themes => words.themes(),
            Self::Reference => words.reference_prefix(),
            Self::Text => words.spot_text(),
            Self::Contributor(_) => words.contributors(),
            Self::Contribution(_) => words.contribution(),
        }
    }

    fn says(self, words: Words, draft: &Draft, (): &()) -> String {
        let language = |code: &str| {
            let known = code.parse::<Language>().ok();
            known.map_or_else(|| code.to_owned(), |language| words.language_name(language).to_owned())
        };
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
            Self::Language => language(&draft.language),
            Self::Starts => draft.starts.clone(),
            Self::Ends => draft.ends.clone(),
            Self::TimeZone => draft.time_zone.clone(),
            Self::Place => draft.place.clone(),
            Self::Host => words.country_name(&draft.host),
            Self::Stage => draft.stage.parse::<Stage>().map_or(String::new(), |stage| words.stage(stage).to_owned()),
            // One line for all of them, at the first.
            Self::Country(0) => edits::listed(&draft.countries, |code| words.country_name(code)),
            Self::Languages => edits::listed(&draft.languages, language),
            Self::Organisers => draft.organisers.clone(),
            Self::Objectives => draft.objectives.clone(),
            Self::Themes => edits::listed(&draft.themes, |theme| words.theme_name(theme)),
            Self::Reference => draft.reference.clone(),
            Self::Text => draft.text.clone(),
            Self::Contributor(0) => voices::told(words, &draft.contributors),
            Self::Country(_) | Self::Contributor(_) | Self::Contribution(_) => String::new(),
        }
    }

    fn odd(self, words: Words) -> String {
        match self {
            Self::Starts | Self::Ends => words.fault_day("2026-12-06"),
            Self::TimeZone => words.fault_zone().to_owned(),
            Self::Reference => words.reference_hint().to_owned(),
            _ => words.fault_odd().to_owned(),
        }
    }
}
