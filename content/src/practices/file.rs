//! `practices/slug.md`

use super::{Details, Maturity};
use crate::folder::{Fields, Table};

pub(crate) fn read(fields: &mut Fields<'_>) -> Details {
    Details {
        maturity: fields.one_of("maturity", Maturity::CODES),
        valid_until: fields.date("valid_until"),
        evidence: fields.sentences("evidence"),
    }
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.text("maturity", details.maturity.map(Maturity::code));
    table.date("valid_until", details.valid_until);
    table.text("evidence", details.evidence.as_deref());
}
