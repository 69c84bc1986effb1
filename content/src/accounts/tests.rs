//! Who comes in, who does not, and what ends it.

mod ended;
mod many;
mod owner;

use super::*;
use crate::{
    gate::{Audience, Viewer, Who, tests::marked::imported},
    roles::{Part, Platform},
    store::{
        Store,
        trial::{TestStore, each},
    },
    texts::Reading,
};
use jiff::{SignedDuration, Timestamp};
use language::Locale;
use secrecy::SecretString;

const GOOD: &str = "kali i bardhë mbi urë";

fn now() -> Timestamp {
    "2026-11-28T10:00:00Z".parse().expect("a time")
}

fn later(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn english() -> Reading {
    Reading { locale: Locale::English, text: None }
}

fn said(name: &str, address: &str, password: &str) -> Introduced {
    Introduced { name: name.to_owned(), address: address.to_owned(), password: password.into() }
}

fn seminar(title: &str, visibility: &str) -> String {
    let lines = format!("title = \"{title}\"\nvisibility = \"{visibility}\"\n");
    format!(
        "+++\n{lines}starts = 2026-12-01\nends = 2026-12-02\ntime_zone = \"Europe/Tirane\"\nplace = \"Tirana\"\nhost = \"AL\"\nstatus = \"open\"\ncountries = [\"AL\", \"MD\"]\n+++\nText.\n"
    )
}

fn account_of(entered: &Entered) -> i64 {
    match entered.who {
        Who::Account(id) => id,
        Who::Seat(_) => panic!("a seat"),
    }
}

async fn viewer(store: &Store, entered: &Entered) -> Viewer {
    let (somebody, stamp) = somebody(store, account_of(entered)).await.expect("the store answers").expect("an account");
    assert_eq!(stamp, entered.stamp);
    somebody.into()
}

/// A platform with its first administrator.
async fn set_up_by_ana(test: &TestStore, tries: &Tries) -> (Entered, Viewer) {
    let token = set_up(&test.store, now()).await.expect("the store answers").expect("nobody is there yet");
    let said = said("Ana Hoxha", "Ana@Example.org", GOOD);
    let taken = accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now())
        .await
        .expect("the store answers");
    let entered = taken.expect("a good start");
    let viewer = viewer(&test.store, &entered).await;
    (entered, viewer)
}

async fn signs_in(
    test: &TestStore,
    tries: &Tries,
    address: &str,
    password: &str,
    at: Timestamp,
) -> Result<Entered, Refusal> {
    let password: SecretString = password.into();
    by_password(&test.store, tries.of(None), (address, &password), None, at).await.expect("the store answers")
}

#[tokio::test]
async fn the_first_link_makes_an_administrator_and_there_is_none_after_it() {
    each(async |test| {
        let tries = Tries::default();
        let first = set_up(&test.store, now()).await.expect("the store answers").expect("a link");
        let second = set_up(&test.store, now()).await.expect("the store answers").expect("another link");
        assert!(link(&test.store, english(), &first, now()).await.expect("read").is_none(), "the one before has ended");
        let said = said("Ana", "ana@example.org", GOOD);
        let nobody = Viewer::anonymous();
        for (token, at) in [(&first, now()), (&second, later(25))] {
            let spent =
                accept(&test.store, tries.of(None), &nobody, token, &said, at).await.expect("the store answers");
            assert_eq!(spent, Err(Refusal::Spent));
        }
        let entered =
            accept(&test.store, tries.of(None), &nobody, &second, &said, now()).await.expect("the store answers");
        let viewer = viewer(&test.store, &entered.expect("taken")).await;
        assert_eq!(viewer.who().expect("known").platform, Some(Platform::Administrator));
        assert!(viewer.sees(Audience::Team(12)));
        assert!(set_up(&test.store, now()).await.expect("the store answers").is_none());
        let twice =
            accept(&test.store, tries.of(None), &nobody, &second, &said, now()).await.expect("the store answers");
        assert_eq!(twice, Err(Refusal::Spent));
    })
    .await;
}

