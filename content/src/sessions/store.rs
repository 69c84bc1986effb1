//! Questions about sessions.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    people::{self, Contributor},
    seminars::{self, Contents},
    store::{Failure, Store},
    texts::{self, Reading, Text},
    things::{Kind, Listed, Seen},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

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
    /// Its seminar and what lies in it.
    pub contents: Contents,
    /// The session.
    pub session: Listed,
    /// What it has of its own.
    pub details: Details,
    /// What it says.
    pub text: Text,
    /// Who contributed, as far as the viewer may know.
    pub contributors: Vec<Contributor>,
}

/// The sessions of a seminar in order.
///
/// # Errors
/// When the store does not answer.
pub async fn programme(store: &Store, contents: &Contents) -> Result<Vec<InProgramme>, Failure> {
    let sessions: Vec<&Listed> = contents.of(Kind::Session).collect();
    let seen: Vec<Seen> = sessions.iter().map(|session| session.id).collect();
    let details = all_details(store, &seen).await?;
    let in_programme = |session: &Listed| {
        let (_, details) = details.iter().find(|(seen, _)| *seen == session.id)?;
        Some(InProgramme { listed: session.clone(), details: details.clone() })
    };
    Ok(sessions.into_iter().filter_map(in_programme).collect())
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
    let Some(contents) = seminars::contents(store, viewer, reading, seminar).await? else { return Ok(None) };
    let Some(session) = contents.find(Kind::Session, slug).cloned() else { return Ok(None) };
    let Some(details) = details(store, session.id).await? else { return Ok(None) };
    let Some(text) = texts::one(store, viewer, &session, reading).await? else { return Ok(None) };
    let contributors = people::contributors(store, viewer, reading, &session).await?;
    Ok(Some(SessionPage { contents, session, details, text, contributors }))
}

pub(crate) async fn details(store: &Store, session: Seen) -> Result<Option<Details>, Failure> {
    Ok(all_details(store, &[session]).await?.pop().map(|(_, details)| details))
}

async fn all_details(store: &Store, sessions: &[Seen]) -> Result<Vec<(Seen, Details)>, Failure> {
    let ids = sessions.iter().map(|seen| seen.id());
    let rows = entity::Entity::find().filter(entity::Column::ThingId.is_in(ids)).all(store.read()).await?;
    rows.into_iter()
        .filter_map(|row| sessions.iter().find(|seen| seen.id() == row.thing_id).map(|seen| (*seen, row)))
        .map(|(seen, row)| Ok((seen, row.try_into()?)))
        .collect()
}
