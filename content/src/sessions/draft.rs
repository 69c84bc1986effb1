//! A session as a form has it: what it shows, and what somebody makes of that.
//!
//! A field that comes back as it was shown is left as it is stored, so that nothing is lost that the form cannot show:
//! seconds, the second of two hours where clocks are put back, contributors whom this viewer may not see.

use super::{Form, Slot, file::When};
use crate::{
    folder::{Contributor, Details, LINE_MOST, LIST_MOST, SENTENCES_MOST, Spot, Written},
    people::Role,
};
use jiff::{civil::Date, tz::TimeZone};
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

/// Why something will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is needed.
    Missing,
    /// It is longer than so many letters.
    Long(usize),
    /// It cannot be read as what it should be.
    Odd,
    /// The seminar is held from one day to another, and this is none of them.
    Outside(Date, Date),
    /// The clocks are put forward over it.
    Skipped,
    /// It ends before it starts.
    Backwards,
    /// It is too long for a text, has too many parts, or they lie too deep in each other.
    Heavy,
}

/// Something that will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub field: Field,
    /// Why.
    pub why: Why,
}

/// Somebody who contributes, as a form has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// The slug of a person; empty: nobody.
    pub person: String,
    /// The code of a role.
    pub role: String,
    /// With what; may be empty.
    pub title: String,
}

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

impl Draft {
    /// What a form shows of a session.
    pub(crate) fn of(thing: &Written, clock: &TimeZone) -> Self {
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

    /// A mark of all of it: of two who edit a session at once, the second brings another than there is.
    pub fn version(&self) -> String {
        let all = serde_json::to_vec(self).unwrap_or_default();
        blake3::hash(&all).to_hex()[..16].to_owned()
    }

    /// Has a thing say what this says, where it says something else than what was shown; what will not do is left, and
    /// told.
    pub(crate) fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
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
        if self.contributors != shown.contributors {
            let hidden = thing.contributors.iter().filter(|one| !shown.contributors.contains(&Voice::of(one)));
            let hidden: Vec<Contributor> = hidden.cloned().collect();
            let mut read = Vec::new();
            for (at, voice) in self.contributors.iter().enumerate().filter(|(_, voice)| !voice.person.is_empty()) {
                let there = shown.contributors.iter().any(|shown| shown.person == voice.person);
                let known = there || around.people.contains(&voice.person);
                let role = voice.role.parse::<Role>().map_err(|()| Why::Odd);
                let role = if known { role } else { Err(Why::Odd) };
                let mut title = String::new();
                settle(&mut faults, Field::Contribution(at), line(&voice.title), |line| {
                    title = line.unwrap_or_default();
                });
                settle(&mut faults, Field::Contributor(at), role, |role| {
                    read.push(Contributor { person: voice.person.clone(), role, title, spot: Spot::default() });
                });
            }
            read.extend(hidden);
            if read.len() > LIST_MOST {
                faults.push(Fault { field: Field::Contributor(0), why: Why::Odd });
            }
            thing.contributors = read;
        }
        faults
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
            let title = line(&self.title).and_then(|title| title.ok_or(Why::Missing));
            settle(faults, Field::Title, title, |title| text.title = title);
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

impl Voice {
    fn of(contributor: &Contributor) -> Self {
        Self {
            person: contributor.person.clone(),
            role: contributor.role.code().to_owned(),
            title: contributor.title.clone(),
        }
    }
}

fn session(details: &Details) -> Option<&super::Details> {
    match details {
        Details::Session(details) => Some(details),
        _ => None,
    }
}

/// Puts what was read where it belongs, or notes why it will not do.
pub(super) fn settle<T>(faults: &mut Vec<Fault>, field: Field, read: Result<T, Why>, put: impl FnOnce(T)) {
    match read {
        Ok(read) => put(read),
        Err(why) => faults.push(Fault { field, why }),
    }
}

/// Within the bounds that files have, so that what is exported can be imported.
fn bounded(text: &str, most: usize) -> Result<String, Why> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > most {
        Err(Why::Long(most))
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        Err(Why::Odd)
    } else {
        Ok(text)
    }
}

pub(super) fn line(text: &str) -> Result<Option<String>, Why> {
    let text = bounded(text, LINE_MOST)?;
    if text.contains('\n') { Err(Why::Odd) } else { Ok(Some(text).filter(|text| !text.is_empty())) }
}

fn sentences(text: &str) -> Result<String, Why> {
    bounded(text, SENTENCES_MOST)
}

/// What is left of a file for its text, in bytes, when the longest of its fields stand before it.
const TEXT_MOST: u64 = crate::folder::TEXT_MOST - 64 * 1024;

pub(super) fn markdown(text: &str) -> Result<String, Why> {
    let text = bounded(text, usize::MAX)?;
    if text.is_empty() {
        return Ok(text);
    }
    let fits = u64::try_from(text.len()).is_ok_and(|bytes| bytes <= TEXT_MOST);
    if !fits || markup::render(&text, &crate::texts::markup_options()).is_err() {
        return Err(Why::Heavy);
    }
    Ok(format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
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
