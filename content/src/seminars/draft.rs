//! A seminar as a form has it. A field that comes back as it was shown is left as it is stored.

use super::{Details, Stage};
use crate::{
    edits::{self, Why, date, line, lines, needed, settle},
    folder::{self, SENTENCES_MOST, Written, is_country},
    people::{self, Voice},
    things::Slug,
};
use jiff::tz::TimeZone;
use language::Language;
use serde::Serialize;
use std::collections::BTreeSet;

/// The fields of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// A sentence or two.
    Summary,
    /// What its texts are written in; asked when it is made.
    Language,
    /// Its first day.
    Starts,
    /// Its last day.
    Ends,
    /// The clock of its place.
    TimeZone,
    /// Town and country, in words.
    Place,
    /// The host country.
    Host,
    /// How far it has come.
    Stage,
    /// Whose delegations come: the row.
    Country(usize),
    /// The languages of the room.
    Languages,
    /// Who organises it, one in a line.
    Organisers,
    /// What it is for, one in a line.
    Objectives,
    /// What it is about.
    Themes,
    /// The prefix of its recommendations.
    Reference,
    /// Its text, in Markdown.
    Text,
    /// Who contributes: the row.
    Contributor(usize),
    /// With what: the row.
    Contribution(usize),
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A seminar as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// The code of the language in which it is written.
    pub language: String,
    /// Its first day, as `2016-12-06`.
    pub starts: String,
    /// Its last day.
    pub ends: String,
    /// The IANA name of a time zone.
    pub time_zone: String,
    /// Town and country, in words.
    pub place: String,
    /// The host country's code; may be empty.
    pub host: String,
    /// The code of a stage.
    pub stage: String,
    /// Codes of countries, in the order in which they are named.
    pub countries: Vec<String>,
    /// Codes of the languages of the room.
    pub languages: Vec<String>,
    /// Who organises it, one in a line.
    pub organisers: String,
    /// What it is for, one in a line.
    pub objectives: String,
    /// Slugs of themes.
    pub themes: Vec<String>,
    /// Up to 12 capital letters and digits; may be empty.
    pub reference: String,
    /// Its text, in Markdown.
    pub text: String,
    /// Who contributes.
    pub contributors: Vec<Voice>,
}

/// What a draft is read by: slugs of those who may contribute.
pub(crate) struct Around<'a>(pub(crate) &'a [String]);

impl Draft {
    fn texts(&self, shown: &Self, thing: &mut Written, faults: &mut Vec<Fault>) {
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(thing.texts.first_mut(), typed, before, [Field::Title, Field::Summary], faults);
        if let Some(text) = thing.texts.first_mut().filter(|_| self.objectives != shown.objectives) {
            let objectives = lines(&self.objectives, SENTENCES_MOST);
            settle(faults, Field::Objectives, objectives, |objectives| text.objectives = objectives);
        }
        edits::tell(thing.texts.first_mut(), &self.text, &shown.text, Field::Text, faults);
    }

    fn details(&self, shown: &Self, details: &mut Details, faults: &mut Vec<Fault>) {
        if (&self.starts, &self.ends) != (&shown.starts, &shown.ends) || shown.starts.is_empty() {
            let (starts, ends) = (date(&self.starts), date(&self.ends));
            let ends = match (starts, ends) {
                (Ok(starts), Ok(ends)) if ends < starts => Err(Why::Backwards),
                (_, ends) => ends,
            };
            settle(faults, Field::Starts, starts, |day| details.starts = day);
            settle(faults, Field::Ends, ends, |day| details.ends = day);
        }
        if self.time_zone != shown.time_zone || shown.time_zone.is_empty() {
            let zone = needed(&self.time_zone).and_then(|name| match TimeZone::get(&name) {
                Ok(_) => Ok(name),
                Err(_) => Err(Why::Odd),
            });
            settle(faults, Field::TimeZone, zone, |zone| details.time_zone = zone);
        }
        if self.place != shown.place {
            settle(faults, Field::Place, line(&self.place), |place| details.place = place);
        }
        if self.host != shown.host {
            let host = match self.host.as_str() {
                "" => Ok(None),
                code if is_country(code) => Ok(Some(code.to_owned())),
                _ => Err(Why::Odd),
            };
            settle(faults, Field::Host, host, |host| details.host = host);
        }
        if self.stage != shown.stage {
            settle(faults, Field::Stage, self.stage.parse::<Stage>().map_err(|()| Why::Odd), |stage| {
                details.stage = stage;
            });
        }
        if self.reference != shown.reference {
            settle(faults, Field::Reference, reference(&self.reference), |prefix| details.reference = prefix);
        }
        if self.organisers != shown.organisers {
            settle(faults, Field::Organisers, lines(&self.organisers, SENTENCES_MOST), |organisers| {
                details.organisers = organisers;
            });
        }
        let is = |code: &str| code.parse::<Language>().is_ok();
        if let Some(languages) = edits::chosen(&self.languages, &shown.languages, is) {
            let read = |codes: Vec<String>| codes.iter().map(|code| code.parse().map_err(|_| Why::Odd)).collect();
            settle(faults, Field::Languages, languages.and_then(read), |languages| {
                details.working_languages = languages
            });
        }
    }
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, _: &Around<'_>) -> Self {
        let folder::Details::Seminar(details) = &thing.details else { return Self::default() };
        let [title, summary, text] = edits::says(thing);
        Self {
            title,
            summary,
            language: thing.language.code().to_owned(),
            starts: details.starts.to_string(),
            ends: details.ends.to_string(),
            time_zone: details.time_zone.clone(),
            place: details.place.clone().unwrap_or_default(),
            host: details.host.clone().unwrap_or_default(),
            stage: details.stage.code().to_owned(),
            countries: thing.countries.clone(),
            languages: details.working_languages.iter().map(|language| language.code().to_owned()).collect(),
            organisers: details.organisers.join("\n"),
            objectives: thing.texts.first().map(|text| text.objectives.join("\n")).unwrap_or_default(),
            themes: thing.themes.clone(),
            reference: details.reference.clone().unwrap_or_default(),
            text,
            contributors: thing.contributors.iter().map(Voice::of).collect(),
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.texts(shown, thing, &mut faults);
        if let folder::Details::Seminar(details) = &mut thing.details {
            self.details(shown, details, &mut faults);
        }
        if self.countries != shown.countries {
            for (row, code) in self.countries.iter().enumerate() {
                if !is_country(code) && !shown.countries.contains(code) {
                    faults.push(Fault { field: Field::Country(row), why: Why::Odd });
                }
            }
            thing.countries = each(self.countries.iter()).cloned().collect();
        }
        if let Some(themes) = edits::chosen(&self.themes, &shown.themes, Slug::is) {
            settle(&mut faults, Field::Themes, themes, |themes| thing.themes = themes);
        }
        people::heard(&self.contributors, &shown.contributors, thing, around.0, &mut faults, |row, with| {
            if with { Field::Contribution(row) } else { Field::Contributor(row) }
        });
        faults
    }
}

fn reference(text: &str) -> Result<Option<String>, Why> {
    let prefix = line(text)?;
    let is = |prefix: &str| {
        prefix.len() <= 12 && prefix.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    if prefix.as_deref().is_none_or(is) { Ok(prefix) } else { Err(Why::Odd) }
}

/// Each once, where it stands first.
fn each<'a>(list: impl Iterator<Item = &'a String>) -> impl Iterator<Item = &'a String> {
    let mut known = BTreeSet::new();
    list.filter(move |one| known.insert(one.as_str()))
}
