//! Who writes a draft with whom, and what stays of it when people, files and names change.

use super::*;

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
        let (seminar, itself) = writer.found(&gone, &slug).await.expect("theirs");
        let all = writers(&test.store, &gone, &seminar, &itself).await.expect("read");
        assert_eq!(all.iter().map(|one| one.account).collect::<Vec<_>>(), [writer.account]);
        let shown = writer.shown(&slug).await;
        let (seminar, itself) = writer.found(&gone, &slug).await.expect("theirs");
        // Also when they do not see the seminar any more, of which they learn nothing then.
        let narrowed = |name: &str, text: &str| match name {
            "seminar.md" => text.replace("status = \"open\"", "status = \"open\"\nvisibility = \"team\""),
            _ => text.to_owned(),
        };
        writer.room.import(narrowed, false).await;
        let (hidden, itself) = writer.found(&gone, &itself.place.slug).await.expect("theirs");
        assert!(seminar.title.text == "One" && hidden.title.text.is_empty() && hidden.countries.is_empty());
        assert!(writer.found(&writer.room.organiser, &itself.place.slug).await.is_none());
        let removed = practices::remove(&test.store, &gone, &hidden, &itself, &edits::version(&shown), now()).await;
        assert_eq!(removed.expect("answered"), Ok(()));
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
        let done = challenges::edit(&test.store, &viewer, &contents.seminar, None, ("", &challenge), now()).await;
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
        let shown = challenges::editing(&test.store, &viewer, english(), &contents.seminar, Some(&itself))
            .await
            .expect("read")
            .expect("theirs");
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
        let done = challenges::edit(&test.store, &viewer, &contents.seminar, None, ("", &challenge), now()).await;
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
