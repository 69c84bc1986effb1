//! `/seminars/{seminar}/boards/{board}/edit` and `/seminars/{seminar}/boards/new`: what a board asks, and how it works.

use crate::{
    asked::Asked,
    edits::{self, Done, Frame, Told, marked, sheet},
    errors::Error,
    forms::{Sent, Typed, Version},
    render,
    seminars::way,
    translations,
    ui::{Area, Line, area, choice, line, save_or_preview, select, taking_away},
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    boards::{self, Ballots, Draft, Editing, Field, Names, Refused, Shown},
    edits::{Fault, Why},
    seminars::{self, Contents},
    store::Failure,
    things::Kind,
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::borrow::Cow;

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field>;

pub(crate) fn edit() -> impl IntoView {
    page(Some(render::parameter("board")))
}

pub(crate) fn new() -> impl IntoView {
    page(None)
}

fn page(board: Option<String>) -> impl IntoView {
    render::secret();
    let seminar = render::parameter("seminar");
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let Some(contents) = contents(&asked, &seminar).await? else { return Ok(None) };
            // What is gone can be made anew, with what was typed.
            let board = board.as_deref().filter(|_| !Again::is_gone(again.as_ref()));
            let found = boards::editing(&asked.store, &asked.viewer, &contents, board).await?;
            Ok(found.map(|editing| draw(&asked, &contents, board, editing, again)))
        },
        render::nowhere_else,
    )
}

async fn contents(asked: &Asked, seminar: &str) -> Result<Option<Contents>, Failure> {
    seminars::contents(&asked.store, &asked.viewer, asked.reading, seminar).await
}

/// Has a board ask what was typed.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    sent_for(asked, &seminar, Some(&board), &sent).await
}

/// Makes a board.
pub(super) async fn post_new(Extension(asked): Extension<Asked>, Path(seminar): Path<String>, sent: Sent) -> Response {
    sent_for(asked, &seminar, None, &sent).await
}

/// What the form always sends: where one of these is missing, it was not all of it.
const WHOLE: [&str; 8] = ["was", "title", "summary", "text", "session", "names", "shown", "ballots"];

async fn sent_for(asked: Asked, seminar: &str, board: Option<&str>, sent: &Sent) -> Response {
    if !sent.has(&WHOLE) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    let (draft, was) = (read(sent), sent.value("was"));
    let done = async {
        let Some(contents) = contents(&asked, seminar).await? else { return Ok(Done::Nowhere) };
        let this = board.and_then(|slug| contents.find(Kind::Board, slug));
        if sent.field("act") == Some("preview") {
            let language = this.map_or_else(|| draft.language(contents.seminar.language), |board| board.language);
            return Ok(Done::preview(&draft.text, language, Field::Text));
        }
        let typed = (was.as_str(), &draft);
        let saved = boards::edit(&asked.store, &asked.viewer, &contents, board, typed, Timestamp::now()).await?;
        Ok(Done::from(saved))
    };
    let done: Result<_, Failure> = done.await;
    let done = done.map(|done| done.or_gone(board.is_some()));
    edits::answer(asked, done, (draft, was, ()), |slug| format!("/seminars/{seminar}/boards/{slug}")).await
}

fn read(sent: &Sent) -> Draft {
    Draft {
        title: sent.value("title"),
        summary: sent.text("summary"),
        text: sent.text("text"),
        session: sent.value("session"),
        names: sent.value("names"),
        shown: sent.value("shown"),
        ballots: sent.value("ballots"),
    }
}

/// Takes a board away.
pub(super) async fn remove(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let list = format!("/seminars/{seminar}/boards");
    let removed = async {
        let Some(contents) = contents(&asked, &seminar).await? else { return Ok(Err(Refused::Forbidden)) };
        boards::remove(&asked.store, &asked.viewer, &contents, &board, &was, Timestamp::now()).await
    };
    let removed = removed.await;
    edits::taken_away(asked, removed, (&list, &format!("{list}/{board}/edit"))).await
}

