//! A practice as a form has it. A field that comes back as it was shown is left as it is stored.

use super::{Maturity, PARTS, Parts};
use crate::{
    edits::{self, Why, date, markdown, sentences, settle},
    folder::{self, Details, Written},
    people::{self, Voice},
    things::Slug,
};
use language::Language;
use serde::Serialize;

/// The fields of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// A sentence or two.
    Summary,
    /// What stands before its parts.
    Opening,
    /// One of its parts: its place among [`PARTS`].
    Part(usize),
    /// How strong its evidence is.
    Evidence,
    /// How far it has proved itself.
    Maturity,
    /// When it must be read again.
    ValidUntil,
    /// Where it was tried.
    Countries,
    /// What it is about.
    Themes,
    /// The challenges that it answers.
    Answers,
    /// Who contributes: the row.
    Contributor(usize),
    /// With what: the row.
    Contribution(usize),
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A practice as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// A sentence or two; may be empty.
    pub summary: String,
    /// Its text, in Markdown, in parts; each may be empty.
    pub parts: Parts,
    /// How strong its evidence is, in a sentence; may be empty.
    pub evidence: String,
    /// The code of a maturity; empty: not assessed.
    pub maturity: String,
    /// When it must be read again, as `2016-12-06`; may be empty.
    pub valid_until: String,
    /// Codes of countries.
    pub countries: Vec<String>,
    /// Slugs of themes.
    pub themes: Vec<String>,
    /// Slugs of challenges.
    pub answers: Vec<String>,
    /// Who contributes.
    pub contributors: Vec<Voice>,
}

/// What a draft is read by.
pub(crate) struct Around<'a> {
    /// Slugs of those who may contribute.
    pub(crate) people: &'a [String],
    /// Codes of countries that took part.
    pub(crate) countries: &'a [String],
    /// Slugs of challenges.
    pub(crate) challenges: &'a [String],
    /// What the fixed parts are called in its language.
    pub(crate) headings: [&'a str; PARTS.len()],
    /// The language of a draft: it is found anew as long as it is one.
    pub(crate) language: Option<Language>,
}

impl Draft {
    /// The language in which it is plainly written, else that of its seminar.
    pub fn language(&self, seminar: Language) -> Language {
        let all = [&self.title, &self.summary, &self.parts.opening].into_iter().chain(&self.parts.parts);
        folder::written_in(&all.map(String::as_str).collect::<Vec<_>>().join("\n\n"), seminar)
    }

    /// The field of the longest part: what is too long in sum is too long there.
    fn longest(&self) -> Field {
        let parts = (0..).map(Field::Part).zip(&self.parts.parts);
        let all = parts.chain([(Field::Opening, &self.parts.opening)]);
        all.max_by_key(|(_, text)| text.len()).map_or(Field::Part(0), |(field, _)| field)
    }

    fn texts(&self, shown: &Self, thing: &mut Written, around: &Around<'_>, faults: &mut Vec<Fault>) {
        let anew = around.language.filter(|language| *language != thing.language);
        thing.speak(anew.unwrap_or(thing.language));
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(thing.texts.first_mut(), typed, before, [Field::Title, Field::Summary], faults);
        let Some(text) = thing.texts.first_mut() else { return };
        if self.parts == shown.parts && anew.is_none() {
            return;
        }
        let before = faults.len();
        let opening = (Field::Opening, &self.parts.opening, &shown.parts.opening);
        let parts = self.parts.parts.iter().zip(&shown.parts.parts).enumerate();
        let parts = parts.map(|(at, (is, was))| (Field::Part(at), is, was));
        for (field, is, was) in std::iter::once(opening).chain(parts) {
            if is == was {
                continue;
            }
            let read = markdown(is).and_then(|_| if Parts::stands_alone(is) { Ok(()) } else { Err(Why::Open) });
            settle(faults, field, read, |()| ());
        }
        if faults.len() == before {
            // In another language the parts have other headings.
            let body = match anew {
                Some(_) => self.parts.onto(&Parts::default(), "", &around.headings),
                None => self.parts.onto(&shown.parts, &text.body, &around.headings),
            };
            // What stood there before may swallow what is put after it, or have a part twice.
            let stands = Parts::of(&body) == self.parts.settled();
            let read = markdown(&body).and_then(|body| if stands { Ok(body) } else { Err(Why::Open) });
            settle(faults, self.longest(), read, |body| text.body = body);
        }
    }
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, _: &Around<'_>) -> Self {
        let Details::Practice(details) = &thing.details else { return Self::default() };
        let [title, summary, body] = edits::says(thing);
        Self {
            title,
            summary,
            parts: Parts::of(&body),
            evidence: details.evidence.clone().unwrap_or_default(),
            maturity: details.maturity.map(|maturity| maturity.code().to_owned()).unwrap_or_default(),
            valid_until: details.valid_until.map(|day| day.to_string()).unwrap_or_default(),
            countries: thing.countries.clone(),
            themes: thing.themes.clone(),
            answers: thing.answers().cloned().collect(),
            contributors: thing.contributors.iter().map(Voice::of).collect(),
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.texts(shown, thing, around, &mut faults);
        if let Details::Practice(details) = &mut thing.details {
            if self.evidence != shown.evidence {
                settle(&mut faults, Field::Evidence, sentences(&self.evidence), |evidence| {
                    details.evidence = Some(evidence).filter(|evidence| !evidence.is_empty());
                });
            }
            if self.maturity != shown.maturity {
                let maturity = match self.maturity.as_str() {
                    "" => Ok(None),
                    code => code.parse::<Maturity>().map(Some).map_err(|()| Why::Odd),
                };
                settle(&mut faults, Field::Maturity, maturity, |maturity| details.maturity = maturity);
            }
            if self.valid_until != shown.valid_until {
                let day = if self.valid_until.trim().is_empty() { Ok(None) } else { date(&self.valid_until).map(Some) };
                settle(&mut faults, Field::ValidUntil, day, |day| details.valid_until = day);
            }
        }
        let offered = |code: &str| around.countries.iter().any(|country| country == code);
        if let Some(countries) = edits::chosen(&self.countries, &shown.countries, offered) {
            settle(&mut faults, Field::Countries, countries, |countries| thing.countries = countries);
        }
        if let Some(themes) = edits::chosen(&self.themes, &shown.themes, Slug::is) {
            settle(&mut faults, Field::Themes, themes, |themes| thing.themes = themes);
        }
        let known = |slug: &str| around.challenges.iter().any(|challenge| challenge == slug);
        if let Some(answers) = edits::chosen(&self.answers, &shown.answers, known) {
            // What the form did not show, since not everybody may see it, stays.
            let hidden = thing.answers().filter(|slug| !shown.answers.contains(slug)).cloned().collect::<Vec<_>>();
            settle(&mut faults, Field::Answers, answers, |answers| thing.answer(&[answers, hidden].concat()));
        }
        people::heard(&self.contributors, &shown.contributors, thing, around.people, &mut faults, |row, with| {
            if with { Field::Contribution(row) } else { Field::Contributor(row) }
        });
        faults
    }
}
