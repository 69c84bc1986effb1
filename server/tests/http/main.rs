//! The site as those who come to it see it: readers, programs, and whoever means it ill.
//!
//! Each file tells stories about one side of it. `harness` builds a site on a copy of one imported store, `raw` speaks
//! to a real socket, `program` runs the binary, `fixture` writes what nobody may see, `html` and `crawl` read pages, `browser` keeps cookies.

mod agreeing;
mod boards;
mod boards_live;
mod browser;
mod caching;
mod commands;
mod comparing;
mod crawl;
mod drafts;
mod ending;
mod files;
mod fixture;
mod following;
mod forms;
mod harness;
mod health;
mod hidden;
mod hidden_search;
mod html;
mod inviting;
mod joining;
mod keeping;
mod killed;
mod killed_index;
mod languages;
mod leaving;
mod letters;
mod listing;
mod logged;
mod machines;
mod missed;
mod naming;
mod odd_values;
mod odd_wire;
mod openapi;
mod pages;
mod parts;
mod policies;
mod program;
mod programme;
mod protecting;
mod raw;
mod seminars;
mod settings;
mod shown;
mod signing_in;
mod slow;
mod translating;
mod uploading;
mod written;
