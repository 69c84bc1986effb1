//! What is known of every document besides its words, in memory: who may see it and what it belongs to.

use super::{asked::Asked, found::Stored, terms::Form};
use crate::{gate::Viewer, things::Kind};
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

/// The values that a field has in a segment, and which of them each document has.
#[derive(Debug, Default)]
pub(crate) struct Values {
    names: Vec<String>,
    /// Where each document's begin, and where the last one's end.
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Values {
    fn read(column: Option<StrColumn>, documents: DocId) -> tantivy::Result<Self> {
        let mut read = Self::default();
        if let Some(column) = &column {
            for at in 0..column.num_terms() as u64 {
                let mut name = String::new();
                column.ord_to_str(at, &mut name)?;
                read.names.push(name);
            }
        }
        for document in 0..documents {
            read.starts.push(number(read.values.len()));
            if let Some(column) = &column {
                read.values.extend(column.term_ords(document).filter_map(|at| u32::try_from(at).ok()));
            }
        }
        read.starts.push(number(read.values.len()));
        Ok(read)
    }

    /// The places of a document's values among [`Self::names`].
    pub(crate) fn of(&self, document: DocId) -> &[u32] {
        let at = document as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.values.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What is known of the documents of a segment, which never changes.
#[derive(Debug)]
pub(crate) struct Facts {
    audiences: Values,
    facets: [Values; FACETS],
    ids: Vec<u64>,
    days: Vec<i64>,
    analysers: Vec<u8>,
    /// The terms of the glossary among them.
    terms: Vec<(DocId, String, Vec<Form>)>,
}

impl Facts {
    pub(crate) fn read(segment: &SegmentReader, stored: Field) -> tantivy::Result<Self> {
        let documents = segment.max_doc();
        let columns = segment.fast_fields();
        let mut facets: [Values; FACETS] = Default::default();
        for (values, name) in facets.iter_mut().zip(Asked::FACETS) {
            *values = Values::read(columns.str(name)?, documents)?;
        }
        let things = columns.u64("thing")?;
        let days = columns.i64("day")?;
        let languages = facets.get(LANGUAGE);
        let analyser = |document| {
            let language = languages.and_then(|values| values.names.get(*values.of(document).first()? as usize));
            let analyser = language.and_then(|code| code.parse::<Language>().ok()).map(Analyser::of);
            Analyser::ALL.iter().position(|other| Some(*other) == analyser).and_then(|at| u8::try_from(at).ok())
        };
        let mut read = Self {
            audiences: Values::read(columns.str("audience")?, documents)?,
            ids: (0..documents).map(|document| things.first(document).unwrap_or_default()).collect(),
            days: (0..documents).map(|document| days.first(document).unwrap_or(i64::MIN)).collect(),
            analysers: (0..documents).map(|document| analyser(document).unwrap_or_default()).collect(),
            facets,
            terms: Vec::new(),
        };
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

    /// The values of a facet, by its place among all.
    pub(crate) fn facet(&self, at: usize) -> Option<&Values> {
        self.facets.get(at)
    }

    /// The names of a document's values of a facet.
    pub(crate) fn named(&self, facet: &str, document: DocId) -> impl Iterator<Item = &str> {
        let values = Asked::FACETS.iter().position(|name| *name == facet).and_then(|at| self.facets.get(at));
        let of = values.map(|values| (values, values.of(document)));
        of.into_iter().flat_map(|(values, places)| {
            places.iter().filter_map(|place| values.names.get(*place as usize)).map(String::as_str)
        })
    }

    /// Which documents a viewer may see.
    pub(crate) fn seen_by(&self, viewer: &Viewer) -> Seen<'_> {
        Seen {
            audiences: &self.audiences,
            admitted: self.audiences.names.iter().map(|name| viewer.admitted_by(name)).collect(),
        }
    }
}

/// Which documents of a segment somebody may see.
pub(crate) struct Seen<'a> {
    audiences: &'a Values,
    admitted: Vec<bool>,
}

impl Seen<'_> {
    /// Whether they may see this one. What has no audience nobody sees.
    pub(crate) fn has(&self, document: DocId) -> bool {
        match self.audiences.of(document) {
            [audience] => self.admitted.get(*audience as usize).copied().unwrap_or(false),
            _ => false,
        }
    }
}
