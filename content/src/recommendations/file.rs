//! `recommendations/tir-1.md`

use super::{Details, Progress, Status, Urgency};
use crate::folder::{Fields, Table};

/// The slug is the reference in small letters, with a hyphen for the stroke.
pub(crate) fn read(fields: &mut Fields<'_>, slug: &str) -> Details {
    let progress = fields.tables("progress").into_iter().filter_map(|mut entry| {
        let (date, by) = (entry.needed("date", Fields::date), entry.by("by"));
        let text = entry.needed("text", Fields::sentences);
        let evidence = entry.address("evidence");
        entry.done();
        Some(Progress { date: date?, by: by.unwrap_or_default(), text: text?, evidence })
    });
    let mut progress: Vec<Progress> = progress.collect();
    progress.sort_by_key(|entry| entry.date);
    Details {
        reference: reference(slug),
        urgency: fields.one_of("urgency", Urgency::CODES),
        status: fields.one_of("status", Status::CODES),
        addressees: fields.lines("addressees"),
        lead: fields.line("lead"),
        due: fields.date("due"),
        indicator: fields.sentences("indicator"),
        response: fields.sentences("response"),
        progress,
    }
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.text("urgency", details.urgency.map(Urgency::code));
    table.text("status", details.status.map(Status::code));
    table.list("addressees", &details.addressees);
    table.text("lead", details.lead.as_deref());
    table.date("due", details.due);
    table.text("indicator", details.indicator.as_deref());
    table.text("response", details.response.as_deref());
    for progress in &details.progress {
        let mut entry = Table::new();
        entry.date("date", Some(progress.date));
        entry.text("by", Some(&progress.by));
        entry.text("text", Some(&progress.text));
        entry.text("evidence", progress.evidence.as_deref());
        table.entry("progress", entry);
    }
}

/// `tir-2` is cited as `TIR/2`.
pub fn reference(slug: &str) -> String {
    match slug.rsplit_once('-') {
        Some((prefix, number)) => format!("{}/{number}", prefix.to_uppercase()),
        None => slug.to_uppercase(),
    }
}
