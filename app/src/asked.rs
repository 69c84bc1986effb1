//! What a request asks for: the one value that pages read from context.

use crate::{letters::Post, words::Words};
use content::{
    accounts::{Client, Token, Tries},
    boards::Boards,
    gate::{Looking, Viewer},
    notices::Rooms,
    search::Index,
    store::Store,
    texts::Reading,
};
use leptos::prelude::use_context;
use std::{net::IpAddr, sync::Arc};

/// Where the built files of the browser's half are.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script that brings islands to life.
    pub islands: String,
    /// The script with which one leaves quickly.
    pub leave: String,
    /// The script by which a page that is open follows what changes.
    pub follow: String,
    /// What wasm-bindgen wrote.
    pub bindings: String,
    /// The islands.
    pub wasm: String,
    /// The icon.
    pub icon: String,
    /// The picture that stands for a page where it is shared.
    pub share: String,
    /// Fonts by the letters they have: `latin`, `latin-extended` (č, ș), `cyrillic`.
    pub fonts: std::collections::BTreeMap<String, String>,
}

/// A request, as pages see it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who asks.
    pub viewer: Viewer,
    /// In which language.
    pub reading: Reading,
    /// The path and query, as they were sent.
    pub address: Arc<str>,
    /// Where this site is, for whoever is elsewhere; without a stroke at the end.
    pub public_url: Arc<str>,
    /// Who answers for what it keeps of people, as they can be reached; empty: nobody said so.
    pub contact: Arc<str>,
    /// Where a browser goes on that leaves quickly.
    pub leave_to: Arc<str>,
    /// The number of the request, for people to name it by.
    pub request: Arc<str>,
    /// The built files.
    pub assets: Arc<Assets>,
    /// What there is.
    pub store: Store,
    /// What can be found.
    pub index: Index,
    /// Where letters are posted.
    pub post: Post,
    /// What stands on the pages of seminars, for those who take part.
    pub rooms: Arc<Rooms>,
    /// The boards of seminars, as they stand.
    pub boards: Arc<Boards>,
    /// How often somebody tried to come in.
    pub tries: Arc<Tries>,
    /// From where it is sent: for counting tries, and kept nowhere.
    pub client: Option<IpAddr>,
    /// The session of who is signed in, as the store knows it.
    pub session: Option<Arc<str>>,
    /// Whether a link has opened it just now.
    pub by_link: bool,
    /// As whom they look at the site, if with other eyes than their own.
    pub looking: Option<Looking>,
    /// What this browser has to show that somebody was signed in here before.
    pub device: Option<Token>,
}

impl Asked {
    /// The words of the interface.
    pub fn words(&self) -> Words {
        Words(self.reading.locale)
    }

    /// Whose tries are counted.
    pub(crate) fn trying(&self) -> Client<'_> {
        self.tries.of(self.client)
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        self.address.split('?').next().unwrap_or_default()
    }
}

/// For page functions only; what lies below a page takes arguments.
pub(crate) fn asked() -> Asked {
    use_context().expect("render::page provides it")
}
