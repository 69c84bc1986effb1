//! `/challenges/{challenge}/edit` and `/seminars/{seminar}/challenges/new`: what a challenge says.

use crate::{
    asked::Asked,
    authors::{above, home, is_former},
    edits::{self, Done, Frame, Home, Say, Told, listed, marked, sheet},
    errors::Error,
    forms::{Sent, Typed, Version},
    render, seminars, translations,
    ui::{Area, Line, area, choices, line, save_or_preview, select, taking_away},
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    authors,
    challenges::{self, Draft, Editing, Field, Refused},
    things::{Kind, Listed},
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::borrow::Cow;

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field, Home>;

pub(crate) fn edit() -> impl IntoView {
    page(None, Some(render::parameter("challenge")))
}

pub(crate) fn new() -> impl IntoView {
    page(Some(render::parameter("seminar")), None)
}

fn page(seminar: Option<String>, challenge: Option<String>) -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let (seminar, challenge) = Again::place(again.as_ref(), seminar, challenge);
            let Some((seminar, itself)) =
                home(&asked, Kind::Challenge, seminar.as_deref(), challenge.as_deref()).await?
            else {
                return Ok(None);
            };
            let found =
                challenges::editing(&asked.store, &asked.viewer, asked.reading, &seminar, itself.as_ref()).await?;
            Ok(found.map(|editing| draw(&asked, &seminar, itself.as_ref(), editing, again)))
        },
        render::nowhere_else,
    )
}

/// Has a challenge say what was typed.
pub(super) async fn post(Extension(asked): Extension<Asked>, Path(challenge): Path<String>, sent: Sent) -> Response {
    sent_for(asked, None, Some(&challenge), &sent).await
}

/// Begins a challenge.
pub(super) async fn post_new(Extension(asked): Extension<Asked>, Path(seminar): Path<String>, sent: Sent) -> Response {
    sent_for(asked, Some(&seminar), None, &sent).await
}

/// What the form always sends: where one of these is missing, it was not all of it.
const WHOLE: [&str; 5] = ["was", "title", "summary", "session", "text"];

async fn sent_for(asked: Asked, seminar: Option<&str>, challenge: Option<&str>, sent: &Sent) -> Response {
    if !sent.has(&WHOLE) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    let (draft, was) = (read(sent), sent.value("was"));
    let done = async {
        let Some((seminar, itself)) = home(&asked, Kind::Challenge, seminar, challenge).await? else {
            return Ok(Done::Nowhere);
        };
        let (store, viewer, typed) = (&asked.store, &asked.viewer, (was.as_str(), &draft));
        if is_former(itself.as_ref(), challenge) {
            let now = challenges::editing(store, viewer, asked.reading, &seminar, itself.as_ref()).await?;
            return Ok(now.map_or(Done::Nowhere, |now| Done::Said(Say::Changed(now.draft.into()))));
        }
        if sent.field("act") == Some("preview") {
            let language = match &itself {
                Some(challenge) if !challenge.draft => challenge.language,
                _ => draft.language(seminar.language),
            };
            return Ok(Done::preview(&draft.text, language, Field::Text));
        }
        let saved = challenges::edit(store, viewer, &seminar, itself.as_ref(), typed, Timestamp::now()).await?;
        Ok(Done::from(saved))
    };
    let done = done.await.map(|done| done.or_gone(challenge.is_some()));
    edits::answer(asked, done, (draft, was, Home(sent.value("seminar"))), |slug| format!("/challenges/{slug}")).await
}

fn read(sent: &Sent) -> Draft {
    Draft {
        title: sent.value("title"),
        summary: sent.text("summary"),
        text: sent.text("text"),
        session: sent.value("session"),
        emerging: sent.field("emerging").is_some(),
        countries: sent.all("countries").map(str::to_owned).collect(),
        themes: sent.all("themes").map(str::to_owned).collect(),
    }
}

/// Takes a challenge away.
pub(super) async fn remove(
    Extension(asked): Extension<Asked>,
    Path(challenge): Path<String>,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let removed = async {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let found = authors::written(store, viewer, asked.reading, (Kind::Challenge, &challenge)).await?;
        let Some((seminar, itself)) = found else { return Ok(Err(Refused::Forbidden)) };
        challenges::remove(store, viewer, &seminar, &itself, &was, Timestamp::now()).await
    };
    let removed = removed.await;
    edits::taken_away(asked, removed, ("/challenges", &format!("/challenges/{challenge}/edit"))).await
}

