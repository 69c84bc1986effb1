//! What happens on a board in the store: what is acknowledged is there, for every process, and what is forgotten is not.

use crate::{
    boards::{BoardPage, Boards, Command, Id, Open, Phase, Refusal, board, entity, written_in},
    gate::{
        Viewer,
        tests::{indexed, marked::imported},
    },
    protection::set_chatham_house,
    roles::Part,
    seats::{add, end_rehearsal, rehearse, remove, seated},
    sessions::tests::{Room, english, files, now},
    store::trial::{TestStore, each},
};
use jiff::{SignedDuration, Timestamp};
use language::Language;
use sea_orm::{EntityTrait, PaginatorTrait};

const BOARD: &str = "+++\ntitle = \"What helps?\"\nsession = \"asked\"\n";

/// A room with a board, and some who take part.
pub(super) struct Hall<'a> {
    pub(super) test: &'a TestStore,
    pub(super) room: Room<'a>,
}

pub(super) fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

pub(super) fn write(text: &str) -> Command {
    Command::Write { language: Language::English, text: text.to_owned() }
}

pub(super) fn moves(to: Phase) -> Command {
    Command::Move { to }
}

impl<'a> Hall<'a> {
    pub(super) async fn new(test: &'a TestStore, how: &str) -> Self {
        let room = Room::new(test).await;
        let mut files = files();
        files.push(("boards/helps.md".to_owned(), format!("{BOARD}{how}+++\n")));
        imported(test, "one", &files).await;
        Self { test, room }
    }

    pub(super) async fn comes(&self, name: &str, part: Part, country: &str, at: Timestamp) -> (i64, Viewer) {
        let seminar = self.room.contents().await.seminar;
        let given = add(&self.test.store, &self.room.organiser, &seminar, (name, part, country), at).await;
        let seat = given.expect("answered").expect("given");
        let (somebody, _) = seated(&self.test.store, seat).await.expect("answered").expect("there");
        (seat, somebody.into())
    }

    async fn page(&self, viewer: &Viewer) -> Option<BoardPage> {
        board(&self.test.store, viewer, english(), "one", "helps").await.expect("the store answers")
    }

    pub(super) async fn open(&self, boards: &Boards, viewer: &Viewer) -> Open {
        let page = self.page(viewer).await.expect("theirs");
        boards.open(&self.test.store, viewer, &page).await.expect("the store answers")
    }

    pub(super) async fn sends(&self, boards: &Boards, viewer: &Viewer, sent: (u64, Command)) -> Result<i64, Refusal> {
        self.sends_at(boards, viewer, sent, now()).await
    }

    pub(super) async fn sends_at(
        &self,
        boards: &Boards,
        viewer: &Viewer,
        sent: (u64, Command),
        at: Timestamp,
    ) -> Result<i64, Refusal> {
        let open = self.open(boards, viewer).await;
        let seminar = self.room.contents().await.seminar;
        open.send(&self.test.store, viewer, &seminar, (Id::new(sent.0), &sent.1), at).await.expect("the store answers")
    }

    async fn texts(&self, boards: &Boards, viewer: &Viewer) -> Vec<String> {
        let seen = self.open(boards, viewer).await.look().board;
        seen.in_order().into_iter().map(|(_, card)| card.says.text.clone()).collect()
    }

    pub(super) async fn authors(&self) -> u64 {
        entity::author::Entity::find().count(self.test.store.read()).await.expect("counted")
    }
}

