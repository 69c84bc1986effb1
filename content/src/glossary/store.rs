//! Questions about terms.

use super::{Details, entity};
use crate::{
    gate::Viewer,
    store::{Ask, Failure, Question, Store},
    texts::{Phrase, Reading},
    things::{self, Along, Kind, Listed, Look, Shown},
};
use language::Language;
use sea_orm::{ColumnTrait, Condition};

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
    store.ask(listed(viewer, reading, &look)).await
}

/// A term's page.
///
/// # Errors
/// When the store does not answer.
pub async fn term(store: &Store, viewer: &Viewer, reading: Reading, slug: &str) -> Result<Option<TermPage>, Failure> {
    let look = Look { kinds: &[Kind::Term], slug: Some(slug), ..Look::default() };
    let questions = things::given(viewer, "here", &look, |here, look| {
        let see = |along| Look { kinds: &[Kind::Term], ids: Some(here.related("see", along)), ..Look::default() };
        (
            listed(viewer, reading, look),
            details(here),
            listed(viewer, reading, &see(Along::To)),
            listed(viewer, reading, &see(Along::From)),
        )
    });
    let (mut term, details, mut see, seen_from) = store.ask(questions).await?;
    let Some(term) = term.pop() else { return Ok(None) };
    see.extend(seen_from);
    see.sort_by_key(|term| (term.listed.position, term.listed.id));
    see.dedup_by_key(|term| term.listed.id);
    Ok(Some(TermPage { term, details, see }))
}

/// What a term has of its own.
pub(crate) fn details(term: &Shown) -> impl Ask<Answer = Details> + use<> {
    let forms = Question::whole(entity::Entity, term.hold(entity::Column::ThingId));
    let row = Question::whole(entity::term::Entity, term.hold(entity::term::Column::ThingId));
    (forms, row).then(|(mut forms, mut row)| {
        forms.sort_by_key(|form| form.position);
        Ok(Details::of(row.pop().and_then(|row| row.source), &forms))
    })
}

/// Terms with their forms in the reader's language.
fn listed(viewer: &Viewer, reading: Reading, look: &Look<'_>) -> impl Ask<Answer = Vec<TermListed>> + use<> {
    let language = reading.locale.language();
    let wanted = Condition::all()
        .add(things::shown(viewer, look).hold(entity::Column::ThingId))
        .add(entity::Column::Language.is_in([language.code(), Language::English.code()]));
    let forms = Question::whole(entity::Entity, wanted);
    (things::listing(viewer, reading, look), forms).then(move |(listed, mut rows)| {
        rows.sort_by_key(|form| form.position);
        let term = |listed: Listed| {
            let of = |language: Language| {
                rows.iter().filter(move |row| row.thing_id == listed.id.id() && row.language == language.code())
            };
            let language = if of(language).next().is_some() { language } else { Language::English };
            let mut forms = of(language).map(|row| reading.phrase(&row.form, language));
            let term = forms.next().unwrap_or_else(|| listed.title.clone());
            TermListed { term, others: forms.collect(), listed }
        };
        Ok(listed.into_iter().map(term).collect())
    })
}
