//! Looking at the site as somebody else sees it.

use super::{Somebody, Viewer};
use crate::{
    roles::{Act, Part, Platform},
    things::Listed,
};
use serde::{Deserialize, Serialize};

/// As whom an organiser looks at the site: never as somebody who sees more, and what they may do is what they see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looking {
    seminar: i64,
    /// The word for it; none: as somebody who is not signed in.
    part: Option<String>,
}

impl Looking {
    /// As somebody with this part in the seminar, or as nobody; none for those who do not run it.
    pub fn at(viewer: &Viewer, seminar: &Listed, part: Option<Part>) -> Option<Self> {
        let part = part.map(|part| part.code().to_owned());
        viewer.may_in(Act::GiveParts, seminar).then(|| Self { seminar: seminar.id.id(), part })
    }

    /// As what.
    pub fn part(&self) -> Option<Part> {
        self.part.as_deref().and_then(|part| part.parse().ok())
    }

    /// What they see who look so. Whoever does not run the seminar any more sees what is theirs.
    pub fn seen_by(&self, somebody: Somebody) -> Viewer {
        if !somebody.may(Act::GiveParts, Some(self.seminar)) {
            return somebody.into();
        }
        match self.part() {
            Some(part) => {
                let parts = vec![(self.seminar, part)];
                // Nothing on the platform that they have not: who has a seat and no account is no member.
                let platform = somebody.platform.map(|_| Platform::Member);
                // What they write is nobody's to see but theirs, and with other eyes nobody writes.
                Somebody { platform, parts, delegations: Vec::new(), writes: None, ..somebody }.into()
            }
            None => Viewer::anonymous(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::{Audience, Who};

    fn looking(part: Option<Part>) -> Looking {
        Looking { seminar: 7, part: part.map(|part| part.code().to_owned()) }
    }

    #[test]
    fn whoever_looks_as_somebody_sees_and_may_do_what_they_see_and_may_do() {
        for (platform, parts) in
            [(Platform::Administrator, vec![]), (Platform::Member, vec![(7, Part::Organiser), (8, Part::Organiser)])]
        {
            let writes = Some(vec![3]);
            let ana = Somebody {
                who: Who::Account(1),
                name: "Ana".into(),
                platform: Some(platform),
                parts,
                delegations: Vec::new(),
                writes,
            };
            let participant = looking(Some(Part::Participant)).seen_by(ana.clone());
            assert!(participant.sees(Audience::Participants(7)) && participant.sees(Audience::Members));
            assert!(!participant.sees(Audience::Authors(3)));
            assert!(!participant.sees(Audience::Team(7)) && !participant.sees(Audience::Participants(8)));
            assert!(!participant.may_somewhere(Act::GiveParts) && !participant.may(Act::ManageAccounts));
            let observer = looking(Some(Part::Observer)).seen_by(ana.clone());
            assert!(observer.sees(Audience::Early(7)) && !observer.sees(Audience::Team(7)));
            assert!(looking(None).seen_by(ana).is_anonymous());
        }
    }

    #[test]
    fn who_has_no_account_becomes_no_member_by_looking() {
        for part in [None, Some(Part::Organiser), Some(Part::Observer)] {
            let parts = vec![(7, Part::Organiser)];
            let seated = Somebody {
                who: Who::Seat(3),
                name: "Ion".into(),
                platform: None,
                parts,
                delegations: Vec::new(),
                writes: None,
            };
            let looks = looking(part).seen_by(seated.clone());
            assert!(!looks.sees(Audience::Members), "{part:?}");
            assert!(!looks.sees(Audience::Team(7)) || Viewer::from(seated).sees(Audience::Team(7)));
        }
    }

    #[test]
    fn whoever_does_not_run_the_seminar_looks_with_their_own_eyes() {
        let parts = vec![(7, Part::Participant), (8, Part::Organiser)];
        let (platform, writes) = (Some(Platform::Member), None);
        let ion =
            Somebody { who: Who::Account(2), name: "Ion".into(), platform, parts, delegations: Vec::new(), writes };
        let looks = looking(Some(Part::Organiser)).seen_by(ion.clone());
        assert_eq!(looks, Viewer::from(ion));
        assert!(!looks.sees(Audience::Team(7)));
    }
}
