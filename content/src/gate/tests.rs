//! Whoever may not see something learns nothing of it, whatever they ask.

mod asked;
mod drafts;
pub(crate) mod marked;
mod narrowed;

use super::{Audience, Reason, Somebody, Viewer, Visibility, Who};
use crate::{
    folder::{As, export},
    roles::{Act, Part, Platform},
    search::{Index, State, follow},
    store::trial::{TestStore, each, sqlite},
    things::{Kind, Look, entity::thing, rows},
};
use asked::{answers, findings};
use marked::{Marked, Marker, Markers, imported};
use sea_orm::{ConnectionTrait, DbBackend, sea_query::Query};
use std::{collections::BTreeSet, path::Path, time::Duration};

/// Somebody, as the tests know them: what they may see everywhere, and what they are in one seminar.
struct Reader {
    name: String,
    viewer: Viewer,
    level: Visibility,
    seminar: Option<String>,
}

impl Reader {
    fn may_read(&self, marker: &Marker) -> bool {
        if self.viewer.may(Act::ReadTeam) {
            return true;
        }
        let at_home = self.seminar.as_ref() == Some(&marker.seminar);
        marker.level <= if at_home { self.level } else { self.level.min(Visibility::Members) }
    }

    /// Exactly the markers that they may read stand in a text.
    fn reads(&self, markers: &Markers, text: &str) {
        let found = markers.found(text);
        let may: BTreeSet<&Marker> = markers.0.iter().filter(|marker| self.may_read(marker)).collect();
        let leaked: Vec<_> = found.difference(&may).collect();
        assert!(leaked.is_empty(), "{} reads {leaked:#?}", self.name);
        let kept: Vec<_> = may.difference(&found).collect();
        assert!(kept.is_empty(), "{} may read this and does not: {kept:#?}", self.name);
    }
}

/// One seminar for everybody with things for some in it; one for each level with what inherits it; a draft. Where it
/// is asked for, a page for everybody whose author links to things for some.
async fn hidden(test: &TestStore, with_links: bool) -> (Markers, Vec<String>) {
    use Visibility::{Members, Participants, Public, Team};
    let mut markers = Markers::default();
    let mut seminars = Vec::new();

    let mut open = Marked::new(&mut markers, "open", Public, "");
    let of_each: Vec<_> = Visibility::ALL
        .iter()
        .map(|&level| (level, open.one_of_each(level, &format!("visibility = \"{}\"\n", level.code()))))
        .collect();
    // Things for everybody that name things for some.
    let names = |of: fn(&marked::Slugs) -> &String| of_each.iter().map(move |(_, slugs)| of(slugs));
    let answers = names(|slugs| &slugs.challenge).map(|slug| format!("\"{slug}\"")).collect::<Vec<_>>().join(", ");
    open.also("practices/names-all", Public, &format!("answers = [{answers}]\n"));
    open.also("recommendations/names-2", Public, &format!("answers = [{answers}]\n"));
    let people: Vec<_> = of_each.iter().map(|(level, slugs)| (*level, slugs.person.as_str())).collect();
    let contributors = open.by(&people, Public);
    open.also("sessions/02-spoken", Public, &format!("kind = \"panel\"\n{contributors}"));
    // What was said may be known, and who said it may not.
    let contributors = open.by(&people, Team);
    open.also("sessions/03-chatham", Public, &format!("kind = \"panel\"\nchatham_house = true\n{contributors}"));
    open.comparison(Members, "visibility = \"members\"\n");
    let (slug, mut files) = open.done();
    let links: String = of_each.iter().map(|(_, slugs)| format!("\n[this](/practices/{})\n", slugs.practice)).collect();
    if with_links {
        files.push(("materials/links.md".to_owned(), "+++\ntitle = \"Links\"\n+++\n".to_owned() + &links));
    }
    imported(test, &slug, &files).await;
    seminars.push(slug);

    for (name, level, lines) in [
        ("for-members", Members, "visibility = \"members\""),
        ("for-participants", Participants, "visibility = \"participants\""),
        ("for-the-team", Team, "visibility = \"team\""),
        ("draft", Team, "status = \"draft\"\nvisibility = \"public\""),
    ] {
        let mut closed = Marked::new(&mut markers, name, level, lines);
        // What is set inside can widen nothing.
        closed.one_of_each(level, "visibility = \"public\"\n");
        closed.comparison(level, "");
        let (slug, files) = closed.done();
        imported(test, &slug, &files).await;
        seminars.push(slug);
    }
    (markers, seminars)
}

