//! Things back into files.

use super::{
    stated::written_in,
    written::{Details, Ring, Written, WrittenText},
};
use crate::{
    boards, challenges, comparisons, glossary, materials, organisations, people, practices, recommendations, seminars,
    sessions, things::Kind,
};
use jiff::{
    civil::{Date, DateTime},
    tz::TimeZone,
};
use language::Language;
use std::{collections::BTreeMap, path::PathBuf};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Value};

/// A table that is being written: what is empty is left out.
#[derive(Debug, Default)]
pub(crate) struct Table(toml_edit::Table);

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// As it stands in a file, tables within it included.
    fn toml(&self) -> String {
        DocumentMut::from(self.0.clone()).to_string()
    }

    pub(crate) fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.0.insert(name, Item::Value(quoted(text)));
        }
    }

    pub(crate) fn list(&mut self, name: &str, list: impl IntoIterator<Item = impl AsRef<str>>) {
        let list: Array = list.into_iter().map(|entry| quoted(entry.as_ref())).collect();
        if !list.is_empty() {
            self.0.insert(name, Item::Value(list.into()));
        }
    }

    pub(crate) fn flag(&mut self, name: &str, flag: bool) {
        if flag {
            self.0.insert(name, Item::Value(true.into()));
        }
    }

    pub(crate) fn date(&mut self, name: &str, date: Option<Date>) {
        self.written(name, date.map(|date| date.to_string()));
    }

    pub(crate) fn moment(&mut self, name: &str, at: Option<DateTime>) {
        self.written(name, at.map(|at| at.to_string()));
    }

    fn written(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value.and_then(|value| value.parse::<Value>().ok()) {
            self.0.insert(name, Item::Value(value));
        }
    }

    pub(crate) fn table(&mut self, name: &str, table: Self) {
        self.0.insert(name, Item::Table(table.0));
    }

    /// Another `[[name]]`.
    pub(crate) fn entry(&mut self, name: &str, entry: Self) {
        let list = self.0.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if let Some(list) = list.as_array_of_tables_mut() {
            list.push(entry.0);
        }
    }
}

/// A text in one line, whatever is in it: a line of `+++` inside would end the front matter. What JSON escapes, TOML
/// reads the same.
fn quoted(text: &str) -> Value {
    let one_line = text.contains('\n').then(|| serde_json::to_string(text).ok()?.parse().ok()).flatten();
    one_line.unwrap_or_else(|| text.into())
}

/// The files of a folder of things: path below it, and content.
pub(crate) fn files(things: &[Written]) -> BTreeMap<PathBuf, String> {
    let zone = things.iter().find_map(|thing| match &thing.details {
        Details::Seminar(details) => TimeZone::get(&details.time_zone).ok(),
        _ => None,
    });
    let zone = zone.unwrap_or(TimeZone::UTC);
    let language =
        things.iter().find(|thing| thing.kind == Kind::Seminar).map_or(Language::English, |seminar| seminar.language);
    let mut files = BTreeMap::new();
    let mut lists: BTreeMap<&str, Table> = BTreeMap::new();
    for thing in things {
        let mut table = common(thing, language);
        match &thing.details {
            Details::Seminar(details) => seminars::file::write(details, &mut table),
            Details::Session(details) => sessions::file::write(details, &mut table, &zone),
            Details::Material(details) => materials::file::write(details, &mut table),
            Details::Practice(details) => practices::file::write(details, &mut table),
            Details::Challenge(details) => challenges::file::write(details, &mut table),
            Details::Recommendation(details) => recommendations::file::write(details, &mut table),
            Details::Board(details) => boards::file::write(details, &mut table),
            Details::Comparison(details) => comparisons::file::write(details, &mut table),
            Details::Person(details) => people::file::write(details, &mut table),
            Details::Organisation(details) => organisations::file::write(details, &mut table),
            Details::Term(details) => glossary::file::write(details, &mut table),
        }
        for contributor in &thing.contributors {
            let mut entry = Table::new();
            entry.text("person", Some(&contributor.person));
            entry.text("role", Some(contributor.role.code()));
            entry.text("title", Some(&contributor.title));
            table.entry("contributors", entry);
        }
        match thing.kind {
            Kind::Person => lists.entry("people.toml").or_default().entry("person", table),
            Kind::Organisation => lists.entry("organisations.toml").or_default().entry("organisation", table),
            Kind::Term => lists.entry("terms.toml").or_default().entry("term", table),
            Kind::Comparison => drop(files.insert("comparison.toml".into(), table.toml())),
            _ => {
                let stem = stem(thing);
                for (at, text) in thing.texts.iter().enumerate() {
                    let (name, table) = match at {
                        0 => (format!("{stem}.md"), std::mem::take(&mut table)),
                        _ => (format!("{stem}.{}.md", text.language.code()), translation(thing, text)),
                    };
                    files.insert(name.into(), markdown(&table, &text.body));
                }
            }
        }
    }
    files.extend(lists.into_iter().map(|(name, table)| (name.into(), table.toml())));
    files
}

