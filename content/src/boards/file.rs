//! `boards/slug.md`

use super::{Ballots, Details, Names, Shown};
use crate::folder::{Fields, Table};

pub(crate) fn read(fields: &mut Fields<'_>) -> Details {
    let details = Details {
        names: fields.one_of("names", Names::CODES).unwrap_or_default(),
        shown: fields.one_of("shown", Shown::CODES).unwrap_or_default(),
        ballots: fields.one_of("ballots", Ballots::CODES).unwrap_or_default(),
    };
    if details.ballots != details.ballots() {
        fields.wrong("ballots", "open votes need `names = \"signed\"`".to_owned());
    }
    details
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.text("names", Some(details.names.code()));
    table.text("shown", Some(details.shown.code()));
    table.text("ballots", Some(details.ballots.code()));
}
