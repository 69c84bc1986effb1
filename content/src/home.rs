//! What home shows: no slice's own.

use crate::{
    challenges::{self, ChallengeListed},
    gate::Viewer,
    practices::{self, PracticeListed},
    recommendations::{self, RecommendationListed},
    seminars::{self, Contents, Seminar},
    store::{Failure, Store},
    texts::Reading,
};

/// How many of each kind are shown.
const CHALLENGES: u64 = 5;
const RECOMMENDATIONS: u64 = 5;
const PRACTICES: u64 = 2;
const SEMINARS: u64 = 4;

/// What home shows.
#[derive(Clone, Debug)]
pub struct Home {
    /// The latest seminars, the last first.
    pub seminars: Vec<Seminar>,
    /// What lies in the first of them.
    pub latest: Option<Contents>,
    /// Some challenges.
    pub challenges: Vec<ChallengeListed>,
    /// Some recommendations.
    pub recommendations: Vec<RecommendationListed>,
    /// The practices that changed last.
    pub practices: Vec<PracticeListed>,
}

/// What home shows.
///
/// # Errors
/// When the store does not answer.
pub async fn home(store: &Store, viewer: &Viewer, reading: Reading) -> Result<Home, Failure> {
    let questions = (
        seminars::listing(viewer, reading, SEMINARS, 0),
        challenges::listing(viewer, reading, CHALLENGES, 0),
        recommendations::listing(viewer, reading, RECOMMENDATIONS, 0),
        practices::listing(viewer, reading, PRACTICES, 0),
    );
    let (seminars, challenges, recommendations, practices) = store.ask(questions).await?;
    let latest = match seminars.first() {
        Some(seminar) => seminars::contents(store, viewer, reading, &seminar.listed.place.slug).await?,
        None => None,
    };
    let recommendations = recommendations::found(store, viewer, recommendations).await?;
    Ok(Home { seminars, latest, challenges, recommendations, practices })
}
