//! Secret ballots in the store: there while their vote is open, under a key, and gone with it.

use super::live::{Hall, later, moves, write};
use crate::{
    accounts::{self, Introduced, Tries, accept},
    boards::{
        Ballot, Boards, By, Cast, Command, Hand, Happened, How, Id, Method, Phase, Refusal,
        ballots::{cast, own, turnout},
        entity::{ballot, vote},
    },
    changes::{Sought, entries},
    gate::{Viewer, Who},
    roles::Part,
    seats::{claim, end_rehearsal, rehearse},
    sessions::tests::now,
    store::trial::each,
};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, TransactionTrait};
use std::collections::BTreeMap;

const DOTS: How = How { method: Method::Dots, dots: 3 };

fn dots(of: &[(u64, u8)]) -> Ballot {
    Ballot::Dots(of.iter().map(|(id, dots)| (Id::new(*id), *dots)).collect())
}

fn votes(of: &[(u64, u8)]) -> Command {
    Command::Vote { ballot: dots(of) }
}

fn entered(hand: Hand, seat: Option<i64>, of: &[(u64, u8)]) -> Command {
    let group = (hand == Hand::Paper).then(|| "AL".to_owned());
    Command::Enter { hand, group, seat, ballot: dots(of) }
}

impl Hall<'_> {
    /// Three of Moldova are there, and cards 10 and 11, and everybody votes.
    async fn voting(&self, boards: &Boards) -> Vec<(i64, Viewer)> {
        let mut there = Vec::new();
        for name in ["Ion", "Ana", "Vera"] {
            there.push(self.comes(name, Part::Participant, "MD", now()).await);
        }
        self.sends(boards, &self.room.organiser, (1, moves(Phase::Gather))).await.expect("begun");
        for number in [10, 11] {
            self.sends(boards, &there[0].1, (number, write(&format!("Card {number}")))).await.expect("written");
        }
        self.sends(boards, &self.room.organiser, (2, Command::Open { how: DOTS })).await.expect("begun");
        there
    }

    async fn kept(&self) -> Vec<ballot::Model> {
        ballot::Entity::find().all(self.test.store.read()).await.expect("read")
    }

    async fn says(&self, viewer: &Viewer) -> Option<Ballot> {
        let open = self.open(&Boards::default(), viewer).await;
        let seminar = self.room.contents().await.seminar;
        let voting = open.voting(&self.test.store, &seminar).await.expect("the store answers");
        voting.own.map(|cast| cast.ballot)
    }

    async fn tally(&self, boards: &Boards) -> crate::boards::Tally {
        self.open(boards, &self.room.organiser).await.look().board.tally.expect("counted")
    }
}

