//! `[[term]]` of a glossary's files

use super::{Details, Forms};
use crate::folder::{Fields, Table};
use language::Language;

pub(crate) fn read(fields: &mut Fields<'_>) -> Details {
    let source = fields.address("source");
    let mut forms = Vec::new();
    match fields.table("forms") {
        None if fields.has("forms") => {}
        None => drop(fields.wrong("forms", "`[term.forms]` is needed and is missing")),
        Some(mut table) => {
            for &language in &Language::ALL {
                let written = table.lines(language.code());
                if !written.is_empty() {
                    forms.push(Forms { language, forms: written });
                }
            }
            if !forms.iter().any(|forms| forms.language == Language::English) {
                table.wrong("en", "a term needs its English form: every other language may follow");
            }
            table.done();
        }
    }
    Details { source, forms }
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.text("source", details.source.as_deref());
    let mut forms = Table::new();
    for entry in &details.forms {
        forms.list(entry.language.code(), &entry.forms);
    }
    table.table("forms", forms);
}
