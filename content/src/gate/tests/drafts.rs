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
    practices,
    roles::Part,
    seminars,
    store::trial::each,
    texts::Reading,
    things::Kind,
};
use jiff::Timestamp;
use language::Locale;

const MARKERS: [&str; 9] = [
    "qzdraftone",
    "qzdrafttwo",
    "qzdraftthree",
    "qzdraftfour",
    "qzdraftfive",
    "qzdraftsix",
    "qzdraftseven",
    "qzdrafteight",
    "qzdraftnine",
];

fn found(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    MARKERS.into_iter().filter(|marker| text.contains(marker)).collect()
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
        let mut draft = practices::Draft {
            title: MARKERS[0].into(),
            summary: MARKERS[1].into(),
            evidence: MARKERS[2].into(),
            themes: vec![MARKERS[3].into()],
            ..practices::Draft::default()
        };
        draft.parts.parts[0] = format!("{} [here](/practices/names-all)", MARKERS[4]);
        let now: Timestamp = "2026-11-29T10:00:00Z".parse().expect("a time");
        let store = &test.store;
        let practice = practices::edit(store, &viewer, &contents.seminar, None, ("", &draft), headings, now).await;
        let practice = practice.expect("answered").expect("begun");
        let challenge = challenges::Draft {
            title: MARKERS[5].into(),
            summary: MARKERS[6].into(),
            text: MARKERS[7].into(),
            themes: vec![MARKERS[8].into()],
            ..challenges::Draft::default()
        };
        let challenge = challenges::edit(store, &viewer, &contents, None, ("", &challenge), now).await;
        let challenge = challenge.expect("answered").expect("begun");

        let (index, following) = indexed(test).await;
        let mut readers: Vec<Viewer> = somebodies(test, &all).await.into_iter().map(|reader| reader.viewer).collect();
        // Of the same team, and who looks as somebody of it.
        readers.push(known(test, account(test, "sead").await, &[home]).await);
        for reader in &readers {
            assert_eq!(found(&answers(test, reader).await), [""; 0], "{reader:?}");
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
