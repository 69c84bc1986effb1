//! What comes of a vote.

use super::{
    command::Id,
    fold::Board,
    log::Wording,
    schulze::{pairs, schulze},
    vote::{Ballot, Ballots, Cast, Choice, Hand, How, Method, POINTS_MOST, Stance},
};
use crate::coded::coded;
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Of a secret vote, the least ballots of which a result is told.
pub const TOLD_LEAST: usize = 3;

coded! {
    /// How the delegations stand to something, one beside another.
    Across {
        /// In each, more than half support it, and nobody objects.
        Common = "common",
        /// More than half of one support it, and of another fewer by half of all or more.
        Divides = "divides",
    }
}

/// How much there is for something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Dots; points; ballots that agree; or, where it was ranked, to how many others more prefer it than the other way round.
    pub support: usize,
    /// How many laid a dot on it, gave it a point, ranked it or agreed.
    pub people: usize,
    /// How many stand aside.
    #[serde(default, skip_serializing_if = "is_none")]
    pub aside: usize,
    /// How many object.
    #[serde(default, skip_serializing_if = "is_none")]
    pub against: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// What came of a vote for one of that on which it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// Which.
    pub choice: Id,
    /// Its place, from 1; several may share one.
    pub place: usize,
    /// Of all ballots.
    pub all: Count,
    /// Of each delegation of which it is told.
    pub groups: BTreeMap<String, Count>,
    /// How the delegations stand to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub across: Option<Across>,
    /// Why some object, in an order that says nothing of who they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Wording>,
}

/// What came of a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How it was.
    #[serde(flatten)]
    pub how: How,
    /// How many ballots there were.
    pub cast: usize,
    /// How many of them were on paper.
    pub paper: usize,
    /// How many of them were entered for somebody.
    pub proxy: usize,
    /// How many of each delegation, of those that had [`TOLD_LEAST`].
    pub groups: BTreeMap<String, usize>,
    /// That on which it was, the first first; nothing, where that would tell who voted what.
    pub weighed: Vec<Weighed>,
}

impl Board {
    /// What comes of these ballots in the vote that is not over; none: there is no such vote.
    pub fn counts(&self, casts: &[Cast]) -> Option<Tally> {
        let choices: Vec<Id> = self.choices().into_iter().map(Choice::id).collect();
        self.vote.map(|how| count(&choices, casts, how, self.details.ballots()))
    }
}

/// What a ballot that agrees has beside something.
const AGREE: u8 = 1;
/// One that stands aside.
const ASIDE: u8 = 2;
/// One that objects.
const OBJECT: u8 = 3;
/// What is ranked nowhere comes after all that is.
const LAST: u8 = u8::MAX;

/// Ballots as numbers: of each, what it has beside each choice in order.
type Rows<'a> = Vec<&'a [u8]>;

/// Counts the ballots of a vote.
///
/// Of a secret one, what a delegation did with something is told only where at least [`TOLD_LEAST`] of it voted and did not
/// all do the same; else it is part of the total. What remains of the total beside those that are told holds to the same,
/// since anybody can subtract: where it would not, the smallest that is told joins it.
pub fn count(choices: &[Id], casts: &[Cast], how: How, ballots: Ballots) -> Tally {
    let casts: Vec<&Cast> =
        casts.iter().filter(|cast| cast.ballot.method() == how.method && !cast.ballot.is_empty()).collect();
    let came = |hand| casts.iter().filter(|cast| cast.hand == hand).count();
    let least = if ballots == Ballots::Secret { TOLD_LEAST } else { 1 };
    let marks: Vec<Vec<u8>> =
        casts.iter().map(|cast| choices.iter().map(|choice| mark(&cast.ballot, *choice)).collect()).collect();
    let all: Rows<'_> = marks.iter().map(Vec::as_slice).collect();
    let mut of: BTreeMap<Option<&str>, Rows<'_>> = BTreeMap::new();
    for (cast, marks) in casts.iter().zip(&all) {
        of.entry(cast.group.as_deref()).or_default().push(marks);
    }
    let large: BTreeMap<&str, &Rows<'_>> =
        of.iter().filter_map(|(group, of)| Some(((*group)?, of))).filter(|(_, of)| of.len() >= least).collect();
    let total = counts(how.method, choices.len(), &all);
    let counted: BTreeMap<&str, Vec<Count>> =
        large.iter().map(|(group, of)| (*group, counts(how.method, choices.len(), of))).collect();
    let places = match how.method {
        Method::Ranked => schulze(choices.len(), &all),
        Method::Dots | Method::Score | Method::Consent => places(&total),
    };
    let weigh = |at: usize| {
        let told = match ballots {
            Ballots::Secret => told(at, &of),
            Ballots::Open => large.keys().copied().collect(),
        };
        let groups = counted.iter().filter(|(group, _)| told.contains(*group));
        let mut reasons: Vec<Wording> =
            casts.iter().filter_map(|cast| reason(&cast.ballot, choices[at])).cloned().collect();
        reasons.sort();
        Weighed {
            choice: choices[at],
            place: places[at],
            all: total[at],
            groups: groups.map(|(group, counts)| ((*group).to_owned(), counts[at])).collect(),
            across: across(how.method, at, &large, total[at].against),
            reasons,
        }
    };
    let mut weighed: Vec<Weighed> =
        if casts.len() < least { Vec::new() } else { (0..choices.len()).map(weigh).collect() };
    weighed.sort_by_key(|weighed| weighed.place);
    let (cast, paper, proxy) = (casts.len(), came(Hand::Paper), came(Hand::Proxy));
    let groups = large.iter().map(|(group, of)| ((*group).to_owned(), of.len())).collect();
    Tally { how, cast, paper, proxy, groups, weighed }
}

