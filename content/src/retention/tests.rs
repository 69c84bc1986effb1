//! What goes, what stays, and that nothing brings back who was erased.

use super::*;
use crate::{
    accounts::{self, Introduced, Invitation, Tries},
    changes::{Sought, entries, verify},
    gate::{Who, tests::marked::imported},
    roles::{Part, Platform},
    seats, seminars,
    store::{
        Location, backup, restore,
        trial::{TestStore, each, sqlite},
    },
    texts::Reading,
    things::Listed,
};
use jiff::SignedDuration;
use language::Locale;
use sea_orm::{ConnectionTrait, TransactionTrait};
use std::{fs, os::unix::fs::PermissionsExt};

const GOOD: &str = "kali i bardhë mbi urë";

fn now() -> Timestamp {
    "2026-11-28T10:00:00Z".parse().expect("a time")
}

fn days(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

fn english() -> Reading {
    Reading { locale: Locale::English, text: None }
}

fn set(kinds: &[(Kind, &str)]) -> Periods {
    kinds.iter().fold(Periods::default(), |periods, (kind, months)| periods.with(*kind, months).expect("a period"))
}

/// A seminar that ends on a day.
async fn seminar(test: &TestStore, name: &str, ends: &str) {
    let text = format!(
        "+++\ntitle = \"{name}\"\nvisibility = \"participants\"\nstarts = {ends}\nends = {ends}\ntime_zone = \"Europe/Tirane\"\nplace = \"Tirana\"\nhost = \"AL\"\nstatus = \"closed\"\ncountries = [\"AL\"]\n+++\nText.\n"
    );
    imported(test, name, &[("seminar.md".to_owned(), text)]).await;
}

/// What an account with this address sees and does.
async fn somebody(test: &TestStore, by: Option<&Viewer>, address: &str, seminar: Option<&str>) -> Viewer {
    let token = match by {
        None => accounts::set_up(&test.store, now()).await.expect("answered").expect("nobody is there yet"),
        Some(by) => {
            let seminar = seminar.map(|seminar| (seminar, Part::Expert, None));
            let platform = seminar.is_none().then_some(Platform::Member);
            let asked = Invitation { seminar, platform, ..Invitation::default() };
            accounts::invite(&test.store, by, &asked, now()).await.expect("answered").expect("made")
        }
    };
    let tries = Tries::default();
    let said = Introduced { name: "Zlatokosa".to_owned(), address: address.to_owned(), password: GOOD.into() };
    let taken = accounts::accept(&test.store, tries.of(None), &Viewer::anonymous(), &token, &said, now()).await;
    let Who::Account(id) = taken.expect("answered").expect("taken").who else { panic!("a seat") };
    accounts::somebody(&test.store, id).await.expect("answered").expect("there").0.into()
}

async fn listed(test: &TestStore, viewer: &Viewer, slug: &str) -> Listed {
    seminars::listed(&test.store, viewer, english(), slug).await.expect("answered").expect("imported")
}

async fn guest(test: &TestStore, viewer: &Viewer, slug: &str, name: &str) -> i64 {
    let seminar = listed(test, viewer, slug).await;
    let added = seats::add(&test.store, viewer, &seminar, (name, Part::Participant, "AL"), now()).await;
    added.expect("answered").expect("added")
}

async fn hold(test: &TestStore, viewer: &Viewer, to: &Periods) {
    let was = periods(&test.store).await.expect("answered");
    assert_eq!(set_periods(&test.store, viewer, (&was, to), now()).await.expect("answered"), Ok(()));
}

async fn names(test: &TestStore, viewer: &Viewer) -> Vec<(i64, String)> {
    let all = accounts::accounts(&test.store, viewer).await.expect("answered");
    all.into_iter().map(|account| (account.id, account.address.unwrap_or_default())).collect()
}

async fn said(test: &TestStore, viewer: &Viewer) -> String {
    let all = entries(&test.store, viewer, &Sought::default(), (1000, 0)).await.expect("answered");
    format!("{all:?}")
}

#[test]
fn a_period_is_one_of_those_that_can_be_chosen() {
    let periods = set(&[(Kind::Accounts, "24"), (Kind::Notes, "120"), (Kind::Notes, "")]);
    assert_eq!((periods.months(Kind::Accounts), periods.months(Kind::Notes)), (Some(24), None));
    for odd in ["0", "1", "-6", "7", "6 ", "six", "99999999"] {
        assert_eq!(periods.clone().with(Kind::Guests, odd), None, "{odd}");
    }
    // As long as a session holds, its owner is here.
    assert!(i64::from(MONTHS[0]) * 30 * 24 >= accounts::LONGEST.as_hours());
}

#[tokio::test]
async fn administrators_alone_set_periods_and_the_second_of_two_is_told() {
    each(async |test| {
        let ana = somebody(test, None, "ana@example.org", None).await;
        let ion = somebody(test, Some(&ana), "ion@example.org", None).await;
        let (none, two) = (Periods::default(), set(&[(Kind::Accounts, "24")]));
        for viewer in [&ion, &Viewer::anonymous()] {
            let refused = set_periods(&test.store, viewer, (&none, &two), now()).await.expect("answered");
            assert_eq!(refused, Err(Refusal::Forbidden));
            assert!(preview(&test.store, viewer, english(), &two, now()).await.expect("answered").is_none());
        }
        hold(test, &ana, &two).await;
        assert_eq!(periods(&test.store).await.expect("answered"), two);
        let one = set(&[(Kind::Accounts, "12")]);
        let late = set_periods(&test.store, &ana, (&none, &one), now()).await.expect("answered");
        assert_eq!(late, Err(Refusal::Changed));
        let twice = set_periods(&test.store, &ana, (&none, &two), now()).await.expect("answered");
        assert_eq!(twice, Ok(()), "what was sent twice is what is wanted");
        hold(test, &ana, &none).await;
        assert_eq!(periods(&test.store).await.expect("answered"), none);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_nobody_uses_goes_with_its_last_seminar_and_no_administrator_does() {
    each(async |test| {
        seminar(test, "soon", "2028-06-01").await;
        let ana = somebody(test, None, "ana@example.org", None).await;
        let ion = somebody(test, Some(&ana), "ion@example.org", None).await;
        somebody(test, Some(&ana), "mira@example.org", Some("soon")).await;
        let sead = somebody(test, Some(&ana), "sead@example.org", None).await;
        let two = set(&[(Kind::Accounts, "24")]);
        let at = days(732);
        let due = |at| preview(&test.store, &ana, english(), &two, at);
        assert!(due(days(729)).await.expect("answered").expect("theirs").is_empty());
        // Whoever comes by is here again; a clock that jumps back takes nothing of it.
        for (key, at) in [("one", days(10)), ("two", days(9))] {
            let kept = accounts::Kept {
                key,
                who: Some(Who::Account(sead.account().expect("an account"))),
                data: "{}".into(),
                device: "",
                rights: None,
                expires_at: i64::MAX,
            };
            accounts::begin_sign_in(&test.store, kept, at).await.expect("begun");
        }
        let all = due(at).await.expect("answered").expect("theirs");
        let addresses: Vec<_> = all.accounts.iter().map(|one| one.address.as_deref()).collect();
        assert_eq!(addresses, [Some("ion@example.org")], "one is at a seminar still, one was here, one is needed");
        assert_eq!(keep(&test.store, at).await.expect("answered"), 0, "nothing goes before a period is set");
        hold(test, &ana, &two).await;
        assert_eq!(keep(&test.store, at).await.expect("answered"), 1);
        assert_eq!(keep(&test.store, at).await.expect("answered"), 0);
        assert_eq!(names(test, &ana).await.len(), 3);
        assert!(!said(test, &ana).await.contains("ion@example.org"), "nor does the audit know them");
        assert_eq!(accounts::your_data(&test.store, &ion).await.expect("answered"), None);
        let late = days(365 * 4);
        assert_eq!(keep(&test.store, late).await.expect("answered"), 2, "years after the seminar, too");
        let left: Vec<_> = names(test, &ana).await.into_iter().map(|(_, address)| address).collect();
        assert_eq!(left, ["ana@example.org"]);
        assert!(verify(&test.store).await.expect("read").is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_names_of_guests_go_after_the_seminar_and_their_part_stays() {
    each(async |test| {
        seminar(test, "then", "2016-12-06").await;
        seminar(test, "soon", "2027-06-01").await;
        let ana = somebody(test, None, "ana@example.org", None).await;
        somebody(test, Some(&ana), "mira@example.org", Some("then")).await;
        for slug in ["then", "soon"] {
            guest(test, &ana, slug, "Vezuljka").await;
        }
        hold(test, &ana, &set(&[(Kind::Guests, "12")])).await;
        assert_eq!(keep(&test.store, now()).await.expect("answered"), 0, "who came today stays for a year");
        let due = preview(&test.store, &ana, english(), &set(&[(Kind::Guests, "12")]), days(370)).await;
        let due: Vec<_> = due.expect("answered").expect("theirs").guests;
        assert_eq!(due.iter().map(|one| (&*one.seminar.place.slug, one.names)).collect::<Vec<_>>(), [("then", 1)]);
        assert_eq!(keep(&test.store, days(370)).await.expect("answered"), 1);
        let seats = async |slug: &str| {
            let seminar = listed(test, &ana, slug).await;
            let mut seats = seats::seats(&test.store, &ana, &seminar).await.expect("answered");
            seats.sort_by_key(|seat| seat.id);
            seats
        };
        let then = seats("then").await;
        assert_eq!(then.len(), 2, "how many took part is known still");
        assert_eq!(
            (then[0].name.as_str(), then[0].has_account),
            ("Zlatokosa", true),
            "who has an account is there with it"
        );
        assert_eq!(
            (then[1].name.as_str(), then[1].delegation.as_deref(), then[1].part),
            ("", Some("AL"), Part::Participant)
        );
        assert!(then[1].code.is_none(), "nobody comes in by that card any more");
        assert_eq!(seats("soon").await[0].name, "Vezuljka");
        assert_eq!(said(test, &ana).await.matches("Vezuljka").count(), 1);
        assert_eq!(keep(&test.store, days(900)).await.expect("answered"), 1);
        assert!(!said(test, &ana).await.contains("Vezuljka"));
    })
    .await;
}

#[tokio::test]
async fn what_was_noted_is_told_for_its_time_and_the_chain_holds() {
    each(async |test| {
        let ana = somebody(test, None, "ana@example.org", None).await;
        accounts::rename(&test.store, &ana, "Zvonimira", now()).await.expect("answered").expect("renamed");
        hold(test, &ana, &set(&[(Kind::Notes, "6")])).await;
        let before = entries(&test.store, &ana, &Sought::default(), (1000, 0)).await.expect("answered").len();
        assert_eq!(keep(&test.store, days(180)).await.expect("answered"), 0);
        let at = days(183);
        let gone = keep(&test.store, at).await.expect("answered");
        assert!(gone >= 3, "{gone}");
        assert_eq!(keep(&test.store, at).await.expect("answered"), 0);
        assert_eq!(
            keep(&test.store, days(500)).await.expect("answered"),
            0,
            "that it did so says nothing that had to go"
        );
        let after = entries(&test.store, &ana, &Sought::default(), (1000, 0)).await.expect("answered");
        assert_eq!(after.len(), before + 1, "who did what stays, and that it was done");
        assert_eq!((&*after[0].actor, &*after[0].act), ("clock", "erase notes"));
        assert!(after.iter().all(|entry| entry.says.is_null()));
        assert!(verify(&test.store).await.expect("read").is_ok());
    })
    .await;
}

#[tokio::test]
async fn who_is_awaited_stays_and_who_was_kept_out_goes_whatever_they_were() {
    each(async |test| {
        let ana = somebody(test, None, "ana@example.org", None).await;
        let ion = somebody(test, Some(&ana), "ion@example.org", None).await;
        let mira = somebody(test, Some(&ana), "mira@example.org", None).await;
        let sead = somebody(test, Some(&ana), "sead@example.org", None).await;
        let id = |viewer: &Viewer| viewer.account().expect("an account");
        let made = accounts::set_platform(&test.store, &ana, id(&mira), Platform::Administrator, now()).await;
        assert_eq!(made.expect("answered"), Ok(()));
        let out = accounts::disable(&test.store, &ana, id(&mira), now()).await;
        assert_eq!(out.expect("answered"), Ok(()));
        hold(test, &ana, &set(&[(Kind::Accounts, "6")])).await;
        let at = days(200);
        accounts::to_sign_in(&test.store, &ana, id(&ion), at).await.expect("answered").expect("a link");
        let invited =
            Invitation { address: "sead@example.org", platform: Some(Platform::Editor), ..Invitation::default() };
        accounts::invite(&test.store, &ana, &invited, at).await.expect("answered").expect("a link");
        assert_eq!(keep(&test.store, at).await.expect("answered"), 1);
        let left: Vec<_> = names(test, &ana).await.into_iter().map(|(id, _)| id).collect();
        assert!(left.contains(&id(&ion)) && left.contains(&id(&sead)) && !left.contains(&id(&mira)), "{left:?}");
        assert_eq!(keep(&test.store, days(230)).await.expect("answered"), 2, "the links have ended");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_far_ahead_keeps_nobody_for_ever() {
    each(async |test| {
        let ana = somebody(test, None, "ana@example.org", None).await;
        let ion = somebody(test, Some(&ana), "ion@example.org", None).await;
        hold(test, &ana, &set(&[(Kind::Accounts, "6")])).await;
        for (key, at) in [("ahead", days(9000)), ("then", days(1))] {
            let who = Some(Who::Account(ion.account().expect("an account")));
            let kept = accounts::Kept { key, who, data: "{}".into(), device: "", rights: None, expires_at: i64::MAX };
            accounts::begin_sign_in(&test.store, kept, at).await.expect("begun");
        }
        assert_eq!(keep(&test.store, days(200)).await.expect("answered"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_period_that_cannot_be_chosen_takes_nothing() {
    each(async |test| {
        let ana = somebody(test, None, "ana@example.org", None).await;
        somebody(test, Some(&ana), "ion@example.org", None).await;
        for statement in [
            "INSERT INTO retention (kind, months) VALUES ('accounts', 0)",
            "INSERT INTO retention (kind, months) VALUES ('guests', 18)",
            "INSERT INTO retention (kind, months) VALUES ('of another version', 12)",
        ] {
            test.store.write().execute_unprepared(statement).await.expect("set");
        }
        assert_eq!(periods(&test.store).await.expect("answered"), Periods::default());
        assert_eq!(keep(&test.store, days(9000)).await.expect("answered"), 0);
        hold(test, &ana, &set(&[(Kind::Accounts, "6")])).await;
        assert_eq!(keep(&test.store, days(9000)).await.expect("answered"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_guest_who_is_taken_away_is_named_nowhere_any_more() {
    each(async |test| {
        seminar(test, "soon", "2027-06-01").await;
        let ana = somebody(test, None, "ana@example.org", None).await;
        let seat = guest(test, &ana, "soon", "Vezuljka").await;
        let soon = listed(test, &ana, "soon").await;
        assert_eq!(seats::remove(&test.store, &ana, &soon, seat, now()).await.expect("answered"), Ok(()));
        let said = said(test, &ana).await;
        assert!(said.contains("remove seat") && !said.contains("Vezuljka"), "{said}");
        let list = fs::read_to_string(test.store.data().join(FILE)).expect("a list");
        assert!(list.starts_with(&format!("seat/{seat} ")), "{list}");
    })
    .await;
}

#[tokio::test]
async fn many_go() {
    each(async |test| {
        seminar(test, "then", "2016-12-06").await;
        let ana = somebody(test, None, "ana@example.org", None).await;
        for number in 0..120 {
            guest(test, &ana, "then", &format!("Guest {number}")).await;
        }
        hold(test, &ana, &set(&[(Kind::Guests, "6")])).await;
        assert_eq!(keep(&test.store, days(200)).await.expect("answered"), 120);
    })
    .await;
}

/// Opened as a program does it that starts.
async fn again(data: &std::path::Path) -> Store {
    Store::open(data, &Location::Embedded).await.expect("it opens")
}

#[tokio::test]
async fn who_was_erased_does_not_come_back_with_a_backup() {
    let test = sqlite().await;
    seminar(&test, "then", "2016-12-06").await;
    let ana = somebody(&test, None, "ana@example.org", None).await;
    let ion = somebody(&test, Some(&ana), "ion@example.org", None).await;
    let mira = somebody(&test, Some(&ana), "mira@example.org", None).await;
    guest(&test, &ana, "then", "Vezuljka").await;
    let taken_away = guest(&test, &ana, "then", "Sijalica").await;
    let places = tempfile::tempdir().expect("a folder");
    let (file, to) = (places.path().join("a.plenary"), places.path().join("data"));
    backup(test.folder.path(), &file).await.expect("backed up");

    let deleted = accounts::delete_yours(&test.store, &Tries::default(), &ion, &GOOD.into(), now()).await;
    assert_eq!(deleted.expect("answered"), Ok(()));
    let then = listed(&test, &ana, "then").await;
    let removed = seats::remove(&test.store, &ana, &then, taken_away, now()).await;
    assert_eq!(removed.expect("answered"), Ok(()));
    hold(&test, &ana, &set(&[(Kind::Guests, "6")])).await;
    assert_eq!(keep(&test.store, days(200)).await.expect("answered"), 1);
    let list = test.folder.path().join(FILE);
    let listed = fs::read_to_string(&list).expect("there is a list");
    assert_eq!(listed.lines().count(), 3, "{listed}");
    assert_eq!(fs::metadata(&list).expect("there").permissions().mode() & 0o777, 0o600);
    assert!(!listed.contains("ion@") && !listed.contains("Vezuljka"));

    // Without the list they are here again; with it they go before anybody sees them.
    restore(&file, &to).await.expect("restored");
    let store = again(&to).await;
    assert_eq!(settle(&store, now()).await.expect("answered"), 0);
    assert!(accounts::your_data(&store, &ion).await.expect("answered").is_some());
    drop(store);
    // Half a line, and what means nothing or is no text, are no reason to forget the rest.
    let odd = [listed.as_bytes(), b"account/3 17\nseat/x 1 2\n\n\xff\xfe 1 2\naccount/99 5 5"].concat();
    fs::write(to.join(FILE), &odd).expect("written");
    let store = again(&to).await;
    let (one, other) = futures::future::join(settle(&store, now()), settle(&store, now())).await;
    assert_eq!(one.expect("answered") + other.expect("answered"), 3, "each once, by whichever comes first");
    assert_eq!(settle(&store, now()).await.expect("answered"), 0);
    assert_eq!(fs::read(to.join(FILE)).expect("read"), odd, "what it says already is not written again");
    assert_eq!(accounts::your_data(&store, &ion).await.expect("answered"), None);
    assert!(accounts::your_data(&store, &mira).await.expect("answered").is_some(), "nobody else goes");
    let seminar = seminars::listed(&store, &ana, english(), "then").await.expect("answered").expect("there");
    let seats = seats::seats(&store, &ana, &seminar).await.expect("answered");
    assert!(seats.iter().all(|seat| seat.name.is_empty() && seat.code.is_none()), "{seats:?}");
    assert!(verify(&store).await.expect("read").is_ok());
    drop(store);
    for name in ["plenary.sqlite3", "plenary.sqlite3-wal"] {
        let bytes = fs::read(to.join(name)).unwrap_or_default();
        for word in [&b"ion@example.org"[..], b"Vezuljka", b"Sijalica"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word), "{name} has it in no free page");
        }
    }

    // Where only the list was left, a backup comes back into that place.
    let left = places.path().join("left");
    fs::create_dir(&left).expect("made");
    fs::copy(&list, left.join(FILE)).expect("copied");
    restore(&file, &left).await.expect("restored beside the list");
    assert_eq!(fs::read_to_string(left.join(FILE)).expect("the list is there"), listed);
    let store = again(&left).await;
    assert_eq!(settle(&store, now()).await.expect("answered"), 3);
    drop(store);
    // Where a link leads, it comes back where that leads.
    let (disk, link) = (places.path().join("disk"), places.path().join("link"));
    fs::create_dir(&disk).expect("made");
    std::os::unix::fs::symlink(&disk, &link).expect("linked");
    restore(&file, &link).await.expect("restored");
    assert!(link.is_symlink() && disk.join("plenary.sqlite3").is_file());
    // Anything else is in its way, with or without the list.
    let full = places.path().join("full");
    fs::create_dir(&full).expect("made");
    for name in [FILE, "other"] {
        fs::write(full.join(name), "").expect("written");
    }
    assert!(restore(&file, &full).await.is_err());
    assert!(full.join("other").is_file() && full.join(FILE).is_file());
}

#[tokio::test]
async fn a_guest_who_got_an_account_and_deleted_it_does_not_come_back_as_a_guest() {
    for removed in [false, true] {
        let test = sqlite().await;
        seminar(&test, "soon", "2027-06-01").await;
        let ana = somebody(&test, None, "ana@example.org", None).await;
        let seat = guest(&test, &ana, "soon", "Vezuljka").await;
        let places = tempfile::tempdir().expect("a folder");
        let (file, to) = (places.path().join("a.plenary"), places.path().join("data"));
        backup(test.folder.path(), &file).await.expect("backed up");

        let ion = somebody(&test, Some(&ana), "ion@example.org", None).await;
        let claimed = test.store.write().begin().await.expect("begun");
        let account = ion.account().expect("an account");
        seats::claimed(&claimed, seat, account).await.expect("answered").expect("claimed");
        claimed.commit().await.expect("written");
        if removed {
            let soon = listed(&test, &ana, "soon").await;
            seats::remove(&test.store, &ana, &soon, seat, now()).await.expect("answered").expect("removed");
        } else {
            let deleted = accounts::delete_yours(&test.store, &Tries::default(), &ion, &GOOD.into(), now()).await;
            assert_eq!(deleted.expect("answered"), Ok(()));
        }
        restore(&file, &to).await.expect("restored");
        fs::copy(test.folder.path().join(FILE), to.join(FILE)).expect("copied");
        let store = again(&to).await;
        assert_eq!(settle(&store, now()).await.expect("answered"), 1, "removed: {removed}");
        let soon = seminars::listed(&store, &ana, english(), "soon").await.expect("answered").expect("there");
        assert_eq!(seats::seats(&store, &ana, &soon).await.expect("answered")[0].name, "");
    }
}

#[tokio::test]
async fn the_list_of_another_site_takes_nobody() {
    each(async |test| {
        let ana = somebody(test, None, "ana@example.org", None).await;
        let id = ana.account().expect("an account");
        seminar(test, "soon", "2027-06-01").await;
        let seat = guest(test, &ana, "soon", "Vezuljka").await;
        let before = now().as_millisecond() - 1;
        let list = format!("account/{id} {before} 5\nseat/{seat} {before} 5\n");
        fs::write(test.store.data().join(FILE), list).expect("written");
        assert_eq!(settle(&test.store, now()).await.expect("answered"), 0);
        assert_eq!(names(test, &ana).await.len(), 1);
        let soon = listed(test, &ana, "soon").await;
        assert_eq!(seats::seats(&test.store, &ana, &soon).await.expect("answered")[0].name, "Vezuljka");
    })
    .await;
}
