//! What comes of a vote.

use super::{
    command::Id,
    fold::Board,
    log::Wording,
    schulze::schulze,
    vote::{Ballot, Ballots, Cast, Choice, Hand, How, Method, POINTS_MOST, Stance},
};
use crate::coded::coded;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
    let mut of: BTreeMap<Option<&str>, Vec<&Ballot>> = BTreeMap::new();
    for cast in &casts {
        of.entry(cast.group.as_deref()).or_default().push(&cast.ballot);
    }
    let all: Vec<&Ballot> = casts.iter().map(|cast| &cast.ballot).collect();
    let large: BTreeMap<&str, &[&Ballot]> =
        of.iter().filter_map(|(group, of)| Some(((*group)?, &**of))).filter(|(_, of)| of.len() >= least).collect();
    let places = places(choices, &all, how.method);
    let weigh = |(&choice, &place): (&Id, &usize)| {
        let told = match ballots {
            Ballots::Secret => told(choice, &of),
            Ballots::Open => large.keys().copied().collect(),
        };
        let groups = told.iter().filter_map(|group| Some((*group, *large.get(group)?)));
        let mut reasons: Vec<Wording> = all.iter().filter_map(|ballot| reason(ballot, choice)).cloned().collect();
        reasons.sort();
        Weighed {
            choice,
            place,
            all: support(choice, choices, &all),
            groups: groups.map(|(group, of)| (group.to_owned(), support(choice, choices, of))).collect(),
            across: across(choice, choices, &all, &large),
            reasons,
        }
    };
    let mut weighed: Vec<Weighed> = choices.iter().zip(&places).map(weigh).collect();
    weighed.sort_by_key(|weighed| weighed.place);
    if casts.len() < least {
        weighed.clear();
    }
    let (cast, paper, proxy) = (casts.len(), came(Hand::Paper), came(Hand::Proxy));
    let groups = large.iter().map(|(group, of)| ((*group).to_owned(), of.len())).collect();
    Tally { how, cast, paper, proxy, groups, weighed }
}

/// The delegations of which it is told what they did with something.
fn told<'a>(choice: Id, of: &BTreeMap<Option<&'a str>, Vec<&Ballot>>) -> BTreeSet<&'a str> {
    let marks = |ballots: &[&Ballot]| ballots.iter().map(|ballot| mark(ballot, choice)).collect::<Vec<u8>>();
    let marks: BTreeMap<Option<&str>, Vec<u8>> = of.iter().map(|(group, of)| (*group, marks(of))).collect();
    let alike = |marks: &[u8]| marks.windows(2).all(|two| two[0] == two[1]);
    let every = marks.values().flatten().copied().collect::<Vec<u8>>();
    // The total says all.
    let no_secret = alike(&every);
    let holds = |marks: &[u8]| marks.len() >= TOLD_LEAST && (no_secret || !alike(marks));
    let (mut told, mut rest) = (Vec::new(), Vec::new());
    for (group, marks) in marks {
        match group {
            Some(group) if holds(&marks) => told.push((marks, group)),
            _ => rest.extend(marks),
        }
    }
    told.sort_by_key(|(marks, group)| std::cmp::Reverse((marks.len(), *group)));
    while !rest.is_empty() && !holds(&rest) {
        let Some((marks, _)) = told.pop() else { break };
        rest.extend(marks);
    }
    told.into_iter().map(|(_, group)| group).collect()
}

/// What a ballot does with something, as a number: the same for the same.
fn mark(ballot: &Ballot, choice: Id) -> u8 {
    match ballot.stance(choice) {
        None => ballot.number(choice),
        Some(Stance::Agree) => 1,
        Some(Stance::Aside) => 2,
        Some(Stance::Object { .. }) => 3,
    }
}

fn reason(ballot: &Ballot, choice: Id) -> Option<&Wording> {
    if let Some(Stance::Object { reason }) = ballot.stance(choice) { Some(reason) } else { None }
}

fn support(choice: Id, choices: &[Id], of: &[&Ballot]) -> Count {
    let is = |ballot: &&&Ballot, stance: u8| mark(ballot, choice) == stance;
    let marked = of.iter().filter(|ballot| ballot.number(choice) > 0).count();
    match of.first() {
        None => Count::default(),
        Some(Ballot::Consent(_)) => {
            let agree = of.iter().filter(|ballot| is(ballot, 1)).count();
            let aside = of.iter().filter(|ballot| is(ballot, 2)).count();
            let against = of.iter().filter(|ballot| is(ballot, 3)).count();
            Count { support: agree, people: agree, aside, against }
        }
        Some(Ballot::Ranked(_)) => {
            let over = |one: Id, other: Id| of.iter().filter(|ballot| rank(ballot, one) < rank(ballot, other)).count();
            let wins = choices.iter().filter(|other| over(choice, **other) > over(**other, choice)).count();
            Count { support: wins, people: marked, ..Count::default() }
        }
        Some(Ballot::Dots(_) | Ballot::Score(_)) => {
            let support = of.iter().map(|ballot| usize::from(ballot.number(choice))).sum();
            Count { support, people: marked, ..Count::default() }
        }
    }
}

/// What is ranked nowhere comes after all that is.
fn rank(ballot: &Ballot, choice: Id) -> u8 {
    match ballot.number(choice) {
        0 => u8::MAX,
        place => place,
    }
}

/// The place of each, from 1.
fn places(choices: &[Id], of: &[&Ballot], method: Method) -> Vec<usize> {
    if method == Method::Ranked {
        let ranks: Vec<Vec<u8>> =
            of.iter().map(|ballot| choices.iter().map(|choice| rank(ballot, *choice)).collect()).collect();
        return schulze(choices.len(), &ranks);
    }
    let counts: Vec<Count> = choices.iter().map(|choice| support(*choice, choices, of)).collect();
    // The fewer object the better, whoever else agrees.
    let worth = |count: &Count| (std::cmp::Reverse(count.against), count.support, std::cmp::Reverse(count.aside));
    counts.iter().map(|one| 1 + counts.iter().filter(|other| worth(other) > worth(one)).count()).collect()
}

/// How those delegations stand to something of which enough voted.
fn across(choice: Id, choices: &[Id], all: &[&Ballot], of: &BTreeMap<&str, &[&Ballot]>) -> Option<Across> {
    if of.len() < 2 {
        return None;
    }
    let half = u8::try_from(choices.len().div_ceil(2)).unwrap_or(u8::MAX);
    let supports = |ballot: &&&Ballot| match ballot {
        Ballot::Dots(_) => ballot.number(choice) > 0,
        Ballot::Score(_) => ballot.number(choice) * 2 > POINTS_MOST,
        Ballot::Ranked(_) => rank(ballot, choice) <= half,
        Ballot::Consent(_) => ballot.stance(choice) == Some(&Stance::Agree),
    };
    // Twice how many of them do, of how many: a share without fractions.
    let shares: Vec<(usize, usize)> =
        of.values().map(|of| (2 * of.iter().filter(supports).count(), of.len())).collect();
    let objects = all.iter().any(|ballot| reason(ballot, choice).is_some());
    if !objects && shares.iter().all(|(twice, of)| twice > of) {
        return Some(Across::Common);
    }
    let apart = |(high, of_high): &(usize, usize), (low, of_low): &(usize, usize)| {
        high > of_high && high * of_low >= low * of_high + of_high * of_low
    };
    let divided = shares.iter().any(|high| shares.iter().any(|low| apart(high, low)));
    divided.then_some(Across::Divides)
}
