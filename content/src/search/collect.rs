//! All matches of a query, with what they are gathered by.

use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
};

/// One document that matches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) thing: u64,
    pub(crate) score: Score,
    pub(crate) at: DocAddress,
}

/// Collects every match. Scores where `scored`.
pub(crate) struct Matches {
    pub(crate) scored: bool,
}

pub(crate) struct OfSegment {
    segment: SegmentOrdinal,
    things: Column<u64>,
    matches: Vec<Match>,
}

impl Collector for Matches {
    type Fruit = Vec<Match>;
    type Child = OfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<OfSegment> {
        Ok(OfSegment { segment, things: reader.fast_fields().u64("thing")?, matches: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<Vec<Match>>) -> tantivy::Result<Vec<Match>> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = Vec<Match>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(thing) = self.things.first(doc) {
            self.matches.push(Match { thing, score, at: DocAddress::new(self.segment, doc) });
        }
    }

    fn harvest(self) -> Vec<Match> {
        self.matches
    }
}
