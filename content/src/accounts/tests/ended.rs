//! What ends links and sessions, and that nothing brings them back.

use super::*;
use crate::{
    changes::{Sought, entries, verify},
    seminars,
    things::Listed,
};
use sea_orm::{EntityTrait, PaginatorTrait};

/// Somebody with a part in a seminar.
async fn invited(test: &TestStore, tries: &Tries, by: &Viewer, address: &str, part: Part) -> (Entered, Viewer) {
    let asked = Invitation { address, seminar: Some(("one", part, None)), ..Invitation::default() };
    let token = invite(&test.store, by, &asked, now()).await.expect("answered").expect("made");
    let said = said("Ion Rusu", "", GOOD);
    let taken = accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now()).await;
    let entered = taken.expect("answered").expect("taken");
    let viewer = viewer(&test.store, &entered).await;
    (entered, viewer)
}

async fn one(test: &TestStore, viewer: &Viewer) -> Listed {
    let found = seminars::listed(&test.store, viewer, english(), "one").await.expect("the store answers");
    found.expect("it was imported")
}

/// What comes of taking an invitation.
async fn taken(test: &TestStore, token: &Token) -> Result<Entered, Refusal> {
    let (tries, said) = (Tries::default(), said("Mira", "mira@example.org", GOOD));
    let nobody = Viewer::anonymous();
    accept(&test.store, tries.of(None), &nobody, token, &said, now()).await.expect("the store answers")
}

#[tokio::test]
async fn an_invitation_is_listed_withdrawn_and_taken_by_nobody_then() {
    each(async |test| {
        let tries = Tries::default();
        imported(test, "one", &[("seminar.md".to_owned(), seminar("One", "participants"))]).await;
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        let (_, organiser) = invited(test, &tries, &administrator, "ion@example.org", Part::Organiser).await;
        let (_, expert) = invited(test, &tries, &administrator, "sead@example.org", Part::Expert).await;
        let seminar = one(test, &organiser).await;
        let asked = Invitation { name: "Mira", seminar: Some(("one", Part::Expert, None)), ..Invitation::default() };
        let token = invite(&test.store, &organiser, &asked, now()).await.expect("answered").expect("made");
        let editor = Invitation { platform: Some(Platform::Editor), ..Invitation::default() };
        let to_platform = invite(&test.store, &administrator, &editor, now()).await.expect("answered").expect("made");

        let open = async |viewer: &Viewer, seminar: Option<&Listed>, at| {
            open_invitations(&test.store, viewer, seminar, at).await.expect("answered")
        };
        let listed = open(&organiser, Some(&seminar), now()).await;
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].name.as_str(), listed[0].part, listed[0].platform), ("Mira", Some(Part::Expert), None));
        assert!(Token::read(&listed[0].key).is_none(), "who reads the list takes no invitation");
        assert_eq!(open(&organiser, None, now()).await, [], "that of the platform is not theirs");
        assert_eq!(open(&expert, Some(&seminar), now()).await, []);
        assert_eq!(open(&organiser, Some(&seminar), later(24 * 14)).await, [], "it has ended");
        let of_platform = open(&administrator, None, now()).await;
        assert_eq!(of_platform.iter().map(|open| open.platform).collect::<Vec<_>>(), [Some(Platform::Editor)]);

        let withdraw = async |viewer: &Viewer, seminar: Option<&Listed>, key: &str| {
            withdraw(&test.store, viewer, seminar, key, now()).await.expect("answered")
        };
        for (viewer, seminar, key) in [
            (&expert, Some(&seminar), &listed[0].key),
            (&Viewer::anonymous(), Some(&seminar), &listed[0].key),
            (&organiser, None, &listed[0].key),
            (&organiser, Some(&seminar), &of_platform[0].key),
            (&organiser, Some(&seminar), &String::new()),
        ] {
            assert_eq!(withdraw(viewer, seminar, key).await, Err(Refusal::Forbidden));
        }
        assert_eq!(withdraw(&organiser, Some(&seminar), &listed[0].key).await, Ok(()));
        assert_eq!(withdraw(&organiser, Some(&seminar), &listed[0].key).await, Err(Refusal::Forbidden), "twice");
        assert_eq!(taken(test, &token).await, Err(Refusal::Spent));
        assert!(taken(test, &to_platform).await.is_ok(), "the other one waits still");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_made_ends_with_their_right_to_make_it() {
    for ends in ["disabled", "seat taken away", "account deleted"] {
        each(async |test| {
            let tries = Tries::default();
            imported(test, "one", &[("seminar.md".to_owned(), seminar("One", "participants"))]).await;
            let (_, administrator) = set_up_by_ana(test, &tries).await;
            let (entered, organiser) = invited(test, &tries, &administrator, "ion@example.org", Part::Organiser).await;
            let asked = Invitation { seminar: Some(("one", Part::Organiser, None)), ..Invitation::default() };
            let theirs = invite(&test.store, &organiser, &asked, now()).await.expect("answered").expect("made");
            let other = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
            let seminar = one(test, &organiser).await;
            let ended = match ends {
                "disabled" => disable(&test.store, &administrator, account_of(&entered), now()).await,
                "seat taken away" => {
                    let seats = crate::seats::seats(&test.store, &administrator, &seminar).await.expect("answered");
                    crate::seats::remove(&test.store, &administrator, &seminar, seats[0].id, now()).await
                }
                _ => delete_yours(&test.store, &tries, &organiser, &GOOD.into(), now()).await,
            };
            assert_eq!(ended.expect("answered"), Ok(()));
            assert_eq!(taken(test, &theirs).await, Err(Refusal::Spent), "{ends}");
            assert!(taken(test, &other).await.is_ok(), "what another made stays: {ends}");
        })
        .await;
    }
}