fn draw(
    asked: &Asked,
    contents: &Contents,
    board: Option<&str>,
    Editing { draft: shown, removable, begun }: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let seminar = &contents.seminar;
    let this = board.and_then(|slug| contents.find(Kind::Board, slug));
    let remove = this.filter(|_| removable).map(|board| {
        let to = format!("{}/remove", board.place.path());
        taking_away(to, &content::edits::version(&shown), words.remove_board_lead(), words.remove_board())
    });
    let (frame, _) = Frame::of(words, contents, shown, again);
    let (draft, why) = (&frame.draft, |field| frame.why(field));
    let list = format!("{}/boards", seminar.place.path());
    let to = this.map_or_else(|| format!("{list}/new"), |board| format!("{}/edit", board.place.path()));
    let lang = this.map(|board| board.language.code());
    let note = this.map(|board| translations::note(words, seminar, board).into_any());
    let title = if this.is_some() { words.edit_board() } else { words.new_board() };
    let mut more = vec![(words.boards().to_owned(), None, Some(list))];
    more.extend(this.map(|board| (board.title.text.clone(), board.title.lang, Some(board.place.path()))));
    let fixed = begun.then(|| view! { <p class="small quiet">{words.board_fixed()}</p> });
    let inside = view! {
        <form class="flow flow--loose" method="post" action=to novalidate>
            {frame.top(&draft.title, None)}
            {note}
            {line(Line { name: "title", label: words.board_question().to_owned(), hint: Some(words.board_question_hint()), fill: "off", value: draft.title.clone(), refused: why(Field::Title), ..Line::default() })}
            {area(Area { name: "summary", label: words.spot_summary().to_owned(), value: draft.summary.clone(), refused: why(Field::Summary), lang, ..Area::default() })}
            {area(Area { name: "text", label: words.board_instructions().to_owned(), hint: Some(words.text_hint()), value: draft.text.clone(), refused: why(Field::Text), lang, ..Area::default() })}
            {select("session".to_owned(), words.board_session(), edits::sessions(words.of_the_seminar(), contents.of(Kind::Session), &draft.session), why(Field::Session))}
            {fixed}
            {marked("names", why(Field::Names), choice("names", words.board_names(), names(words, &draft.names)))}
            {marked("shown", why(Field::Shown), choice("shown", words.board_shown(), shown_when(words, &draft.shown)))}
            {marked("ballots", why(Field::Ballots), choice("ballots", words.board_ballots(), ballots(words, &draft.ballots)))}
            {save_or_preview(words)}
        </form>
        {remove}
    };
    sheet(asked, way(words, seminar, more), title.to_owned(), inside)
}

fn names(words: Words, taken: &str) -> Vec<(String, String, bool)> {
    let word = |names| match names {
        Names::Anonymous => words.names_anonymous(),
        Names::Signed => words.names_signed(),
    };
    Names::ALL.iter().map(|is| (is.code().to_owned(), word(*is).to_owned(), is.code() == taken)).collect()
}

fn shown_when(words: Words, taken: &str) -> Vec<(String, String, bool)> {
    let word = |shown| match shown {
        Shown::AtEnd => words.shown_at_end(),
        Shown::AtOnce => words.shown_at_once(),
    };
    Shown::ALL.iter().map(|is| (is.code().to_owned(), word(*is).to_owned(), is.code() == taken)).collect()
}

fn ballots(words: Words, taken: &str) -> Vec<(String, String, bool)> {
    let word = |ballots| match ballots {
        Ballots::Secret => words.ballots_secret(),
        Ballots::Open => words.ballots_open(),
    };
    Ballots::ALL.iter().map(|is| (is.code().to_owned(), word(*is).to_owned(), is.code() == taken)).collect()
}

impl Told for Field {
    type Draft = Draft;
    type Around = Contents;

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Text => "text",
            Self::Session => "session",
            Self::Names => "names",
            Self::Shown => "shown",
            Self::Ballots => "ballots",
        };
        name.into()
    }

    fn label(self, words: Words, _: &Contents) -> &'static str {
        match self {
            Self::Title => words.board_question(),
            Self::Summary => words.spot_summary(),
            Self::Text => words.board_instructions(),
            Self::Session => words.board_session(),
            Self::Names => words.board_names(),
            Self::Shown => words.board_shown(),
            Self::Ballots => words.board_ballots(),
        }
    }

    fn says(self, words: Words, draft: &Draft, contents: &Contents) -> String {
        let taken = |choices: Vec<(String, String, bool)>| {
            choices.into_iter().find(|(_, _, taken)| *taken).map(|(_, word, _)| word).unwrap_or_default()
        };
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
            Self::Text => draft.text.clone(),
            Self::Session => {
                let known = contents.find(Kind::Session, &draft.session);
                known.map_or_else(|| draft.session.clone(), |one| one.title.text.clone())
            }
            Self::Names => taken(names(words, &draft.names)),
            Self::Shown => taken(shown_when(words, &draft.shown)),
            Self::Ballots => taken(ballots(words, &draft.ballots)),
        }
    }

    fn sentence(words: Words, fault: Fault<Self>) -> String {
        match (fault.field, fault.why) {
            (Self::Names | Self::Shown | Self::Ballots, Why::Reserved) => words.board_fixed().to_owned(),
            (Self::Ballots, Why::Odd) => words.ballots_need_names().to_owned(),
            (field, why) => words.why(why, field.odd(words)),
        }
    }
}
