//! Drafts are their authors' alone, and what is published is as it lies in its seminar.

mod kept;

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
            delegations: Vec::new(),
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
        let done = challenges::edit(&test.store, &viewer, &contents.seminar, None, ("", &challenge), now()).await;
        let slug = done.expect("answered").expect("named");
        let viewer = writer.viewer().await;
        let found = written(&test.store, &viewer, english(), (Kind::Challenge, &slug)).await.expect("read");
        let (_, listed) = found.expect("theirs");
        let shown =
            challenges::editing(&test.store, &viewer, english(), &contents.seminar, Some(&listed)).await.expect("read");
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
