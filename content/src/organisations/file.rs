//! `organisations.toml`

use super::Details;
use crate::folder::{Fields, Table};

pub(crate) fn read(fields: &mut Fields<'_>) -> Details {
    Details {
        abbreviation: fields.line("abbreviation"),
        url: fields.address("url"),
        country: fields.country("country"),
    }
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.text("abbreviation", details.abbreviation.as_deref());
    table.text("country", details.country.as_deref());
    table.text("url", details.url.as_deref());
}
