//! What will not do of a session, as a sentence that says what to do.

use crate::words::Words;
use content::sessions::{Fault, Field, Slot};
use std::borrow::Cow;

pub(super) fn sentence(words: Words, fault: Fault) -> String {
    let odd = match fault.field {
        Field::Day => words.fault_day("2026-12-06"),
        Field::Starts | Field::Ends => words.fault_time().to_owned(),
        _ => words.fault_odd().to_owned(),
    };
    words.why(fault.why, odd)
}

/// The id and name of the field that a fault concerns.
pub(super) fn name(field: Field) -> Cow<'static, str> {
    let name = match field {
        Field::Title => "title",
        Field::Summary => "summary",
        Field::Objective => "objective",
        Field::Text => "text",
        Field::Kind => "kind",
        Field::Day => "day",
        Field::Starts => "starts",
        Field::Ends => "ends",
        Field::Room => "room",
        Field::Countries => "countries",
        Field::Contributor(row) => return format!("person-{row}").into(),
        Field::Contribution(row) => return format!("with-{row}").into(),
    };
    name.into()
}

/// What is told of one field: why it will not do, or what it says now.
pub(super) fn told(words: Words, faults: &[Fault], field: Field) -> Option<String> {
    faults.iter().find(|fault| fault.field == field).map(|fault| sentence(words, *fault))
}

/// When and where, in a line.
pub(super) fn line(words: Words, slot: &Slot) -> String {
    let time = match (slot.starts.as_str(), slot.ends.as_str()) {
        (starts, "") => starts.to_owned(),
        (starts, ends) => format!("{starts}–{ends}"),
    };
    let parts = [&slot.day, &time, &slot.room].into_iter().filter(|part| !part.is_empty()).cloned();
    let line = parts.collect::<Vec<_>>().join(", ");
    if line.is_empty() { words.holds_nothing().to_owned() } else { line }
}
