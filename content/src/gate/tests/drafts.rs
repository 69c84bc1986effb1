//! What somebody writes and has not published is theirs alone, whatever is asked by whomever.

use super::{Reader, answers, asked, hidden, indexed, somebodies};
use crate::{
    authors::{
        self,
        tests::{account, headings, known},
    },
    challenges,
    folder::{As, export},
    gate::Viewer,
    people::{self, Voice},
    practices,
    roles::Part,
    seminars,
    store::trial::{TestStore, each},
    texts::Reading,
    things::Kind,
};
use jiff::Timestamp;
use language::Locale;

const MARKERS: [&str; 10] = [
    "qzdraftone",
    "qzdrafttwo",
    "qzdraftthree",
    "qzdraftfour",
    "qzdraftfive",
    "qzdraftsix",
    "qzdraftseven",
    "qzdrafteight",
    "qzdraftnine",
    "qzdraftten",
];

fn found(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    MARKERS.into_iter().filter(|marker| text.contains(marker)).collect()
}

/// How many practices answer a challenge, as far as somebody may see them.
async fn counted(test: &TestStore, reader: &Viewer, challenge: &str) -> Option<usize> {
    let reading = Reading::in_locale(Locale::English);
    let page = challenges::challenge(&test.store, reader, reading, challenge).await.expect("the store answers")?;
    assert_eq!(page.challenge.answers, page.practices.len());
    Some(page.practices.len())
}

#[tokio::test]
async fn a_draft_is_its_authors_alone_whatever_is_asked() {
    each(async |test| {
        let (_, all) = hidden(test, false).await;
        let reading = Reading::in_locale(Locale::English);
        // In a seminar for everybody, by somebody of its team.
        let everything = Viewer::command_line();
        let contents = seminars::contents(&test.store, &everything, reading, &all[0]).await.expect("read");
        let contents = contents.expect("there");
        let home = (contents.seminar.id.id(), Part::Expert);
        let vera = account(test, "vera").await;
        let viewer = known(test, vera, &[home]).await;
        let store = &test.store;
        let people = people::list(store, &everything, reading, 100, 0).await.expect("read");
        let answered = challenges::list(store, &Viewer::anonymous(), reading, 100, 0).await.expect("read");
        let answered = answered.first().expect("one for everybody").listed.place.slug.clone();
        let mut readers: Vec<Viewer> = somebodies(test, &all).await.into_iter().map(|reader| reader.viewer).collect();
        // Of the same team, and who looks as somebody of it.
        readers.push(known(test, account(test, "sead").await, &[home]).await);
        let mut before = Vec::new();
        for reader in &readers {
            before.push(counted(test, reader, &answered).await);
        }
        let mut draft = practices::Draft {
            title: MARKERS[0].into(),
            summary: MARKERS[1].into(),
            evidence: MARKERS[2].into(),
            themes: vec![MARKERS[3].into()],
            ..practices::Draft::default()
        };
        let person = people.first().expect("somebody").place.slug.clone();
        draft.contributors = vec![Voice { person, role: "author".into(), title: MARKERS[9].into() }];
        draft.answers = vec![answered.clone()];
        draft.parts.parts[0] = format!("{} [here](/practices/names-all)", MARKERS[4]);
        let now: Timestamp = "2026-11-29T10:00:00Z".parse().expect("a time");
        let practice = practices::edit(store, &viewer, &contents.seminar, None, ("", &draft), headings, now).await;
        let practice = practice.expect("answered").expect("begun");
        let challenge = challenges::Draft {
            title: MARKERS[5].into(),
            summary: MARKERS[6].into(),
            text: MARKERS[7].into(),
            themes: vec![MARKERS[8].into()],
            session: contents.of(Kind::Session).next().expect("a session").place.slug.clone(),
            ..challenges::Draft::default()
        };
        let challenge = challenges::edit(store, &viewer, &contents.seminar, None, ("", &challenge), now).await;
        let challenge = challenge.expect("answered").expect("begun");

        let (index, following) = indexed(test).await;
        for (at, reader) in readers.iter().enumerate() {
            assert_eq!(found(&answers(test, reader).await), [""; 0], "{reader:?}");
            // Nor is it counted among what answers a challenge.
            assert_eq!(counted(test, reader, &answered).await, before[at]);
            for marker in MARKERS {
                let told = asked::found(test, &index, reader, &[("q", marker)]).await;
                assert_eq!(told.total, 0, "{reader:?} finds {marker}: {told:?}");
                let begun = asked::found(test, &index, reader, &[("q", &marker[..9])]).await;
                assert_eq!(found(&format!("{begun:?}")), [""; 0]);
            }
            let everywhere = asked::found(test, &index, reader, &[]).await;
            assert_eq!(found(&format!("{everywhere:?}")), [""; 0]);
            for (kind, slug) in [(Kind::Practice, &practice), (Kind::Challenge, &challenge)] {
                let theirs = authors::written(store, reader, reading, (kind, slug)).await.expect("read");
                assert!(theirs.is_none());
            }
        }
        // Nor is it in what anybody takes away.
        let around = tempfile::tempdir().expect("a folder for the test");
        for who in [As::Public, As::Participants, As::Team] {
            let out = around.path().join(who.code());
            export(store, who, Some(&all[0]), &out).await.expect("the store answers");
            assert_eq!(found(&super::everything_in(&out)), [""; 0]);
        }
        // To its author it is there, with all that stands in it.
        let author = Reader {
            name: "its author".into(),
            viewer: known(test, vera, &[home]).await,
            level: super::Visibility::Team,
            seminar: Some(all[0].clone()),
        };
        assert_eq!(found(&answers(test, &author.viewer).await), MARKERS);
        for marker in [MARKERS[0], MARKERS[4], MARKERS[7]] {
            assert_eq!(asked::found(test, &index, &author.viewer, &[("q", marker)]).await.total, 1, "{marker}");
        }
        following.abort();
    })
    .await;
}
