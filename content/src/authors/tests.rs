//! Drafts are their authors' alone, and what is published is as it lies in its seminar.

use super::*;
use crate::{
    accounts, challenges,
    changes::{Sought, entries},
    edits::{Refused, Why},
    folder::{self, Import},
    gate::{Looking, Reason, Somebody, drifted},
    practices::{self, Draft, Fault, Field, PARTS},
    roles::{Part, Platform},
    sessions::tests::{Room, as_they_are, english, files, now},
    store::trial::{TestStore, each},
};
use language::Language;

/// An account, by its number.
pub(crate) async fn account(test: &TestStore, address: &str) -> i64 {
    let of = (address, &*format!("{address}@example.org"));
    let made = accounts::make(&test.store, &Viewer::command_line(), of, Platform::Member, now()).await;
    made.expect("the store answers").expect("made")
}

/// Who has an account and this part in a seminar, as they are known with each request anew.
pub(crate) async fn known(test: &TestStore, account: i64, parts: &[(i64, Part)]) -> Viewer {
    let (mut somebody, _) = accounts::somebody(&test.store, account).await.expect("answered").expect("there");
    somebody.parts = parts.to_vec();
    somebody.into()
}

pub(crate) fn headings(_: Language) -> [&'static str; PARTS.len()] {
    ["Context", "What was done", "Results", "Conditions", "Lessons", "Cost"]
}

fn typed(title: &str) -> Draft {
    let mut draft = Draft {
        title: title.into(),
        summary: "A sentence.".into(),
        evidence: "One source.".into(),
        maturity: "promising".into(),
        valid_until: "2028-01-31".into(),
        countries: vec!["AL".into()],
        themes: vec!["referral".into()],
        ..Draft::default()
    };
    draft.parts.parts[1] = "It was done.".into();
    draft
}

struct Writer<'a> {
    room: Room<'a>,
    account: i64,
    part: Part,
}

impl<'a> Writer<'a> {
    async fn new(test: &'a TestStore, part: Part) -> Self {
        let room = Room::new(test).await;
        Self { account: account(test, "vera").await, room, part }
    }

    fn store(&self) -> &Store {
        &self.room.test.store
    }

    async fn seminar(&self) -> Listed {
        self.room.contents().await.seminar
    }

    async fn viewer(&self) -> Viewer {
        let seminar = self.seminar().await.id.id();
        known(self.room.test, self.account, &[(seminar, self.part)]).await
    }

    async fn begin(&self, draft: &Draft) -> Result<String, practices::Refused> {
        let (viewer, seminar) = (self.viewer().await, self.seminar().await);
        let done = practices::edit(self.store(), &viewer, &seminar, None, ("", draft), headings, now()).await;
        done.expect("the store answers")
    }

    async fn found(&self, viewer: &Viewer, slug: &str) -> Option<(Listed, Listed)> {
        written(self.store(), viewer, english(), (Kind::Practice, slug)).await.expect("the store answers")
    }

    async fn shown(&self, slug: &str) -> Draft {
        let viewer = self.viewer().await;
        let (seminar, practice) = self.found(&viewer, slug).await.expect("theirs");
        let found = practices::editing(self.store(), &viewer, english(), &seminar, Some(&practice)).await;
        found.expect("the store answers").expect("theirs").draft
    }

    async fn edit(
        &self,
        viewer: &Viewer,
        slug: &str,
        change: impl FnOnce(&mut Draft),
    ) -> Result<String, practices::Refused> {
        let was = self.shown(slug).await;
        let mut is = was.clone();
        change(&mut is);
        let Some((seminar, practice)) = self.found(viewer, slug).await else { return Err(Refused::Forbidden) };
        let told = edits::version(&was);
        let told = (told.as_str(), &is);
        let done = practices::edit(self.store(), viewer, &seminar, Some(&practice), told, headings, now()).await;
        done.expect("the store answers")
    }

    async fn publish(&self, viewer: &Viewer, slug: &str) -> Result<String, Refusal> {
        let was = self.found(viewer, slug).await.map(|(_, practice)| practice.changed_at).unwrap_or_default();
        let done = publish(self.store(), viewer, english(), (Kind::Practice, slug), was, now()).await;
        done.expect("the store answers")
    }