#[tokio::test]
async fn what_is_acknowledged_is_there_for_every_process() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-once\"\nnames = \"signed\"\n").await;
        let organiser = &hall.room.organiser;
        let (_, ion) = hall.comes("Ion", Part::Participant, "MD", now()).await;
        let (one, other) = (Boards::default(), Boards::default());
        assert_eq!(hall.sends(&one, &ion, (1, write("Early"))).await, Err(Refusal::NotNow));
        assert_eq!(hall.authors().await, 0, "what is refused leaves nothing");
        assert_eq!(hall.sends(&one, organiser, (2, moves(Phase::Gather))).await, Ok(1));
        // Each process in turn, on what the other did.
        assert_eq!(hall.sends(&other, &ion, (3, write("Training"))).await, Ok(2));
        assert_eq!(hall.sends(&one, &ion, (4, write("Shelters"))).await, Ok(3));
        assert_eq!(hall.sends(&other, &ion, (4, write("Shelters"))).await, Ok(3), "a repeat");
        for boards in [&one, &other, &Boards::default()] {
            assert_eq!(hall.texts(boards, organiser).await, ["Training", "Shelters"]);
        }
        assert_eq!(hall.authors().await, 1);
        let seen = hall.open(&one, organiser).await.look().board;
        assert!(seen.cards.values().all(|card| card.says.group.as_deref() == Some("MD")));
        // An interpreter reads along.
        let (_, eva) = hall.comes("Eva", Part::Observer, "", now()).await;
        assert_eq!(hall.sends(&one, &eva, (5, write("I?"))).await, Err(Refusal::Forbidden));
        assert_eq!(hall.texts(&one, &eva).await.len(), 2);
        assert!(hall.page(&Viewer::anonymous()).await.is_none(), "for those alone who take part");
    })
    .await;
}

#[tokio::test]
async fn two_who_send_at_once_both_have_their_place() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-once\"\n").await;
        let (one, other) = (Boards::default(), Boards::default());
        hall.sends(&one, &hall.room.organiser, (1, moves(Phase::Gather))).await.expect("begun");
        let (_, ion) = hall.comes("Ion", Part::Participant, "MD", now()).await;
        let (_, ana) = hall.comes("Ana", Part::Participant, "AL", now()).await;
        let sends = |boards, viewer, first: u64| {
            let hall = &hall;
            async move {
                for number in first..first + 8 {
                    hall.sends(boards, viewer, (number, write(&format!("Card {number}")))).await.expect("written");
                }
            }
        };
        tokio::join!(sends(&one, &ion, 100), sends(&other, &ana, 200), sends(&one, &ana, 300));
        for boards in [&one, &other] {
            let open = hall.open(boards, &hall.room.organiser).await;
            assert_eq!(open.look().board.cards.len(), 24);
            assert_eq!(
                open.after(0).iter().map(|event| event.number).collect::<Vec<_>>(),
                (1..=25).collect::<Vec<_>>()
            );
        }
    })
    .await;
}

#[tokio::test]
async fn closing_an_anonymous_board_destroys_whose_what_is() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-end\"\n").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        hall.sends(&boards, organiser, (1, moves(Phase::Gather))).await.expect("begun");
        let (_, ion) = hall.comes("Ion", Part::Participant, "MD", now()).await;
        hall.sends(&boards, &ion, (2, write("Training"))).await.expect("written");
        assert_eq!(hall.texts(&boards, &ion).await, ["Training"]);
        assert!(hall.texts(&boards, organiser).await.is_empty());
        assert_eq!(hall.open(&boards, organiser).await.look().count, 1);
        assert_eq!(hall.open(&boards, organiser).await.seen_number(), 1, "that it was written says nothing");
        hall.sends(&boards, organiser, (3, moves(Phase::Closed))).await.expect("closed");
        let rows = entity::event::Entity::find().all(test.store.read()).await.expect("read");
        assert!(rows.len() >= 3 && rows.iter().all(|row| row.author_id.is_none()));
        assert_eq!(hall.authors().await, 0);
        for boards in [&boards, &Boards::default()] {
            assert_eq!(hall.texts(boards, organiser).await, ["Training"]);
            assert!(hall.open(boards, &ion).await.after(0).iter().all(|event| event.command.is_none()));
        }
    })
    .await;
}

