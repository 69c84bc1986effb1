//! Questions about challenges.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    seminars::{self, AtHome},
    store::{Ask, Failure, Question, Store},
    texts::{self, Reading, Text},
    things::{self, Along, Kind, Listed, Look, Shown},
};

/// A challenge as lists show it.
#[derive(Clone, Debug)]
pub struct ChallengeListed {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: Details,
    /// The seminar that named it.
    pub seminar: Option<Listed>,
    /// How many practices answer it, as far as the viewer may see them.
    pub answers: usize,
}

/// A challenge's page.
#[derive(Clone, Debug)]
pub struct ChallengePage {
    /// The challenge.
    pub challenge: ChallengeListed,
    /// What it says.
    pub text: Text,
    /// The session that named it.
    pub session: Option<Listed>,
    /// The practices that answer it.
    pub practices: Vec<Listed>,
    /// The recommendations that answer it.
    pub recommendations: Vec<Listed>,
}

/// Challenges, the last changed first: at most `most`, after `after`.
///
/// # Errors
/// When the store does not answer.
pub async fn list(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> Result<Vec<ChallengeListed>, Failure> {
    store.ask(listing(viewer, reading, most, after)).await
}

/// The same, to be asked with more.
pub(crate) fn listing(
    viewer: &Viewer,
    reading: Reading,
    most: u64,
    after: u64,
) -> impl Ask<Answer = Vec<ChallengeListed>> + use<> {
    let look = Look { kinds: &[Kind::Challenge], examples_last: true, page: Some((most, after)), ..Look::default() };
    things::given(viewer, "challenges", &look, |_, look| listed(viewer, reading, look))
}

/// A challenge's page.
///
/// # Errors
/// When the store does not answer.
pub async fn challenge(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    slug: &str,
) -> Result<Option<ChallengePage>, Failure> {
    let look = Look { kinds: &[Kind::Challenge], slug: Some(slug), ..Look::default() };
    let questions = things::given(viewer, "here", &look, |here, look| {
        let answering = Some(here.related("answers", Along::From));
        let around = Look { kinds: &[Kind::Practice, Kind::Recommendation], ids: answering, ..Look::default() };
        let session = Look { kinds: &[Kind::Session], ids: Some(things::parents(viewer, look)), ..Look::default() };
        (
            listed(viewer, reading, look),
            texts::said(reading, here),
            things::listing(viewer, reading, &around),
            things::listing(viewer, reading, &session),
        )
    });
    let (mut challenge, said, around, mut session) = store.ask(questions).await?;
    let (Some(challenge), Some(said)) = (challenge.pop(), said) else { return Ok(None) };
    let text = texts::resolved(store, viewer, said, &challenge.listed).await?;
    let (practices, recommendations) = around.into_iter().partition(|thing| thing.place.kind == Kind::Practice);
    Ok(Some(ChallengePage { challenge, text, session: session.pop(), practices, recommendations }))
}

/// Challenges with what they have of their own and the seminars that named them.
fn listed(viewer: &Viewer, reading: Reading, look: &Look<'_>) -> impl Ask<Answer = Vec<ChallengeListed>> + use<> {
    let here = things::shown(viewer, look);
    let challenges = seminars::at_home(viewer, reading, look, details(&here));
    (challenges, things::spoken_of(viewer, &here, "answers", Kind::Practice)).then(|(challenges, spoken_of)| {
        let challenge = |AtHome { listed, details, seminar }| {
            let answers = spoken_of.iter().filter(|(id,)| *id == listed.id.id()).count();
            ChallengeListed { listed, details, seminar, answers }
        };
        Ok(challenges.into_iter().map(challenge).collect())
    })
}

/// What some challenges have of their own.
pub(crate) fn details(challenges: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    let rows = Question::whole(entity::Entity, challenges.hold(entity::Column::ThingId));
    rows.then(|rows| Ok(rows.into_iter().map(|row| (row.thing_id, row.into())).collect()))
}