/// The same seminars, for other tests.
pub(crate) async fn marked_seminars(test: &TestStore) {
    hidden(test, false).await;
}

/// Nobody, a member, and participants and team of some of the seminars.
async fn somebodies(test: &TestStore, seminars: &[String]) -> Vec<Reader> {
    use Visibility::{Early, Participants, Team};
    let nobody = Viewer::anonymous();
    let member = Viewer::of([Audience::Members]);
    let mut all = vec![
        Reader { name: "nobody".into(), viewer: nobody, level: Visibility::Public, seminar: None },
        Reader { name: "a member".into(), viewer: member, level: Visibility::Members, seminar: None },
    ];
    for (at, level) in [(0, Participants), (0, Early), (0, Team), (2, Participants), (4, Early), (4, Team)] {
        let id = id_of(test, &seminars[at]).await;
        let audiences = [Audience::Members, Audience::Participants(id), Audience::Early(id), Audience::Team(id)];
        let most = match level {
            Team => 4,
            Early => 3,
            _ => 2,
        };
        all.push(Reader {
            name: format!("{} of {}", level.code(), seminars[at]),
            viewer: Viewer::of(audiences.into_iter().take(most)),
            level,
            seminar: Some(seminars[at].clone()),
        });
    }
    let administrator = Somebody {
        who: Who::Account(1),
        name: "Ana".to_owned(),
        platform: Some(Platform::Administrator),
        parts: Vec::new(),
        delegations: Vec::new(),
        writes: None,
    };
    all.push(Reader { name: "an administrator".into(), viewer: administrator.into(), level: Team, seminar: None });
    // By their parts, as the table of roles has them.
    let two = [(id_of(test, &seminars[0]).await, Part::Observer), (id_of(test, &seminars[2]).await, Part::Participant)];
    let somebody = Somebody {
        who: Who::Account(2),
        name: "Ion".to_owned(),
        platform: Some(Platform::Member),
        parts: two[1..].to_vec(),
        delegations: Vec::new(),
        writes: None,
    };
    all.push(Reader {
        name: format!("a participant of {} by their part", seminars[2]),
        viewer: somebody.into(),
        level: Participants,
        seminar: Some(seminars[2].clone()),
    });
    let observer = Somebody {
        who: Who::Account(3),
        name: "Mira".to_owned(),
        platform: Some(Platform::Editor),
        parts: two[..1].to_vec(),
        delegations: Vec::new(),
        writes: None,
    };
    all.push(Reader {
        name: format!("an observer of {}", seminars[0]),
        viewer: observer.into(),
        level: Early,
        seminar: Some(seminars[0].clone()),
    });
    all
}

async fn id_of(test: &TestStore, seminar: &str) -> i64 {
    let look = Look { kinds: &[Kind::Seminar], slug: Some(seminar), ..Look::default() };
    let found = rows(&test.store, &Viewer::everything(Reason::Test), &look).await.expect("the store answers").pop();
    found.expect("the seminar is there").0.id()
}

/// An index that holds what the store holds.
pub(crate) async fn indexed(test: &TestStore) -> (Index, tokio::task::JoinHandle<()>) {
    let index = Index::new(test.folder.path());
    let following = tokio::spawn(follow(test.store.clone(), index.clone()));
    let ready = async {
        while index.state() != State::Ready {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), ready).await.expect("the index is ready");
    (index, following)
}

#[tokio::test]
async fn each_question_answers_each_viewer_what_they_may_know_and_all_of_it() {
    each(async |test| {
        let (markers, seminars) = hidden(test, true).await;
        for somebody in somebodies(test, &seminars).await {
            somebody.reads(&Markers(without_bytes(&markers)), &answers(test, &somebody.viewer).await);
        }
    })
    .await;
}

