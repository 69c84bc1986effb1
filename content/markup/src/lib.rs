//! Markdown rendered to HTML that is safe to show.
//!
//! [`render`] takes a text in Markdown (CommonMark 0.31.2 with tables, strikethrough, task lists,
//! footnotes and `{#id}` behind headings) through four steps, each in linear time:
//!
//! 1. `pulldown-cmark` reads it (`syntax`);
//! 2. `render` writes its elements, and `raw` the HTML that authors put into it, through a
//!    `writer` that keeps the tags in order and bounds their number and nesting;
//! 3. `sanitise` has the last word: `ammonia` parses the HTML as a browser does and keeps what
//!    is on our lists;
//! 4. `plain` reads from the result what search and link checks need.
//!
//! What comes out neither runs nor frames nor styles anything and fetches nothing from other
//! servers. Images are shown only from addresses relative to the page; whatever is elsewhere becomes
//! a link. An image's size is not known here: one that gives neither `width` nor `height` moves
//! the text when it has loaded, so whoever imports a text with its images may write
//! `<img src="…" alt="…" width="…" height="…">` in place of `![…](…)`.
//!
//! Bare addresses (`https://…` without angle brackets) stay text, as CommonMark has it.

mod address;
mod elements;
mod footnotes;
mod headings;
mod plain;
mod raw;
mod render;
mod sanitise;
mod sections;
mod syntax;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests;
mod tokens;
mod unlink;
mod writer;

pub use render::render;
pub use sanitise::Html;
pub use sections::{Divide, divides};
pub use syntax::MOST_BYTES;
pub use unlink::unlink;
pub use writer::{MOST_ELEMENTS, MOST_LEVELS};

/// The number of the renderer. It is raised whenever the same Markdown gives other HTML, so that
/// HTML stored under a lower number can be rendered anew.
pub const VERSION: i32 = 2;

/// How a text fits into the page around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Added to the level of each heading, the result being 2 to 6: with 1, `# x` becomes an
    /// `h2`, since the page has its own `h1`.
    pub heading_offset: u8,
    /// Put before the ids of headings and footnotes and before the fragments of links within the
    /// text, so that they meet no other ids of the page. Letters, digits and hyphens.
    pub id_prefix: String,
}

/// A rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The text as HTML.
    pub html: Html,
    /// The headings that the text has in Markdown, in its order.
    pub headings: Vec<Heading>,
    /// The words of the text, for search, in its order.
    pub passages: Vec<Passage>,
    /// The addresses of links that are relative to the page, as in the HTML, in its order:
    /// `../sessions/x`, `/glossary/nrm`; none that begin with `#` or a scheme or `//`.
    pub links: Vec<String>,
    /// The addresses of images, all of them relative, as in the HTML, in its order.
    pub images: Vec<String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level in the HTML, 2 to 6.
    pub level: u8,
    /// Its id in the HTML, prefix included; no other heading of the text has it.
    pub id: String,
    /// Its words, without markup.
    pub text: String,
}

/// The plain text between a heading and the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The index of the heading above it among [`Rendered::headings`]; none before the first
    /// and for the footnotes, which belong to no heading.
    pub heading: Option<usize>,
    /// Its words: one line for each paragraph, list item or row of a table. Images are given by
    /// their alternative texts; marks of footnotes are left out, and so is the heading.
    pub text: String,
}

/// Why a text is not rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The Markdown is too long.
    #[error("the text has {is} bytes, more than {most}")]
    TooLong {
        /// The largest length, in bytes.
        most: usize,
        /// The text's length, in bytes.
        is: usize,
    },
    /// Lists, quotations, emphasis or HTML lie too deep in each other.
    #[error("the text is nested more than {most} levels deep")]
    TooDeep {
        /// The largest depth, in levels.
        most: usize,
    },
    /// There are too many elements: paragraphs, cells, links, emphasised words and so on.
    #[error("the text has more than {most} elements")]
    TooMany {
        /// The largest number of elements.
        most: usize,
    },
}
