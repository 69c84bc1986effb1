//! The languages of the Western Balkans and Moldova, for search and for display.
//!
//! What a reader reads ([`Locale`], [`negotiate`]), Serbian Cyrillic shown in Latin letters
//! ([`latin`], [`latin_html`]), and text made comparable for search ([`words`], [`fold`]): one
//! folding of case, diacritics and script for every language, so that a word is found however
//! its writer and its seeker type it.
//!
//! The crate knows nothing of any application, does no input or output, and compiles for
//! `wasm32-unknown-unknown`.

mod analyser;
mod detect;
mod fold;
mod latin;
mod latin_html;
mod letters;
mod line;
mod locale;
mod negotiate;
mod words;

pub use analyser::Analyser;
pub use detect::{detect, pieces};
pub use fold::fold;
pub use latin::latin;
pub use latin_html::latin_html;
pub use line::line;
pub use locale::{Language, Locale, Unknown};
pub use negotiate::negotiate;
pub use words::{LONGEST, Stretch, Word, Words, stretches, words};