#[tokio::test]
async fn whoever_is_no_administrator_any_more_leaves_no_links_behind() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Administrator, now()).await;
        let ion = made.expect("answered").expect("made");
        let sign_in = to_sign_in(&test.store, &administrator, ion, now()).await.expect("answered").expect("made");
        let ion = by_link(&test.store, &sign_in, now()).await.expect("answered").expect("in");
        let asked = Invitation { platform: Some(Platform::Administrator), ..Invitation::default() };
        let token = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let viewer = viewer(&test.store, &ion).await;
        let set = set_platform(&test.store, &viewer, account_of(&ana), Platform::Member, now()).await;
        assert_eq!(set.expect("answered"), Ok(()));
        assert_eq!(taken(test, &token).await, Err(Refusal::Spent));
    })
    .await;
}

#[tokio::test]
async fn a_request_under_way_brings_no_session_back_that_was_ended() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        fn kept(key: &str, account: i64) -> Kept<'_> {
            let who = Some(Who::Account(account));
            let expires_at = later(30).as_millisecond();
            Kept { key, who, data: "{}".into(), device: "Firefox", rights: Some("member"), expires_at }
        }
        let account = account_of(&ana);
        begin_sign_in(&test.store, kept("one", account), now()).await.expect("begun");
        assert!(begin_sign_in(&test.store, kept("one", account), now()).await.is_err(), "one number, one session");
        end_others(&test.store, &administrator, "elsewhere", now()).await.expect("answered").expect("done");
        keep_sign_in(&test.store, kept("one", account), later(1)).await.expect("answered");
        assert_eq!(sign_in_data(&test.store, "one", now()).await.expect("read"), None);
        let renewed = renew_sign_in(&test.store, ("one", "two"), "expert", later(1)).await;
        assert!(!renewed.expect("answered"), "what has ended gets no other number");
        // Of very many sessions the oldest ends, and what has ended is taken away.
        for number in 0..105 {
            let at = now() + SignedDuration::from_secs(number);
            begin_sign_in(&test.store, kept(&number.to_string(), account), at).await.expect("begun");
        }
        let all = sign_ins(&test.store, &administrator, "", later(1)).await.expect("read");
        assert_eq!(all.len(), 100);
        assert_eq!(sign_in_data(&test.store, "4", now()).await.expect("read"), None);
        assert!(sign_in_data(&test.store, "5", now()).await.expect("read").is_some());
        prune(&test.store, later(31)).await.expect("done");
        assert_eq!(entity::sign_in::Entity::find().count(test.store.read()).await.expect("counted"), 0);
    })
    .await;
}

