//! Who comes in by a code, as whom, and what ends it.

use super::*;
use crate::{
    accounts::{self, Entered, Introduced, Refusal, Token, Tries, accept},
    gate::{Audience, Somebody, Viewer, Who, tests::marked::imported},
    roles::{Part, Platform},
    seminars,
    store::trial::{TestStore, each},
    texts::Reading,
    things::Listed,
};
use jiff::{SignedDuration, Timestamp};
use language::Locale;
use secrecy::SecretString;

fn now() -> Timestamp {
    "2026-11-28T10:00:00Z".parse().expect("a time")
}

fn later(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn administrator() -> Viewer {
    Somebody {
        who: Who::Account(1),
        name: "Ana".into(),
        platform: Some(Platform::Administrator),
        parts: Vec::new(),
        delegations: Vec::new(),
        writes: None,
    }
    .into()
}

/// A seminar that nobody sees who was not let in.
async fn seminar(test: &TestStore, slug: &str) -> Listed {
    let front = "title = \"Closed\"\nvisibility = \"participants\"\nstarts = 2026-12-01\nends = 2026-12-02\ntime_zone = \"Europe/Tirane\"\nplace = \"Tirana\"\nhost = \"AL\"\nstatus = \"open\"\ncountries = [\"AL\", \"MD\"]";
    imported(test, slug, &[("seminar.md".to_owned(), format!("+++\n{front}\n+++\nText.\n"))]).await;
    let reading = Reading { locale: Locale::English, text: None };
    let found = seminars::listed(&test.store, &administrator(), reading, slug).await.expect("the store answers");
    found.expect("it was imported")
}

async fn joins(test: &TestStore, tries: &Tries, code: &str, name: &str, at: Timestamp) -> Result<Entered, Refusal> {
    let joined = join(&test.store, tries.of(None), &Viewer::anonymous(), (code, name), None, at)
        .await
        .expect("the store answers");
    joined.map(|(entered, path)| {
        assert!(path.starts_with("/seminars/"));
        entered.expect("a session of its own")
    })
}

/// Who it is by a session that was begun so; none where it has ended.
async fn sits(test: &TestStore, entered: &Entered) -> Option<Viewer> {
    let Who::Seat(seat) = entered.who else { panic!("an account") };
    let (somebody, stamp) = seated(&test.store, seat).await.expect("the store answers")?;
    (stamp == entered.stamp).then(|| somebody.into())
}

#[tokio::test]
async fn a_code_lets_in_while_the_door_is_held_open_and_to_this_seminar_alone() {
    each(async |test| {
        let tries = Tries::default();
        let ana = administrator();
        let (one, other) = (seminar(test, "one").await, seminar(test, "other").await);
        assert_eq!(
            door(&test.store, &ana, &one, now()).await.expect("answered"),
            None,
            "closed until somebody opens it"
        );
        let opened = open(&test.store, &ana, &one, now()).await.expect("answered").expect("opened");
        let elsewhere = open(&test.store, &ana, &other, now()).await.expect("answered").expect("opened");
        assert_ne!(opened.code, elsewhere.code);
        let held = open(&test.store, &ana, &one, later(1)).await.expect("answered").expect("held");
        assert_eq!((held.code.clone(), held.until), (opened.code.clone(), later(13)), "the same code, for longer");

        let entered = joins(test, &tries, &opened.code.to_string().to_lowercase(), "Ion", now()).await.expect("let in");
        let ion = sits(test, &entered).await.expect("seated");
        assert!(ion.sees(Audience::Participants(one.id.id())) && !ion.sees(Audience::Participants(other.id.id())));
        assert!(!ion.sees(Audience::Members) && !ion.sees(Audience::Team(one.id.id())));
        for (country, may) in [("XX", false), ("", true), ("MD", true)] {
            let set = set_delegation(&test.store, &ion, &one, country, now()).await.expect("answered");
            assert_eq!(set.is_ok(), may, "{country}");
        }
        let seat = your_seat(&test.store, &ion).await.expect("answered").expect("a seat");
        assert_eq!((seat.name.as_str(), seat.delegation.as_deref(), seat.part), ("Ion", Some("MD"), Part::Participant));
        assert!(seat.code.expect("to come in again").is_of_a_seat());

        let changed = change(&test.store, &ana, &one, now()).await.expect("answered").expect("changed");
        assert_eq!(joins(test, &tries, opened.code.as_str(), "Eve", now()).await, Err(Refusal::Closed));
        assert!(sits(test, &entered).await.is_some(), "who is in stays");
        assert!(joins(test, &tries, changed.code.as_str(), "Mira", now()).await.is_ok());
        assert_eq!(joins(test, &tries, changed.code.as_str(), "Late", later(12)).await, Err(Refusal::Closed));
        close(&test.store, &ana, &one, now()).await.expect("answered").expect("closed");
        for wrong in [changed.code.as_str(), "ACDE-FHJK", "", "x", seat.name.as_str()] {
            assert_eq!(joins(test, &tries, wrong, "Eve", now()).await, Err(Refusal::Closed), "{wrong}");
        }
        assert_eq!(joins(test, &tries, elsewhere.code.as_str(), "  ", now()).await, Err(Refusal::NameEmpty));
        let names: Vec<String> =
            seats(&test.store, &ana, &one).await.expect("answered").into_iter().map(|seat| seat.name).collect();
        assert_eq!(names, ["Mira", "Ion"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_that_somebody_has_is_told_apart_in_whatever_script() {
    each(async |test| {
        let tries = Tries::default();
        let ana = administrator();
        let one = seminar(test, "one").await;
        let code = open(&test.store, &ana, &one, now()).await.expect("answered").expect("opened").code;
        for name in ["Ana Šrna", "Ана Срна", "ana  srna", "Ana", "Ana (2)", "Ana"] {
            joins(test, &tries, code.as_str(), name, now()).await.expect("let in");
        }
        let mut names: Vec<String> =
            seats(&test.store, &ana, &one).await.expect("answered").into_iter().map(|seat| seat.name).collect();
        names.reverse();
        assert_eq!(names, ["Ana Šrna", "Ана Срна (2)", "ana srna (3)", "Ana", "Ana (2)", "Ana (3)"]);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_gives_one_seat() {
    each(async |test| {
        let tries = Tries::default();
        let ana = administrator();
        let one = seminar(test, "one").await;
        let code = open(&test.store, &ana, &one, now()).await.expect("answered").expect("opened").code;
        let send = async |viewer: &Viewer, form: &Token| {
            let sent = join(&test.store, tries.of(None), viewer, (code.as_str(), "Ion"), Some(form), now()).await;
            sent.expect("answered").expect("let in").0
        };
        let (form, other) = (Token::new(), Token::new());
        let nobody = Viewer::anonymous();
        let first = send(&nobody, &form).await.expect("a session");
        assert_eq!(send(&nobody, &form).await.as_ref(), Some(&first));
        let ion = sits(test, &first).await.expect("seated");
        assert_eq!(send(&ion, &other).await, None, "who is in already is in");
        assert_eq!(seats(&test.store, &ana, &one).await.expect("answered").len(), 1);
        let second = send(&nobody, &other).await.expect("somebody else of the same name");
        assert_eq!(send(&nobody, &other).await, Some(second), "that is numbered: once, too");
        assert_eq!(seats(&test.store, &ana, &one).await.expect("answered").len(), 2);
        // Whoever has the device next gets a seat of their own, by the form that the browser still holds.
        let next = async |name: &str, at| {
            let sent = join(&test.store, tries.of(None), &nobody, (code.as_str(), name), Some(&form), at).await;
            sent.expect("answered").expect("let in").0.expect("a session")
        };
        for (name, at) in [("Mira", now()), ("Io", now()), ("Ion", later(1))] {
            assert_ne!(next(name, at).await.who, first.who, "{name}");
        }
        assert_eq!(seats(&test.store, &ana, &one).await.expect("answered").len(), 5);
    })
    .await;
}

#[tokio::test]
async fn ones_own_code_moves_the_seat_to_another_device() {
    each(async |test| {
        let tries = Tries::default();
        let ana = administrator();
        let one = seminar(test, "one").await;
        let code = open(&test.store, &ana, &one, now()).await.expect("answered").expect("opened").code;
        let phone = joins(test, &tries, code.as_str(), "Ion", now()).await.expect("let in");
        let ion = sits(test, &phone).await.expect("seated");
        let own = your_seat(&test.store, &ion).await.expect("answered").expect("a seat").code.expect("a code");
        close(&test.store, &ana, &one, now()).await.expect("answered").expect("closed");
        let moved = again(&test.store, tries.of(None), &own.to_string(), later(40)).await.expect("answered");
        let (tablet, _) = moved.expect("also when the door is closed");
        assert_eq!(tablet.who, phone.who, "the same seat");
        assert!(sits(test, &phone).await.is_none() && sits(test, &tablet).await.is_some());
        // The code of the door is nobody's own, and the other way round.
        assert_eq!(
            again(&test.store, tries.of(None), code.as_str(), now()).await.expect("answered"),
            Err(Refusal::Closed)
        );
        assert_eq!(joins(test, &tries, own.as_str(), "Eve", now()).await, Err(Refusal::Closed));
        let seat = seats(&test.store, &ana, &one).await.expect("answered")[0].id;
        remove(&test.store, &ana, &one, seat, now()).await.expect("answered").expect("removed");
        assert!(sits(test, &tablet).await.is_none());
        assert_eq!(
            again(&test.store, tries.of(None), own.as_str(), now()).await.expect("answered"),
            Err(Refusal::Closed)
        );
    })
    .await;
}

#[tokio::test]
async fn a_seat_is_claimed_with_an_account_and_keeps_the_higher_part() {
    each(async |test| {
        let tries = Tries::default();
        let ana = administrator();
        let one = seminar(test, "one").await;
        let code = open(&test.store, &ana, &one, now()).await.expect("answered").expect("opened").code;
        let phone = joins(test, &tries, code.as_str(), "Ion", now()).await.expect("let in");
        let ion = sits(test, &phone).await.expect("seated");
        let own = your_seat(&test.store, &ion).await.expect("answered").expect("a seat").code.expect("a code");
        let token = claim(&test.store, &ion, now()).await.expect("answered").expect("a link");
        let password: SecretString = "kali i bardhe mbi ure".into();
        let said = Introduced { name: "Ion Rusu".into(), address: "ion@example.org".into(), password };
        let taken =
            accept(&test.store, tries.of(None), &ion, &token, &said, now()).await.expect("answered").expect("taken");
        let Who::Account(account) = taken.who else { panic!("{taken:?}") };
        let (somebody, _) = accounts::somebody(&test.store, account).await.expect("answered").expect("an account");
        assert_eq!(somebody.parts, [(one.id.id(), Part::Participant)]);
        assert!(sits(test, &phone).await.is_none(), "the seat has an owner with an account");
        assert_eq!(
            again(&test.store, tries.of(None), own.as_str(), now()).await.expect("answered"),
            Err(Refusal::Closed)
        );
        let account_holder: Viewer = somebody.into();
        let claimed = claim(&test.store, &account_holder, now()).await.expect("answered");
        assert_eq!(claimed.err(), Some(Refusal::Forbidden));
        // Who is signed in comes in by a code with their account, and is in where they are in.
        let other = seminar(test, "other").await;
        let there = open(&test.store, &ana, &other, now()).await.expect("answered").expect("opened").code;
        for _ in 0..2 {
            let (somebody, _) = accounts::somebody(&test.store, account).await.expect("answered").expect("an account");
            let joined = join(&test.store, tries.of(None), &somebody.into(), (there.as_str(), ""), None, now()).await;
            assert_eq!(joined.expect("answered"), Ok((None, "/seminars/other".to_owned())));
        }
        assert_eq!(seats(&test.store, &ana, &other).await.expect("answered").len(), 1);

        // Two taps at once give one seat, and nobody is signed out by it.
        let third = seminar(test, "third").await;
        let there = open(&test.store, &ana, &third, now()).await.expect("answered").expect("opened").code;
        let (somebody, _) = accounts::somebody(&test.store, account).await.expect("answered").expect("an account");
        let viewer: Viewer = somebody.into();
        let form = Token::new();
        let tap = async || {
            join(&test.store, tries.of(None), &viewer, (there.as_str(), ""), Some(&form), now())
                .await
                .expect("answered")
        };
        let (one_tap, other_tap) = futures::future::join(tap(), tap()).await;
        assert_eq!((one_tap, other_tap), (Ok((None, "/seminars/third".into())), Ok((None, "/seminars/third".into()))));
        assert_eq!(seats(&test.store, &ana, &third).await.expect("answered").len(), 1);

        // Another seat there, of an expert who was added by hand: the account has one, and the higher part.
        let added = add(&test.store, &ana, &one, ("Ion", Part::Expert, ""), now()).await.expect("answered");
        let added = added.expect("a seat");
        let card = seats(&test.store, &ana, &one).await.expect("answered");
        let card = card.iter().find(|seat| seat.id == added).expect("listed");
        assert_eq!((card.name.as_str(), card.has_account), ("Ion (2)", false));
        let code = card.code.as_ref().expect("on the card").as_str();
        let (by_card, _) = again(&test.store, tries.of(None), code, now()).await.expect("answered").expect("in");
        let expert = sits(test, &by_card).await.expect("seated");
        let token = claim(&test.store, &expert, now()).await.expect("answered").expect("a link");
        let again =
            accept(&test.store, tries.of(None), &expert, &token, &said, now()).await.expect("answered").expect("taken");
        assert_eq!(again.who, Who::Account(account), "by the address and password that are there");
        let (somebody, _) = accounts::somebody(&test.store, account).await.expect("answered").expect("an account");
        assert!(somebody.parts.contains(&(one.id.id(), Part::Expert)), "{:?}", somebody.parts);
        assert_eq!(seats(&test.store, &ana, &one).await.expect("answered").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_to_a_seat_is_spent_once_the_seat_has_moved_or_is_somebodys() {
    each(async |test| {
        let tries = Tries::default();
        let ana = administrator();
        let one = seminar(test, "one").await;
        let code = open(&test.store, &ana, &one, now()).await.expect("answered").expect("opened").code;
        let take = async |token: &Token, address: &str| {
            let password: SecretString = "kali i bardhe mbi ure".into();
            let said = Introduced { name: "Ion Rusu".into(), address: address.into(), password };
            accept(&test.store, tries.of(None), &Viewer::anonymous(), token, &said, now()).await.expect("answered")
        };
        // Who finds the phone and keeps the link has nothing, once the seat has moved.
        let phone = joins(test, &tries, code.as_str(), "Ion", now()).await.expect("let in");
        let ion = sits(test, &phone).await.expect("seated");
        let own = your_seat(&test.store, &ion).await.expect("answered").expect("a seat").code.expect("a code");
        let kept = claim(&test.store, &ion, now()).await.expect("answered").expect("a link");
        let (tablet, _) =
            again(&test.store, tries.of(None), own.as_str(), now()).await.expect("answered").expect("moved");
        assert_eq!(take(&kept, "eve@example.org").await, Err(Refusal::Spent));
        // Nor by one that was made before another.
        let ion = sits(test, &tablet).await.expect("seated");
        let before = claim(&test.store, &ion, now()).await.expect("answered").expect("a link");
        let last = claim(&test.store, &ion, now()).await.expect("answered").expect("a link");
        assert_eq!(take(&before, "eve@example.org").await, Err(Refusal::Spent));
        assert!(take(&last, "ion@example.org").await.is_ok());
        assert_eq!(take(&last, "eve@example.org").await, Err(Refusal::Spent));
        assert_eq!(seats(&test.store, &ana, &one).await.expect("answered").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_does_not_run_the_seminar_holds_no_door_and_takes_no_seat() {
    each(async |test| {
        let tries = Tries::default();
        let ana = administrator();
        let (one, other) = (seminar(test, "one").await, seminar(test, "other").await);
        let code = open(&test.store, &ana, &one, now()).await.expect("answered").expect("opened").code;
        let entered = joins(test, &tries, code.as_str(), "Ion", now()).await.expect("let in");
        let seat = seats(&test.store, &ana, &one).await.expect("answered")[0].id;
        let elsewhere = |part, seminar: &Listed| -> Viewer {
            let parts = vec![(seminar.id.id(), part)];
            Somebody {
                who: Who::Account(7),
                name: "Eve".into(),
                platform: Some(Platform::Editor),
                parts,
                delegations: Vec::new(),
                writes: None,
            }
            .into()
        };
        let by_seat = sits(test, &entered).await.expect("seated");
        for eve in [Viewer::anonymous(), by_seat, elsewhere(Part::Expert, &one), elsewhere(Part::Organiser, &other)] {
            let forbidden = Err(Refusal::Forbidden);
            assert_eq!(open(&test.store, &eve, &one, now()).await.expect("answered").map(drop), forbidden);
            assert_eq!(change(&test.store, &eve, &one, now()).await.expect("answered").map(drop), forbidden);
            assert_eq!(close(&test.store, &eve, &one, now()).await.expect("answered"), forbidden);
            assert_eq!(remove(&test.store, &eve, &one, seat, now()).await.expect("answered"), forbidden);
            let added = add(&test.store, &eve, &one, ("Eve", Part::Organiser, ""), now()).await.expect("answered");
            assert_eq!(added.map(drop), forbidden);
            assert_eq!(door(&test.store, &eve, &one, now()).await.expect("answered"), None);
            assert!(seats(&test.store, &eve, &one).await.expect("answered").is_empty());
        }
        // Nor one of another seminar through one's own.
        let organiser = elsewhere(Part::Organiser, &other);
        let through = remove(&test.store, &organiser, &other, seat, now()).await.expect("answered");
        assert_eq!(through, Err(Refusal::Forbidden));
        let odd =
            add(&test.store, &organiser, &other, ("Mira", Part::Participant, "XX"), now()).await.expect("answered");
        assert_eq!(odd.map(drop), Err(Refusal::Forbidden));
        // The last organiser does not leave a seminar to nobody.
        let added = add(&test.store, &organiser, &other, ("Sead", Part::Organiser, ""), now()).await.expect("answered");
        let last = remove(&test.store, &organiser, &other, added.expect("added"), now()).await.expect("answered");
        assert_eq!(last, Err(Refusal::LastOrganiser));
    })
    .await;
}

#[tokio::test]
async fn guessing_codes_is_slow_for_all_together_and_a_room_is_no_guesser() {
    each(async |test| {
        let tries = Tries::default();
        let one = seminar(test, "one").await;
        let code = open(&test.store, &administrator(), &one, now()).await.expect("answered").expect("opened").code;
        for person in 0..300 {
            joins(test, &tries, code.as_str(), &format!("Person {person} x"), now()).await.expect("let in");
        }
        let mut guesses = 0;
        while joins(test, &tries, "ACDE-FHJK", "Eve", now()).await == Err(Refusal::Closed) {
            guesses += 1;
        }
        assert!((50..=400).contains(&guesses), "{guesses}");
        // Whoever comes from elsewhere comes in meanwhile.
        let elsewhere = tries.of(Some([192, 0, 2, 7].into()));
        let nobody = Viewer::anonymous();
        let joined = join(&test.store, elsewhere, &nobody, (code.as_str(), "Mira"), None, now()).await;
        assert!(joined.expect("answered").is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_part_is_changed_by_organisers_and_of_two_at_once_the_second_is_told() {
    each(async |test| {
        let ana = administrator();
        let (one, other) = (seminar(test, "one").await, seminar(test, "other").await);
        let is = async |viewer: &Viewer, seminar: &Listed, seat: i64, was: Is<'_>, is: Is<'_>| {
            set_part(&test.store, viewer, seminar, seat, (was, is), now()).await.expect("answered")
        };
        let add = async |name: &str, part: Part| {
            add(&test.store, &ana, &one, (name, part, "MD"), now()).await.expect("answered").expect("added")
        };
        let (ion, mira) = (add("Ion", Part::Organiser).await, add("Mira", Part::Participant).await);
        let who =
            async |seat: i64| -> Viewer { seated(&test.store, seat).await.expect("answered").expect("sits").0.into() };
        let (organiser, participant) = (who(ion).await, who(mira).await);
        let (was, expert) = ((Part::Participant, "MD"), (Part::Expert, "AL"));
        for eve in [&participant, &Viewer::anonymous()] {
            assert_eq!(is(eve, &one, mira, was, expert).await, Err(Refusal::Forbidden));
            assert_eq!(seat(&test.store, eve, &one, mira).await.expect("answered"), None);
        }
        // Neither through another seminar, nor to a country that is none of its.
        assert_eq!(is(&ana, &other, mira, was, expert).await, Err(Refusal::Forbidden));
        assert_eq!(is(&organiser, &one, mira, was, (Part::Expert, "XX")).await, Err(Refusal::Forbidden));
        assert_eq!(is(&organiser, &one, mira, was, expert).await, Ok(true));
        assert_eq!(is(&organiser, &one, mira, was, (Part::Observer, "")).await, Err(Refusal::Changed));
        let now_is = seat(&test.store, &organiser, &one, mira).await.expect("answered").expect("sits");
        assert_eq!((now_is.part, now_is.delegation.as_deref()), (Part::Expert, Some("AL")));
        assert!(who(mira).await.sees(Audience::Team(one.id.id())), "at once");
        // One's own: not while nobody else runs it, and then with what one made.
        let (mine, less) = ((Part::Organiser, "MD"), (Part::Participant, "MD"));
        assert_eq!(is(&organiser, &one, ion, mine, less).await, Err(Refusal::LastOrganiser));
        assert_eq!(is(&organiser, &one, mira, expert, (Part::Organiser, "AL")).await, Ok(true));
        let invitation =
            accounts::Invitation { seminar: Some(("one", Part::Expert, None)), ..accounts::Invitation::default() };
        let token = accounts::invite(&test.store, &organiser, &invitation, now()).await.expect("answered");
        let token = token.expect("made");
        assert_eq!(is(&organiser, &one, ion, mine, less).await, Ok(false), "they may not any more");
        assert_eq!(is(&who(ion).await, &one, mira, (Part::Organiser, "AL"), less).await, Err(Refusal::Forbidden));
        let reading = Reading { locale: Locale::English, text: None };
        let link = accounts::link(&test.store, reading, &token, now()).await.expect("answered");
        assert!(link.is_none(), "their link ended with their right to make it");
        // Sent twice, it is done once.
        assert_eq!(is(&ana, &one, ion, less, (Part::Expert, "MD")).await, Ok(true));
        assert_eq!(is(&ana, &one, ion, less, (Part::Expert, "MD")).await, Ok(true));
    })
    .await;
}
