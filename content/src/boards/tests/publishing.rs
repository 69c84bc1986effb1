//! A draft becomes a recommendation: there with its event, once, and for whom it is to be there.

use super::live::{Hall, later, moves, write};
use crate::{
    boards::{Boards, Command, Id, Phase, Refusal, Wording},
    changes::{Sought, entries},
    gate::Viewer,
    recommendations::{RecommendationPage, recommendation},
    roles::Part,
    seats::{end_rehearsal, rehearse},
    sessions::tests::{english, now},
    store::trial::each,
};
use language::Language;

const PUBLISH: Command = Command::Publish { proposal: Id::new(20) };

impl Hall<'_> {
    /// Two drafts are there, of which 20 is of a card; and who wrote them.
    async fn drafted(&self, boards: &Boards) -> Viewer {
        let organiser = &self.room.organiser;
        let (_, ion) = self.comes("Ion", Part::Participant, "MD", now()).await;
        self.sends(boards, organiser, (1, moves(Phase::Gather))).await.expect("begun");
        self.sends(boards, &ion, (10, write("Training"))).await.expect("written");
        self.sends(boards, organiser, (2, moves(Phase::Agree))).await.expect("moved");
        for (number, of, text) in [(20, Some(Id::new(10)), "Train inspectors"), (21, None, "Meet every year")] {
            let text = Wording { language: Language::English, text: text.into() };
            self.sends(boards, &ion, (number, Command::Propose { of, text })).await.expect("proposed");
        }
        ion
    }

    async fn read(&self, viewer: &Viewer, slug: &str) -> Option<RecommendationPage> {
        recommendation(&self.test.store, viewer, english(), slug).await.expect("the store answers")
    }
}

#[tokio::test]
async fn a_draft_becomes_a_recommendation_once() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let (boards, other, organiser) = (Boards::default(), Boards::default(), &hall.room.organiser);
        let ion = hall.drafted(&boards).await;
        assert_eq!(hall.sends(&boards, &ion, (30, PUBLISH)).await, Err(Refusal::Forbidden));
        let number = hall.sends(&boards, organiser, (31, PUBLISH)).await.expect("published");
        assert_eq!(hall.sends(&other, organiser, (31, PUBLISH)).await, Ok(number), "sent twice");
        assert_eq!(hall.sends(&other, organiser, (32, PUBLISH)).await, Err(Refusal::Published));
        let gone = Command::Publish { proposal: Id::new(77) };
        assert_eq!(hall.sends(&other, organiser, (33, gone)).await, Err(Refusal::NoProposal));
        assert_eq!(
            hall.sends(&other, organiser, (34, Command::Drop { proposal: Id::new(20) })).await,
            Err(Refusal::Published)
        );
        let seen = hall.open(&Boards::default(), &ion).await.look().board;
        assert_eq!(seen.proposals[&Id::new(20)].published.as_deref(), Some("one-1"));
        let page = hall.read(organiser, "one-1").await.expect("there");
        assert_eq!((&*page.text.title, &*page.recommendation.details.reference), ("Train inspectors", "ONE/1"));
        assert_eq!(page.session.map(|session| session.place.slug).as_deref(), Some("asked"));
        assert_eq!(page.board.map(|board| board.place.slug).as_deref(), Some("helps"));
        // Who does not see the board is not told of it.
        let page = hall.read(&Viewer::anonymous(), "one-1").await.expect("the seminar is for all");
        assert!(page.board.is_none());
        hall.sends(&boards, organiser, (3, moves(Phase::Closed))).await.expect("closed");
        hall.sends(&other, organiser, (35, Command::Publish { proposal: Id::new(21) })).await.expect("afterwards, too");
        assert!(hall.read(organiser, "one-2").await.is_some());
        let sought = Sought::default();
        let entries = entries(&test.store, &Viewer::command_line(), &sought, (50, 0)).await.expect("read");
        let acts =
            ["make recommendation", "publish draft"].map(|act| entries.iter().filter(|entry| entry.act == act).count());
        assert_eq!(acts, [2, 2]);
    })
    .await;
}

#[tokio::test]
async fn what_is_rehearsed_is_not_published() {
    each(async |test| {
        let hall = Hall::new(test, "").await;
        let (boards, organiser) = (Boards::default(), &hall.room.organiser);
        hall.drafted(&boards).await;
        let seminar = hall.room.contents().await.seminar;
        rehearse(&test.store, organiser, &seminar, later(10)).await.expect("answered").expect("begun");
        assert_eq!(hall.sends_at(&boards, organiser, (30, PUBLISH), later(20)).await, Err(Refusal::Rehearsal));
        assert!(hall.read(organiser, "one-1").await.is_none());
        end_rehearsal(&test.store, organiser, &seminar, later(30)).await.expect("answered").expect("ended");
        hall.sends_at(&boards, organiser, (31, PUBLISH), later(40)).await.expect("published");
        assert!(hall.read(organiser, "one-1").await.is_some());
    })
    .await;
}