#[tokio::test]
async fn names_are_told_where_they_may_be_and_go_with_their_owner() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-once\"\nnames = \"signed\"\n").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        hall.sends(&boards, organiser, (1, moves(Phase::Gather))).await.expect("begun");
        let (seat, ion) = hall.comes("Ion", Part::Participant, "MD", now()).await;
        let (_, ana) = hall.comes("Ana", Part::Participant, "AL", now()).await;
        hall.sends(&boards, &ion, (2, write("Training"))).await.expect("written");
        let names = async |viewer: &Viewer| {
            let open = hall.open(&boards, viewer).await;
            let names = open.names(&test.store).await.expect("read");
            names.into_values().collect::<Vec<_>>()
        };
        assert_eq!((names(organiser).await, names(&ana).await), (vec!["Ion".to_owned()], vec!["Ion".to_owned()]));
        // Under the Chatham House rule the team alone knows.
        let seminar = hall.room.contents().await.seminar;
        let quiet = set_chatham_house(&test.store, organiser, &seminar, "asked", true, now()).await;
        quiet.expect("answered").expect("set");
        assert_eq!((names(organiser).await, names(&ana).await), (vec!["Ion".to_owned()], vec![]));
        let seen = hall.open(&boards, &ana).await.after(0);
        assert!(!serde_json::to_string(&seen).expect("written").contains("author\":"));
        remove(&test.store, organiser, &seminar, seat, now()).await.expect("answered").expect("gone");
        assert!(names(organiser).await.is_empty());
        assert_eq!(hall.texts(&boards, organiser).await, ["Training"], "what was written stays");
    })
    .await;
}