/// The bytes of a file are in no answer.
fn without_bytes(markers: &Markers) -> Vec<Marker> {
    markers.0.iter().filter(|marker| marker.place != "the bytes of a file").cloned().collect()
}

#[tokio::test]
async fn a_search_finds_counts_and_divides_what_a_viewer_may_see() {
    each(async |test| {
        let (markers, seminars) = hidden(test, false).await;
        let (index, following) = indexed(test).await;
        for somebody in somebodies(test, &seminars).await {
            findings(test, &index, &somebody, &markers).await;
        }
        following.abort();
    })
    .await;
}

#[tokio::test]
async fn an_export_holds_what_its_reader_may_see() {
    each(async |test| {
        let (markers, seminars) = hidden(test, false).await;
        for seminar in &seminars {
            let of_it = markers.0.iter().filter(|marker| marker.seminar == *seminar).cloned().collect();
            let of_it = Markers(of_it);
            let around = tempfile::tempdir().expect("a folder for the test");
            for (who, level) in [
                (As::Public, Visibility::Public),
                (As::Participants, Visibility::Participants),
                (As::Team, Visibility::Team),
            ] {
                let out = around.path().join(who.code());
                export(&test.store, who, Some(seminar), &out).await.expect("the store answers");
                let reader = Reader {
                    name: format!("an export as {}", who.code()),
                    viewer: Viewer::anonymous(),
                    level,
                    seminar: Some(seminar.clone()),
                };
                // The seminar's slug is the folder's name.
                let text = if out.exists() { format!("{seminar}\n{}", everything_in(&out)) } else { String::new() };
                reader.reads(&of_it, &text);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_not_there_however_it_is_asked_for() {
    each(async |test| {
        hidden(test, false).await;
        let long = "x".repeat(64 * 1024);
        for slug in ["", " ", "nothing", "NOTHING", "' OR 1=1 --", "%", "_", "..", "просјачење", "\u{202e}", &long]
        {
            asked::nothing(test, slug).await;
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_has_a_nul_in_its_slug() {
    each(async |test| {
        hidden(test, false).await;
        asked::nothing(test, "a\0b").await;
    })
    .await;
}

fn everything_in(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        all.push_str(&format!("{}\n", path.file_name().unwrap_or_default().to_string_lossy()));
        if path.is_dir() {
            all.push_str(&everything_in(&path));
        } else {
            all.push_str(&format!("{}\n", std::fs::read_to_string(&path).expect("a text")));
        }
    }
    all
}

/// In SQLite's own words for what a statement does (`EXPLAIN`). Else a page takes twice as long for whoever takes part.
#[tokio::test]
async fn nothing_is_made_into_a_table_to_know_what_somebody_may_see() {
    let test = sqlite().await;
    let made = async |viewer: Viewer| {
        let mut select = Query::select();
        select.column(thing::Column::Id).from(thing::Entity).cond_where(viewer.condition(thing::Column::Audience));
        let mut asked = DbBackend::Sqlite.build(&select);
        asked.sql = format!("EXPLAIN {}", asked.sql);
        let steps = test.store.read().query_all_raw(asked).await.expect("answered");
        let steps: Vec<String> = steps.iter().map(|step| step.try_get_by_index(1).expect("a word")).collect();
        assert!(steps.iter().any(|step| step == "ResultRow"), "it asks for something: {steps:?}");
        steps.iter().filter(|step| *step == "OpenEphemeral").count()
    };
    let part = Somebody {
        who: Who::Account(1),
        name: String::new(),
        platform: Some(Platform::Administrator),
        parts: vec![(1, Part::Organiser), (2, Part::Expert)],
        delegations: Vec::new(),
        writes: Some(vec![7]),
    };
    assert_eq!(made(part.into()).await, 0, "who is in every seminar");
    assert_eq!(made(Viewer::anonymous()).await, 0);
    assert_eq!(made(Viewer::of([Audience::Members, Audience::Participants(1)])).await, 0);
    assert_eq!(made(Viewer::of((1..=400).map(Audience::Team))).await, 0);
}
