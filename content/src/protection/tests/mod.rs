//! What organisers set holds at once and everywhere, and no import takes it back.

mod release;

use super::*;
use crate::{
    accounts::{Outcome, Refusal, Tries},
    changes,
    folder::Imported,
    gate::{Audience, Somebody, Viewer, Visibility, Who, drifted, tests::marked::imported},
    roles::{Part, Platform},
    seats, seminars, sessions,
    store::trial::{TestStore, each},
    texts::Reading,
    things::{self, Kind, Listed, Look},
};
use jiff::Timestamp;
use language::Locale;

fn now() -> Timestamp {
    "2026-11-29T10:00:00Z".parse().expect("a time")
}

fn english() -> Reading {
    Reading { locale: Locale::English, text: None }
}

fn with(seminar: i64, part: Part) -> Viewer {
    let parts = vec![(seminar, part)];
    Somebody {
        who: Who::Account(7),
        name: "Ana".into(),
        platform: Some(Platform::Member),
        parts,
        delegations: Vec::new(),
        writes: None,
    }
    .into()
}

/// The files of a seminar with a session in which two people spoke. `of_session` is what the session says besides.
fn files(of_session: &str) -> Vec<(String, String)> {
    let seminar = "+++\ntitle = \"One\"\nstarts = 2026-12-01\nends = 2026-12-02\ntime_zone = \"Europe/Tirane\"\nplace = \"Tirana\"\nhost = \"AL\"\nstatus = \"open\"\n+++\n\nText.\n";
    let people = "[[person]]\nslug = \"swati-pande\"\nname = \"Swati Pande\"\nrole = \"Expert\"\n\n[[person]]\nslug = \"sahiba-srna\"\nname = \"Sahiba Srna\"\nrole = \"Expert\"\n";
    let session = format!(
        "+++\ntitle = \"What was said\"\nkind = \"plenary\"\n{of_session}\n\n[[contributors]]\nperson = \"swati-pande\"\nrole = \"speaker\"\ntitle = \"Spoke\"\n\n[[contributors]]\nperson = \"sahiba-srna\"\nrole = \"speaker\"\ntitle = \"Spoke\"\n+++\n\nAn expert, Pande, agreed with Srna's question. Nobody was from Pandemonium.\n"
    );
    let serbian =
        "+++\ntitle = \"Шта је речено\"\nstatus = \"human\"\n+++\n\nПитање Сахибе Срне и одговор Свати Панде.\n";
    let material =
        "+++\ntitle = \"Slides\"\nsession = \"said\"\nfile = \"files/notes-swati.txt\"\n+++\n\nFor reading.\n";
    [
        ("seminar.md", seminar.to_owned()),
        ("people.toml", people.to_owned()),
        ("sessions/01-said.md", session),
        ("sessions/01-said.sr.md", serbian.to_owned()),
        ("materials/slides.md", material.to_owned()),
        ("files/notes-swati.txt", "Ms Pande said so.\n".to_owned()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

async fn import(test: &TestStore, of_session: &str) -> Imported {
    imported(test, "one", &files(of_session)).await
}

async fn one(test: &TestStore, viewer: &Viewer) -> Option<Listed> {
    seminars::listed(&test.store, viewer, english(), "one").await.expect("the store answers")
}

async fn sees(test: &TestStore, viewer: &Viewer, kind: Kind, slug: &str) -> bool {
    let look = Look { kinds: &[kind], slug: Some(slug), ..Look::default() };
    !things::rows(&test.store, viewer, &look).await.expect("the store answers").is_empty()
}

/// Who is named on the page of the session, for a viewer.
async fn named_to(test: &TestStore, viewer: &Viewer) -> usize {
    let page = sessions::session(&test.store, viewer, english(), "one", "said").await.expect("the store answers");
    page.expect("it can be read").contributors.len()
}

async fn session(test: &TestStore, organiser: &Viewer, seminar: &Listed) -> Listed {
    let of = (Kind::Session, "said");
    protection(&test.store, organiser, english(), seminar, of).await.expect("read").expect("theirs").listed
}

fn done(outcome: Outcome<()>) -> Result<(), Refusal> {
    outcome.expect("the store answers")
}

#[tokio::test]
async fn what_is_set_holds_at_once_for_all_that_lies_in_it_and_is_taken_back() {
    each(async |test| {
        import(test, "").await;
        let nobody = Viewer::anonymous();
        let seminar = one(test, &nobody).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        let participant = with(seminar.id.id(), Part::Participant);
        let set = async |of, was, own| {
            done(set_visibility(&test.store, &organiser, &seminar, of, (Held::from(was), Held::from(own)), now()).await)
        };
        let said = (Kind::Session, "said");
        let before = changes::last(&test.store).await.expect("read");
        assert_eq!(set(said, None, Some(Visibility::Participants)).await, Ok(()));
        let log = changes::after(&test.store, before, 100).await.expect("read");
        let kinds: Vec<Kind> = log.iter().map(|change| change.kind).collect();
        assert!(kinds.contains(&Kind::Session) && kinds.contains(&Kind::Material), "{kinds:?}");
        for (kind, slug) in [said, (Kind::Material, "slides")] {
            assert!(!sees(test, &nobody, kind, slug).await, "{slug}");
            assert!(sees(test, &participant, kind, slug).await, "{slug}");
        }
        assert!(sees(test, &nobody, Kind::Person, "swati-pande").await);
        assert_eq!(drifted(&test.store).await.expect("read"), []);
        let told = protection(&test.store, &organiser, english(), &seminar, said).await.expect("read").expect("theirs");
        assert_eq!(
            (told.held.own, told.holds, told.filed),
            (Some(Visibility::Participants), Visibility::Participants, Some(None))
        );

        // Of two who change it at once the second is told; and nothing is set where nothing changes.
        assert_eq!(set(said, None, Some(Visibility::Team)).await, Err(Refusal::Changed));
        assert_eq!(set(said, Some(Visibility::Participants), Some(Visibility::Participants)).await, Ok(()));
        // Nothing is for more people than that in which it lies.
        let slides = (Kind::Material, "slides");
        assert_eq!(set(slides, None, Some(Visibility::Public)).await, Ok(()));
        assert!(!sees(test, &nobody, Kind::Material, "slides").await);
        let told =
            protection(&test.store, &organiser, english(), &seminar, slides).await.expect("read").expect("theirs");
        assert_eq!((told.around, told.holds), (Visibility::Participants, Visibility::Participants));

        let filed = async |was| done(as_filed(&test.store, &organiser, &seminar, said, Held::from(was), now()).await);
        assert_eq!(filed(None).await, Err(Refusal::Changed), "whoever takes it for something else is told");
        assert_eq!(filed(Some(Visibility::Participants)).await, Ok(()));
        assert!(
            sees(test, &nobody, Kind::Session, "said").await && sees(test, &nobody, Kind::Material, "slides").await
        );
        assert_eq!(filed(None).await, Err(Refusal::Changed), "nothing is set");
        assert_eq!(drifted(&test.store).await.expect("read"), []);
        assert!(changes::verify(&test.store).await.expect("read").is_ok());
    })
    .await;
}

#[tokio::test]
async fn no_import_takes_back_what_was_set_and_each_says_so() {
    each(async |test| {
        import(test, "").await;
        let nobody = Viewer::anonymous();
        let seminar = one(test, &nobody).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        let said = (Kind::Session, "said");
        let own = (Held::default(), Some(Visibility::Team).into());
        assert_eq!(done(set_visibility(&test.store, &organiser, &seminar, said, own, now()).await), Ok(()));
        let rule = set_chatham_house(&test.store, &organiser, &seminar, "said", true, now()).await;
        assert_eq!(done(rule), Ok(()));
        let again = import(test, "").await;
        assert_eq!((again.created, again.updated, again.deleted), (0, 0, 0));
        assert_eq!(again.kept, [(Kind::Session, "said".to_owned())]);
        // Nor where the files say something new, of this or of other things.
        let again = import(test, "summary = \"New\"\nvisibility = \"members\"\nchatham_house = false").await;
        assert!(again.updated > 0 && again.kept == [(Kind::Session, "said".to_owned())], "{again:?}");
        assert!(!sees(test, &with(seminar.id.id(), Part::Participant), Kind::Session, "said").await);
        assert_eq!(drifted(&test.store).await.expect("read"), []);
        let told = protection(&test.store, &organiser, english(), &seminar, said).await.expect("read").expect("theirs");
        assert_eq!((told.held.own, told.filed), (Some(Visibility::Team), Some(Some(Visibility::Members))));
        assert_eq!((told.chatham_house, told.filed_chatham_house), (Some(true), Some(false)));
        // What the files say now holds once it is taken back, and the next import finds nothing to do.
        let was = Some(Visibility::Team);
        assert_eq!(done(as_filed(&test.store, &organiser, &seminar, said, was.into(), now()).await), Ok(()));
        let told = protection(&test.store, &organiser, english(), &seminar, said).await.expect("read").expect("theirs");
        assert_eq!((told.held.own, told.filed), (Some(Visibility::Members), None));
        assert_eq!(
            (told.chatham_house, told.filed_chatham_house),
            (Some(true), Some(false)),
            "the rule is a thing of its own"
        );
        let rule = set_chatham_house(&test.store, &organiser, &seminar, "said", false, now()).await;
        assert_eq!(done(rule), Ok(()));
        let again = import(test, "summary = \"New\"\nvisibility = \"members\"\nchatham_house = false").await;
        assert_eq!((again.created, again.updated, again.kept.len()), (0, 0, 0), "{again:?}");
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn under_the_chatham_house_rule_who_spoke_is_for_the_team_and_what_was_said_stays() {
    each(async |test| {
        import(test, "").await;
        let seminar = one(test, &Viewer::anonymous()).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        let participant = with(seminar.id.id(), Part::Participant);
        let set = async |on| done(set_chatham_house(&test.store, &organiser, &seminar, "said", on, now()).await);
        let all = [Viewer::anonymous(), participant, organiser.clone()];
        let named = async || {
            let mut named = Vec::new();
            for viewer in &all {
                named.push(named_to(test, viewer).await);
            }
            named
        };
        assert_eq!(named().await, [2, 2, 2]);
        assert_eq!(set(false).await, Err(Refusal::Changed), "it is off");
        assert_eq!(set(true).await, Ok(()));
        assert_eq!(named().await, [0, 0, 2]);
        assert_eq!(set(true).await, Err(Refusal::Changed), "twice");
        import(test, "summary = \"Another\"").await;
        assert_eq!(named().await, [0, 0, 2], "also after an import");
        assert_eq!(drifted(&test.store).await.expect("read"), []);
        assert_eq!(set(false).await, Ok(()));
        assert_eq!(named().await, [2, 2, 2]);
    })
    .await;
}

#[tokio::test]
async fn the_texts_and_files_that_name_a_contributor_are_found_in_any_script_and_form() {
    each(async |test| {
        import(test, "").await;
        let seminar = one(test, &Viewer::anonymous()).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        let said = session(test, &organiser, &seminar).await;
        let found = named(&test.store, &organiser, english(), &seminar, &said).await.expect("read").expect("theirs");
        let names: Vec<&str> = found.contributors.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Swati Pande", "Sahiba Srna"]);
        let words: Vec<&str> = found.occurrences.iter().map(|one| one.word.as_str()).collect();
        for word in ["Pande", "Srna's", "Сахибе", "Срне", "Свати", "Панде", "swati"] {
            assert!(words.contains(&word), "{word}: {words:?}");
        }
        assert!(!words.contains(&"Pandemonium"), "{words:?}");
        let spots: Vec<&Spot> = found.occurrences.iter().map(|one| &one.spot).collect();
        assert!(spots.contains(&&Spot::FileName("notes-swati.txt".into())), "{spots:?}");
        assert!(spots.contains(&&Spot::File("notes-swati.txt".into())), "{spots:?}");
        let first = &found.occurrences[0];
        assert!(first.before.ends_with("An expert, ") && first.after.starts_with(", agreed"), "{first:?}");
        assert!(found.few && found.unread.is_empty());
        for other in [Viewer::anonymous(), with(seminar.id.id(), Part::Expert)] {
            let told = named(&test.store, &other, english(), &seminar, &said).await.expect("read");
            assert!(told.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_short_name_is_found_whole_and_its_letters_in_other_words_are_not() {
    each(async |test| {
        let mut all = files("");
        for (name, text) in &mut all {
            if name == "people.toml" {
                *text = text.replace("Swati Pande", "Li Bo");
            }
            *text = text.replace("An expert, Pande, agreed", "An expert, Li Bo, agreed, and li was a measure");
        }
        imported(test, "one", &all).await;
        let seminar = one(test, &Viewer::anonymous()).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        let said = session(test, &organiser, &seminar).await;
        let found = named(&test.store, &organiser, english(), &seminar, &said).await.expect("read").expect("theirs");
        let words: Vec<&str> = found.occurrences.iter().map(|one| one.word.as_str()).collect();
        assert_eq!(words.iter().filter(|word| **word == "Li Bo").count(), 1, "{words:?}");
        assert!(!words.contains(&"li") && !found.more, "{words:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_does_not_run_the_seminar_sets_nothing_and_learns_nothing() {
    each(async |test| {
        import(test, "").await;
        imported(test, "other", &[("seminar.md".to_owned(), files("")[0].1.replace("One", "Other"))]).await;
        let seminar = one(test, &Viewer::anonymous()).await.expect("public");
        let other = seminars::listed(&test.store, &Viewer::anonymous(), english(), "other").await.expect("answered");
        let other = other.expect("public");
        let said = (Kind::Session, "said");
        let own = (Held::default(), Some(Visibility::Team).into());
        let organiser_elsewhere = with(other.id.id(), Part::Organiser);
        let viewers =
            [Viewer::anonymous(), with(seminar.id.id(), Part::Expert), with(seminar.id.id(), Part::Participant)];
        for viewer in viewers.iter().chain([&organiser_elsewhere]) {
            let set = set_visibility(&test.store, viewer, &seminar, said, own, now()).await;
            assert_eq!(done(set), Err(Refusal::Forbidden));
            let rule = set_chatham_house(&test.store, viewer, &seminar, "said", true, now()).await;
            assert_eq!(done(rule), Err(Refusal::Forbidden));
            assert_eq!(
                done(as_filed(&test.store, viewer, &seminar, said, Held::default(), now()).await),
                Err(Refusal::Forbidden)
            );
            assert!(protections(&test.store, viewer, english(), &seminar).await.expect("read").is_empty());
        }
        // Nor through a seminar that is theirs.
        let through = set_visibility(&test.store, &organiser_elsewhere, &other, said, own, now()).await;
        assert_eq!(done(through), Err(Refusal::Forbidden));
        let organiser = with(seminar.id.id(), Part::Organiser);
        for of in [(Kind::Session, "nothing"), (Kind::Seminar, "other"), (Kind::Term, "said"), (Kind::Session, "")] {
            let set = set_visibility(&test.store, &organiser, &seminar, of, own, now()).await;
            assert_eq!(done(set), Err(Refusal::Forbidden), "{of:?}");
        }
        let rule = set_chatham_house(&test.store, &organiser, &seminar, "slides", true, now()).await;
        assert_eq!(done(rule), Err(Refusal::Forbidden), "a material has no rule");
    })
    .await;
}

#[tokio::test]
async fn a_seminar_that_is_hidden_from_participants_has_no_open_door() {
    each(async |test| {
        import(test, "").await;
        let seminar = one(test, &Viewer::anonymous()).await.expect("public");
        let organiser = with(seminar.id.id(), Part::Organiser);
        let opened = seats::open(&test.store, &organiser, &seminar, now()).await.expect("answered");
        opened.expect("open");
        let itself = (Kind::Seminar, "one");
        let set = async |was, own| {
            done(
                set_visibility(&test.store, &organiser, &seminar, itself, (Held::from(was), Held::from(own)), now())
                    .await,
            )
        };
        let code = seats::door(&test.store, &organiser, &seminar, now()).await.expect("answered").expect("open").code;
        let door = async || seats::door(&test.store, &organiser, &seminar, now()).await.expect("answered");
        assert_eq!(set(None, Some(Visibility::Participants)).await, Ok(()));
        assert!(door().await.is_some());
        assert!(one(test, &Viewer::anonymous()).await.is_none());
        assert!(with(seminar.id.id(), Part::Participant).sees(Audience::Participants(seminar.id.id())));
        assert_eq!(set(Some(Visibility::Participants), Some(Visibility::Team)).await, Ok(()));
        assert_eq!(door().await, None);
        // Nor one that was opened before its files said so.
        assert_eq!(set(Some(Visibility::Team), None).await, Ok(()));
        seats::open(&test.store, &organiser, &seminar, now()).await.expect("answered").expect("open");
        let open = door().await.expect("open").code;
        assert_eq!(done(as_filed(&test.store, &organiser, &seminar, itself, Held::default(), now()).await), Ok(()));
        let mut all = files("");
        all[0].1 = all[0].1.replace("title = \"One\"", "title = \"One\"\nvisibility = \"team\"");
        imported(test, "one", &all).await;
        for code in [code, open] {
            let tries = Tries::default();
            let (nobody, pair) = (Viewer::anonymous(), (code.as_str(), "Ion"));
            let joined = seats::join(&test.store, tries.of(None), &nobody, pair, None, now());
            assert_eq!(joined.await.expect("answered"), Err(Refusal::Closed));
        }
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}