#[tokio::test]
async fn whoever_tries_the_platform_may_say_later_who_they_are() {
    each(async |test| {
        let tries = Tries::default();
        let token = set_up(&test.store, now()).await.expect("the store answers").expect("a link");
        let said = said("Organiser", "", "");
        let entered =
            accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now()).await.expect("answered");
        let entered = entered.expect("one click");
        let viewer = viewer(&test.store, &entered).await;
        // Nobody could come back yet: the console goes on offering a way in.
        assert!(set_up(&test.store, now()).await.expect("the store answers").is_some());
        let set = set_address(&test.store, &viewer, "ana@example.org", now()).await.expect("the store answers");
        assert_eq!(set, Ok(()));
        let pair = (&"".into(), &GOOD.into());
        let changed = set_password(&test.store, &tries, &viewer, pair, false, now()).await.expect("the store answers");
        let (again, told) = changed.expect("set");
        assert_eq!((again.stamp != entered.stamp, told.as_deref()), (true, Some("ana@example.org")));
        assert!(set_up(&test.store, now()).await.expect("the store answers").is_none());
        assert!(signs_in(test, &tries, "ANA@example.org", GOOD, now()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn only_the_right_password_of_an_account_that_may_opens_it() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        assert_eq!(signs_in(test, &tries, " ana@EXAMPLE.org", GOOD, now()).await, Ok(ana.clone()));
        for (address, password) in [
            ("ana@example.org", "another long password"),
            ("ana@example.org", ""),
            ("nobody@example.org", GOOD),
            ("nobody@example.org", ""),
            ("", ""),
            ("аna@example.org", GOOD),
        ] {
            let tries = Tries::default();
            assert_eq!(signs_in(test, &tries, address, password, now()).await, Err(Refusal::Unknown), "{address}");
        }
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Member, now()).await;
        let ion = made.expect("the store answers").expect("made");
        assert_eq!(
            signs_in(test, &tries, "ion@example.org", "", now()).await,
            Err(Refusal::Unknown),
            "no password yet"
        );
        disable(&test.store, &administrator, ion, now()).await.expect("the store answers").expect("done");
        assert!(somebody(&test.store, ion).await.expect("the store answers").is_none());
    })
    .await;
}

