//! Boards: questions on which a room works together.

pub(crate) mod board;
mod cards;
mod drafted;
mod drafting;
pub(crate) mod edit;
pub(crate) mod list;
mod result;
mod send;
mod sorting;
mod take;
mod voting;

pub use send::status;

use crate::{forms, words::Words};
use axum::{
    Router,
    routing::{get, post},
};
use content::boards::{
    AT_ONCE_MOST, CARDS_OF_ONE_MOST, CLUSTERS_MOST, DOTS_MOST, LETTERS_MOST, MINUTES_MOST, NAME_LETTERS_MOST,
    OPTIONS_MOST, Phase, Refusal,
};

/// The forms of this folder.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let mut router = Router::new();
    for file in take::FILES {
        let path = format!("/seminars/{{seminar}}/boards/{{board}}/{}", file.0);
        router = router.route(&path, get(move |asked, path| take::take(asked, path, file)));
    }
    router
        .route("/seminars/{seminar}/boards/new", post(edit::post_new).layer(forms::whole()))
        .route("/seminars/{seminar}/boards/{board}/edit", post(edit::post).layer(forms::whole()))
        .route("/seminars/{seminar}/boards/{board}/remove", post(edit::remove))
        .route("/seminars/{seminar}/boards/{board}/phase", post(send::phase))
        .route("/seminars/{seminar}/boards/{board}/timer", post(send::timer))
        .route("/seminars/{seminar}/boards/{board}/cards", post(send::write))
        .route("/seminars/{seminar}/boards/{board}/cards/{card}", post(send::rewrite))
        .route("/seminars/{seminar}/boards/{board}/cards/{card}/{act}", post(send::at_card))
        .route("/seminars/{seminar}/boards/{board}/sort", post(send::sort))
        .route("/seminars/{seminar}/boards/{board}/clusters", post(send::cluster))
        .route("/seminars/{seminar}/boards/{board}/clusters/{cluster}", post(send::rename))
        .route("/seminars/{seminar}/boards/{board}/merge", post(send::merge))
        .route("/seminars/{seminar}/boards/{board}/drafts", post(drafted::propose))
        .route("/seminars/{seminar}/boards/{board}/drafts/{draft}", post(drafted::amend))
        .route("/seminars/{seminar}/boards/{board}/drafts/{draft}/{act}", post(drafted::at_draft))
        .route("/seminars/{seminar}/boards/{board}/vote", post(send::vote))
        .route("/seminars/{seminar}/boards/{board}/vote/open", post(send::open))
        .route("/seminars/{seminar}/boards/{board}/vote/enter", post(send::enter))
        .route("/seminars/{seminar}/boards/{board}/vote/discard", post(send::discard))
}

/// How far the work has come, in a word or two.
pub(crate) fn phase(words: Words, phase: Phase) -> &'static str {
    match phase {
        Phase::Ahead => words.phase_ahead(),
        Phase::Gather => words.phase_gather(),
        Phase::Cluster => words.phase_cluster(),
        Phase::Prioritise => words.phase_prioritise(),
        Phase::Agree => words.phase_agree(),
        Phase::Closed => words.phase_closed(),
    }
}

/// Why something was not done, and what to do.
pub fn sentence(words: Words, refusal: Refusal) -> String {
    match refusal {
        // What is not theirs to do has no form.
        Refusal::Forbidden | Refusal::NotNow => words.card_not_now().to_owned(),
        Refusal::NotThere => words.card_not_there().to_owned(),
        Refusal::Empty => words.card_empty().to_owned(),
        Refusal::Long => words.card_long(LETTERS_MOST as u64),
        Refusal::Odd => words.card_odd().to_owned(),
        Refusal::Fast => words.card_fast().to_owned(),
        Refusal::Full => words.card_full().to_owned(),
        Refusal::Many => words.card_many(CARDS_OF_ONE_MOST.to_string()),
        Refusal::Taken => words.card_taken().to_owned(),
        Refusal::NoneChosen => words.cards_none_chosen().to_owned(),
        Refusal::AtOnce => words.cards_at_once(AT_ONCE_MOST as u64),
        Refusal::NoCluster => words.cluster_gone().to_owned(),
        Refusal::ManyClusters => words.clusters_many(CLUSTERS_MOST as u64),
        Refusal::Minutes => words.timer_wrong(MINUTES_MOST.to_string()),
        Refusal::NameEmpty => words.cluster_name_empty().to_owned(),
        Refusal::NameLong => words.cluster_name_long(NAME_LETTERS_MOST as u64),
        Refusal::NoChoices => words.vote_no_choices().to_owned(),
        Refusal::ManyChoices => words.vote_many_choices(OPTIONS_MOST.to_string()),
        Refusal::Dots => words.dots_wrong(DOTS_MOST.to_string()),
        Refusal::ManyDots => words.dots_many().to_owned(),
        Refusal::Mark => words.mark_wrong().to_owned(),
        Refusal::OtherVote => words.vote_other().to_owned(),
        Refusal::NoReason => words.vote_no_reason().to_owned(),
        Refusal::ReasonLong => words.vote_reason_long(LETTERS_MOST.to_string()),
        Refusal::HasVoted => words.vote_has_voted().to_owned(),
        Refusal::Nobody => words.vote_nobody().to_owned(),
        Refusal::NoMarks => words.vote_no_marks().to_owned(),
        Refusal::NoProposal
        | Refusal::ManyProposals
        | Refusal::ProposalEmpty
        | Refusal::ProposalLong
        | Refusal::AddresseeEmpty
        | Refusal::AddresseeLong
        | Refusal::ManyAddressees
        | Refusal::Changed
        | Refusal::Published
        | Refusal::Rehearsal => drafted::sentence(words, refusal),
    }
}