    async fn page(&self, viewer: &Viewer, slug: &str) -> Option<practices::PracticePage> {
        practices::practice(self.store(), viewer, english(), slug).await.expect("the store answers")
    }
}

#[tokio::test]
async fn a_practice_is_its_authors_until_it_is_published_and_then_everybodys() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let nobody = Viewer::anonymous();
        let slug = writer.begin(&typed("Guardian pairs")).await.expect("begun");
        assert!(slug.starts_with("draft-") && !slug.contains("guardian"), "{slug}");
        // Sent twice it is one; with an answer more it is another.
        assert_eq!(writer.begin(&typed("Guardian pairs")).await, Ok(slug.clone()));
        let viewer = writer.viewer().await;
        let page = writer.page(&viewer, &slug).await.expect("theirs");
        assert!(page.practice.listed.draft && page.text.html.as_str().contains("What was done"));
        assert_eq!(writer.shown(&slug).await, typed("Guardian pairs"));
        // Neither those who run it nor whoever looks after everything.
        let administrator = account(test, "root").await;
        accounts::set_platform(&test.store, &Viewer::command_line(), administrator, Platform::Administrator, now())
            .await
            .expect("answered")
            .expect("set");
        let administrator = known(test, administrator, &[]).await;
        let home = writer.seminar().await.id.id();
        let other = known(test, account(test, "ion").await, &[(home, Part::Organiser)]).await;
        for viewer in [&nobody, &writer.room.organiser, &administrator, &other] {
            assert!(writer.page(viewer, &slug).await.is_none());
            assert_eq!(writer.edit(viewer, &slug, |_| ()).await, Err(Refused::Forbidden));
            assert_eq!(writer.publish(viewer, &slug).await, Err(Refusal::Forbidden));
        }
        // Nor does the audit say what stands in it.
        assert_eq!(
            writer.edit(&viewer, &slug, |draft| draft.title = "Pairs of guardians".into()).await,
            Ok(slug.clone())
        );
        let audit = entries(&test.store, &administrator, &Sought::default(), (100, 0)).await.expect("read");
        let said: String = audit.iter().map(|entry| format!("{entry:?}")).collect();
        assert!(said.contains("make practice") && !said.to_lowercase().contains("guardian"), "{said}");

        assert_eq!(writer.publish(&viewer, &slug).await, Ok("pairs-of-guardians".to_owned()));
        let page = writer.page(&nobody, "pairs-of-guardians").await.expect("for everybody");
        assert!(!page.practice.listed.draft);
        let former = things::former(&test.store, &viewer, Kind::Practice, None, &slug).await.expect("read");
        assert_eq!(former.map(|place| place.slug).as_deref(), Some("pairs-of-guardians"));
        assert_eq!(writer.publish(&viewer, "pairs-of-guardians").await, Err(Refusal::Forbidden), "twice");
        let audit = entries(&test.store, &administrator, &Sought::default(), (100, 0)).await.expect("read");
        let said: String = audit.iter().map(|entry| format!("{entry:?}")).collect();
        assert!(said.contains("publish practice") && said.contains("Pairs of guardians"));
        assert_eq!(drifted(&test.store).await.expect("read"), []);

        // From now on those who run the seminar may change it, and its author.
        let slug = "pairs-of-guardians";
        let organiser = known(test, account(test, "mira").await, &[(home, Part::Organiser)]).await;
        for (viewer, may) in [(&organiser, true), (&viewer, true), (&administrator, true), (&nobody, false)] {
            let done = writer.edit(viewer, slug, |draft| draft.summary.push('!')).await;
            assert_eq!(done.is_ok(), may);
        }
        let expert = known(test, account(test, "sead").await, &[(home, Part::Expert)]).await;
        assert_eq!(writer.edit(&expert, slug, |draft| draft.summary.push('!')).await, Err(Refused::Forbidden));
        // Of what is published whose part is gone changes nothing.
        let gone = known(test, writer.account, &[]).await;
        assert_eq!(writer.edit(&gone, slug, |draft| draft.summary.push('!')).await, Err(Refused::Forbidden));
    })
    .await;
}

