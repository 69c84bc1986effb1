//! Questions about sessions.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    materials::{self, Material},
    people::{self, Contributor},
    seminars::{self, Contents},
    store::{Ask, Failure, Question, Store},
    texts::{self, Reading, Text},
    things::{self, Kind, Listed, Look, Shown},
};

/// A session in its programme.
#[derive(Clone, Debug)]
pub struct InProgramme {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it has of its own.
    pub details: Details,
}

/// A session's page.
#[derive(Clone, Debug)]
pub struct SessionPage {
    /// Its seminar, with the sessions and what belongs to this one.
    pub contents: Contents,
    /// The session.
    pub session: Listed,
    /// What it has of its own.
    pub details: Details,
    /// What it says.
    pub text: Text,
    /// Who contributed, as far as the viewer may know.
    pub contributors: Vec<Contributor>,
    /// What belongs to it.
    pub materials: Vec<Material>,
}

/// What belongs to a session.
const UNDER: [Kind; 4] = [Kind::Material, Kind::Challenge, Kind::Recommendation, Kind::Board];

/// The sessions of a seminar in order.
///
/// # Errors
/// When the store does not answer.
pub async fn programme(store: &Store, contents: &Contents) -> Result<Vec<InProgramme>, Failure> {
    let seen = contents.of(Kind::Session).map(|session| session.id).collect();
    Ok(in_order(contents, &store.ask(details(&seen)).await?))
}

/// The sessions of a seminar, out of their details.
pub(crate) fn in_order(contents: &Contents, details: &[(i64, Details)]) -> Vec<InProgramme> {
    let in_programme = |session: &Listed| {
        let (_, details) = details.iter().find(|(id, _)| *id == session.id.id())?;
        Some(InProgramme { listed: session.clone(), details: details.clone() })
    };
    contents.of(Kind::Session).filter_map(in_programme).collect()
}

/// A session's page.
///
/// # Errors
/// When the store does not answer.
pub async fn session(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &str,
    slug: &str,
) -> Result<Option<SessionPage>, Failure> {
    let questions = seminars::holding(viewer, reading, seminar, |seminar| {
        let sessions = seminars::within(seminar, &[Kind::Session]);
        let session = Look { slug: Some(slug), ..sessions.clone() };
        things::given(viewer, "here", &session, |here, _| {
            let under = Look { kinds: &UNDER, parent: Some(here.clone()), ..Look::default() };
            let under = things::given(viewer, "under", &under, |under, look| {
                (things::listing(viewer, reading, look), materials::forms(under))
            });
            let around = (things::listing(viewer, reading, &sessions), under);
            let rest = (details(here), texts::said(reading, here), people::contributing(viewer, reading, here));
            (around, rest).then(|((sessions, (under, forms)), rest)| Ok(([sessions, under].concat(), (forms, rest))))
        })
    });
    let Some((contents, (forms, (mut details, Some(said), contributors)))) = store.ask(questions).await? else {
        return Ok(None);
    };
    let Some(session) = contents.find(Kind::Session, slug).cloned() else { return Ok(None) };
    let Some((_, details)) = details.pop() else { return Ok(None) };
    let text = texts::resolved(store, viewer, said, &session).await?;
    let materials = forms.of(contents.under(&session, Kind::Material));
    Ok(Some(SessionPage { contents, session, details, text, contributors, materials }))
}

/// What some sessions have of their own.
pub(crate) fn details(sessions: &Shown) -> impl Ask<Answer = Vec<(i64, Details)>> + use<> {
    Question::whole(entity::Entity, sessions.hold(entity::Column::ThingId))
        .then(|rows| rows.into_iter().map(|row| Ok((row.thing_id, row.try_into()?))).collect())
}