#[tokio::test]
async fn a_secret_ballot_is_no_event_can_be_changed_and_goes_with_its_vote() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let (boards, other) = (Boards::default(), Boards::default());
        let organiser = &hall.room.organiser;
        let there = hall.voting(&boards).await;
        let (number, authors) = (hall.open(&boards, organiser).await.seen_number(), hall.authors().await);
        hall.sends(&boards, &there[0].1, (20, votes(&[(10, 3)]))).await.expect("voted");
        hall.sends(&other, &there[1].1, (21, votes(&[(10, 1), (11, 2)]))).await.expect("voted");
        hall.sends(&boards, &there[2].1, (22, votes(&[(11, 1)]))).await.expect("voted");
        hall.sends(&other, &there[2].1, (23, votes(&[(11, 3)]))).await.expect("changed");
        assert_eq!(hall.sends(&other, &there[2].1, (24, votes(&[(11, 4)]))).await, Err(Refusal::ManyDots));
        // Nothing of it is in the log, and whoever only votes is no author.
        assert_eq!((hall.open(&boards, organiser).await.seen_number(), hall.authors().await), (number, authors));
        assert_eq!(hall.kept().await.len(), 3);
        assert_eq!(hall.says(&there[2].1).await, Some(dots(&[(11, 3)])));
        assert_eq!(hall.says(organiser).await, None);
        let seats: Vec<String> = there.iter().map(|(seat, _)| format!("seat {seat}")).collect();
        assert!(hall.kept().await.iter().all(|row| row.key.len() == 64 && !seats.contains(&row.key)));
        hall.sends(&boards, &there[2].1, (25, votes(&[]))).await.expect("taken back");
        assert_eq!(hall.kept().await.len(), 2);
        hall.sends(&boards, &there[2].1, (26, votes(&[(11, 2)]))).await.expect("voted");
        hall.sends(&other, organiser, (3, moves(Phase::Closed))).await.expect("closed");
        for boards in [&boards, &other, &Boards::default()] {
            let tally = hall.tally(boards).await;
            let came: Vec<_> = tally.weighed.iter().map(|one| (one.choice, one.all.support)).collect();
            assert_eq!((came, tally.cast), (vec![(Id::new(10), 4), (Id::new(11), 4)], 3));
        }
        assert!(hall.kept().await.is_empty());
        assert_eq!(vote::Entity::find().count(test.store.read()).await.expect("counted"), 0);
        assert_eq!(hall.sends(&boards, &there[0].1, (27, votes(&[(10, 1)]))).await, Err(Refusal::NotNow));
        // Another vote is another, with nothing of the first in it.
        hall.sends(&boards, organiser, (4, Command::Open { how: DOTS })).await.expect("begun");
        assert_eq!(hall.says(&there[0].1).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_vote_that_waits_keeps_its_ballots_and_another_does_not() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        let there = hall.voting(&boards).await;
        hall.sends(&boards, &there[0].1, (20, votes(&[(10, 2)]))).await.expect("voted");
        hall.sends(&boards, organiser, (3, moves(Phase::Cluster))).await.expect("back");
        assert_eq!(hall.sends(&boards, &there[0].1, (21, votes(&[(10, 1)]))).await, Err(Refusal::NotNow));
        hall.sends(&boards, organiser, (4, Command::Open { how: DOTS })).await.expect("on");
        assert_eq!(hall.says(&there[0].1).await, Some(dots(&[(10, 2)])));
        hall.sends(&boards, organiser, (5, moves(Phase::Cluster))).await.expect("back");
        let score = How { method: Method::Score, ..DOTS };
        hall.sends(&boards, organiser, (6, Command::Open { how: score })).await.expect("another");
        assert!(hall.kept().await.is_empty());
        assert_eq!(hall.sends(&boards, &there[0].1, (22, votes(&[(10, 1)]))).await, Err(Refusal::OtherVote));
    })
    .await;
}

#[tokio::test]
async fn what_is_entered_for_somebody_is_marked_noted_and_gives_way_to_them() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        let there = hall.voting(&boards).await;
        let (ion, ana) = (&there[0], &there[1]);
        let paper = || entered(Hand::Paper, None, &[(11, 1)]);
        assert_eq!(hall.sends(&boards, &ion.1, (30, paper())).await, Err(Refusal::Forbidden));
        for _ in 0..2 {
            hall.sends(&boards, organiser, (31, paper())).await.expect("entered, once");
        }
        for _ in 0..2 {
            let proxy = entered(Hand::Proxy, Some(ion.0), &[(10, 1)]);
            hall.sends(&boards, organiser, (32, proxy)).await.expect("entered, once");
        }
        assert_eq!(hall.kept().await.len(), 2);
        for seat in [None, Some(0), Some(-7)] {
            let sent = hall.sends(&boards, organiser, (33, entered(Hand::Proxy, seat, &[(10, 1)]))).await;
            assert_eq!(sent, Err(Refusal::Nobody), "{seat:?}");
        }
        let elsewhere =
            Command::Enter { hand: Hand::Paper, group: Some("XX".into()), seat: None, ballot: dots(&[(10, 1)]) };
        assert_eq!(hall.sends(&boards, organiser, (34, elsewhere)).await, Err(Refusal::Nobody));
        // What they vote themselves goes before.
        hall.sends(&boards, &ion.1, (35, votes(&[(11, 3)]))).await.expect("voted");
        hall.sends(&boards, &ana.1, (36, votes(&[(11, 3)]))).await.expect("voted");
        let again = entered(Hand::Proxy, Some(ana.0), &[(10, 1)]);
        assert_eq!(hall.sends(&boards, organiser, (37, again)).await, Err(Refusal::HasVoted));
        assert_eq!(hall.kept().await.iter().filter(|row| row.hand == "own").count(), 2);
        let seminar = hall.room.contents().await.seminar;
        let voting = hall.open(&boards, organiser).await.voting(&test.store, &seminar).await.expect("answered");
        assert_eq!((voting.turnout, voting.entered.len(), voting.seats.len()), (3, 1, 3));
        let theirs = hall.open(&boards, &ana.1).await.voting(&test.store, &seminar).await.expect("answered");
        assert!(theirs.entered.is_empty() && theirs.seats.is_empty(), "for whoever leads alone");
        let own = entered(Hand::Own, None, &[(10, 1)]);
        assert_eq!(hall.sends(&boards, organiser, (38, own)).await, Err(Refusal::Forbidden));
        hall.sends(&boards, organiser, (39, Command::Discard { ballot: Id::new(31) })).await.expect("taken back");
        let gone = hall.sends(&boards, organiser, (40, Command::Discard { ballot: Id::new(31) })).await;
        assert_eq!(gone, Err(Refusal::NotThere));
        // The audit says that, and not what was voted.
        let entries = entries(&test.store, &Viewer::command_line(), &Sought::default(), (50, 0)).await.expect("read");
        let mut acts: Vec<&str> =
            entries.iter().map(|entry| &*entry.act).filter(|act| act.contains("ballot")).collect();
        acts.sort_unstable();
        assert_eq!(acts, ["discard ballot", "enter ballot", "enter ballot"]);
        assert!(entries.iter().all(|entry| !entry.says.to_string().contains("marks")));
    })
    .await;
}