#[tokio::test]
async fn of_several_pages_at_once_one_gives_a_session_another_number() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let who = Some(Who::Account(account_of(&ana)));
        let expires_at = later(30).as_millisecond();
        let kept =
            |key, data: &str| Kept { key, who, data: data.into(), device: "", rights: Some("member"), expires_at };
        begin_sign_in(&test.store, kept("one", "{}"), now()).await.expect("begun");
        let renew = async |key: &str, new: &str, rights: &str, at: Timestamp| {
            renew_sign_in(&test.store, (key, new), rights, at).await.expect("answered")
        };
        assert!(!renew("one", "two", "member", now()).await, "the same rights");
        assert!(renew("one", "two", "expert", now()).await);
        assert!(!renew("one", "three", "expert", now()).await, "the second");
        // By either it is known, kept, and seen as the one that asks.
        keep_sign_in(&test.store, kept("one", "{\"a\":1}"), later(1)).await.expect("kept");
        for here in ["one", "two"] {
            let all = sign_ins(&test.store, &administrator, here, now()).await.expect("read");
            assert!(all.len() == 1 && all[0].here && all[0].since == now(), "{here}: {all:?}");
            end_others(&test.store, &administrator, here, now()).await.expect("answered").expect("done");
        }
        let former = sign_in_data(&test.store, "one", now()).await.expect("read").expect("there");
        assert!(former.by_former && former.data == "{\"a\":1}" && former.rights.as_deref() == Some("expert"));
        assert!(renew("one", "three", "expert", now() + TAKEN + SignedDuration::from_secs(1)).await, "it was lost");
        assert_eq!(sign_in_data(&test.store, "two", now()).await.expect("read"), None);
        assert!(!sign_in_data(&test.store, "three", now()).await.expect("read").expect("there").by_former);
        assert_eq!(sign_in_data(&test.store, "one", now()).await.expect("read"), None, "the new one was shown");
        delete_sign_in(&test.store, "three").await.expect("done");
        assert!(sign_ins(&test.store, &administrator, "", now()).await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_links_by_which_one_signs_in() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let link = async || {
            to_sign_in(&test.store, &administrator, account_of(&ana), now()).await.expect("answered").expect("made")
        };
        let token = link().await;
        let pair = (&GOOD.into(), &"three good words more".into());
        let set = set_password(&test.store, &tries, &administrator, pair, false, now()).await.expect("answered");
        assert!(set.is_ok());
        assert_eq!(by_link(&test.store, &token, now()).await.expect("answered"), Err(Refusal::Spent));
        let token = link().await;
        end_others(&test.store, &administrator, "here", now()).await.expect("answered").expect("done");
        assert_eq!(by_link(&test.store, &token, now()).await.expect("answered"), Err(Refusal::Spent));
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_was_known_stays_the_same_one() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Member, now()).await;
        let ion = made.expect("answered").expect("made");
        let remember = async |account, shown: Option<Token>, at| {
            remember_device(&test.store, account, shown, at).await.expect("remembered").key()
        };
        let shown = remember_device(&test.store, account_of(&ana), None, now()).await.expect("remembered");
        let first = shown.key();
        assert_eq!(remember(account_of(&ana), Some(shown.clone()), now()).await, first);
        assert_ne!(remember(ion, Some(shown.clone()), now()).await, first, "that of somebody else is no sign");
        assert_ne!(remember(account_of(&ana), Some(Token::new()), now()).await, first);
        let count = async || entity::device::Entity::find().count(test.store.read()).await.expect("counted");
        assert_eq!(count().await, 3);
        remember(account_of(&ana), Some(shown), later(300 * 24)).await;
        prune(&test.store, later(366 * 24)).await.expect("done");
        assert_eq!(count().await, 1, "of those not seen for a year nothing is kept");
    })
    .await;
}

#[tokio::test]
async fn whoever_runs_the_platform_can_come_back_or_gets_a_link() {
    each(async |test| {
        let tries = Tries::default();
        let said = said("Ana", "", GOOD);
        let token = set_up(&test.store, now()).await.expect("answered").expect("nobody is there yet");
        let taken = accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now()).await;
        let ana = taken.expect("answered").expect("tried");
        // A password without an address opens nothing: the console offers a link still.
        let token = set_up(&test.store, now()).await.expect("answered").expect("nobody can come back");
        let viewer = viewer(&test.store, &ana).await;
        set_address(&test.store, &viewer, "ana@example.org", now()).await.expect("answered").expect("set");
        // And that one makes nobody an administrator any more.
        let late = accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now()).await;
        assert_eq!(late.expect("answered"), Err(Refusal::Spent));
        assert_eq!(set_up(&test.store, now()).await.expect("answered").map(drop), None);
    })
    .await;
}

