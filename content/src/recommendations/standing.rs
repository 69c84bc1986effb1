//! How strongly a recommendation is put, and how far it has come.

use crate::coded::coded;

coded! {
    /// How strongly it is put.
    Urgency {
        /// Something must be done.
        Urge = "urge",
        /// It should be thought about.
        Consider = "consider",
        /// It would be welcome.
        Invite = "invite",
    }
}

coded! {
    /// How far it has come.
    Status {
        /// Nothing has been done yet.
        NotStarted = "not-started",
        /// Somebody means to.
        Planned = "planned",
        /// Somebody does.
        Ongoing = "ongoing",
        /// Part of it has been done.
        PartlyDone = "partly-done",
        /// It has been done.
        Done = "done",
        /// Something stands in its way.
        Blocked = "blocked",
        /// Another recommendation has taken its place.
        Superseded = "superseded",
    }
}
