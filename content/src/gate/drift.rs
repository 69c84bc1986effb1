//! The audience of a thing is stored: whether it is what follows from what was set.

use super::{Visibility, settled::Settled};
use crate::{
    people::contribution,
    protection::entity as setting,
    store::{Failure, Store},
};
use sea_orm::EntityTrait;

/// A thing, or who contributed to it, that is for others than it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} `{slug}` is for `{stored}` and should be for `{should}`")]
pub struct Drifted {
    /// The kind of thing, or `who contributed to`.
    pub what: String,
    /// Its slug.
    pub slug: String,
    /// For whom it is.
    pub stored: String,
    /// For whom it should be.
    pub should: String,
}

/// Works the audiences of all things out anew and compares.
///
/// # Errors
/// When the store does not answer.
pub async fn drifted(store: &Store) -> Result<Vec<Drifted>, Failure> {
    let settled = Settled::of(store.read(), None).await?;
    let mut drifted = Vec::new();
    let mut compare = |what: &str, slug: &str, stored: &str, should: String| {
        if stored != should {
            drifted.push(Drifted { what: what.to_owned(), slug: slug.to_owned(), stored: stored.to_owned(), should });
        }
    };
    for thing in settled.things() {
        compare(&thing.kind, &thing.slug, &thing.audience, settled.audience(thing));
    }
    for contribution in contribution::Entity::find().all(store.read()).await? {
        let Some(thing) = settled.thing(contribution.thing_id) else { continue };
        compare("who contributed to", &thing.slug, &contribution.audience, settled.of_contributions(thing));
    }
    for set in setting::Entity::find().all(store.read()).await? {
        let Some(thing) = settled.thing(set.thing_id) else { continue };
        let level = |own: Option<Visibility>| own.map_or("what it lies in", Visibility::code).to_owned();
        if let Some(own) = set.visibility() {
            compare("what was set for", &thing.slug, &level(thing.set()), level(own));
        }
        if let Some(on) = set.chatham_house {
            let rule = |on: bool| format!("Chatham House rule: {on}");
            compare("what was set for", &thing.slug, &rule(settled.is_quiet(thing.id)), rule(on));
        }
    }
    drifted.sort_by(|this, that| (&this.what, &this.slug).cmp(&(&that.what, &that.slug)));
    Ok(drifted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        folder::{Import, import},
        gate::{Viewer, tests::marked_seminars},
        store::trial::{TestStore, each},
    };
    use sea_orm::ConnectionTrait;
    use std::path::Path;

    async fn run(test: &TestStore, statement: &str) {
        test.store.write().execute_unprepared(statement).await.expect("changed");
    }

    #[tokio::test]
    async fn what_was_imported_is_for_those_for_whom_it_should_be_and_what_was_changed_is_named() {
        each(async |test| {
            marked_seminars(test).await;
            let bundled = ["seminars/tirana-2016", "seminars/example", "glossary"];
            let folders = bundled.map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name));
            let what =
                Import { folders: &folders, prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
            import(&test.store, &Viewer::command_line(), &what).await.expect("answered").expect("imported");
            assert_eq!(drifted(&test.store).await.expect("read"), []);
            run(test, "UPDATE thing SET audience = 'public' WHERE kind = 'session' AND audience LIKE '%/team'").await;
            let found = drifted(&test.store).await.expect("read");
            assert!(!found.is_empty() && found.iter().all(|one| one.what == "session" && one.stored == "public"));
            run(test, "UPDATE contribution SET audience = 'public' WHERE audience LIKE '%/team'").await;
            let found = drifted(&test.store).await.expect("read");
            assert!(found.iter().any(|one| one.what == "who contributed to"), "{found:?}");
        })
        .await;
    }
}