fn draw(
    asked: &Asked,
    seminar: &Listed,
    challenge: Option<&Listed>,
    Editing { draft: shown, removable, sessions }: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let remove = challenge.filter(|_| removable).map(|challenge| {
        let to = format!("{}/remove", challenge.place.path());
        taking_away(to, &content::edits::version(&shown), words.remove_note_lead(), words.remove_challenge())
    });
    let (frame, _) = Frame::of(words, &sessions, shown, again);
    let (draft, why) = (&frame.draft, |field| frame.why(field));
    let to = match challenge {
        Some(challenge) => format!("{}/edit", challenge.place.path()),
        None => format!("{}/challenges/new", seminar.place.path()),
    };
    let language = challenge.unwrap_or(seminar).language;
    let lang = challenge.map(|_| language.code());
    let small = |note: &'static str| view! { <p class="small quiet">{note}</p> }.into_any();
    let note = match challenge {
        None => small(words.saved_as_draft()),
        Some(this) if this.draft => small(words.your_draft_lead()),
        Some(this) => translations::note(words, seminar, this).into_any(),
    };
    let title = if challenge.is_some() { words.edit_challenge() } else { words.write_challenge() };
    let way = match challenge {
        Some(this) => {
            vec![above(words, Kind::Challenge), (this.title.text.clone(), this.title.lang, Some(this.place.path()))]
        }
        None => seminars::way(words, seminar, Vec::new()),
    };
    let named_in = select(
        "session".to_owned(),
        words.named_in_session(),
        edits::sessions(words.no_delegation(), sessions.iter(), &draft.session),
        why(Field::Session),
    );
    let emerging = view! { <label class="check"><input class="check__input" type="checkbox" name="emerging" checked=draft.emerging/><span>{words.is_emerging()}</span></label> };
    let inside = view! {
        <form class="flow flow--loose" method="post" action=to novalidate>
            {frame.top(&draft.title, None)}
            <input type="hidden" name="seminar" value=seminar.place.slug.clone()/>
            {note}
            {line(Line { name: "title", label: words.spot_title().to_owned(), fill: "off", value: draft.title.clone(), refused: why(Field::Title), ..Line::default() })}
            {area(Area { name: "summary", label: words.spot_summary().to_owned(), value: draft.summary.clone(), refused: why(Field::Summary), lang, ..Area::default() })}
            {area(Area { name: "text", label: words.spot_text().to_owned(), hint: Some(words.text_hint()), value: draft.text.clone(), refused: why(Field::Text), lang, ..Area::default() })}
            {named_in}
            {edits::countries(words, words.countries(), seminar, &draft.countries).map(|list| marked("countries", why(Field::Countries), list))}
            {marked("emerging", why(Field::Emerging), emerging)}
            {marked("themes", why(Field::Themes), choices("themes", words.themes(), edits::themes(words, &draft.themes)))}
            {save_or_preview(words)}
        </form>
        {remove}
    };
    sheet(asked, way, title.to_owned(), inside)
}

impl Told for Field {
    type Draft = Draft;
    type Around = Vec<Listed>;

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Text => "text",
            Self::Session => "session",
            Self::Emerging => "emerging",
            Self::Countries => "countries",
            Self::Themes => "themes",
        };
        name.into()
    }

    fn label(self, words: Words, _: &Vec<Listed>) -> &'static str {
        match self {
            Self::Title => words.spot_title(),
            Self::Summary => words.spot_summary(),
            Self::Text => words.spot_text(),
            Self::Session => words.named_in_session(),
            Self::Emerging => words.is_emerging(),
            Self::Countries => words.countries(),
            Self::Themes => words.themes(),
        }
    }

    fn says(self, words: Words, draft: &Draft, sessions: &Vec<Listed>) -> String {
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
            Self::Text => draft.text.clone(),
            Self::Session => {
                let known = sessions.iter().find(|one| one.place.slug == draft.session);
                known.map_or_else(|| draft.session.clone(), |one| one.title.text.clone())
            }
            Self::Emerging => if draft.emerging { words.is_emerging() } else { "" }.to_owned(),
            Self::Countries => listed(&draft.countries, |code| words.country_name(code)),
            Self::Themes => listed(&draft.themes, |theme| words.theme_name(theme)),
        }
    }
}
