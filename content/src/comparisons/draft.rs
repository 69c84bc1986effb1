//! A row of a comparison as a form has it. A cell that comes back as it was shown is left as it is stored.

use super::{Cell, Confidence, Details, Topic};
use crate::{
    edits::{self, Why, settle},
    folder::{self, LIST_MOST, Written},
    seminars::NEW,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// The fields of its form; of a cell by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What is compared.
    Title,
    /// Of which countries a cell says something.
    Countries(usize),
    /// What it says.
    Text(usize),
    /// How sure that is.
    Confidence(usize),
    /// Who says so.
    Source(usize),
    /// As of when.
    Date(usize),
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A row as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What is compared.
    pub title: String,
    /// What is known of it, with a cell that says nothing for each country of which nothing is.
    pub cells: Vec<Typed>,
}

/// A cell as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// Of which countries: codes.
    pub countries: Vec<String>,
    /// What; empty: nothing is known.
    pub text: String,
    /// The word for how sure.
    pub confidence: String,
    /// Who says so; may be empty.
    pub source: String,
    /// As of when; may be empty.
    pub date: String,
}

/// What a row is read by.
pub(crate) struct Around<'a> {
    /// Its slug; none: it is a new one.
    pub(crate) topic: Option<&'a str>,
    /// Codes of countries that took part.
    pub(crate) countries: &'a [String],
}

impl Typed {
    fn of(cell: &Cell) -> Self {
        Self {
            countries: cell.countries.clone(),
            text: cell.text.clone(),
            confidence: cell.confidence.code().to_owned(),
            source: cell.source.clone().unwrap_or_default(),
            date: cell.date.map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    /// Of a country of which nothing is known.
    fn blank(country: &str) -> Self {
        let confidence = Confidence::Stated.code().to_owned();
        Self { countries: vec![country.to_owned()], confidence, ..Self::default() }
    }

    /// Whether another says the same: a form sends its countries in an order of its own.
    fn is(&self, other: &Self) -> bool {
        let set = |typed: &Self| typed.countries.iter().cloned().collect::<BTreeSet<_>>();
        set(self) == set(other)
            && Self { countries: Vec::new(), ..self.clone() } == Self { countries: Vec::new(), ..other.clone() }
    }

    /// Whether it says nothing, and nothing was typed that would be lost.
    fn is_blank(&self) -> bool {
        [&self.text, &self.source, &self.date].iter().all(|typed| typed.trim().is_empty())
    }

    fn read(&self, at: usize, before: Option<&Self>, offered: &[String], faults: &mut Vec<Fault>) -> Cell {
        let shown = before.map(|before| before.countries.as_slice()).unwrap_or_default();
        // The same countries, in whatever order a form sends them, stay as they were.
        let mut cell = Cell {
            countries: shown.to_vec(),
            text: String::new(),
            confidence: Confidence::Stated,
            source: None,
            date: None,
        };
        let may = |code: &str| offered.iter().any(|country| country == code);
        if let Some(countries) = edits::chosen(&self.countries, shown, may) {
            settle(faults, Field::Countries(at), countries, |countries| cell.countries = countries);
        }
        if cell.countries.is_empty() {
            faults.push(Fault { field: Field::Countries(at), why: Why::Missing });
        }
        let text = edits::sentences(&self.text);
        let text = text.and_then(|text| if text.is_empty() { Err(Why::Missing) } else { Ok(text) });
        settle(faults, Field::Text(at), text, |text| cell.text = text);
        let confidence = self.confidence.parse().map_err(|()| Why::Odd);
        settle(faults, Field::Confidence(at), confidence, |confidence| cell.confidence = confidence);
        settle(faults, Field::Source(at), edits::line(&self.source), |source| cell.source = source);
        if !self.date.trim().is_empty() {
            settle(faults, Field::Date(at), edits::date(&self.date), |date| cell.date = Some(date));
        }
        cell
    }
}

/// The topics of a comparison; none where it is something else.
pub(super) fn topics(thing: &Written) -> &[Topic] {
    match &thing.details {
        folder::Details::Comparison(Details { topics }) => topics,
        _ => &[],
    }
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, around: &Around<'_>) -> Self {
        let topic = topics(thing).iter().find(|topic| Some(topic.slug.as_str()) == around.topic);
        let mut cells: Vec<Typed> = topic.map(|topic| topic.cells.iter().map(Typed::of).collect()).unwrap_or_default();
        let known: BTreeSet<String> = cells.iter().flat_map(|cell| cell.countries.clone()).collect();
        cells.extend(around.countries.iter().filter(|code| !known.contains(*code)).map(|code| Typed::blank(code)));
        Self { title: topic.map(|topic| topic.title.clone()).unwrap_or_default(), cells }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let folder::Details::Comparison(Details { topics }) = &mut thing.details else { return faults };
        let stored = topics.iter().position(|topic| Some(topic.slug.as_str()) == around.topic);
        let before = stored.map(|at| topics[at].clone());
        let blank = Topic { slug: String::new(), title: String::new(), cells: Vec::new() };
        let mut topic = before.clone().unwrap_or(blank);
        if self.title != shown.title || shown.title.is_empty() {
            settle(&mut faults, Field::Title, edits::needed(&self.title), |title| topic.title = title);
        }
        let mut known = BTreeSet::new();
        let mut cells = Vec::new();
        if self.cells.len() > LIST_MOST {
            faults.push(Fault { field: Field::Title, why: Why::Many(LIST_MOST) });
        }
        for (at, typed) in self.cells.iter().take(LIST_MOST).enumerate() {
            let (same, kept) = (shown.cells.get(at), before.as_ref().and_then(|topic| topic.cells.get(at)));
            let cell = match kept.filter(|_| same.is_some_and(|same| same.is(typed))) {
                Some(kept) => kept.clone(),
                None if typed.is_blank() => continue,
                None => typed.read(at, same, around.countries, &mut faults),
            };
            let twice = cell.countries.iter().any(|country| !known.insert(country.clone()));
            if twice {
                faults.push(Fault { field: Field::Countries(at), why: Why::Odd });
            }
            cells.push(cell);
        }
        topic.cells = cells;
        if !faults.is_empty() {
            return faults;
        }
        match stored {
            Some(at) => topics[at] = topic,
            // Sent twice.
            None if topics.iter().any(|other| (&other.title, &other.cells) == (&topic.title, &topic.cells)) => {}
            None => {
                topic.slug = free(topics, &edits::slug(&topic.title, "topic"));
                topics.push(topic);
            }
        }
        faults
    }
}

/// What a comparison is called, as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Its title.
    pub title: String,
    /// A sentence or two; may be empty.
    pub summary: String,
}

/// The fields of that form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingField {
    /// Its title.
    Title,
    /// A sentence or two.
    Summary,
}

impl edits::Draft for Heading {
    type Field = HeadingField;
    type Around<'a> = ();

    fn of(thing: &Written, (): &()) -> Self {
        let [title, summary, _] = edits::says(thing);
        Self { title, summary }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, (): &()) -> Vec<edits::Fault<HeadingField>> {
        let mut faults = Vec::new();
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(
            thing.texts.first_mut(),
            typed,
            before,
            [HeadingField::Title, HeadingField::Summary],
            &mut faults,
        );
        faults
    }
}

/// A slug that no other topic has, nor the form of a new one.
fn free(topics: &[Topic], wish: &str) -> String {
    let mut wishes = (1..).map(|number| if number == 1 { wish.to_owned() } else { format!("{wish}-{number}") });
    wishes.find(|wish| wish != NEW && topics.iter().all(|topic| topic.slug != *wish)).unwrap_or_default()
}
