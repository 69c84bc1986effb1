//! What people see: pages, forms and islands, one folder for each thing that a person can name.
//!
//! The browser's half (`hydrate`) is the islands alone; pages are drawn on the server (`ssr`).

// The type of a page is its whole tree of elements.
#![recursion_limit = "256"]

pub mod search;
pub mod timetable;

#[cfg(feature = "ssr")]
mod accounts;
#[cfg(feature = "ssr")]
pub mod asked;
#[cfg(feature = "ssr")]
mod authors;
#[cfg(feature = "ssr")]
pub mod boards;
#[cfg(feature = "ssr")]
mod challenges;
#[cfg(feature = "ssr")]
mod changes;
#[cfg(feature = "ssr")]
mod comparisons;
#[cfg(feature = "ssr")]
mod edits;
#[cfg(feature = "ssr")]
pub mod errors;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(all(feature = "ssr", debug_assertions))]
mod gallery;
#[cfg(feature = "ssr")]
mod glossary;
#[cfg(feature = "ssr")]
mod health;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
pub mod leave;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
mod materials;
#[cfg(feature = "ssr")]
mod named;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
mod organisations;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod people;
#[cfg(feature = "ssr")]
mod practices;
#[cfg(feature = "ssr")]
mod privacy;
#[cfg(feature = "ssr")]
mod protection;
#[cfg(feature = "ssr")]
mod recommendations;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
mod retention;
#[cfg(feature = "ssr")]
mod roles;
#[cfg(feature = "ssr")]
mod seats;
#[cfg(feature = "ssr")]
mod seminars;
#[cfg(feature = "ssr")]
mod sessions;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(feature = "ssr")]
mod sheets;
#[cfg(feature = "ssr")]
mod translations;
#[cfg(feature = "ssr")]
mod ui;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "hydrate")]
pub mod browser;
