//! Questions about terms.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    store::{Failure, Store},
    texts::{Phrase, Reading},
    things::{self, Along, Kind, Listed, Look, Seen},
};
use language::Language;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A term as lists show it: in the reader's language, where it has a form there.
#[derive(Clone, Debug)]
pub struct TermListed {
    /// What it has in common with everything; its title is the English term, its summary the definition.
    pub listed: Listed,
    /// The term in the reader's language.
    pub term: Phrase,
    /// What else it is called there.
    pub others: Vec<Phrase>,
}

/// A term's page.
#[derive(Clone, Debug)]
pub struct TermPage {
    /// The term.
    pub term: TermListed,
    /// Its source and its forms.
    pub details: Details,
    /// What to read beside it.
    pub see: Vec<TermListed>,
}

/// All terms that may be seen, in no order: sorting follows the reader's language.
///
/// # Errors
/// When the store does not answer.
pub async fn list(store: &Store, viewer: &Viewer, reading: Reading) -> Result<Vec<TermListed>, Failure> {
    let look = Look { kinds: &[Kind::Term], ..Look::default() };
    let listed = things::list(store, viewer, reading, &look).await?;
    with_forms(store, reading, listed).await
}

/// A term's page.
///
/// # Errors
/// When the store does not answer.
pub async fn term(store: &Store, viewer: &Viewer, reading: Reading, slug: &str) -> Result<Option<TermPage>, Failure> {
    let look = Look { kinds: &[Kind::Term], slug: Some(slug), ..Look::default() };
    let Some(listed) = things::list(store, viewer, reading, &look).await?.pop() else { return Ok(None) };
    let id = listed.id;
    let mut ids = things::related(store, id, "see", Along::To).await?;
    ids.extend(things::related(store, id, "see", Along::From).await?);
    let look = Look { kinds: &[Kind::Term], ids: Some(ids), ..Look::default() };
    let see = things::list(store, viewer, reading, &look).await?;
    let see = with_forms(store, reading, see).await?;
    let details = details(store, id).await?;
    let Some(term) = with_forms(store, reading, vec![listed]).await?.pop() else { return Ok(None) };
    Ok(Some(TermPage { term, details, see }))
}

pub(crate) async fn details(store: &Store, term: Seen) -> Result<Details, Failure> {
    let forms = entity::Entity::find()
        .filter(entity::Column::ThingId.eq(term.id()))
        .order_by_asc(entity::Column::Position)
        .all(store.read())
        .await?;
    let row = entity::term::Entity::find_by_id(term.id()).one(store.read()).await?;
    Ok(Details::of(row.and_then(|row| row.source), &forms))
}

async fn with_forms(store: &Store, reading: Reading, listed: Vec<Listed>) -> Result<Vec<TermListed>, Failure> {
    let language = reading.locale.language();
    let rows = entity::Entity::find()
        .filter(entity::Column::ThingId.is_in(listed.iter().map(|thing| thing.id.id())))
        .filter(entity::Column::Language.is_in([language.code(), Language::English.code()]))
        .order_by_asc(entity::Column::Position)
        .all(store.read())
        .await?;
    let term = |listed: Listed| {
        let of = |language: Language| {
            rows.iter().filter(move |row| row.thing_id == listed.id.id() && row.language == language.code())
        };
        let language = if of(language).next().is_some() { language } else { Language::English };
        let mut forms = of(language).map(|row| reading.phrase(&row.form, language));
        let term = forms.next().unwrap_or_else(|| listed.title.clone());
        TermListed { term, others: forms.collect(), listed }
    };
    Ok(listed.into_iter().map(|listed| term(listed)).collect())
}