#[tokio::test]
async fn who_takes_their_seat_into_an_account_has_one_vote_still() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let boards = Boards::default();
        let there = hall.voting(&boards).await;
        let (seat, ion) = &there[0];
        hall.sends(&boards, ion, (20, votes(&[(10, 3)]))).await.expect("voted");
        let token = claim(&test.store, ion, now()).await.expect("answered").expect("a link");
        let password = "kali i bardhe mbi ure".into();
        let said = Introduced { name: "Ion Rusu".into(), address: "ion@example.org".into(), password };
        let tries = Tries::default();
        let taken = accept(&test.store, tries.of(None), ion, &token, &said, now()).await.expect("answered");
        let Who::Account(account) = taken.expect("taken").who else { panic!("no account") };
        let (somebody, _) = accounts::somebody(&test.store, account).await.expect("answered").expect("there");
        let holder: Viewer = somebody.into();
        assert_eq!(hall.says(&holder).await, Some(dots(&[(10, 3)])));
        hall.sends(&boards, &holder, (21, votes(&[(11, 1)]))).await.expect("something else");
        assert_eq!(hall.kept().await.len(), 1);
        let data = accounts::your_data(&test.store, &holder).await.expect("answered").expect("theirs");
        assert_eq!(data["votes"][0]["votes"]["marks"].as_object().map(serde_json::Map::len), Some(1));
        // What they voted with the account before they had the seat goes with the next, too.
        let board = hall.kept().await[0].board_id;
        let transaction = test.store.write().begin().await.expect("begun");
        transaction
            .execute_unprepared(&format!("UPDATE seat SET account_id = NULL, code = 'x' WHERE id = {seat}"))
            .await
            .expect("loose");
        let ballot = |of: &[(u64, u8)]| Cast { by: By::Nobody, group: None, hand: Hand::Own, ballot: dots(of) };
        cast(&transaction, board, Who::Account(account), &ballot(&[(10, 1)]), None).await.expect("voted");
        assert_eq!(turnout(&transaction, board).await.expect("counted"), 2);
        transaction
            .execute_unprepared(&format!("UPDATE seat SET account_id = {account}, code = NULL WHERE id = {seat}"))
            .await
            .expect("taken");
        cast(&transaction, board, Who::Account(account), &ballot(&[(10, 2)]), None).await.expect("voted");
        assert_eq!(turnout(&transaction, board).await.expect("counted"), 1);
        let is = own(&transaction, board, Who::Seat(*seat)).await.expect("read").map(|cast| cast.ballot);
        assert_eq!(is, Some(dots(&[(10, 2)])));
    })
    .await;
}

