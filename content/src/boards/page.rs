//! What the page of a board shows, but for what happens on it.

use super::{Details, store};
use crate::{
    gate::Viewer,
    seminars::{self, Contents},
    sessions,
    store::{Ask, Failure, Store},
    texts::{self, Reading, Text},
    things::{self, Kind, Listed, Look},
};

/// A board's page.
#[derive(Clone, Debug)]
pub struct BoardPage {
    /// The seminar, with the session to which the board belongs.
    pub contents: Contents,
    /// The board.
    pub board: Listed,
    /// How it works.
    pub details: Details,
    /// The question, and what else is said about it.
    pub text: Text,
    /// Who speaks at its session is not told.
    pub quiet: bool,
}

/// A board's page.
///
/// # Errors
/// When the store does not answer.
pub async fn board(
    db: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &str,
    slug: &str,
) -> Result<Option<BoardPage>, Failure> {
    let questions = seminars::holding(viewer, reading, seminar, |seminar| {
        let look = Look { slug: Some(slug), ..seminars::within(seminar, &[Kind::Board]) };
        things::given(viewer, "here", &look, |here, look| {
            let session = Look { kinds: &[Kind::Session], ids: Some(things::parents(viewer, look)), ..Look::default() };
            let around = (
                things::listing(viewer, reading, look),
                things::given(viewer, "session_here", &session, |session, look| {
                    (things::listing(viewer, reading, look), sessions::details(session))
                }),
            );
            let around = around.then(|(board, (session, details))| Ok(([board, session].concat(), details)));
            (around, (store::details(here), texts::said(reading, here)))
                .then(|((things, sessions), (details, said))| Ok((things, (sessions, details, said))))
        })
    });
    let Some((contents, (sessions, mut details, Some(said)))) = db.ask(questions).await? else { return Ok(None) };
    let Some(board) = contents.find(Kind::Board, slug).cloned() else { return Ok(None) };
    let Some((_, details)) = details.pop() else { return Ok(None) };
    let text = texts::resolved(db, viewer, said, &board).await?;
    // Whoever may not see the session of a board may not know who speaks there either.
    let seen = board.parent.is_none() || !sessions.is_empty();
    let quiet = !seen || sessions.iter().any(|(_, session)| session.chatham_house);
    Ok(Some(BoardPage { contents, board, details, text, quiet }))
}
