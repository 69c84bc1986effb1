//! How what is found divides by the values of the facets.

use super::{
    asked::Asked,
    facts::{FACETS, LANGUAGE},
    generation::Generation,
    hit::Facet,
    scan::Match,
};
use std::collections::BTreeMap;

/// What a search does with a value.
struct Told {
    /// Its facet, as a bit.
    facet: u8,
    /// The same if it is chosen, else none.
    chosen: u8,
    /// What has it is the reader's own.
    own: bool,
    /// How many things have it.
    count: usize,
}

/// How many things have each value. What a facet counts is not narrowed by its own choice, or its other values would
/// all be gone.
pub(crate) struct Division<'a> {
    generation: &'a Generation,
    /// By segment, and by their places there.
    values: Vec<Vec<Told>>,
    /// The facets of which something is chosen, a bit for each.
    chosen: u8,
    /// The facets for which a thing has been counted, a bit for each.
    counted: Vec<u8>,
}

impl<'a> Division<'a> {
    /// `is_own`: whether a facet's value is that of a text in the reader's language.
    pub(crate) fn of(generation: &'a Generation, asked: &Asked, is_own: impl Fn(&str, &str) -> bool) -> Self {
        let values = generation.parts.iter().map(|part| {
            let told = part.facts.values().iter().map(|value| {
                let facet = Asked::FACETS[value.facet];
                let chosen = asked.facet(facet).contains(&value.name);
                let bit = 1 << value.facet;
                Told { facet: bit, chosen: if chosen { bit } else { 0 }, own: is_own(facet, &value.name), count: 0 }
            });
            told.collect()
        });
        let chosen = (0..FACETS).filter(|facet| !asked.facet(Asked::FACETS[*facet]).is_empty());
        Self {
            values: values.collect(),
            chosen: chosen.fold(0, |chosen, facet| chosen | 1 << facet),
            counted: vec![0; generation.things],
            generation,
        }
    }

    /// Whether a document has something of every choice.
    pub(crate) fn fits(&self, found: &Match) -> bool {
        let of = self.generation.parts[found.part].facts.of(found.document);
        self.chosen == 0
            || of.iter().fold(0, |has, at| has | self.values[found.part][*at as usize].chosen) == self.chosen
    }

    /// Whether a document has something of every choice, and whether it is the reader's own; and counts its thing.
    pub(crate) fn take(&mut self, found: &Match, thing: u32, counts: bool) -> (bool, bool) {
        let of = self.generation.parts[found.part].facts.of(found.document);
        let values = &mut self.values[found.part];
        let (mut has, mut own) = (0, false);
        for value in of {
            let told = &values[*value as usize];
            has |= told.chosen;
            own |= told.own;
        }
        let fails = self.chosen & !has;
        if counts {
            let counted = &mut self.counted[thing as usize];
            let mut now = 0;
            for value in of {
                let told = &mut values[*value as usize];
                // The texts of a thing differ in their languages.
                let known = told.facet != 1 << LANGUAGE && *counted & told.facet != 0;
                if fails & !told.facet == 0 && !known {
                    told.count += 1;
                    now |= told.facet;
                }
            }
            *counted |= now;
        }
        (fails == 0, own)
    }

    /// The values that something has, those of the most first.
    pub(crate) fn facets(&self) -> Vec<Facet> {
        let mut facets: [BTreeMap<&str, usize>; FACETS] = Default::default();
        for (part, told) in self.generation.parts.iter().zip(&self.values) {
            for (value, told) in part.facts.values().iter().zip(told).filter(|(_, told)| told.count > 0) {
                *facets[value.facet].entry(&value.name).or_default() += told.count;
            }
        }
        let facet = |(name, counts): (&str, BTreeMap<&str, usize>)| {
            let mut values: Vec<(String, usize)> =
                counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
            values.sort_by(|(this, few), (that, many)| many.cmp(few).then_with(|| this.cmp(that)));
            Facet { name: name.to_owned(), values }
        };
        Asked::FACETS.into_iter().zip(facets).map(facet).collect()
    }
}
