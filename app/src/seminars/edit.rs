//! `/seminars/{seminar}/edit` and `/seminars/new`: what a seminar says.

use super::way;
use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Sent},
    people::voices,
    render,
    ui::{
        Area, Crumb, Head, Line, area, cell, choice, choices, crumbs, document, leaf, line, nation, previewed,
        save_or_preview, settle,
    },
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    edits,
    roles::Act,
    seminars::{self, Contents, Draft, Editing, Fault, Field, Refused, Stage},
    store::Failure,
    texts::Text,
};
use jiff::Timestamp;
use language::Language;
use leptos::prelude::*;
use std::borrow::Cow;

/// Rows for delegations beyond those there are.
const MORE: usize = 3;

/// What was typed, and what there is to say of it.
#[derive(Clone, Debug)]
struct Again {
    draft: Draft,
    was: String,
    along: bool,
    say: Say,
}

#[derive(Clone, Debug)]
enum Say {
    Faults(Vec<Fault>),
    /// It says something else by now.
    Changed(Box<Draft>),
    /// So will its text look.
    Preview(Box<Text>),
}

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
                None => return Ok(Err(Refused::Forbidden)),
            },
        };
        if let Some(contents) = &contents {
            contents.seminar.language.code().clone_into(&mut draft.language);
        }
        if sent.field("act") == Some("preview") {
            return Ok(Ok(Err(edits::preview(&draft.text, draft.language.parse().unwrap_or(Language::English)))));
        }
        let now = Timestamp::now();
        let saved = match &contents {
            None => seminars::make(store, viewer, &draft, now).await?,
            Some(contents) => {
                let saved = seminars::edit(store, viewer, contents, (&was, &draft), along, now).await?;
                saved.map(|()| contents.seminar.place.slug.clone())
            }
        };
        Ok(saved.map(Ok))
    };
    let say = match done.await {
        Ok(Ok(Ok(slug))) => return forms::to(&format!("/seminars/{slug}")),
        Ok(Ok(Err(Ok(text)))) => Say::Preview(Box::new(text)),
        Ok(Ok(Err(Err(why)))) => Say::Faults(vec![Fault { field: Field::Text, why }]),
        Ok(Err(Refused::Faults(faults))) => Say::Faults(faults),
        Ok(Err(Refused::Changed(now))) => Say::Changed(now),
        Ok(Err(Refused::Forbidden)) => return render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => return forms::failed(asked, failure).await,
    };
    let status = if matches!(say, Say::Preview(_)) { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    forms::drawn_again(asked, status, Again { draft, was, along, say }).await
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
    let (draft, was, along, say) = match again {
        Some(again) => (again.draft, again.was, again.along, Some(again.say)),
        None => (shown.clone(), shown.version(), false, None),
    };
    // Whoever saves again has seen what it is now.
    let was = if let Some(Say::Changed(now)) = &say { now.version() } else { was };
    let (faults, now): (&[Fault], Option<&Draft>) = match &say {
        Some(Say::Faults(faults)) => (faults, None),
        Some(Say::Changed(now)) => (&[], Some(now)),
        _ => (&[], None),
    };
    let mut summary: Vec<(Option<Cow<'static, str>>, String)> = faults
        .iter()
        .map(|fault| (Some(name(fault.field)), format!("{}: {}", label(words, fault.field), sentence(words, *fault))))
        .collect();
    if now.is_some() {
        summary.push((None, words.changed_meanwhile().to_owned()));
    }
    let told = |field: Field| faults.iter().find(|fault| fault.field == field).map(|fault| sentence(words, *fault));
    let why = |field: Field| told(field).or_else(|| differs(words, now?, &draft, field));
    let preview = match &say {
        Some(Say::Preview(text)) => Some(previewed(words, text)),
        _ => None,
    };
    let title = contents.map_or_else(|| words.new_seminar(), |_| words.edit_seminar()).to_owned();
    let way = match contents {
        Some(contents) => way(words, &contents.seminar, Vec::new()),
        None => vec![(words.seminars().to_owned(), None, Some("/seminars".to_owned())) as Crumb],
    };
    let language = contents.map(|contents| contents.seminar.language);
    let lang = language.map(Language::code);
    let is_new = contents.is_none();
    let note = language.map(|language| {
        view! { <p class="small quiet">{words.room_for_text(words.language_name(language))}</p> }
    });
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
        cell(name(field).into_owned(), label(words, field), kind, value, why)
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
    let themes = marked("themes", why(Field::Themes), choices("themes", words.themes(), themes(words, &draft.themes)));
    let host = nation(words, "host".to_owned(), words.host_country(), &draft.host, why(Field::Host));
    let voices = voices::fields(words, &draft.contributors, &people, &|row, with| {
        why(if with { Field::Contribution(row) } else { Field::Contributor(row) })
    });
    let zones = jiff::tz::db().available().map(|zone| zone.to_string()).filter(|zone| is_offered(zone)).collect();
    let inside = view! {
        <div class="title title--near">{crumbs(words.you_are_in(), way)}<h1>{title.clone()}</h1></div>
        <form class="flow flow--loose" method="post" novalidate>
            {settle(words, summary)}
            {preview}
            <input type="hidden" name="was" value=was/>
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
    document(asked, Head { known: false, ..Head::new(title, "") }, leaf(&[], "leaf", inside))
}

/// Choices with why what was chosen will not do.
fn marked(id: &'static str, why: Option<String>, choices: impl IntoView) -> impl IntoView {
    view! { <div id=id tabindex="-1">{choices}{why.map(|why| view! { <p class="field__error">{why}</p> })}</div> }
}

/// Time zones that are called after places.
fn is_offered(zone: &str) -> bool {
    const CONTINENTS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    zone.split_once('/').is_some_and(|(continent, _)| CONTINENTS.contains(&continent))
}

fn themes(words: Words, taken: &[String]) -> Vec<(String, String, bool)> {
    let others = taken.iter().map(String::as_str).filter(|theme| !Words::THEME_CODES.contains(theme));
    let all = Words::THEME_CODES.iter().copied().chain(others);
    all.map(|theme| (theme.to_owned(), words.theme_name(theme), taken.iter().any(|one| one == theme))).collect()
}

fn delegations(words: Words, taken: &[String], why: &dyn Fn(Field) -> Option<String>) -> impl IntoView + use<> {
    let rows = taken.iter().map(String::as_str).chain(std::iter::repeat_n("", MORE)).enumerate();
    let rows =
        rows.map(|(at, code)| nation(words, format!("country-{at}"), words.country(), code, why(Field::Country(at))));
    let rows = rows.collect_view();
    view! { <fieldset class="fieldset"><legend class="fieldset__legend">{words.delegations()}</legend><div class="abreast">{rows}</div></fieldset> }
}

pub(super) fn sentence(words: Words, fault: Fault) -> String {
    let odd = match fault.field {
        Field::Starts | Field::Ends => words.fault_day("2026-12-06"),
        Field::TimeZone => words.fault_zone().to_owned(),
        Field::Reference => words.reference_hint().to_owned(),
        _ => words.fault_odd().to_owned(),
    };
    words.why(fault.why, odd)
}

/// The id and name of the field that a fault concerns.
fn name(field: Field) -> Cow<'static, str> {
    let name = match field {
        Field::Title => "title",
        Field::Summary => "summary",
        Field::Language => "language",
        Field::Starts => "starts",
        Field::Ends => "ends",
        Field::TimeZone => "time-zone",
        Field::Place => "place",
        Field::Host => "host",
        Field::Stage => "stage",
        Field::Languages => "working",
        Field::Organisers => "organisers",
        Field::Objectives => "objectives",
        Field::Themes => "themes",
        Field::Reference => "reference",
        Field::Text => "text",
        Field::Country(row) => return format!("country-{row}").into(),
        Field::Contributor(row) => return format!("person-{row}").into(),
        Field::Contribution(row) => return format!("with-{row}").into(),
    };
    name.into()
}

pub(super) fn label(words: Words, field: Field) -> &'static str {
    match field {
        Field::Title => words.spot_title(),
        Field::Summary => words.spot_summary(),
        Field::Language => words.written_in(),
        Field::Starts => words.first_day(),
        Field::Ends => words.last_day(),
        Field::TimeZone => words.time_zone(),
        Field::Place => words.place(),
        Field::Host => words.host_country(),
        Field::Stage => words.stage_now(),
        Field::Country(_) => words.delegations(),
        Field::Languages => words.working_languages(),
        Field::Organisers => words.organised_by(),
        Field::Objectives => words.why_we_met(),
        Field::Themes => words.themes(),
        Field::Reference => words.reference_prefix(),
        Field::Text => words.spot_text(),
        Field::Contributor(_) => words.contributors(),
        Field::Contribution(_) => words.contribution(),
    }
}

