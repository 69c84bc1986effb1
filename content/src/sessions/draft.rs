//! A session as a form has it: what it shows, and what somebody makes of that.
//!
//! A field that comes back as it was shown is left as it is stored, so that nothing is lost that the form cannot show:
//! seconds, the second of two hours where clocks are put back, contributors whom this viewer may not see.

use super::{Form, Slot, file::When};
use crate::{
    edits::{self, Why, sentences, settle},
    folder::{Details, Written},
    people::{self, Voice},
    things::Slug,
};
use serde::Serialize;

/// The fields of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is called.
    Title,
    /// A sentence or two.
    Summary,
    /// What it is for.
    Objective,
    /// Its text, in Markdown.
    Text,
    /// What happens in it.
    Kind,
    /// On which day.
    Day,
    /// From when.
    Starts,
    /// Until when.
    Ends,
    /// Where.
    Room,
    /// Whose delegations work.
    Countries,
    /// What it is about.
    Themes,
    /// Who contributes: the row.
    Contributor(usize),
    /// With what: the row.
    Contribution(usize),
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A session as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// What it is for.
    pub objective: String,
    /// Its text, in Markdown.
    pub text: String,
    /// The code of a form.
    pub kind: String,
    /// When and where.
    pub slot: Slot,
    /// Codes of countries.
    pub countries: Vec<String>,
    /// Slugs of themes.
    pub themes: Vec<String>,
    /// Who contributes.
    pub contributors: Vec<Voice>,
}

/// What a draft is read by.
pub(crate) struct Around<'a> {
    pub(crate) when: &'a When,
    /// Slugs of those who may contribute.
    pub(crate) people: &'a [String],
    /// Codes of countries whose delegations there are.
    pub(crate) countries: &'a [String],
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, around: &Around<'_>) -> Self {
        let clock = &around.when.clock;
        let details = session(&thing.details);
        let [title, summary, text] = edits::says(thing);
        Self {
            title,
            summary,
            objective: thing.texts.first().map(|text| text.objectives.join("\n")).unwrap_or_default(),
            text,
            kind: details.map(|details| details.form.code().to_owned()).unwrap_or_default(),
            slot: details.map(|details| Slot::of(details, clock)).unwrap_or_default(),
            countries: thing.countries.clone(),
            themes: thing.themes.clone(),
            contributors: thing.contributors.iter().map(Voice::of).collect(),
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.texts(shown, thing, &mut faults);
        if let Details::Session(details) = &mut thing.details {
            if self.kind != shown.kind {
                settle(&mut faults, Field::Kind, self.kind.parse::<Form>().map_err(|()| Why::Odd), |form| {
                    details.form = form;
                });
            }
            faults.extend(self.slot.onto(&shown.slot, details, around.when));
        }
        let offered = |code: &str| around.countries.iter().any(|country| country == code);
        if let Some(countries) = edits::chosen(&self.countries, &shown.countries, offered) {
            settle(&mut faults, Field::Countries, countries, |countries| thing.countries = countries);
        }
        if let Some(themes) = edits::chosen(&self.themes, &shown.themes, Slug::is) {
            settle(&mut faults, Field::Themes, themes, |themes| thing.themes = themes);
        }
        people::heard(&self.contributors, &shown.contributors, thing, around.people, &mut faults, |row, with| {
            if with { Field::Contribution(row) } else { Field::Contributor(row) }
        });
        faults
    }
}

impl Draft {
    fn texts(&self, shown: &Self, thing: &mut Written, faults: &mut Vec<Fault>) {
        let [typed, before] = [self, shown].map(|draft| [&*draft.title, &*draft.summary]);
        edits::entitle(thing.texts.first_mut(), typed, before, [Field::Title, Field::Summary], faults);
        if let Some(text) = thing.texts.first_mut().filter(|_| self.objective != shown.objective) {
            settle(faults, Field::Objective, sentences(&self.objective), |objective| {
                text.objectives = if objective.is_empty() { Vec::new() } else { vec![objective] };
            });
        }
        edits::tell(thing.texts.first_mut(), &self.text, &shown.text, Field::Text, faults);
    }
}

fn session(details: &Details) -> Option<&super::Details> {
    match details {
        Details::Session(details) => Some(details),
        _ => None,
    }
}