#[tokio::test]
async fn guesses_wait_and_the_owner_at_their_own_browser_does_not() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, _) = set_up_by_ana(test, &tries).await;
        let device = remember_device(&test.store, account_of(&ana), None, now()).await.expect("the store answers");
        let mut answers = Vec::new();
        for _ in 0..8 {
            answers.push(signs_in(test, &tries, "ana@example.org", "guessed wrong", now()).await);
        }
        assert!(matches!(answers.last(), Some(Err(Refusal::Wait(_)))), "{answers:?}");
        // Neither does one that is not there tell itself apart by never waiting.
        let mut of_nobody = Vec::new();
        for _ in 0..8 {
            of_nobody.push(signs_in(test, &tries, "nobody@example.org", "guessed wrong", now()).await);
        }
        assert_eq!(answers, of_nobody);
        assert!(matches!(signs_in(test, &tries, "ana@example.org", GOOD, now()).await, Err(Refusal::Wait(_))));
        let here =
            by_password(&test.store, tries.of(None), ("ana@example.org", &GOOD.into()), Some(&device), now()).await;
        assert_eq!(here.expect("the store answers"), Ok(ana));
        assert!(signs_in(test, &tries, "ana@example.org", GOOD, later(1)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_gives_a_part_in_its_seminar_and_is_spent_by_it() {
    each(async |test| {
        let tries = Tries::default();
        let files = [("seminar.md".to_owned(), seminar("Closed", "participants"))];
        imported(test, "closed", &files).await;
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        let asked = Invitation {
            name: "Ion Rusu",
            address: "ion@example.org",
            seminar: Some(("closed", Part::Expert, Some("MD"))),
            ..Invitation::default()
        };
        let token = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let shown = link(&test.store, english(), &token, now()).await.expect("read").expect("it waits");
        assert_eq!((shown.name.as_str(), shown.address.as_deref()), ("Ion Rusu", Some("ion@example.org")));
        assert_eq!(
            shown.seminar.map(|(seminar, part)| (seminar.title.text, part)),
            Some(("Closed".to_owned(), Part::Expert))
        );

        let nobody = Viewer::anonymous();
        let take = async |password: &str| {
            let said = said("", "other@example.org", password);
            accept(&test.store, tries.of(None), &nobody, &token, &said, now()).await.expect("the store answers")
        };
        assert_eq!(take("short").await, Err(Refusal::PasswordShort));
        assert_eq!(take("ion rusu ion rusu").await, Err(Refusal::PasswordWeak));
        let ion = take(GOOD).await.expect("spent once all is well");
        assert_eq!(take(GOOD).await, Err(Refusal::Spent));
        let viewer = viewer(&test.store, &ion).await;
        let (seminar, part) = viewer.who().expect("known").parts[0];
        assert_eq!(part, Part::Expert);
        assert!(viewer.sees(Audience::Team(seminar)) && !viewer.sees(Audience::Team(seminar + 1)));
        // The address is that of the invitation, whatever was typed.
        assert!(signs_in(test, &tries, "ion@example.org", GOOD, now()).await.is_ok());
        // Who is there for what they know invites nobody, and does not become less by another invitation.
        let asked = Invitation { seminar: Some(("closed", Part::Participant, None)), ..Invitation::default() };
        assert_eq!(
            invite(&test.store, &viewer, &asked, now()).await.expect("answered").err(),
            Some(Refusal::Forbidden)
        );
        let token = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let again = accept(&test.store, tries.of(None), &viewer, &token, &Introduced::default(), now())
            .await
            .expect("answered");
        assert_eq!(again.map(|again| account_of(&again)), Ok(account_of(&ion)));
        assert_eq!(self::viewer(&test.store, &ion).await, viewer);
    })
    .await;
}

#[tokio::test]
async fn an_organiser_invites_to_their_seminar_alone_and_to_nothing_else() {
    each(async |test| {
        let tries = Tries::default();
        for slug in ["one", "other"] {
            let files = [("seminar.md".to_owned(), seminar("Seminar", "public"))];
            imported(test, slug, &files).await;
        }
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        let asked = Invitation { seminar: Some(("one", Part::Organiser, None)), ..Invitation::default() };
        let token = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let said = said("Ion", "ion@example.org", GOOD);
        let ion =
            accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now()).await.expect("answered");
        let organiser = viewer(&test.store, &ion.expect("taken")).await;
        for (seminar, platform, may) in [
            (Some(("one", Part::Facilitator, Some("AL"))), None, true),
            (Some(("other", Part::Participant, None)), None, false),
            (Some(("nowhere", Part::Participant, None)), None, false),
            (Some(("one", Part::Participant, None)), Some(Platform::Administrator), false),
            (None, Some(Platform::Editor), false),
            (Some(("one", Part::Participant, Some("XX"))), None, false),
            (None, None, false),
        ] {
            let asked = Invitation { seminar, platform, ..Invitation::default() };
            let made = invite(&test.store, &organiser, &asked, now()).await.expect("answered");
            assert_eq!(made.err(), (!may).then_some(Refusal::Forbidden), "{seminar:?} {platform:?}");
        }
        assert!(accounts(&test.store, &organiser).await.expect("answered").is_empty());
        let id = organiser.account().expect("known");
        assert!(account(&test.store, &organiser, id).await.expect("answered").is_none());
        let own = set_platform(&test.store, &organiser, id, Platform::Administrator, now()).await.expect("answered");
        assert_eq!(own, Err(Refusal::Forbidden), "nobody gives themselves a role");
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        for refused in [
            set_platform(&test.store, &administrator, account_of(&ana), Platform::Member, now())
                .await
                .expect("answered"),
            disable(&test.store, &administrator, account_of(&ana), now()).await.expect("answered"),
        ] {
            assert_eq!(refused, Err(Refusal::LastAdministrator));
        }
        assert_eq!(viewer(&test.store, &ana).await, administrator, "nothing changed");
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Administrator, now()).await;
        made.expect("answered").expect("made");
        let set = set_platform(&test.store, &administrator, account_of(&ana), Platform::Editor, now())
            .await
            .expect("answered");
        assert_eq!(set, Ok(()));
        assert_eq!(viewer(&test.store, &ana).await.who().expect("known").platform, Some(Platform::Editor));
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_ended_and_never_of_somebody_else() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let kept = async |key: &str, account: i64, until: Timestamp| {
            let expires_at = until.as_millisecond();
            let kept = Kept {
                key,
                who: Some(Who::Account(account)),
                data: "{}".into(),
                device: "Firefox on Linux",
                rights: None,
                expires_at,
            };
            begin_sign_in(&test.store, kept, now()).await.expect("kept");
        };
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Member, now()).await;
        let ion = made.expect("answered").expect("made");
        kept("here", account_of(&ana), later(1)).await;
        kept("there", account_of(&ana), later(1)).await;
        kept("of ion", ion, later(1)).await;
        kept("over", account_of(&ana), later(0)).await;
        assert_eq!(
            sign_in_data(&test.store, "here", now()).await.expect("read").map(|found| found.data),
            Some("{}".into())
        );
        assert_eq!(sign_in_data(&test.store, "here", later(2)).await.expect("read"), None);
        assert_eq!(sign_in_data(&test.store, "over", now()).await.expect("read"), None);
        let listed = sign_ins(&test.store, &administrator, "here", now()).await.expect("read");
        assert_eq!(listed.iter().filter(|one| one.here).count(), 1);
        assert_eq!(listed.len(), 2);
        let of_ion: Viewer = somebody(&test.store, ion).await.expect("answered").expect("there").0.into();
        let there = listed.iter().find(|one| !one.here).expect("another").id;
        assert_eq!(end_sign_in(&test.store, &of_ion, there, now()).await.expect("answered"), Err(Refusal::Forbidden));
        assert_eq!(end_sign_in(&test.store, &administrator, there, now()).await.expect("answered"), Ok(()));
        assert_eq!(
            end_sign_in(&test.store, &administrator, there, now()).await.expect("answered"),
            Err(Refusal::Forbidden)
        );
        kept("there", account_of(&ana), later(1)).await;
        assert_eq!(end_others(&test.store, &administrator, "here", now()).await.expect("answered"), Ok(()));
        assert_eq!(sign_ins(&test.store, &administrator, "here", now()).await.expect("read").len(), 1);
        // A new password ends them all, and it needs the one of now.
        let wrong = (&"something else, long".into(), &"another good password, this".into());
        let refused = set_password(&test.store, &tries, &administrator, wrong, false, now()).await.expect("answered");
        assert_eq!(refused, Err(Refusal::PasswordWrong));
        let right = (&GOOD.into(), &"another good password, this".into());
        let changed = set_password(&test.store, &tries, &administrator, right, false, now()).await.expect("answered");
        let (again, told) = changed.expect("changed");
        assert_eq!((again.stamp != ana.stamp, told.as_deref()), (true, Some("ana@example.org")));
        assert!(sign_ins(&test.store, &administrator, "here", now()).await.expect("read").is_empty());
        // Whoever came with a link has forgotten it.
        let pair = (&"".into(), &GOOD.into());
        let forgotten = set_password(&test.store, &tries, &administrator, pair, true, now()).await.expect("answered");
        assert!(forgotten.is_ok());
        assert_eq!(sign_ins(&test.store, &of_ion, "", now()).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_signs_in_once_and_not_who_was_disabled() {
    each(async |test| {
        let tries = Tries::default();
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Member, now()).await;
        let ion = made.expect("answered").expect("made");
        let link = async || to_sign_in(&test.store, &administrator, ion, now()).await.expect("answered").expect("made");
        let enter = async |token: &Token, at| by_link(&test.store, token, at).await.expect("answered");
        let token = link().await;
        assert_eq!(enter(&token, later(25)).await, Err(Refusal::Spent));
        assert_eq!(enter(&token, now()).await.map(|entered| account_of(&entered)), Ok(ion));
        assert_eq!(enter(&token, now()).await, Err(Refusal::Spent));
        let one = link().await;
        let both = futures::future::join(enter(&one, now()), enter(&one, now())).await;
        assert_eq!([both.0, both.1].iter().filter(|entered| entered.is_ok()).count(), 1, "of two at once");
        let (before, other) = (link().await, link().await);
        assert_eq!(enter(&before, now()).await, Err(Refusal::Spent), "the one that is made last is the one that holds");
        // An invitation is no way to sign in, and a way to sign in is no invitation.
        let asked = Invitation { platform: Some(Platform::Editor), ..Invitation::default() };
        let invited = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        assert_eq!(enter(&invited, now()).await, Err(Refusal::Spent));
        let said = said("Ion", "new@example.org", GOOD);
        let taken =
            accept(&test.store, tries.of(None), &Viewer::anonymous(), &other, &said, now()).await.expect("answered");
        assert_eq!(taken, Err(Refusal::Spent));
        disable(&test.store, &administrator, ion, now()).await.expect("answered").expect("done");
        assert_eq!(enter(&other, now()).await, Err(Refusal::Spent));
        enable(&test.store, &administrator, ion, now()).await.expect("answered").expect("done");
        assert_eq!(enter(&other, now()).await, Err(Refusal::Spent), "ended with the access");
        assert_eq!(store::waiting(&test.store).await, 1, "only the invitation waits");
    })
    .await;
}

#[tokio::test]
async fn two_who_take_the_same_address_at_once_become_one_account() {
    each(async |test| {
        let tries = Tries::default();
        let (_, administrator) = set_up_by_ana(test, &tries).await;
        let asked = Invitation { platform: Some(Platform::Editor), ..Invitation::default() };
        let one = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let other = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let nobody = Viewer::anonymous();
        let said = said("Ion", "ion@example.org", GOOD);
        let take = async |token: &Token| {
            accept(&test.store, tries.of(None), &nobody, token, &said, now()).await.expect("answered")
        };
        let (first, second) = futures::future::join(take(&one), take(&other)).await;
        let taken = [&first, &second].iter().filter(|taken| taken.is_ok()).count();
        assert!(taken >= 1, "{first:?} {second:?}");
        let ions = accounts(&test.store, &administrator).await.expect("answered");
        assert_eq!(ions.iter().filter(|account| account.address.as_deref() == Some("ion@example.org")).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_deletes_their_account_leaves_no_name_behind_and_the_record_whole() {
    each(async |test| {
        let tries = Tries::default();
        imported(test, "one", &[("seminar.md".to_owned(), seminar("One", "team"))]).await;
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let asked = Invitation {
            name: "Zlatokosa Rusu",
            address: "zlatokosa@example.org",
            seminar: Some(("one", Part::Expert, None)),
            ..Invitation::default()
        };
        let token = invite(&test.store, &administrator, &asked, now()).await.expect("answered").expect("made");
        let said = said("", "", GOOD);
        let entered =
            accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now()).await.expect("answered");
        let entered = entered.expect("taken");
        let viewer = viewer(&test.store, &entered).await;
        rename(&test.store, &viewer, "Zlatokosa Rusu-Popa", now()).await.expect("answered").expect("done");
        let data = your_data(&test.store, &viewer).await.expect("answered").expect("hers").to_string();
        for kept in ["Zlatokosa Rusu-Popa", "zlatokosa@example.org", "expert", "change name"] {
            assert!(data.contains(kept), "{kept}: {data}");
        }
        assert!(!data.contains("argon2") && !data.contains(&entered.stamp), "{data}");
        assert_eq!(your_data(&test.store, &Viewer::anonymous()).await.expect("answered"), None);

        let delete = async |viewer: &Viewer, password: &str| {
            delete_yours(&test.store, &tries, viewer, &password.into(), now()).await.expect("answered")
        };
        assert_eq!(delete(&viewer, "wrong").await, Err(Refusal::PasswordWrong));
        assert_eq!(delete(&administrator, GOOD).await, Err(Refusal::LastAdministrator));
        assert_eq!(somebody(&test.store, account_of(&ana)).await.expect("answered").expect("stays").1, ana.stamp);
        assert_eq!(delete(&viewer, GOOD).await, Ok(()));
        assert!(somebody(&test.store, account_of(&entered)).await.expect("answered").is_none());
        assert_eq!(delete(&viewer, GOOD).await, Err(Refusal::Forbidden), "twice");
        assert!(signs_in(test, &tries, "zlatokosa@example.org", GOOD, now()).await.is_err());

        let all =
            crate::changes::entries(&test.store, &administrator, &crate::changes::Sought::default(), (100, 0)).await;
        let all = format!("{:?}", all.expect("read"));
        assert!(all.contains("change name") && !all.contains("latokosa"), "{all}");
        let chain = crate::changes::verify(&test.store).await.expect("read");
        assert!(chain.is_ok(), "{chain:?}");
        let reading = english();
        let seminar =
            crate::seminars::listed(&test.store, &administrator, reading, "one").await.expect("read").expect("there");
        let seats = crate::seats::seats(&test.store, &administrator, &seminar).await.expect("read");
        assert_eq!((seats.len(), seats[0].part, seats[0].name.as_str()), (1, Part::Expert, ""));
        // Nor does the file hold it.
        let file = std::fs::read(test.folder.path().join("plenary.sqlite3")).unwrap_or_default();
        let wal = std::fs::read(test.folder.path().join("plenary.sqlite3-wal")).unwrap_or_default();
        for bytes in [file, wal] {
            assert!(!bytes.windows(8).any(|part| part == b"latokosa"), "the bytes are still there");
        }
    })
    .await;
}
