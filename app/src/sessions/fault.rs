//! What will not do of a session, as a sentence that says what to do.

use crate::words::Words;
use content::{
    edits::Why,
    sessions::{Fault, Field, Slot},
};
use std::borrow::Cow;

pub(super) fn sentence(words: Words, fault: Fault) -> String {
    match (fault.why, fault.field) {
        (Why::Missing, _) => words.fault_missing().to_owned(),
        (Why::Long(most), _) => words.fault_long(words.number(u64::try_from(most).unwrap_or_default())),
        (Why::Odd, Field::Day) => words.fault_day("2026-12-06"),
        (Why::Odd, Field::Starts | Field::Ends) => words.fault_time().to_owned(),
        (Why::Odd, _) => words.fault_odd().to_owned(),
        (Why::Outside(from, to), _) => words.fault_outside(words.dates(from, to)),
        (Why::Skipped, _) => words.fault_skipped().to_owned(),
        (Why::Backwards, _) => words.fault_backwards().to_owned(),
        (Why::Heavy, _) => words.fault_heavy().to_owned(),
    }
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
