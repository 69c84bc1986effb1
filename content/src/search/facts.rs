//! What is known of every document besides its words, in memory: who may see it and what it belongs to.

use super::{asked::Asked, found::Stored, terms::Form};
use crate::{
    gate::{Audience, Viewer},
    things::Kind,
};
use language::{Analyser, Language};
use tantivy::{
    DocId, SegmentReader, TantivyDocument,
    columnar::StrColumn,
    schema::{Field, Value},
};

/// How many facets there are.
pub(crate) const FACETS: usize = Asked::FACETS.len();
/// The place of the one whose values differ between the texts of a thing.
pub(crate) const LANGUAGE: usize = 3;

/// A value of a facet, numbered among all values of a segment.
#[derive(Debug)]
pub(crate) struct Named {
    /// The place of its facet.
    pub(crate) facet: usize,
    pub(crate) name: String,
}

/// What is known of the documents of a segment, which never changes.
#[derive(Debug)]
pub(crate) struct Facts {
    /// Who may see what, and of each document who may see it, by its place among them.
    audiences: Vec<Option<Audience>>,
    audience: Vec<u32>,
    /// The values of all facets, facet by facet.
    named: Vec<Named>,
    /// Where the values of each document begin, and where the last one's end. They stand together, since a search goes
    /// through thousands of documents.
    starts: Vec<u32>,
    values: Vec<u32>,
    ids: Vec<u64>,
    days: Vec<i64>,
    analysers: Vec<u8>,
    /// The terms of the glossary among them.
    terms: Vec<(DocId, String, Vec<Form>)>,
}

/// The values that a field has in a segment.
fn names(column: Option<&StrColumn>) -> tantivy::Result<Vec<String>> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let name = |at| {
        let mut name = String::new();
        column.ord_to_str(at, &mut name)?;
        Ok(name)
    };
    (0..column.num_terms() as u64).map(name).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Facts {
    pub(crate) fn read(segment: &SegmentReader, stored: Field) -> tantivy::Result<Self> {
        let documents = segment.max_doc();
        let columns = segment.fast_fields();
        let mut named = Vec::new();
        let mut facets = Vec::with_capacity(FACETS);
        for (facet, name) in Asked::FACETS.iter().enumerate() {
            let column = columns.str(name)?;
            let first = named.len();
            named.extend(names(column.as_ref())?.into_iter().map(|name| Named { facet, name }));
            facets.extend(column.map(|column| (column, number(first))));
        }
        let (mut starts, mut values) = (vec![0], Vec::new());
        for document in 0..documents {
            for (column, first) in &facets {
                values.extend(column.term_ords(document).filter_map(|at| Some(first + u32::try_from(at).ok()?)));
            }
            starts.push(number(values.len()));
        }
        let audiences = columns.str("audience")?;
        // What has no audience, or several, nobody sees.
        let audience = |document| {
            let mut all = audiences.as_ref()?.term_ords(document);
            all.next().filter(|_| all.next().is_none()).and_then(|at| u32::try_from(at).ok())
        };
        let things = columns.u64("thing")?;
        let days = columns.i64("day")?;
        let mut read = Self {
            audience: (0..documents).map(|document| audience(document).unwrap_or(u32::MAX)).collect(),
            audiences: names(audiences.as_ref())?.iter().map(|name| name.parse().ok()).collect(),
            named,
            starts,
            values,
            ids: (0..documents).map(|document| things.first(document).unwrap_or_default()).collect(),
            days: (0..documents).map(|document| days.first(document).unwrap_or(i64::MIN)).collect(),
            analysers: Vec::new(),
            terms: Vec::new(),
        };
        let analyser = |document| {
            let language = read.named("language", document).next();
            let analyser = language.and_then(|code| code.parse::<Language>().ok()).map(Analyser::of);
            Analyser::ALL.iter().position(|other| Some(*other) == analyser).and_then(|at| u8::try_from(at).ok())
        };
        read.analysers = (0..documents).map(|document| analyser(document).unwrap_or_default()).collect();
        let store = segment.get_store_reader(1)?;
        let is_term = |document: &DocId| read.named("kind", *document).any(|kind| kind == Kind::Term.code());
        for document in (0..documents).filter(is_term).collect::<Vec<_>>() {
            let language = read.named("language", document).next().and_then(|code| code.parse().ok());
            let says: TantivyDocument = store.get(document)?;
            let says = says.get_first(stored).and_then(|value| serde_json::from_str(value.as_str()?).ok());
            if let (Some(language), Some(Stored { term: Some((slug, forms)), .. })) = (language, says) {
                let forms = forms.iter().map(|form| Form::new(language, form)).collect();
                read.terms.push((document, slug, forms));
            }
        }
        Ok(read)
    }

    /// The terms of the glossary, each with its document, its slug and what it is called there.
    pub(crate) fn terms(&self) -> &[(DocId, String, Vec<Form>)] {
        &self.terms
    }

    /// The thing that a document is a text of.
    pub(crate) fn thing(&self, document: DocId) -> u64 {
        self.ids.get(document as usize).copied().unwrap_or_default()
    }

    /// The day it is of, in days since 1970; the least number where it has none.
    pub(crate) fn day(&self, document: DocId) -> i64 {
        self.days.get(document as usize).copied().unwrap_or(i64::MIN)
    }

    /// The place of its analyser among all.
    pub(crate) fn analyser(&self, document: DocId) -> usize {
        self.analysers.get(document as usize).copied().unwrap_or_default().into()
    }

    /// The values of all facets.
    pub(crate) fn values(&self) -> &[Named] {
        &self.named
    }

    /// Those of a document, by their places among all.
    pub(crate) fn of(&self, document: DocId) -> &[u32] {
        let at = document as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.values.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The names of a document's values of a facet.
    pub(crate) fn named(&self, facet: &str, document: DocId) -> impl Iterator<Item = &str> {
        let facet = Asked::FACETS.iter().position(|name| *name == facet);
        let of = self.of(document).iter().filter_map(|place| self.named.get(*place as usize));
        of.filter(move |value| Some(value.facet) == facet).map(|value| value.name.as_str())
    }

    /// Which documents a viewer may see.
    pub(crate) fn seen_by(&self, viewer: &Viewer) -> Seen<'_> {
        Seen {
            audience: &self.audience,
            admitted: self.audiences.iter().map(|audience| viewer.may_read(*audience)).collect(),
        }
    }
}

/// Which documents of a segment somebody may see.
pub(crate) struct Seen<'a> {
    audience: &'a [u32],
    admitted: Vec<bool>,
}

impl Seen<'_> {
    /// Whether they may see this one.
    pub(crate) fn has(&self, document: DocId) -> bool {
        let audience = self.audience.get(document as usize);
        audience.and_then(|audience| self.admitted.get(*audience as usize)).copied().unwrap_or(false)
    }
}
