//! What is set of the site as a whole.

use super::*;
use crate::{edits::Fault, gate::Reason, store::trial::each};

const HERE: &str = "https://plenary.example:8443";

fn now() -> Timestamp {
    "2026-11-30T10:00:00Z".parse().expect("a time")
}

fn of(contact: &str, leave_to: &str) -> Settings {
    Settings { contact: contact.into(), leave_to: leave_to.into() }
}

#[tokio::test]
async fn what_is_set_stays_and_of_two_the_second_is_told() {
    each(async |test| {
        let administrator = Viewer::command_line();
        let set = async |was: &Settings, to: &Settings| {
            set(&test.store, &administrator, (HERE, &version(was), to), now()).await.expect("answered")
        };
        let nothing = settings(&test.store).await.expect("read");
        assert_eq!(nothing, Settings::default());
        let office = of("  The office, office@example.org ", "HTTPS://www.Example.org/");
        assert_eq!(set(&nothing, &office).await, Ok(()));
        let there = settings(&test.store).await.expect("read");
        assert_eq!(there, of("The office, office@example.org", "https://www.example.org"));
        let other = of("Somebody else", "");
        assert_eq!(set(&nothing, &other).await, Err(Refused::Changed(Box::new(there.clone()))));
        assert_eq!(set(&nothing, &there).await, Ok(()), "the same, sent twice");
        assert_eq!(set(&there, &other).await, Ok(()));
        assert_eq!(settings(&test.store).await.expect("read"), other);
        assert_eq!(set(&other, &Settings::default()).await, Ok(()));
        let sought = changes::Sought { subject: "settings".into(), ..changes::Sought::default() };
        let entries = changes::entries(&test.store, &administrator, &sought, (10, 0)).await.expect("read");
        assert_eq!(entries.len(), 3);
        assert_eq!(entries[2].says["after"]["contact"], "The office, office@example.org");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_address_and_who_may_not_set_nothing() {
    each(async |test| {
        let nothing = version(&Settings::default());
        for odd in [
            "javascript:alert(1)",
            "www.example.org",
            "https://",
            "https://a b",
            "https://x\"><script>",
            "data:,",
            // Whoever leaves would stay.
            "https://plenary.example",
            "http://PLENARY.example:80/",
        ] {
            let done = set(&test.store, &Viewer::command_line(), (HERE, &nothing, &of("", odd)), now()).await;
            let fault = Fault { field: Field::LeaveTo, why: Why::Odd };
            assert_eq!(done.expect("answered"), Err(Refused::Faults(vec![fault])), "{odd}");
        }
        let long = of(&"x".repeat(1000), "https://www.example.org");
        let done = set(&test.store, &Viewer::command_line(), (HERE, &nothing, &long), now()).await.expect("answered");
        assert!(matches!(done, Err(Refused::Faults(_))), "{done:?}");
        for viewer in [Viewer::anonymous(), Viewer::everything(Reason::Test)] {
            let done = set(&test.store, &viewer, (HERE, &nothing, &of("Me", "")), now()).await;
            assert_eq!(done.expect("answered"), Err(Refused::Forbidden));
        }
        assert_eq!(settings(&test.store).await.expect("read"), Settings::default());
    })
    .await;
}
