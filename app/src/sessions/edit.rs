//! `/seminars/{seminar}/sessions/{session}/edit` and `/seminars/{seminar}/programme/new`: what a session says.

use super::arrange::line as slot_line;
use crate::{
    asked::Asked,
    edits::{self, Done, Frame, Told, listed, marked, sheet},
    errors::Error,
    forms::{Sent, Typed, Version},
    people::voices,
    render,
    seminars::way,
    translations,
    ui::{Area, Crumb, Line, area, cell, choice, choices, line, save_or_preview, taking_away},
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    people::Role,
    seminars::{self, Contents},
    sessions::{self, Draft, Editing, Field, Form, Refused},
    store::Failure,
    things::Kind,
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::borrow::Cow;

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field>;

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
            let session = session.as_deref().filter(|_| !Again::is_gone(again.as_ref()));
            let found = held(&asked, &seminar, session).await?;
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
    let (to, form) =
        (format!("/seminars/{seminar}/programme/edit"), format!("/seminars/{seminar}/sessions/{session}/edit"));
    let removed = removed.await;
    edits::taken_away(asked, removed, (&to, &form)).await
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
        let Some(contents) = found else { return Ok(Done::Nowhere) };
        if sent.field("act") == Some("preview") {
            let itself = session.map(|slug| contents.find(Kind::Session, slug));
            let Some(of) = itself.unwrap_or(Some(&contents.seminar)) else { return Ok(Done::Nowhere) };
            return Ok(Done::preview(&draft.text, of.language, Field::Text));
        }
        let saved = sessions::edit(store, viewer, &contents, session, (&was, &draft), Timestamp::now()).await?;
        Ok(Done::from(saved))
    };
    let done = done.await.map(|done| done.or_gone(session.is_some()));
    let to = |slug| format!("/seminars/{seminar}/programme/edit#session-{slug}");
    edits::answer(asked, done, (draft, was, ()), to).await
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
        themes: sent.all("themes").map(str::to_owned).collect(),
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
        taking_away(to, &content::edits::version(&shown), words.remove_session_lead(), words.remove_session())
    });
    let (frame, _) = Frame::of(words, &(), shown, again);
    let (draft, why) = (frame.draft.clone(), |field| frame.why(field));
    let title = session
        .as_ref()
        .map_or_else(|| words.new_session().to_owned(), |session| words.edit_session_of(&session.title.text));
    let language = session.as_ref().map_or(seminar.language, |session| session.language);
    let lang = Some(language.code());
    let mut to: Vec<Crumb> = vec![(words.edit_programme().to_owned(), None, Some(format!("{path}/programme/edit")))];
    to.extend(
        session.as_ref().map(|session| (session.title.text.clone(), session.title.lang, Some(session.place.path()))),
    );
    let anew = frame.is_gone().then(|| format!("{path}/programme/new"));
    let note = session.as_ref().map(|session| translations::note(words, seminar, session));
    let inside = view! {
        <form class="flow flow--loose" method="post" action=anew novalidate>
            {frame.top(&draft.title, None)}
            {save_or_preview(words)}
            {note}
            {line(Line { name: "title", label: words.spot_title().to_owned(), fill: "off", value: draft.title.clone(), refused: why(Field::Title), ..Line::default() })}
            {area(Area { name: "summary", label: words.spot_summary().to_owned(), value: draft.summary.clone(), refused: why(Field::Summary), lang, ..Area::default() })}
            {marked("kind", why(Field::Kind), choice("kind", words.kind_of_session(), kinds(words, &draft.kind)))}
            {abreast(&frame)}
            {edits::countries(words, words.delegations(), seminar, &draft.countries).map(|list| marked("countries", why(Field::Countries), list))}
            {voices::fields(words, &draft.contributors, &people, Role::Speaker, &|row, with| why(if with { Field::Contribution(row) } else { Field::Contributor(row) }))}
            {area(Area { name: "objective", label: words.objective().to_owned(), value: draft.objective.clone(), refused: why(Field::Objective), lang, ..Area::default() })}
            {marked("themes", why(Field::Themes), choices("themes", words.themes(), edits::themes(words, &draft.themes)))}
            {area(Area { name: "text", label: words.spot_text().to_owned(), hint: Some(words.text_hint()), value: draft.text.clone(), refused: why(Field::Text), lang, ..Area::default() })}
            {save_or_preview(words)}
        </form>
        {remove}
    };
    sheet(asked, way(words, seminar, to), title, inside)
}

impl Told for Field {
    type Draft = Draft;
    type Around = ();

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Objective => "objective",
            Self::Text => "text",
            Self::Kind => "kind",
            Self::Day => "day",
            Self::Starts => "starts",
            Self::Ends => "ends",
            Self::Room => "room",
            Self::Countries => "countries",
            Self::Themes => "themes",
            Self::Contributor(row) => return format!("person-{row}").into(),
            Self::Contribution(row) => return format!("with-{row}").into(),
        };
        name.into()
    }

    fn label(self, words: Words, (): &()) -> &'static str {
        match self {
            Self::Title => words.spot_title(),
            Self::Summary => words.spot_summary(),
            Self::Objective => words.objective(),
            Self::Text => words.spot_text(),
            Self::Kind => words.kind_of_session(),
            Self::Day => words.on_day(),
            Self::Starts => words.starts_at(),
            Self::Ends => words.ends_at(),
            Self::Room => words.room(),
            Self::Countries => words.delegations(),
            Self::Themes => words.themes(),
            Self::Contributor(_) => words.contributors(),
            Self::Contribution(_) => words.contribution(),
        }
    }

    fn says(self, words: Words, draft: &Draft, (): &()) -> String {
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
            Self::Objective => draft.objective.clone(),
            Self::Text => draft.text.clone(),
            Self::Kind => draft.kind.parse::<Form>().map_or(String::new(), |form| words.form(form).to_owned()),
            // One line for all of when and where, at the first of them.
            Self::Day => slot_line(words, &draft.slot),
            Self::Countries => draft.countries.join(", "),
            Self::Themes => listed(&draft.themes, |theme| words.theme_name(theme)),
            // One line for all of them, at the first.
            Self::Contributor(0) => voices::told(words, &draft.contributors),
            Self::Starts | Self::Ends | Self::Room | Self::Contributor(_) | Self::Contribution(_) => String::new(),
        }
    }

    fn odd(self, words: Words) -> String {
        match self {
            Self::Day => words.fault_day("2026-12-06"),
            Self::Starts | Self::Ends => words.fault_time().to_owned(),
            _ => words.fault_odd().to_owned(),
        }
    }
}

fn kinds(words: Words, taken: &str) -> Vec<(String, String, bool)> {
    Form::ALL.iter().map(|form| (form.code().to_owned(), words.form(*form).to_owned(), form.code() == taken)).collect()
}

fn abreast(frame: &Frame<'_, Field>) -> impl IntoView + use<> {
    let slot = frame.draft.slot.clone();
    let fields = [
        (Field::Day, "date", slot.day),
        (Field::Starts, "time", slot.starts),
        (Field::Ends, "time", slot.ends),
        (Field::Room, "text", slot.room),
    ];
    let cells = fields.map(|(field, kind, value)| {
        let why = frame.why(field);
        // A date or a time that cannot be read could not be shown by a field that is for one.
        let kind = if why.is_some() { "text" } else { kind };
        cell(field.name().into_owned(), frame.label(field), kind, value, why)
    });
    view! { <div class="abreast">{cells.into_iter().collect_view()}</div> }
}