#[tokio::test]
async fn who_was_told_that_the_team_alone_sees_names_is_told_so_for_good() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-once\"\nnames = \"signed\"\n").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        let seminar = hall.room.contents().await.seminar;
        for (on, then) in [(true, Phase::Gather), (false, Phase::Closed)] {
            let set = set_chatham_house(&test.store, organiser, &seminar, "asked", on, now()).await;
            set.expect("answered").expect("set");
            hall.sends(&boards, organiser, (u64::from(on), moves(then))).await.expect("moved");
            let (_, ion) = hall.comes("Ion", Part::Participant, "MD", now()).await;
            if on {
                hall.sends(&boards, &ion, (2, write("Training"))).await.expect("written");
            }
            for boards in [&boards, &Boards::default()] {
                assert!(hall.open(boards, &ion).await.names(&test.store).await.expect("read").is_empty());
                assert_eq!(hall.open(boards, organiser).await.names(&test.store).await.expect("read").len(), 1);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn of_very_few_the_delegation_is_not_said() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-once\"\n").await;
        let boards = Boards::default();
        hall.sends(&boards, &hall.room.organiser, (1, moves(Phase::Gather))).await.expect("begun");
        for (number, group) in [(2, None), (3, None), (4, Some("MD"))] {
            let (_, one) = hall.comes(&format!("Ion {number}"), Part::Participant, "MD", now()).await;
            hall.sends(&boards, &one, (number, write("Training"))).await.expect("written");
            let seen = hall.open(&boards, &one).await.look().board;
            assert_eq!(seen.cards[&Id::new(number)].says.group.as_deref(), group, "{number}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_log_that_begins_anew_is_not_taken_for_the_one_before() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-once\"\n").await;
        let (boards, other, organiser) = (Boards::default(), Boards::default(), &hall.room.organiser);
        let seminar = hall.room.contents().await.seminar;
        rehearse(&test.store, organiser, &seminar, later(-60)).await.expect("answered").expect("begun");
        hall.sends(&other, organiser, (1, moves(Phase::Gather))).await.expect("begun");
        let (_, ion) = hall.comes("Ion", Part::Facilitator, "MD", later(-30)).await;
        hall.sends(&other, &ion, (2, write("Only tried"))).await.expect("written");
        end_rehearsal(&test.store, organiser, &seminar, later(60)).await.expect("answered").expect("ended");
        // As many happen before the other process looks.
        hall.sends(&boards, organiser, (3, moves(Phase::Gather))).await.expect("begun");
        hall.sends(&boards, &ion, (4, write("In earnest"))).await.expect("written");
        hall.sends(&boards, &ion, (5, write("And more"))).await.expect("written");
        for boards in [&other, &boards] {
            assert_eq!(hall.texts(boards, organiser).await, ["In earnest", "And more"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_rehearsal_leaves_boards_as_they_were() {
    each(async |test| {
        let hall = Hall::new(test, "shown = \"at-once\"\n").await;
        let (boards, other, organiser) = (Boards::default(), Boards::default(), &hall.room.organiser);
        let seminar = hall.room.contents().await.seminar;
        rehearse(&test.store, organiser, &seminar, later(-60)).await.expect("answered").expect("begun");
        hall.sends(&boards, organiser, (1, moves(Phase::Gather))).await.expect("begun");
        let (_, ion) = hall.comes("Ion", Part::Participant, "MD", later(-30)).await;
        hall.sends(&boards, &ion, (2, write("Only tried"))).await.expect("written");
        assert_eq!(hall.texts(&other, organiser).await, ["Only tried"]);
        end_rehearsal(&test.store, organiser, &seminar, later(60)).await.expect("answered").expect("ended");
        for boards in [&boards, &other] {
            let open = hall.open(boards, organiser).await;
            assert_eq!((open.look().board.phase, open.look().board.cards.len()), (Phase::Ahead, 0));
        }
        assert_eq!(hall.authors().await, 0);
        assert_eq!(hall.sends(&boards, organiser, (1, moves(Phase::Gather))).await, Ok(1), "as if nothing had been");
    })
    .await;
}

#[test]
fn a_card_is_of_the_language_in_which_it_is_plainly_written() {
    let text = "Instruirea continuă a judecătorilor și procurorilor, mai ales despre protecția victimelor traficului";
    assert_eq!(written_in(text, Language::English), Language::Romanian);
    assert_eq!(written_in("OK", Language::Albanian), Language::Albanian);
    assert_eq!(written_in(&"a".repeat(10_000_000), Language::Albanian), Language::Albanian);
}

#[tokio::test]
async fn what_says_nearly_the_same_in_two_languages_is_put_before_those_who_sort() {
    each(async |test| {
        let term = |slug: &str, en: &str, ro: &str| {
            format!("[[term]]\nslug = \"{slug}\"\ndefinition = \"A term.\"\n[term.forms]\nen = [\"{en}\"]\nro = [\"{ro}\"]\n")
        };
        let terms = term("indicators", "indicators", "indicatori") + &term("shelter", "shelter", "adăpost");
        imported(test, "glossary", &[("terms.toml".to_owned(), terms)]).await;
        let hall = Hall::new(test, "shown = \"at-end\"\n").await;
        let (index, following) = indexed(test).await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        let (_, ion) = hall.comes("Ion", Part::Participant, "MD", now()).await;
        hall.sends(&boards, organiser, (1, moves(Phase::Gather))).await.expect("begun");
        let cards = [
            (2, Language::English, "The same indicators on the same route"),
            (3, Language::Romanian, "Indicatori comuni pentru toate țările"),
            (4, Language::English, "A shelter for men in each town"),
            (5, Language::Romanian, "Bani pentru un adăpost de bărbați"),
            (6, Language::English, "Faster exchange across borders"),
        ];
        for (number, language, text) in cards {
            let card = Command::Write { language, text: text.to_owned() };
            hall.sends(&boards, &ion, (number, card)).await.expect("written");
        }
        let alike = async || {
            let found = hall.open(&boards, &ion).await.alike(&index).await;
            found.iter().map(|alike| alike.cards.clone()).collect::<Vec<_>>()
        };
        assert!(alike().await.is_empty(), "in silence nobody is told of another's");
        hall.sends(&boards, organiser, (7, moves(Phase::Cluster))).await.expect("moved");
        let pair = |one: u64, other: u64| vec![Id::new(one), Id::new(other)];
        let mut found = alike().await;
        found.iter_mut().for_each(|cards| cards.sort_unstable());
        found.sort_unstable();
        assert_eq!(found, [pair(2, 3), pair(4, 5)]);
        // What was hidden is not told of by what is like it.
        hall.sends(&boards, organiser, (8, Command::Hide { card: Id::new(5) })).await.expect("hidden");
        let mut found = alike().await;
        found.iter_mut().for_each(|cards| cards.sort_unstable());
        assert_eq!(found, [pair(2, 3)]);
        following.abort();
    })
    .await;
}