fn markdown(table: &Table, body: &str) -> String {
    let gap = if body.is_empty() { "" } else { "\n" };
    format!("+++\n{}+++\n{gap}{body}", table.toml())
}

fn stem(thing: &Written) -> String {
    let slug = &thing.slug;
    match (thing.kind, thing.kind.room()) {
        (Kind::Seminar, _) => "seminar".to_owned(),
        (Kind::Session, Some(room)) => format!("{room}/{:02}-{slug}", thing.position),
        (_, Some(room)) => format!("{room}/{slug}"),
        (_, None) => slug.clone(),
    }
}

/// Whether an import would take a thing for written in its language without being told.
fn stated(thing: &Written, seminar: Language) -> bool {
    let body = thing.texts.first().map(|text| text.body.as_str()).unwrap_or_default();
    thing.language == seminar && written_in(body, seminar) == seminar
}

/// The fields that several kinds have. `language` is what the folder's texts are in unless they say otherwise.
fn common(thing: &Written, language: Language) -> Table {
    let mut table = Table::new();
    let text = thing.texts.first();
    let (title, summary) = match thing.kind {
        Kind::Person => ("name", "role"),
        Kind::Organisation => ("name", "about"),
        Kind::Term => ("", "definition"),
        _ => ("title", "summary"),
    };
    if matches!(thing.kind, Kind::Person | Kind::Organisation | Kind::Term) {
        table.text("slug", Some(&thing.slug));
    }
    if !title.is_empty() {
        table.text(title, text.map(|text| text.title.as_str()));
    }
    if thing.kind == Kind::Seminar || (!stated(thing, language) && thing.kind != Kind::Term) {
        table.text("language", Some(thing.language.code()));
    }
    table.text(summary, text.map(|text| text.summary.as_str()));
    let objectives = text.map_or(&[][..], |text| &text.objectives);
    match thing.kind {
        Kind::Session => table.text("objective", objectives.first().map(String::as_str)),
        _ => table.list("objectives", objectives),
    }
    // Theirs is one, and stands with what they have of their own.
    if !matches!(thing.kind, Kind::Person | Kind::Organisation) {
        table.list("countries", &thing.countries);
    }
    match thing.kind {
        Kind::Term => table.text("theme", thing.themes.first().map(String::as_str)),
        _ => table.list("themes", &thing.themes),
    }
    table.text("visibility", thing.visibility.map(|visibility| visibility.code()));
    if let Some(parent) = &thing.parent {
        table.text(parent.kind.code(), Some(&parent.slug));
    }
    let named = |ring| thing.relations.iter().filter(move |related| related.ring == ring).map(|related| &related.slug);
    table.list("answers", named(Ring::Answers));
    table.text("board", named(Ring::From).next().map(String::as_str));
    table.list("see", named(Ring::See));
    table.text("organisation", named(Ring::WorksFor).next().map(String::as_str));
    table
}

fn translation(thing: &Written, text: &WrittenText) -> Table {
    let mut table = Table::new();
    table.text("title", Some(&text.title));
    table.text("status", Some(text.status.code()));
    table.text("summary", Some(&text.summary));
    match thing.kind {
        Kind::Session => table.text("objective", text.objectives.first().map(String::as_str)),
        _ => table.list("objectives", &text.objectives),
    }
    table.text("translated_from", text.translated_from.as_deref());
    table
}
