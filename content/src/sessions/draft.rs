//! A session as a form has it: what it shows, and what somebody makes of that.
//!
//! A field that comes back as it was shown is left as it is stored, so that nothing is lost that the form cannot show:
//! seconds, the second of two hours where clocks are put back, contributors whom this viewer may not see.

use super::{Form, Slot, file::When};
use crate::{
    edits::{self, Why, markdown, needed, sentences, settle},
    folder::{Details, Written},
    people::{self, Voice},
};
use serde::Serialize;
use std::collections::BTreeSet;

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
        let (text, details) = (thing.texts.first(), session(&thing.details));
        let of = |part: fn(&crate::folder::WrittenText) -> &String| text.map(part).cloned().unwrap_or_default();
        Self {
            title: of(|text| &text.title),
            summary: of(|text| &text.summary),
            objective: text.map(|text| text.objectives.join("\n")).unwrap_or_default(),
            text: of(|text| &text.body).trim().to_owned(),
            kind: details.map(|details| details.form.code().to_owned()).unwrap_or_default(),
            slot: details.map(|details| Slot::of(details, clock)).unwrap_or_default(),
            countries: thing.countries.clone(),
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
        self.countries(shown, thing, around, &mut faults);
        people::heard(&self.contributors, &shown.contributors, thing, around.people, &mut faults, |row, with| {
            if with { Field::Contribution(row) } else { Field::Contributor(row) }
        });
        faults
    }
}

impl Draft {
    /// A mark of all of it: of two who edit a session at once, the second brings another than there is.
    pub fn version(&self) -> String {
        edits::version(self)
    }

    /// A form sends them in an order of its own, perhaps twice: they stay in that in which they are.
    fn countries(&self, shown: &Self, thing: &mut Written, around: &Around<'_>, faults: &mut Vec<Fault>) {
        let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
        if set(&self.countries) == set(&shown.countries) {
            return;
        }
        let known: Vec<&String> = shown.countries.iter().chain(around.countries).collect();
        if !self.countries.iter().all(|code| known.contains(&code)) {
            faults.push(Fault { field: Field::Countries, why: Why::Odd });
            return;
        }
        let mut order: Vec<String> = Vec::new();
        for code in known {
            if self.countries.contains(code) && !order.contains(code) {
                order.push(code.clone());
            }
        }
        thing.countries = order;
    }

    fn texts(&self, shown: &Self, thing: &mut Written, faults: &mut Vec<Fault>) {
        let Some(text) = thing.texts.first_mut() else { return };
        if self.title != shown.title || shown.title.is_empty() {
            settle(faults, Field::Title, needed(&self.title), |title| text.title = title);
        }
        if self.summary != shown.summary {
            settle(faults, Field::Summary, sentences(&self.summary), |summary| text.summary = summary);
        }
        if self.objective != shown.objective {
            settle(faults, Field::Objective, sentences(&self.objective), |objective| {
                text.objectives = if objective.is_empty() { Vec::new() } else { vec![objective] };
            });
        }
        if self.text != shown.text {
            settle(faults, Field::Text, markdown(&self.text), |body| text.body = body);
        }
    }
}

fn session(details: &Details) -> Option<&super::Details> {
    match details {
        Details::Session(details) => Some(details),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::Spot;
    use jiff::tz::TimeZone;

    fn when() -> When {
        let day = jiff::civil::date(2016, 12, 6);
        When { clock: TimeZone::UTC, days: day..=day }
    }

    #[test]
    fn countries_stay_in_their_order_and_each_stands_once() {
        let shown = Draft { countries: vec!["MD".into(), "AL".into()], ..Draft::default() };
        let offered = ["AL", "BA", "MD"].map(str::to_owned);
        let mut faults = Vec::new();
        let mut after = |typed: &[&str]| {
            let typed = Draft { countries: typed.iter().map(|&code| code.to_owned()).collect(), ..shown.clone() };
            let mut thing = written(&shown.countries);
            let around = Around { when: &when(), people: &[], countries: &offered };
            typed.countries(&shown, &mut thing, &around, &mut faults);
            thing.countries.join(" ")
        };
        assert_eq!(after(&["AL", "MD"]), "MD AL");
        assert_eq!(after(&["AL", "BA", "MD", "MD"]), "MD AL BA");
        assert_eq!(after(&["BA", "BA"]), "BA");
        assert_eq!(after(&[]), "");
        assert_eq!(faults, []);
    }

    fn written(countries: &[String]) -> Written {
        Written {
            kind: crate::things::Kind::Session,
            slug: "said".into(),
            parent: None,
            position: 1,
            language: language::Language::English,
            visibility: None,
            countries: countries.to_vec(),
            themes: Vec::new(),
            formerly: None,
            texts: Vec::new(),
            contributors: Vec::new(),
            relations: Vec::new(),
            details: Details::Session(super::super::Details::untimed()),
            spot: Spot::default(),
        }
    }
}