/// What a field says now, where that is something else than what was typed.
fn differs(words: Words, now: &Draft, typed: &Draft, field: Field) -> Option<String> {
    let named = |codes: &[String], name: &dyn Fn(&str) -> String| {
        codes.iter().map(|code| name(code)).collect::<Vec<_>>().join(", ")
    };
    let language = |code: &str| {
        code.parse::<Language>().map_or_else(|_| code.to_owned(), |language| words.language_name(language).to_owned())
    };
    let of = |draft: &Draft| match field {
        Field::Title => draft.title.clone(),
        Field::Summary => draft.summary.clone(),
        Field::Language => language(&draft.language),
        Field::Starts => draft.starts.clone(),
        Field::Ends => draft.ends.clone(),
        Field::TimeZone => draft.time_zone.clone(),
        Field::Place => draft.place.clone(),
        Field::Host => words.country_name(&draft.host),
        Field::Stage => draft.stage.parse::<Stage>().map_or(String::new(), |stage| words.stage(stage).to_owned()),
        // One line for all of them, at the first.
        Field::Country(0) => named(&draft.countries, &|code| words.country_name(code)),
        Field::Languages => named(&draft.languages, &language),
        Field::Organisers => draft.organisers.clone(),
        Field::Objectives => draft.objectives.clone(),
        Field::Themes => named(&draft.themes, &|theme| words.theme_name(theme)),
        Field::Reference => draft.reference.clone(),
        Field::Text => draft.text.clone(),
        Field::Contributor(0) => voices::told(words, &draft.contributors),
        Field::Country(_) | Field::Contributor(_) | Field::Contribution(_) => String::new(),
    };
    let (now, typed) = (of(now), of(typed));
    (now != typed).then(|| words.now(now))
}