#[tokio::test]
async fn an_open_vote_stands_in_the_log_with_the_names_that_cards_have() {
    each(async |test| {
        let hall = Hall::new(test, "names = \"signed\"\nshown = \"at-once\"\nballots = \"open\"\n").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        let there = hall.voting(&boards).await;
        hall.sends(&boards, &there[1].1, (20, votes(&[(10, 3)]))).await.expect("voted");
        hall.sends(&boards, organiser, (21, entered(Hand::Proxy, Some(there[2].0), &[(11, 1)])))
            .await
            .expect("entered");
        hall.sends(&boards, &there[2].1, (22, votes(&[(11, 2)]))).await.expect("hers takes its place");
        let names = |viewer| {
            let (hall, boards) = (&hall, &boards);
            async move {
                let names = hall.open(boards, viewer).await.names(&test.store).await.expect("answered");
                names.into_values().collect::<Vec<_>>()
            }
        };
        assert_eq!(names(organiser).await, ["Ion", "Ana", "Vera"], "whoever wrote, and whoever voted");
        let seen = hall.open(&boards, &there[0].1).await.look().board;
        assert_eq!(seen.ballots.len(), 2);
        let hands: BTreeMap<Id, Hand> = seen.ballots.iter().map(|(id, cast)| (*id, cast.hand)).collect();
        assert!(hands.values().all(|hand| *hand == Hand::Own));
        assert!(hall.kept().await.is_empty());
        hall.sends(&boards, organiser, (3, moves(Phase::Closed))).await.expect("closed");
        assert_eq!(hall.tally(&boards).await.cast, 2);
        let log = hall.open(&boards, organiser).await.log();
        assert_eq!(log.iter().filter(|event| matches!(event.what.happened, Happened::Voted { .. })).count(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_rehearsal_leaves_no_ballot() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        let seminar = hall.room.contents().await.seminar;
        rehearse(&test.store, organiser, &seminar, later(-60)).await.expect("answered").expect("begun");
        let there = hall.voting(&boards).await;
        hall.sends(&boards, &there[0].1, (20, votes(&[(10, 3)]))).await.expect("voted");
        end_rehearsal(&test.store, organiser, &seminar, later(60)).await.expect("answered").expect("ended");
        assert!(hall.kept().await.is_empty());
        assert_eq!(vote::Entity::find().count(test.store.read()).await.expect("counted"), 0);
    })
    .await;
}

#[tokio::test]
async fn a_vote_that_was_open_before_a_rehearsal_takes_votes_after_it() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let (boards, other, organiser) = (Boards::default(), Boards::default(), &hall.room.organiser);
        let seminar = hall.room.contents().await.seminar;
        let there = hall.voting(&boards).await;
        rehearse(&test.store, organiser, &seminar, later(10)).await.expect("answered").expect("begun");
        let score = How { method: Method::Score, ..DOTS };
        for (number, command) in [(3, moves(Phase::Closed)), (4, Command::Open { how: score })] {
            hall.sends_at(&other, organiser, (number, command), later(20)).await.expect("rehearsed");
        }
        let scores = Command::Vote { ballot: Ballot::Score([(Id::new(10), 5)].into()) };
        hall.sends_at(&boards, &there[0].1, (20, scores), later(30)).await.expect("rehearsed");
        end_rehearsal(&test.store, organiser, &seminar, later(60)).await.expect("answered").expect("ended");
        assert!(hall.kept().await.is_empty());
        for (at, (_, viewer)) in (21..).zip(&there) {
            hall.sends(&boards, viewer, (at, votes(&[(10, 2)]))).await.expect("the vote of before is there again");
        }
        hall.sends(&other, &there[0].1, (21, votes(&[(10, 2)]))).await.expect("twice is once");
        hall.sends(&other, organiser, (5, moves(Phase::Closed))).await.expect("closed");
        let tally = hall.tally(&boards).await;
        assert_eq!((tally.how, tally.cast, tally.weighed[0].all.support), (DOTS, 3, 6));
    })
    .await;
}