/// What a ballot has beside something, as a number: the same for the same.
fn mark(ballot: &Ballot, choice: Id) -> u8 {
    match (ballot, ballot.stance(choice)) {
        (_, Some(Stance::Agree)) => AGREE,
        (_, Some(Stance::Aside)) => ASIDE,
        (_, Some(Stance::Object { .. })) => OBJECT,
        (Ballot::Ranked(_), None) => Some(ballot.number(choice)).filter(|place| *place > 0).unwrap_or(LAST),
        (_, None) => ballot.number(choice),
    }
}

fn reason(ballot: &Ballot, choice: Id) -> Option<&Wording> {
    if let Some(Stance::Object { reason }) = ballot.stance(choice) { Some(reason) } else { None }
}

/// How much there is for each choice.
fn counts(method: Method, choices: usize, rows: &Rows<'_>) -> Vec<Count> {
    let pairs = if method == Method::Ranked { pairs(choices, rows) } else { Vec::new() };
    let count = |at: usize| {
        let with = |mark: u8| rows.iter().filter(|marks| marks[at] == mark).count();
        match method {
            Method::Dots | Method::Score => {
                let support = rows.iter().map(|marks| usize::from(marks[at])).sum();
                Count { support, people: rows.len() - with(0), ..Count::default() }
            }
            Method::Ranked => {
                let support = (0..choices).filter(|other| pairs[at][*other] > pairs[*other][at]).count();
                Count { support, people: rows.len() - with(LAST), ..Count::default() }
            }
            Method::Consent => {
                let agree = with(AGREE);
                Count { support: agree, people: agree, aside: with(ASIDE), against: with(OBJECT) }
            }
        }
    };
    (0..choices).map(count).collect()
}

/// The place of each, from 1. The fewer object the better, whoever else agrees.
fn places(counts: &[Count]) -> Vec<usize> {
    let worth = |count: &Count| (Reverse(count.against), count.support, Reverse(count.aside));
    counts.iter().map(|one| 1 + counts.iter().filter(|other| worth(other) > worth(one)).count()).collect()
}

/// The delegations of which it is told what they did with something.
fn told<'a>(at: usize, of: &BTreeMap<Option<&'a str>, Rows<'_>>) -> BTreeSet<&'a str> {
    let alike = |marks: &[u8]| marks.windows(2).all(|two| two[0] == two[1]);
    let every: Vec<u8> = of.values().flatten().map(|marks| marks[at]).collect();
    // The total says all.
    let no_secret = alike(&every);
    let holds = |marks: &[u8]| marks.len() >= TOLD_LEAST && (no_secret || !alike(marks));
    let (mut told, mut rest) = (Vec::new(), Vec::new());
    for (group, rows) in of {
        let marks: Vec<u8> = rows.iter().map(|marks| marks[at]).collect();
        match group {
            Some(group) if holds(&marks) => told.push((marks, *group)),
            _ => rest.extend(marks),
        }
    }
    told.sort_by_key(|(marks, group)| Reverse((marks.len(), *group)));
    while !rest.is_empty() && !holds(&rest) {
        let Some((marks, _)) = told.pop() else { break };
        rest.extend(marks);
    }
    told.into_iter().map(|(_, group)| group).collect()
}

/// How those delegations stand to something of which enough voted.
fn across(method: Method, at: usize, of: &BTreeMap<&str, &Rows<'_>>, against: usize) -> Option<Across> {
    if of.len() < 2 {
        return None;
    }
    let supports = |marks: &&&[u8]| match method {
        Method::Dots => marks[at] > 0,
        Method::Score => marks[at] * 2 > POINTS_MOST,
        Method::Ranked => usize::from(marks[at]) <= marks.len().div_ceil(2),
        Method::Consent => marks[at] == AGREE,
    };
    // Twice how many of them do, of how many: a share without fractions.
    let shares: Vec<(usize, usize)> =
        of.values().map(|of| (2 * of.iter().filter(supports).count(), of.len())).collect();
    if against == 0 && shares.iter().all(|(twice, of)| twice > of) {
        return Some(Across::Common);
    }
    let apart = |(high, of_high): &(usize, usize), (low, of_low): &(usize, usize)| {
        high > of_high && high * of_low >= low * of_high + of_high * of_low
    };
    let divided = shares.iter().any(|high| shares.iter().any(|low| apart(high, low)));
    divided.then_some(Across::Divides)
}
