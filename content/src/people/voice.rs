//! Those who contribute to a thing, as a form has them.

use super::Role;
use crate::{
    edits::{Fault, Why, line, settle},
    folder::{Contributor, LIST_MOST, Spot, Written},
};
use serde::Serialize;

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

impl Voice {
    pub(crate) fn of(contributor: &Contributor) -> Self {
        Self {
            person: contributor.person.clone(),
            role: contributor.role.code().to_owned(),
            title: contributor.title.clone(),
        }
    }
}

/// Has a thing say that those contribute who were typed, where that is something else than what was shown. Whom the form
/// did not show stays. `people`: slugs of those who may; `field`: what a row is called, and, with `true`, its title.
pub(crate) fn heard<F>(
    typed: &[Voice],
    shown: &[Voice],
    thing: &mut Written,
    people: &[String],
    faults: &mut Vec<Fault<F>>,
    field: impl Fn(usize, bool) -> F,
) {
    if typed == shown {
        return;
    }
    let hidden = thing.contributors.iter().filter(|one| !shown.contains(&Voice::of(one)));
    let hidden: Vec<Contributor> = hidden.cloned().collect();
    let mut read = Vec::new();
    for (at, voice) in typed.iter().enumerate().filter(|(_, voice)| !voice.person.is_empty()) {
        let there = shown.iter().any(|shown| shown.person == voice.person);
        let known = there || people.contains(&voice.person);
        let role = voice.role.parse::<Role>().map_err(|()| Why::Odd);
        let role = if known { role } else { Err(Why::Odd) };
        let mut title = String::new();
        settle(faults, field(at, true), line(&voice.title), |line| title = line.unwrap_or_default());
        settle(faults, field(at, false), role, |role| {
            read.push(Contributor { person: voice.person.clone(), role, title, spot: Spot::default() });
        });
    }
    read.extend(hidden);
    if read.len() > LIST_MOST {
        faults.push(Fault { field: field(0, false), why: Why::Many(LIST_MOST) });
    }
    thing.contributors = read;
}
