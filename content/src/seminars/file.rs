//! `seminar.md`

use super::{Details, Source, Stage};
use crate::folder::{Fields, Table};

pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Details> {
    let starts = fields.needed("starts", Fields::date);
    let ends = fields.needed("ends", Fields::date);
    let time_zone = fields.needed("time_zone", Fields::line);
    if let (Some(starts), Some(ends)) = (starts, ends)
        && ends < starts
    {
        fields.wrong("ends", format!("the seminar ends on {ends}, before it starts on {starts}"));
    }
    if let Some(name) = &time_zone
        && jiff::tz::TimeZone::get(name).is_err()
    {
        fields.wrong("time_zone", format!("`{name}` is not a time zone of the IANA database, such as Europe/Tirane"));
    }
    let reference = fields.line("reference");
    if let Some(prefix) = &reference
        && (prefix.len() > 12 || !prefix.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
    {
        fields.wrong("reference", "this must be up to 12 capital letters A to Z and digits");
    }
    let sources = fields.tables("sources").into_iter().filter_map(|mut source| {
        let (title, url) = (source.needed("title", Fields::line), source.needed("url", Fields::address));
        source.done();
        Some(Source { title: title?, url: url? })
    });
    let sources = sources.collect();
    let details = Details {
        place: fields.line("place"),
        host: fields.country("host"),
        stage: fields.one_of("status", Stage::CODES).unwrap_or(Stage::Open),
        organisers: fields.lines("organisers"),
        working_languages: fields.languages("working_languages"),
        example: fields.flag("example"),
        starts: starts?,
        ends: ends?,
        time_zone: time_zone?,
        reference,
        sources,
    };
    Some(details)
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.date("starts", Some(details.starts));
    table.date("ends", Some(details.ends));
    table.text("time_zone", Some(&details.time_zone));
    table.text("place", details.place.as_deref());
    table.text("host", details.host.as_deref());
    table.text("reference", details.reference.as_deref());
    table.text("status", Some(details.stage.code()));
    table.list("organisers", &details.organisers);
    table.list("working_languages", details.working_languages.iter().map(|language| language.code()));
    table.flag("example", details.example);
    for source in &details.sources {
        let mut entry = Table::new();
        entry.text("title", Some(&source.title));
        entry.text("url", Some(&source.url));
        table.entry("sources", entry);
    }
}
