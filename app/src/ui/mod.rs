//! Pieces that pages share.

mod alive;
mod asking;
mod document;
mod field;
mod leaf;
mod lines;
mod narrow;
mod pager;
mod shapes;
mod text;

pub(crate) use alive::alive;
pub(crate) use asking::asking;
pub(crate) use document::{Head, document, tongues};
pub(crate) use field::{
    Area, Line, area, cell, cell_area, choice, choices, file, hidden_area, line, nation, previewed, save_or_preview,
    select, select_of, settle, small_area, small_line, small_select, taking_away,
};
pub(crate) use leaf::{Crumb, covered, crumbs, fact, facts, from_home, leaf, reachable, section_heading};
pub(crate) use lines::{Strands, keyed, voice};
pub(crate) use narrow::{Narrow, Narrows, back};
pub(crate) use pager::{Paging, pager};
pub(crate) use shapes::{certainty, maturity, status, sure};
pub(crate) use text::{PhraseView, contents, in_its_language, other_languages, prose, provenance, written};
