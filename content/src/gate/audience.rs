//! A set of people, as a token that is stored with whatever they may read.

use crate::{coded::coded, things::Kind};
use std::{fmt, str::FromStr};

coded! {
    /// What an author sets: who may see a thing, unless what it lies in is narrower.
    ///
    /// Ordered from the widest to the narrowest.
    Visibility {
        /// Everybody.
        Public = "public",
        /// Everybody who is signed in.
        Members = "members",
        /// The participants of the seminar.
        Participants = "participants",
        /// Its team and its observers: interpreters, who prepare themselves.
        Early = "early",
        /// Its organisers, facilitators and experts.
        Team = "team",
    }
}

impl Visibility {
    /// What holds for a thing of a kind for which nothing is said, before what it lies in: what a room writes is for those
    /// who are in it, though the seminar be public.
    pub fn by_itself(kind: Kind) -> Option<Self> {
        (kind == Kind::Board).then_some(Self::Participants)
    }

    /// What holds for a thing that sets `own` and lies in something that is `inherited`: the narrower of the two.
    pub fn within(own: Option<Self>, inherited: Self) -> Self {
        own.map_or(inherited, |own| own.max(inherited))
    }

    /// The audience this names in a seminar.
    pub fn audience(self, seminar: i64) -> Audience {
        match self {
            Self::Public => Audience::Public,
            Self::Members => Audience::Members,
            Self::Participants => Audience::Participants(seminar),
            Self::Early => Audience::Early(seminar),
            Self::Team => Audience::Team(seminar),
        }
    }
}

/// A named set of people. Stored with everything that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Everybody who is signed in.
    Members,
    /// Who takes part in a seminar, in any role.
    Participants(i64),
    /// Who sees a seminar's materials before its sessions: team and observers (interpreters).
    Early(i64),
    /// Who runs a seminar: organisers, facilitators, experts.
    Team(i64),
    /// Who writes a thing, by its id: nobody else sees it until it is published.
    Authors(i64),
}

impl Audience {
    /// In SQL, what the tokens are like that are of a seminar.
    pub(super) const OF_SEMINARS: &str = "seminar/%";

    /// The seminar whose people these are.
    pub(super) fn seminar(self) -> Option<i64> {
        match self {
            Self::Public | Self::Members | Self::Authors(_) => None,
            Self::Participants(seminar) | Self::Early(seminar) | Self::Team(seminar) => Some(seminar),
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => out.write_str("public"),
            Self::Members => out.write_str("members"),
            Self::Participants(seminar) => write!(out, "seminar/{seminar}/participants"),
            Self::Early(seminar) => write!(out, "seminar/{seminar}/early"),
            Self::Team(seminar) => write!(out, "seminar/{seminar}/team"),
            Self::Authors(thing) => write!(out, "thing/{thing}/authors"),
        }
    }
}

impl FromStr for Audience {
    type Err = ();

    fn from_str(token: &str) -> Result<Self, ()> {
        match token.split('/').collect::<Vec<_>>()[..] {
            ["public"] => Ok(Self::Public),
            ["members"] => Ok(Self::Members),
            ["seminar", seminar, "participants"] => seminar.parse().map(Self::Participants).map_err(drop),
            ["seminar", seminar, "early"] => seminar.parse().map(Self::Early).map_err(drop),
            ["seminar", seminar, "team"] => seminar.parse().map(Self::Team).map_err(drop),
            ["thing", thing, "authors"] => thing.parse().map(Self::Authors).map_err(drop),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_can_only_narrow_what_is_inherited() {
        for &own in Visibility::ALL {
            for &inherited in Visibility::ALL {
                let holds = Visibility::within(Some(own), inherited);
                assert!(holds >= own && holds >= inherited);
                assert!(holds == own || holds == inherited);
            }
            assert_eq!(Visibility::within(None, own), own);
        }
    }

    #[test]
    fn tokens_are_read_back_as_they_were_written() {
        for audience in [
            Audience::Public,
            Audience::Members,
            Audience::Participants(7),
            Audience::Early(7),
            Audience::Team(1 << 40),
            Audience::Authors(7),
        ] {
            assert_eq!(audience.to_string().parse(), Ok(audience));
            let beginning = Audience::OF_SEMINARS.trim_end_matches('%');
            assert_eq!(audience.to_string().starts_with(beginning), audience.seminar().is_some());
        }
        for odd in ["", "Public", "seminar/x/team", "seminar/7", "seminar/7/team/x", "everything"] {
            assert_eq!(odd.parse::<Audience>(), Err(()), "{odd}");
        }
    }
}