#[tokio::test]
async fn what_is_published_is_for_those_for_whom_its_seminar_is() {
    each(async |test| {
        let writer = Writer::new(test, Part::Facilitator).await;
        let narrowed = |name: &str, text: &str| match name {
            "seminar.md" => text.replace("status = \"open\"", "status = \"open\"\nvisibility = \"team\""),
            _ => text.to_owned(),
        };
        writer.room.import(narrowed, false).await;
        let slug = writer.begin(&typed("Quiet")).await.expect("begun");
        let viewer = writer.viewer().await;
        // An import in between settles nothing wider, nor takes away what somebody writes.
        writer.room.import(narrowed, true).await;
        assert_eq!(drifted(&test.store).await.expect("read"), []);
        assert_eq!(writer.publish(&viewer, &slug).await, Ok("quiet".to_owned()));
        assert!(writer.page(&Viewer::anonymous(), "quiet").await.is_none());
        assert!(writer.page(&writer.room.organiser, "quiet").await.is_some());
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_from_a_name_what_somebody_else_is_writing() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let first = writer.begin(&typed("The same")).await.expect("begun");
        let home = writer.seminar().await;
        let other = account(test, "sead").await;
        let other = async || known(test, other, &[(home.id.id(), Part::Expert)]).await;
        let seen = other().await;
        let done = practices::edit(&test.store, &seen, &home, None, ("", &typed("The same")), headings, now()).await;
        let second = done.expect("answered").expect("begun");
        assert_ne!(first, second, "sent by another it is another");
        let (first_is, second_is) = (writer.viewer().await, other().await);
        assert!(writer.page(&first_is, &second).await.is_none() && writer.page(&second_is, &first).await.is_none());
        assert_eq!(writer.publish(&second_is, &second).await, Ok("the-same".to_owned()));
        assert_eq!(writer.publish(&first_is, &first).await, Ok("the-same-2".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn who_may_not_write_begins_nothing() {
    each(async |test| {
        let writer = Writer::new(test, Part::Participant).await;
        assert_eq!(writer.begin(&typed("Odd")).await, Err(Refused::Forbidden));
        let observer =
            Writer { part: Part::Observer, room: Room { test, organiser: writer.room.organiser.clone() }, ..writer };
        assert_eq!(observer.begin(&typed("Odd")).await, Err(Refused::Forbidden));
        // Whose seat has no account would be forgotten with it.
        let seat = Somebody {
            who: Who::Seat(3),
            name: "Ion".into(),
            platform: None,
            parts: vec![(observer.seminar().await.id.id(), Part::Expert)],
            writes: None,
        };
        let seat = Viewer::from(seat);
        assert!(homes(&test.store, &seat, english()).await.expect("read").is_empty());
        let seminar = observer.seminar().await;
        let done = practices::edit(&test.store, &seat, &seminar, None, ("", &typed("Odd")), headings, now()).await;
        assert_eq!(done.expect("answered"), Err(Refused::Forbidden));
    })
    .await;
}

#[tokio::test]
async fn what_will_not_do_is_told_by_field_and_nothing_is_kept() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let mut odd = Draft {
            title: " ".into(),
            maturity: "best".into(),
            valid_until: "tomorrow".into(),
            countries: vec!["XX".into()],
            themes: vec!["No Slug".into()],
            answers: vec!["nothing".into()],
            ..typed("")
        };
        odd.parts.parts[0] = "```\nnever closed".into();
        odd.parts.parts[2] = "x".repeat(1 << 20);
        let why = [
            (Field::Title, Why::Missing),
            (Field::Part(0), Why::Open),
            (Field::Part(2), Why::Heavy),
            (Field::Maturity, Why::Odd),
            (Field::ValidUntil, Why::Odd),
            (Field::Countries, Why::Odd),
            (Field::Themes, Why::Odd),
            (Field::Answers, Why::Odd),
        ];
        let faults = why.map(|(field, why)| Fault { field, why }).into();
        assert_eq!(writer.begin(&odd).await, Err(Refused::Faults(faults)));
        let all = practices::list(&test.store, &Viewer::everything(Reason::Test), english(), 10, 0).await;
        assert!(all.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_challenge_is_named_answered_by_a_practice_and_taken_away() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let viewer = writer.viewer().await;
        let contents = writer.room.contents().await;
        let challenge = challenges::Draft {
            title: "Nobody answers at night".into(),
            session: "said".into(),
            emerging: true,
            countries: vec!["MD".into()],
            ..challenges::Draft::default()
        };
        let done = challenges::edit(&test.store, &viewer, &contents, None, ("", &challenge), now()).await;
        let slug = done.expect("answered").expect("named");
        let viewer = writer.viewer().await;
        let found = written(&test.store, &viewer, english(), (Kind::Challenge, &slug)).await.expect("read");
        let (_, listed) = found.expect("theirs");
        let shown = challenges::editing(&test.store, &viewer, &contents, Some(&listed)).await.expect("read");
        let shown = shown.expect("theirs");
        assert_eq!((&shown.draft, shown.removable), (&challenge, true));
        let practice = writer.begin(&Draft { answers: vec![slug.clone()], ..typed("A list of numbers") }).await;
        let practice = practice.expect("begun");
        let viewer = writer.viewer().await;
        assert_eq!(writer.publish(&viewer, &practice).await, Ok("a-list-of-numbers".to_owned()));
        // What it answers is not published: others do not see that it answers anything.
        let nobody = Viewer::anonymous();
        assert!(writer.page(&nobody, "a-list-of-numbers").await.expect("public").answers.is_empty());
        assert_eq!(writer.page(&viewer, "a-list-of-numbers").await.expect("public").answers.len(), 1);
        // An organiser who does not see it changes the rest, and it stays.
        let organiser =
            known(test, account(test, "mira").await, &[(writer.seminar().await.id.id(), Part::Organiser)]).await;
        let (seminar, itself) = writer.found(&organiser, "a-list-of-numbers").await.expect("theirs");
        let shown = practices::editing(&test.store, &organiser, english(), &seminar, Some(&itself)).await;
        let shown = shown.expect("read").expect("theirs").draft;
        assert!(shown.answers.is_empty());
        let is = Draft { summary: "Other.".into(), ..shown.clone() };
        let told = edits::version(&shown);
        let done =
            practices::edit(&test.store, &organiser, &seminar, Some(&itself), (&told, &is), headings, now()).await;
        assert!(done.expect("answered").is_ok());
        assert_eq!(writer.shown("a-list-of-numbers").await.answers, std::slice::from_ref(&slug));

        let version = edits::version(&challenge);
        let removed = challenges::remove(&test.store, &viewer, &seminar, &listed, &version, now()).await;
        assert_eq!(removed.expect("answered"), Ok(()));
        assert!(writer.shown("a-list-of-numbers").await.answers.is_empty());
        let again = challenges::remove(&test.store, &viewer, &seminar, &listed, &version, now()).await;
        assert_eq!(again.expect("answered"), Err(Refused::Forbidden));
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn who_looks_with_other_eyes_or_writes_it_no_more_writes_nothing() {
    each(async |test| {
        let writer = Writer::new(test, Part::Organiser).await;
        let slug = writer.begin(&typed("Mine")).await.expect("begun");
        let (seminar, home) = (writer.seminar().await, writer.seminar().await.id.id());
        let (mut somebody, _) = accounts::somebody(&test.store, writer.account).await.expect("read").expect("there");
        somebody.parts = vec![(home, Part::Organiser)];
        let viewer = writer.viewer().await;
        let looking = Looking::at(&viewer, &seminar, Some(Part::Expert)).expect("theirs").seen_by(somebody);
        let done = practices::edit(&test.store, &looking, &seminar, None, ("", &typed("Odd")), headings, now()).await;
        assert_eq!(done.expect("answered"), Err(Refused::Forbidden));
        assert!(writer.page(&looking, &slug).await.is_none());
        // Who was let write it, and is not any more, with what they knew of themselves before.
        let early = writer.viewer().await;
        let (seminar, itself) = writer.found(&early, &slug).await.expect("theirs");
        author::Entity::delete_by_id((itself.id.id(), writer.account)).exec(test.store.write()).await.expect("gone");
        let was = writer.page(&early, &slug).await.expect("by what they knew").practice.listed.changed_at;
        let done = publish(&test.store, &early, english(), (Kind::Practice, &slug), was, now()).await;
        assert_eq!(done.expect("answered"), Err(Refusal::Changed));
        let version = edits::version(&typed("Mine"));
        let other = (version.as_str(), &typed("Theirs"));
        let done = practices::edit(&test.store, &early, &seminar, Some(&itself), other, headings, now()).await;
        assert!(matches!(done.expect("answered"), Err(Refused::Changed(_))));
    })
    .await;
}

#[tokio::test]
async fn whose_part_is_gone_keeps_their_draft_and_publishes_nothing() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let slug = writer.begin(&typed("Kept")).await.expect("begun");
        let gone = known(test, writer.account, &[]).await;
        assert_eq!(writer.edit(&gone, &slug, |draft| draft.summary = "Still.".into()).await, Ok(slug.clone()));
        assert_eq!(writer.publish(&gone, &slug).await, Err(Refusal::Forbidden));
        let shown = writer.shown(&slug).await;
        let (seminar, itself) = writer.found(&gone, &slug).await.expect("theirs");
        let removed = practices::remove(&test.store, &gone, &seminar, &itself, &edits::version(&shown), now()).await;
        assert_eq!(removed.expect("answered"), Ok(()));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_in_the_language_in_which_it_is_by_now() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let mut short = typed("Pairs");
        short.parts = practices::Parts::default();
        let slug = writer.begin(&short).await.expect("begun");
        let viewer = writer.viewer().await;
        let albanian = "Fëmijët që lypin në rrugë duhet të identifikohen sa më shpejt, dhe kush i gjen duhet të dijë \
                        se ku t'i referojë dhe kë të thërrasë, edhe natën, kur askush nuk përgjigjet.";
        let done = writer.edit(&viewer, &slug, |draft| draft.parts.parts[1] = albanian.into()).await;
        assert_eq!(done, Ok(slug.clone()));
        let (_, listed) = writer.found(&viewer, &slug).await.expect("theirs");
        assert_eq!(listed.language, Language::Albanian);
        assert_eq!(writer.page(&viewer, &slug).await.expect("theirs").text.tag, "sq");
        assert_eq!(writer.publish(&viewer, &slug).await, Ok("pairs".to_owned()));
        // From then on it stays what it is.
        let done = writer.edit(&viewer, "pairs", |draft| draft.parts.parts[1] = "English now.".into()).await;
        assert_eq!(done, Ok("pairs".to_owned()));
        let (_, listed) = writer.found(&viewer, "pairs").await.expect("theirs");
        assert_eq!(listed.language, Language::Albanian);
    })
    .await;
}

#[tokio::test]
async fn what_a_draft_names_and_lies_in_stays_whatever_an_import_discards() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let viewer = writer.viewer().await;
        let contents = writer.room.contents().await;
        let challenge =
            challenges::Draft { title: "C".into(), session: "asked".into(), ..challenges::Draft::default() };
        let done = challenges::edit(&test.store, &viewer, &contents, None, ("", &challenge), now()).await;
        let challenge = done.expect("answered").expect("named");
        let voice = crate::people::Voice { person: "sahiba-srna".into(), role: "author".into(), title: String::new() };
        writer.begin(&Draft { contributors: vec![voice], ..typed("P") }).await.expect("begun");
        // The folder holds neither the session nor the person any more.
        let around = tempfile::tempdir().expect("a folder for the test");
        let root = around.path().join("one");
        for (name, text) in files().into_iter().filter(|(name, _)| !name.contains("02-asked")) {
            let path = root.join(&name);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
            let text = text.replace("[said](02-asked.md)", "said");
            let text = text.split("[[person]]\nslug = \"sahiba-srna\"").next().unwrap_or_default().to_owned();
            std::fs::write(path, text).expect("a file");
        }
        let folders = [root];
        let what = Import { folders: &folders, prune: true, discard_edits: true, dry_run: false, progress: &|_, _| () };
        let done =
            folder::import(&test.store, &Viewer::command_line(), &what).await.expect("answered").expect("imported");
        assert_eq!(done.deleted, 0, "{done:?}");
        let viewer = writer.viewer().await;
        let (_, itself) = written(&test.store, &viewer, english(), (Kind::Challenge, &challenge))
            .await
            .expect("read")
            .expect("theirs");
        let contents = writer.room.contents().await;
        let shown =
            challenges::editing(&test.store, &viewer, &contents, Some(&itself)).await.expect("read").expect("theirs");
        assert_eq!(shown.draft.session, "asked");
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn what_was_edited_to_lie_in_a_session_follows_it_under_another_name() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let viewer = writer.viewer().await;
        let contents = writer.room.contents().await;
        let challenge =
            challenges::Draft { title: "C".into(), session: "asked".into(), ..challenges::Draft::default() };
        let done = challenges::edit(&test.store, &viewer, &contents, None, ("", &challenge), now()).await;
        let slug = done.expect("answered").expect("named");
        let viewer = writer.viewer().await;
        let (_, itself) =
            written(&test.store, &viewer, english(), (Kind::Challenge, &slug)).await.expect("read").expect("theirs");
        let of = (Kind::Challenge, slug.as_str());
        let done = publish(&test.store, &viewer, english(), of, itself.changed_at, now()).await;
        assert_eq!(done.expect("answered"), Ok("c".to_owned()));
        // A folder that holds it too, in no session, and has another name for that, which is for the team from now on.
        let around = tempfile::tempdir().expect("a folder for the test");
        let root = around.path().join("one");
        let mut all = files();
        all.push(("challenges/c.md".to_owned(), "+++\ntitle = \"C\"\n+++\n".to_owned()));
        for (name, text) in all {
            let renamed = name.replace("02-asked", "02-wondered");
            let path = root.join(&renamed);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
            let mut text = text.replace("02-asked.md", "02-wondered.md");
            if renamed != name {
                text = text.replacen("+++\n", "+++\nformerly = \"asked\"\nvisibility = \"team\"\n", 1);
            }
            std::fs::write(path, text).expect("a file");
        }
        let folders = [root];
        let what =
            Import { folders: &folders, prune: true, discard_edits: false, dry_run: false, progress: &|_, _| () };
        folder::import(&test.store, &Viewer::command_line(), &what).await.expect("answered").expect("imported");
        let everything = Viewer::everything(Reason::Test);
        let page = challenges::challenge(&test.store, &everything, english(), "c").await.expect("read").expect("there");
        assert_eq!(page.session.map(|session| session.place.slug).as_deref(), Some("wondered"));
        let nobody = challenges::challenge(&test.store, &Viewer::anonymous(), english(), "c").await.expect("read");
        assert!(nobody.is_none(), "it lies where the team alone sees it");
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn drafts_go_with_the_account_that_alone_wrote_them() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let left = writer.begin(&typed("Left alone")).await.expect("begun");
        let kept = writer.begin(&typed("Published")).await.expect("begun");
        let viewer = writer.viewer().await;
        assert_eq!(writer.publish(&viewer, &kept).await, Ok("published".to_owned()));
        let yours = accounts::your_data(&test.store, &viewer).await.expect("read").expect("theirs").to_string();
        assert!(yours.contains("Left alone") && yours.contains("Published") && yours.contains("It was done."));
        let tries = accounts::Tries::default();
        let done = accounts::delete_yours(&test.store, &tries, &viewer, &"".into(), now()).await;
        assert_eq!(done.expect("answered"), Ok(()));
        let everything = Viewer::everything(Reason::Test);
        assert!(writer.page(&everything, &left).await.is_none());
        assert!(writer.page(&Viewer::anonymous(), "published").await.is_some(), "the record stays whole");
        assert_eq!(drifted(&test.store).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn files_and_what_was_edited_of_a_practice_are_merged_by_field() {
    each(async |test| {
        let practice = "+++\ntitle = \"Pairs\"\nevidence = \"Weak.\"\n+++\n\n## Context {#context}\n\nAs filed.\n";
        let mut all = files();
        all.push(("practices/pairs.md".to_owned(), practice.to_owned()));
        let room = Room::new(test).await;
        crate::gate::tests::marked::imported(test, "one", &all).await;
        let organiser = account(test, "mira").await;
        let writer = Writer { room, account: organiser, part: Part::Organiser };
        let viewer = writer.viewer().await;
        let done = writer
            .edit(&viewer, "pairs", |draft| {
                draft.evidence = "Strong.".into();
                draft.maturity = "good".into();
                draft.parts.parts[5] = "Little.".into();
            })
            .await;
        assert_eq!(done, Ok("pairs".to_owned()));
        let shown = writer.shown("pairs").await;
        assert_eq!((shown.parts.parts[0].as_str(), shown.parts.parts[5].as_str()), ("As filed.", "Little."));
        // Room's files have no practice: it stays, since it was edited.
        let done = writer.room.import(as_they_are, false).await;
        assert_eq!(done.deleted, 0);
        assert_eq!(writer.shown("pairs").await, shown);
        let (seminar, itself) = writer.found(&viewer, "pairs").await.expect("theirs");
        let removed = practices::remove(&test.store, &viewer, &seminar, &itself, &edits::version(&shown), now()).await;
        assert_eq!(removed.expect("answered"), Err(Refused::Forbidden), "it came with files");
    })
    .await;
}

#[tokio::test]
async fn who_writes_with_them_sees_it_until_they_do_not() {
    each(async |test| {
        let writer = Writer::new(test, Part::Expert).await;
        let home = writer.seminar().await.id.id();
        let slug = writer.begin(&typed("Together")).await.expect("begun");
        let viewer = writer.viewer().await;
        let (seminar, itself) = writer.found(&viewer, &slug).await.expect("theirs");
        let set = async |by: &Viewer, account: i64, writes: bool| {
            let of = (Kind::Practice, slug.as_str());
            set_writer(&test.store, by, english(), of, (account, writes), now()).await.expect("the store answers")
        };
        let ion = account(test, "ion").await;
        assert_eq!(set(&viewer, ion, true).await, Err(Refusal::Forbidden), "has no seat there");
        let sit = async |account: i64, part: Part| {
            let row = seat::ActiveModel {
                seminar_id: Set(home),
                account_id: Set(Some(account)),
                name: Set("Ion".to_owned()),
                folded: Set("ion".to_owned()),
                part: Set(part.code().to_owned()),
                stamp: Set(format!("stamp-{account}")),
                created_at: Set(0),
                ..Default::default()
            };
            seat::Entity::insert(row).exec_without_returning(test.store.write()).await.expect("a seat");
        };
        sit(ion, Part::Facilitator).await;
        let mira = account(test, "mira").await;
        sit(mira, Part::Participant).await;
        let all = writers(&test.store, &viewer, &seminar, &itself).await.expect("read");
        let names: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.writes)).collect();
        assert_eq!(names, [("vera", true), ("ion", false)], "a participant writes none");
        let ion_is = async || known(test, ion, &[(home, Part::Facilitator)]).await;
        assert_eq!(writers(&test.store, &ion_is().await, &seminar, &itself).await.expect("read"), []);
        assert_eq!(set(&ion_is().await, ion, true).await, Err(Refusal::Forbidden));
        assert_eq!(set(&viewer, writer.account, false).await, Err(Refusal::Forbidden), "the last one stays");
        assert_eq!(set(&viewer, ion, true).await, Ok(()));
        assert_eq!(set(&viewer, ion, true).await, Ok(()), "twice");
        assert!(writer.page(&ion_is().await, &slug).await.is_some());
        assert_eq!(writer.edit(&ion_is().await, &slug, |draft| draft.summary = "Both.".into()).await, Ok(slug.clone()));
        // Whoever began it goes, and it stays.
        assert_eq!(set(&ion_is().await, writer.account, false).await, Ok(()));
        assert!(writer.page(&writer.viewer().await, &slug).await.is_none());
        assert_eq!(writer.publish(&ion_is().await, &slug).await, Ok("together".to_owned()));
        let look = Look { kinds: &[Kind::Practice], ..Look::default() };
        let published =
            things::list(&test.store, &ion_is().await, english(), &look).await.expect("read").pop().expect("there");
        assert_eq!(writers(&test.store, &ion_is().await, &seminar, &published).await.expect("read"), []);
    })
    .await;
}
