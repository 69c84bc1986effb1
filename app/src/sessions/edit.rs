//! `/seminars/{seminar}/sessions/{session}/edit` and `/seminars/{seminar}/programme/new`: what a session says.

use super::fault::{line as slot_line, name, sentence, told};
use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Sent, Typed, Version},
    people::voices,
    render,
    seminars::way,
    ui::{
        Area, Crumb, Head, Line, area, cell, choice, choices, crumbs, document, leaf, line, previewed, save_or_preview,
        settle, taking_away,
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
    seminars::{self, Contents},
    sessions::{self, Draft, Editing, Fault, Field, Form, Refused},
    store::Failure,
    texts::Text,
    things::Kind,
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::borrow::Cow;

/// What was typed, and what there is to say of it.
#[derive(Clone, Debug)]
struct Again {
    draft: Draft,
    was: String,
    say: Say,
}

#[derive(Clone, Debug)]
enum Say {
    Faults(Vec<Fault>),
    /// It is not there any more.
    Gone,
    /// It says something else by now.
    Changed(Box<Draft>),
    /// So will it look.
    Preview(Box<Text>),
}

pub(crate) fn edit() -> impl IntoView {
    page(render::parameter("seminar"), Some(render::parameter("session")))
}

pub(crate) fn new() -> impl IntoView {
    page(render::parameter("seminar"), None)
}

fn page(seminar: String, session: Option<String>) -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            // What is gone can be made anew, with what was typed.
            let gone = again.as_ref().is_some_and(|again| matches!(again.say, Say::Gone));
            let found = held(&asked, &seminar, session.as_deref().filter(|_| !gone)).await?;
            Ok(found.map(|(contents, editing)| draw(&asked, &contents, editing, again)))
        },
        render::nowhere_else,
    )
}

async fn held(asked: &Asked, seminar: &str, session: Option<&str>) -> Result<Option<(Contents, Editing)>, Failure> {
    let (store, viewer) = (&asked.store, &asked.viewer);
    let Some(contents) = seminars::contents(store, viewer, asked.reading, seminar).await? else { return Ok(None) };
    let editing = sessions::editing(store, viewer, asked.reading, &contents, session).await?;
    Ok(editing.map(|editing| (contents, editing)))
}

/// Has a session say what was typed.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path((seminar, session)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    sent_for(asked, &seminar, Some(&session), &sent).await
}

