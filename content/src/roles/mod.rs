//! Who may do what: one table, which pages, forms, API and command line ask and `/help/roles` shows.

use crate::coded::coded;

coded! {
    /// What an account is on the whole platform.
    Platform {
        /// Runs it: accounts, settings, every seminar.
        Administrator = "administrator",
        /// Looks after what is not of one seminar: practices, challenges, the glossary.
        Editor = "editor",
        /// Has an account.
        Member = "member",
    }
}

coded! {
    /// What somebody is in one seminar.
    Part {
        /// Runs it.
        Organiser = "organiser",
        /// Leads group work.
        Facilitator = "facilitator",
        /// Is there for what they know.
        Expert = "expert",
        /// Takes part, for a delegation or alone.
        Participant = "participant",
        /// Is there and does not take part: an interpreter, a guest.
        Observer = "observer",
    }
}

coded! {
    /// What can be done, in the order in which `/help/roles` tells it.
    Act {
        /// Read what is for everybody who is signed in.
        ReadMembers = "read-members",
        /// Read what is for those who take part in the seminar.
        ReadParticipants = "read-participants",
        /// Read the materials of sessions that have not taken place.
        ReadEarly = "read-early",
        /// Read what is for the team, and know who spoke under the Chatham House rule.
        ReadTeam = "read-team",
        /// Make seminars, anew or after one that was.
        MakeSeminars = "make-seminars",
        /// Say what the seminar is, when and where, and how far it has come.
        EditSeminar = "edit-seminar",
        /// Change the programme: make sessions, and say what they are, when and where.
        EditProgramme = "edit-programme",
        /// Add materials, and change what they say and hold.
        EditMaterials = "edit-materials",
        /// Compare: say what is known of each country, who says so and as of when.
        EditComparison = "edit-comparison",
        /// Make boards, lead the group work on them, hide cards, publish what comes of it.
        RunBoards = "run-boards",
        /// Write on the boards of the seminar.
        WriteCards = "write-cards",
        /// Write practices and challenges, and publish what one has written.
        WriteNotes = "write-notes",
        /// Change practices and challenges that others have written and published.
        EditNotes = "edit-notes",
        /// Say who may see what of the seminar, and put a session under the Chatham House rule.
        SetVisibility = "set-visibility",
        /// Invite people to the seminar and give them their part.
        GiveParts = "give-parts",
        /// Say something to those who take part in the seminar, on each of its pages.
        PostNotices = "post-notices",
        /// Invite people to the platform, say what they are on it, and end their access.
        ManageAccounts = "manage-accounts",
        /// Read which words people look for in vain.
        ReadMissed = "read-missed",
        /// Read who changed what.
        ReadAudit = "read-audit",
        /// Read how the site is doing: store, search, disk.
        ReadHealth = "read-health",
        /// Say how long what is personal is kept.
        SetRetention = "set-retention",
        /// Say what holds for the site as a whole: who answers for it, where leaving leads.
        SetUp = "set-up",
    }
}

/// On the platform, and in a seminar: who may.
type Who = (&'static [Platform], &'static [Part]);

/// The table. On the platform a role holds for every seminar; a part holds for its own.
const fn who(act: Act) -> Who {
    use Part::{Expert, Facilitator, Observer, Organiser, Participant};
    use Platform::{Administrator, Editor};
    match act {
        Act::ReadMembers => (&[Administrator, Editor, Platform::Member], &[]),
        Act::ReadParticipants => (&[Administrator], Part::ALL),
        Act::ReadEarly => (&[Administrator], &[Organiser, Facilitator, Expert, Observer]),
        Act::ReadTeam | Act::EditMaterials | Act::EditComparison => {
            (&[Administrator], &[Organiser, Facilitator, Expert])
        }
        Act::WriteNotes => (&[Administrator, Editor], &[Organiser, Facilitator, Expert]),
        Act::ReadMissed | Act::EditNotes => (&[Administrator, Editor], &[Organiser]),
        Act::EditSeminar | Act::EditProgramme | Act::SetVisibility | Act::GiveParts => (&[Administrator], &[Organiser]),
        Act::WriteCards => (&[Administrator], &[Organiser, Facilitator, Expert, Participant]),
        Act::PostNotices | Act::RunBoards => (&[Administrator], &[Organiser, Facilitator]),
        Act::MakeSeminars | Act::ManageAccounts | Act::ReadAudit | Act::ReadHealth | Act::SetRetention | Act::SetUp => {
            (&[Administrator], &[])
        }
    }
}

impl Platform {
    /// Whether this role may do so, in every seminar where the act is of one.
    pub fn may(self, act: Act) -> bool {
        who(act).0.contains(&self)
    }
}

impl Part {
    /// Whether who has this part may do so in their seminar.
    pub fn may(self, act: Act) -> bool {
        who(act).1.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_may_do_everything_and_somebody_may_do_each() {
        for &act in Act::ALL {
            assert!(Platform::Administrator.may(act), "{act:?}");
        }
    }

    #[test]
    fn who_reads_what_few_may_read_reads_what_more_may() {
        for &part in Part::ALL {
            assert!(part.may(Act::ReadParticipants));
            assert!(!part.may(Act::ReadTeam) || part.may(Act::ReadEarly), "{part:?}");
        }
    }

    #[test]
    fn interpreters_get_materials_early_and_are_not_the_team() {
        assert!(Part::Observer.may(Act::ReadEarly) && !Part::Observer.may(Act::ReadTeam));
        assert!(!Part::Participant.may(Act::ReadEarly));
    }

    #[test]
    fn who_leads_group_work_writes_and_who_looks_on_does_neither() {
        for &part in Part::ALL {
            assert!(!part.may(Act::RunBoards) || part.may(Act::WriteCards), "{part:?}");
        }
        assert!(Part::Participant.may(Act::WriteCards) && !Part::Participant.may(Act::RunBoards));
        assert!(!Part::Observer.may(Act::WriteCards));
    }

    #[test]
    fn nobody_but_an_administrator_decides_on_accounts() {
        for &part in Part::ALL {
            assert!(!part.may(Act::ManageAccounts), "{part:?}");
        }
        assert!(!Platform::Editor.may(Act::ManageAccounts) && !Platform::Member.may(Act::ManageAccounts));
    }
}