#[tokio::test]
async fn of_two_administrators_who_disable_each_other_at_once_one_stays() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Administrator, now()).await;
        let ion = made.expect("answered").expect("made");
        let both = futures::future::join(
            disable(&test.store, &administrator, ion, now()),
            disable(&test.store, &administrator, account_of(&ana), now()),
        )
        .await;
        let (first, second) = (both.0.expect("answered"), both.1.expect("answered"));
        assert_eq!([first, second].iter().filter(|done| done.is_ok()).count(), 1, "{first:?} {second:?}");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_a_pattern_erases_what_is_of_nobody_else() {
    each(async |test| {
        let tries = Tries::default();
        imported(test, "one", &[("seminar.md".to_owned(), seminar("One", "participants"))]).await;
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        for address in ["an_@example.org", "%@example.org"] {
            let (_, eve) = invited(test, &tries, &administrator, address, Part::Organiser).await;
            let asked =
                Invitation { name: "Mira", seminar: Some(("one", Part::Expert, None)), ..Invitation::default() };
            invite(&test.store, &eve, &asked, now()).await.expect("answered").expect("made");
            let deleted = delete_yours(&test.store, &tries, &eve, &GOOD.into(), now()).await.expect("answered");
            assert_eq!(deleted, Ok(()));
        }
        let all = entries(&test.store, &administrator, &Sought::default(), (100, 0)).await.expect("read");
        let said = format!("{all:?}");
        assert!(said.contains("ana@example.org"), "of the administrator: {said}");
        assert!(said.contains("Mira"), "what they did to others is about others: {said}");
        assert!(!said.contains("an_@example.org") && !said.contains("%@example.org"), "{said}");
        assert!(verify(&test.store).await.expect("read").is_ok());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_invited_to_what_they_would_not_see() {
    each(async |test| {
        let tries = Tries::default();
        imported(test, "one", &[("seminar.md".to_owned(), seminar("One", "team"))]).await;
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        let asks = async |viewer: &Viewer, part| {
            let asked = Invitation { seminar: Some(("one", part, None)), ..Invitation::default() };
            invite(&test.store, viewer, &asked, now()).await.expect("answered").map(drop)
        };
        assert_eq!(asks(&administrator, Part::Participant).await, Err(Refusal::Hidden));
        assert_eq!(asks(&administrator, Part::Observer).await, Err(Refusal::Hidden));
        assert_eq!(asks(&administrator, Part::Expert).await, Ok(()));
        assert_eq!(
            asks(&Viewer::anonymous(), Part::Participant).await,
            Err(Refusal::Forbidden),
            "nor told that it is there"
        );
        let seminar = one(test, &administrator).await;
        let opened = crate::seats::open(&test.store, &administrator, &seminar, now()).await.expect("answered");
        assert_eq!(opened.map(drop), Err(Refusal::Hidden));
        let about = ("Ion", Part::Participant, "");
        let added = crate::seats::add(&test.store, &administrator, &seminar, about, now()).await.expect("answered");
        assert_eq!(added, Err(Refusal::Hidden));
    })
    .await;
}

#[tokio::test]
async fn who_may_make_links_all_the_same_keeps_those_they_made() {
    each(async |test| {
        let tries = Tries::default();
        imported(test, "one", &[("seminar.md".to_owned(), seminar("One", "participants"))]).await;
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        let asked = Invitation { seminar: Some(("one", Part::Organiser, None)), ..Invitation::default() };
        let own = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let said = said("", "", "");
        let sits = accept(&test.store, tries.of(None), &administrator, &own, &said, now()).await;
        sits.expect("answered").expect("taken");
        let made = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let seminar = one(test, &administrator).await;
        let seats = crate::seats::seats(&test.store, &administrator, &seminar).await.expect("answered");
        let seat = seats.iter().find(|seat| seat.part == Part::Organiser).expect("Ana's").id;
        let steps = [(Part::Organiser, Part::Participant), (Part::Participant, Part::Expert)];
        for (was, is) in steps {
            let change = ((was, ""), (is, ""));
            let set = crate::seats::set_part(&test.store, &administrator, &seminar, seat, change, now()).await;
            assert_eq!(set.expect("answered"), Ok(true));
        }
        crate::seats::remove(&test.store, &administrator, &seminar, seat, now())
            .await
            .expect("answered")
            .expect("done");
        assert!(link(&test.store, english(), &made, now()).await.expect("answered").is_some());
    })
    .await;
}
