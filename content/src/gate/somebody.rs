//! Somebody who is known.

use super::{Audience, Viewer};
use crate::roles::{Act, Part, Platform};
use std::{fmt, str::FromStr};

/// Whose session it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// An account's, by its number.
    Account(i64),
    /// That of a seat whose owner has no account.
    Seat(i64),
}

impl fmt::Display for Who {
    /// As the audit calls them: by a number, since names are erased.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(out, "account/{id}"),
            Self::Seat(id) => write!(out, "seat/{id}"),
        }
    }
}

impl FromStr for Who {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, number) = text.split_once('/').ok_or(())?;
        let number = number.parse().map_err(drop)?;
        match kind {
            "account" => Ok(Self::Account(number)),
            "seat" => Ok(Self::Seat(number)),
            _ => Err(()),
        }
    }
}

/// Who is signed in: what they are on the platform, and in which seminars.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Somebody {
    /// By which they are known.
    pub who: Who,
    /// How they are called.
    pub name: String,
    /// What they are on the platform; nothing, where they have no account.
    pub platform: Option<Platform>,
    /// The ids of seminars, with what they are in each.
    pub(crate) parts: Vec<(i64, Part)>,
    /// The ids of seminars, with the country for whose delegation they are there.
    pub(crate) delegations: Vec<(i64, String)>,
    /// The ids of things that they write; none: they write nothing, having no account or looking with other eyes.
    pub(crate) writes: Option<Vec<i64>>,
}

impl Somebody {
    /// Whether they write something.
    pub fn writes(&self) -> bool {
        self.writes.as_ref().is_some_and(|writes| !writes.is_empty())
    }

    /// What they are, in a few words of ours: the same as long as their rights are.
    pub fn rights(&self) -> String {
        let mut parts: Vec<_> = self.parts.iter().map(|(seminar, part)| format!("{seminar}/{}", part.code())).collect();
        parts.sort_unstable();
        format!("{} {}", self.platform.map_or("", Platform::code), parts.join(" "))
    }

    /// The country for whose delegation they are at a seminar.
    pub(crate) fn delegation(&self, seminar: i64) -> Option<&str> {
        self.delegations.iter().find(|(of, _)| *of == seminar).map(|(_, country)| country.as_str())
    }

    /// Whether this account is theirs.
    pub fn is_account(&self, account: i64) -> bool {
        self.who == Who::Account(account)
    }

    /// Whether they may do so: in the seminar, where one is named, else on the platform.
    pub(crate) fn may(&self, act: Act, seminar: Option<i64>) -> bool {
        let part = |(of, part): &(i64, Part)| Some(*of) == seminar && part.may(act);
        self.platform.is_some_and(|role| role.may(act)) || self.parts.iter().any(part)
    }

    /// What the table of roles lets them read.
    pub(super) fn audiences(&self) -> Vec<Audience> {
        let mut audiences = vec![Audience::Public];
        audiences.extend(self.platform.is_some_and(|role| role.may(Act::ReadMembers)).then_some(Audience::Members));
        audiences.extend(self.parts.iter().flat_map(|(seminar, part)| of_part(*seminar, *part)));
        audiences.extend(self.writes.iter().flatten().map(|thing| Audience::Authors(*thing)));
        audiences
    }

    /// Whether they read all that is of any seminar.
    pub(super) fn in_every_seminar(&self) -> bool {
        [Act::ReadParticipants, Act::ReadEarly, Act::ReadTeam]
            .into_iter()
            .all(|act| self.platform.is_some_and(|role| role.may(act)))
    }
}

impl Viewer {
    /// Whoever has an account, this part in a seminar, and nothing else.
    pub(crate) fn taking_part(seminar: i64, part: Part) -> Self {
        Self::of(of_part(seminar, part).chain([Audience::Members]))
    }

    /// Whoever has this part, and no account.
    pub(crate) fn seated(seminar: i64, part: Part) -> Self {
        Self::of(of_part(seminar, part))
    }
}

/// What a part in a seminar lets somebody read.
fn of_part(seminar: i64, part: Part) -> impl Iterator<Item = Audience> {
    let all = [
        (Act::ReadParticipants, Audience::Participants(seminar)),
        (Act::ReadEarly, Audience::Early(seminar)),
        (Act::ReadTeam, Audience::Team(seminar)),
    ];
    all.into_iter().filter(move |(act, _)| part.may(*act)).map(|(_, audience)| audience)
}

impl From<Somebody> for Viewer {
    fn from(somebody: Somebody) -> Self {
        Self::known(somebody)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(platform: Platform, parts: &[(i64, Part)]) -> Viewer {
        Somebody {
            who: Who::Account(1),
            name: "Some Body".to_owned(),
            platform: Some(platform),
            parts: parts.to_vec(),
            delegations: Vec::new(),
            writes: Some(vec![4]),
        }
        .into()
    }

    #[test]
    fn a_part_holds_in_its_seminar_and_nowhere_else() {
        let viewer = somebody(Platform::Member, &[(7, Part::Organiser), (8, Part::Observer)]);
        assert!(viewer.sees(Audience::Members) && viewer.sees(Audience::Team(7)) && viewer.sees(Audience::Early(8)));
        assert!(!viewer.sees(Audience::Team(8)) && !viewer.sees(Audience::Participants(9)));
        assert!(viewer.sees(Audience::Authors(4)) && !viewer.sees(Audience::Authors(5)));
        assert!(viewer.may_within(Act::GiveParts, Some(7)) && !viewer.may_within(Act::GiveParts, Some(8)));
        assert!(!viewer.may(Act::GiveParts) && !viewer.may_within(Act::ManageAccounts, Some(7)));
        assert!(!viewer.is_anonymous());
    }

    #[test]
    fn an_administrator_reads_every_seminar_and_a_member_without_a_part_reads_none() {
        let all = somebody(Platform::Administrator, &[]);
        for audience in [Audience::Members, Audience::Team(1), Audience::Participants(2), Audience::Early(3)] {
            assert!(all.sees(audience) && all.admitted_by(&audience.to_string()));
            assert!(!all.sees(Audience::Authors(5)), "what is not published is its authors' alone");
            let member = somebody(Platform::Member, &[]).sees(audience);
            assert_eq!(member, audience == Audience::Members);
        }
        assert!(all.may_within(Act::GiveParts, Some(5)) && all.may(Act::ManageAccounts));
    }

    #[test]
    fn who_has_a_seat_and_no_account_is_of_its_seminar_alone() {
        let parts = vec![(7, Part::Participant)];
        let seated: Viewer = Somebody {
            who: Who::Seat(3),
            name: "Ion".to_owned(),
            platform: None,
            parts,
            delegations: Vec::new(),
            writes: None,
        }
        .into();
        assert!(seated.sees(Audience::Participants(7)) && seated.sees(Audience::Public) && !seated.is_anonymous());
        assert!(!seated.sees(Audience::Members) && !seated.sees(Audience::Early(7)) && !seated.sees(Audience::Team(7)));
        assert_eq!((seated.account(), seated.actor().as_str()), (None, "seat/3"));
    }

    #[test]
    fn nobody_may_do_anything() {
        for &act in Act::ALL {
            assert!(!Viewer::anonymous().may(act) && !Viewer::anonymous().may_within(act, Some(1)));
        }
    }
}