/// Takes a session away.
pub(super) async fn remove(
    Extension(asked): Extension<Asked>,
    Path((seminar, session)): Path<(String, String)>,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let removed = async {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let found = seminars::contents(store, viewer, asked.reading, &seminar).await?;
        let Some(contents) = found else { return Ok(Err(Refused::Forbidden)) };
        sessions::remove(store, viewer, &contents, &session, &was, Timestamp::now()).await
    };
    match removed.await {
        Ok(Ok(())) => forms::to(&format!("/seminars/{seminar}/programme/edit")),
        // It says something else by now: whoever wants it away looks at that first.
        Ok(Err(Refused::Changed(_))) => forms::to(&format!("/seminars/{seminar}/sessions/{session}/edit")),
        Ok(Err(_)) => render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// Makes a session.
pub(super) async fn post_new(Extension(asked): Extension<Asked>, Path(seminar): Path<String>, sent: Sent) -> Response {
    sent_for(asked, &seminar, None, &sent).await
}

/// What the form always sends: where one of these is missing, it was not all of it.
const WHOLE: [&str; 11] =
    ["was", "title", "summary", "kind", "day", "starts", "ends", "room", "person-0", "objective", "text"];

async fn sent_for(asked: Asked, seminar: &str, session: Option<&str>, sent: &Sent) -> Response {
    if !sent.has(&WHOLE) || !voices::are_whole(sent) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    let draft = read(sent);
    let was = sent.value("was");
    let done = async {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let found = seminars::contents(store, viewer, asked.reading, seminar).await?;
        let Some(contents) = found else { return Ok(Err(Refused::Forbidden)) };
        if sent.field("act") == Some("preview") {
            let language = match session.map(|slug| contents.find(Kind::Session, slug)) {
                None => contents.seminar.language,
                Some(Some(session)) => session.language,
                Some(None) => return Ok(Err(Refused::Forbidden)),
            };
            return Ok(Ok(Err(edits::preview(&draft.text, language))));
        }
        let saved = sessions::edit(store, viewer, &contents, session, (&was, &draft), Timestamp::now()).await?;
        Ok(saved.map(Ok))
    };
    let say = match done.await {
        Ok(Ok(Ok(slug))) => return forms::to(&format!("/seminars/{seminar}/programme/edit#session-{slug}")),
        Ok(Ok(Err(Ok(text)))) => Say::Preview(Box::new(text)),
        Ok(Ok(Err(Err(why)))) => Say::Faults(vec![Fault { field: Field::Text, why }]),
        Ok(Err(Refused::Faults(faults))) => Say::Faults(faults),
        Ok(Err(Refused::Changed(now))) => Say::Changed(now),
        // Where it is not for them, that page is not there either.
        Ok(Err(Refused::Forbidden)) => Say::Gone,
        Err(failure) => return forms::failed(asked, failure).await,
    };
    let status = if matches!(say, Say::Preview(_)) { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    forms::drawn_again(asked, status, Again { draft, was, say }).await
}

fn read(sent: &Sent) -> Draft {
    Draft {
        title: sent.value("title"),
        summary: sent.text("summary"),
        objective: sent.text("objective"),
        text: sent.text("text"),
        kind: sent.value("kind"),
        slot: sessions::Slot {
            day: sent.value("day"),
            starts: sent.value("starts"),
            ends: sent.value("ends"),
            room: sent.value("room"),
        },
        countries: sent.all("countries").map(str::to_owned).collect(),
        contributors: voices::read(sent),
    }
}

fn draw(asked: &Asked, contents: &Contents, editing: Editing, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let seminar = &contents.seminar;
    let path = seminar.place.path();
    let Editing { session, draft: shown, removable, people } = editing;
    let remove = session.as_ref().filter(|_| removable).map(|session| {
        let to = format!("{}/remove", session.place.path());
        taking_away(to, &shown.version(), words.remove_session_lead(), words.remove_session())
    });
    let (draft, was, say) = match again {
        Some(again) => (again.draft, again.was, Some(again.say)),
        None => (shown.clone(), shown.version(), None),
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
    if matches!(say, Some(Say::Gone)) {
        summary.push((None, words.session_gone(&draft.title)));
    }
    if now.is_some() {
        summary.push((None, words.changed_meanwhile().to_owned()));
    }
    let why = |field: Field| told(words, faults, field).or_else(|| differs(words, now?, &draft, field));
    let [of_title, of_summary, of_kind, of_countries, of_objective, of_text] =
        [Field::Title, Field::Summary, Field::Kind, Field::Countries, Field::Objective, Field::Text].map(why);
    let placed = [Field::Day, Field::Starts, Field::Ends, Field::Room].map(|field| (field, why(field)));
    let title = session
        .as_ref()
        .map_or_else(|| words.new_session().to_owned(), |session| words.edit_session_of(&session.title.text));
    let language = session.as_ref().map_or(seminar.language, |session| session.language);
    let lang = Some(language.code());
    let mut to: Vec<Crumb> = vec![(words.edit_programme().to_owned(), None, Some(format!("{path}/programme/edit")))];
    to.extend(
        session.as_ref().map(|session| (session.title.text.clone(), session.title.lang, Some(session.place.path()))),
    );
    let preview = match &say {
        Some(Say::Preview(text)) => Some(previewed(words, text)),
        _ => None,
    };
    let anew = matches!(say, Some(Say::Gone)).then(|| format!("{path}/programme/new"));
    let head = Head { known: false, ..Head::new(title.clone(), "") };
    let note = session.is_some().then(|| words.room_for_text(words.language_name(language)));
    let inside = view! {
        <div class="title title--near">{crumbs(words.you_are_in(), way(words, seminar, to))}<h1>{title}</h1></div>
        <form class="flow flow--loose" method="post" action=anew novalidate>
            {settle(words, summary)}
            {preview}
            <input type="hidden" name="was" value=was/>
            {save_or_preview(words)}
            {note.map(|note| view! { <p class="small quiet">{note}</p> })}
            {line(Line { name: "title", label: words.spot_title().to_owned(), fill: "off", value: draft.title.clone(), refused: of_title, ..Line::default() })}
            {area(Area { name: "summary", label: words.spot_summary().to_owned(), value: draft.summary.clone(), refused: of_summary, lang, ..Area::default() })}
            <div id="kind" tabindex="-1">{choice("kind", words.kind_of_session(), kinds(words, &draft.kind))}{of_kind.map(|why| view! { <p class="field__error">{why}</p> })}</div>
            {abreast(words, &draft, placed)}
            <div id="countries" tabindex="-1">{delegations(words, contents, &draft)}{of_countries.map(|why| view! { <p class="field__error">{why}</p> })}</div>
            {voices::fields(words, &draft.contributors, &people, &|row, with| why(if with { Field::Contribution(row) } else { Field::Contributor(row) }))}
            {area(Area { name: "objective", label: words.objective().to_owned(), value: draft.objective.clone(), refused: of_objective, lang, ..Area::default() })}
            {area(Area { name: "text", label: words.spot_text().to_owned(), hint: Some(words.text_hint()), value: draft.text.clone(), refused: of_text, lang, ..Area::default() })}
            {save_or_preview(words)}
        </form>
        {remove}
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn label(words: Words, field: Field) -> &'static str {
    match field {
        Field::Title => words.spot_title(),
        Field::Summary => words.spot_summary(),
        Field::Objective => words.objective(),
        Field::Text => words.spot_text(),
        Field::Kind => words.kind_of_session(),
        Field::Day => words.on_day(),
        Field::Starts => words.starts_at(),
        Field::Ends => words.ends_at(),
        Field::Room => words.room(),
        Field::Countries => words.delegations(),
        Field::Contributor(_) => words.contributors(),
        Field::Contribution(_) => words.contribution(),
    }
}

/// What a field says now, where that is something else than what was typed.
fn differs(words: Words, now: &Draft, typed: &Draft, field: Field) -> Option<String> {
    let list = |draft: &Draft| draft.countries.join(", ");
    let kind = |draft: &Draft| draft.kind.parse::<Form>().map_or(String::new(), |form| words.form(form).to_owned());
    let of = |draft: &Draft| match field {
        Field::Title => draft.title.clone(),
        Field::Summary => draft.summary.clone(),
        Field::Objective => draft.objective.clone(),
        Field::Text => draft.text.clone(),
        Field::Kind => kind(draft),
        // One line for all of when and where, at the first of them.
        Field::Day => slot_line(words, &draft.slot),
        Field::Starts | Field::Ends | Field::Room => String::new(),
        Field::Countries => list(draft),
        // One line for all of them, at the first.
        Field::Contributor(0) => voices::told(words, &draft.contributors),
        Field::Contributor(_) | Field::Contribution(_) => String::new(),
    };
    let (now, typed) = (of(now), of(typed));
    (now != typed).then(|| words.now(now))
}

fn kinds(words: Words, taken: &str) -> Vec<(String, String, bool)> {
    Form::ALL.iter().map(|form| (form.code().to_owned(), words.form(*form).to_owned(), form.code() == taken)).collect()
}

fn abreast(words: Words, draft: &Draft, refused: [(Field, Option<String>); 4]) -> impl IntoView + use<> {
    let slot = draft.slot.clone();
    let fields = [("date", slot.day), ("time", slot.starts), ("time", slot.ends), ("text", slot.room)];
    let cells: Vec<_> = fields
        .into_iter()
        .zip(refused)
        .map(|((kind, value), (field, why))| {
            // A date or a time that cannot be read could not be shown by a field that is for one.
            let kind = if why.is_some() { "text" } else { kind };
            cell(name(field).into_owned(), label(words, field), kind, value, why)
        })
        .collect();
    view! { <div class="abreast">{cells}</div> }
}

fn delegations(words: Words, contents: &Contents, draft: &Draft) -> Option<impl IntoView + use<>> {
    let mut codes = contents.seminar.countries.clone();
    codes.extend(draft.countries.iter().filter(|code| !contents.seminar.countries.contains(code)).cloned());
    let list: Vec<_> = codes
        .into_iter()
        .map(|code| (code.clone(), words.country_name(&code), draft.countries.contains(&code)))
        .collect();
    (!list.is_empty()).then(|| choices("countries", words.delegations(), list))
}
