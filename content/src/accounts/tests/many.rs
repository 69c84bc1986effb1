//! Invitations for a whole list.

use super::*;
use crate::{
    changes::{Sought, entries, verify},
    gate::{Audience, Somebody},
    seminars,
    things::Listed,
};

fn guest(name: &str, address: &str, part: Part, delegation: Option<&str>) -> Guest {
    let delegation = delegation.map(str::to_owned);
    Guest { name: name.to_owned(), address: address.to_owned(), part, delegation }
}

async fn one(test: &TestStore, visibility: &str) -> (Tries, Viewer, Listed) {
    let tries = Tries::default();
    imported(test, "one", &[("seminar.md".to_owned(), seminar("One", visibility))]).await;
    let (_, ana) = set_up_by_ana(test, &tries).await;
    let found = seminars::listed(&test.store, &ana, english(), "one").await.expect("the store answers");
    (tries, ana, found.expect("it was imported"))
}

async fn checked(test: &TestStore, viewer: &Viewer, seminar: &Listed, guests: &[Guest]) -> Vec<Checked> {
    check_guests(&test.store, viewer, seminar, guests, now()).await.expect("answered").expect("may")
}

#[tokio::test]
async fn what_a_line_would_do_is_known_before_and_nothing_is_made_by_looking() {
    each(async |test| {
        let (_, ana, seminar) = one(test, "participants").await;
        crate::seats::add(&test.store, &ana, &seminar, ("Ћира", Part::Participant, ""), now())
            .await
            .expect("answered")
            .expect("added");
        let asked = Invitation {
            name: "Mira",
            address: "mira@example.org",
            seminar: Some(("one", Part::Expert, None)),
            ..Invitation::default()
        };
        invite(&test.store, &ana, &asked, now()).await.expect("answered").expect("made");
        let guests = [
            guest("Ion", "ION@example.org ", Part::Expert, None),
            guest("Ion", "ion@example.org", Part::Observer, None),
            guest("Ćira", "", Part::Participant, None),
            guest("", "mira@example.org", Part::Participant, None),
            guest("", "", Part::Participant, None),
            guest("Ana\u{202e}", "", Part::Participant, None),
            guest("Ana", "ana@", Part::Participant, None),
            guest("Ana", "", Part::Participant, Some("XX")),
            guest(&"a".repeat(81), "", Part::Participant, None),
            guest("Sead", "", Part::Participant, None),
            guest("Sead", "", Part::Participant, None),
        ];
        let looked = checked(test, &ana, &seminar, &guests).await;
        let faults: Vec<_> = looked.iter().map(|line| line.fault).collect();
        let expected = [
            None,
            Some(Refusal::AddressTwice),
            None,
            None,
            Some(Refusal::NameEmpty),
            Some(Refusal::NameOdd),
            Some(Refusal::AddressOdd),
            Some(Refusal::Forbidden),
            Some(Refusal::NameLong),
            None,
            None,
        ];
        assert_eq!(faults, expected);
        let of = |told: fn(&Checked) -> bool| -> Vec<usize> {
            looked.iter().enumerate().filter(|(_, line)| told(line)).map(|(place, _)| place).collect()
        };
        assert_eq!(of(|line| line.waits), [3]);
        assert_eq!(of(|line| line.namesake), [2, 10], "in whatever script");
        // All of it, or nothing.
        let done = invite_guests(&test.store, &ana, &seminar, &guests, now()).await.expect("answered");
        assert_eq!(done.map(drop), Err(Refusal::AddressTwice));
        let waiting = open_invitations(&test.store, &ana, Some(&seminar), now()).await.expect("answered");
        assert_eq!(waiting.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn each_of_a_list_gets_a_link_of_their_own_and_the_last_one_holds() {
    each(async |test| {
        let (tries, ana, seminar) = one(test, "participants").await;
        let guests =
            [guest("Ion Rusu", "ion@example.org", Part::Expert, None), guest("Mira", "", Part::Observer, None)];
        let first = invite_guests(&test.store, &ana, &seminar, &guests, now()).await.expect("answered").expect("made");
        assert_eq!(first.len(), 2);
        let link = |token: &Token| {
            let token = token.clone();
            async move { link(&test.store, english(), &token, now()).await.expect("answered") }
        };
        let of_ion = link(&first[0]).await.expect("waits");
        assert_eq!((of_ion.name.as_str(), of_ion.address.as_deref()), ("Ion Rusu", Some("ion@example.org")));
        assert_eq!(link(&first[1]).await.expect("waits").seminar.map(|(_, part)| part), Some(Part::Observer));
        // Made again, the one for an address ends; that for a name alone is somebody else's, for all that is known.
        let again = invite_guests(&test.store, &ana, &seminar, &guests, now()).await.expect("answered").expect("made");
        assert!(link(&first[0]).await.is_none() && link(&first[1]).await.is_some());
        let said = said("Ion Rusu", "", GOOD);
        let taken = accept(&test.store, tries.of(None), &Viewer::anonymous(), &again[0], &said, now()).await;
        let entered = taken.expect("answered").expect("taken");
        assert!(viewer(&test.store, &entered).await.sees(Audience::Team(seminar.id.id())));
        let noted = entries(&test.store, &ana, &Sought::default(), (100, 0)).await.expect("answered");
        assert_eq!(noted.iter().filter(|entry| entry.act == "invite").count(), 4);
        assert!(verify(&test.store).await.expect("answered").is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_list_invites_nobody_to_what_they_would_not_see_and_only_organisers_make_one() {
    each(async |test| {
        let (_, ana, seminar) = one(test, "team").await;
        let guests = [guest("Ion", "", Part::Participant, None), guest("Mira", "", Part::Expert, None)];
        let faults: Vec<_> = checked(test, &ana, &seminar, &guests).await.iter().map(|line| line.fault).collect();
        assert_eq!(faults, [Some(Refusal::Hidden), None]);
        let parts = vec![(seminar.id.id(), Part::Facilitator)];
        let eve: Viewer = Somebody {
            who: Who::Account(9),
            name: "Eve".into(),
            platform: Some(Platform::Editor),
            parts,
            delegations: Vec::new(),
            writes: None,
        }
        .into();
        for viewer in [eve, Viewer::anonymous()] {
            let looked = check_guests(&test.store, &viewer, &seminar, &guests, now()).await.expect("answered");
            assert_eq!(looked, Err(Refusal::Forbidden));
            let made = invite_guests(&test.store, &viewer, &seminar, &guests[1..], now()).await.expect("answered");
            assert_eq!(made.map(drop), Err(Refusal::Forbidden));
        }
    })
    .await;
}
