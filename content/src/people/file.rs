//! `people.toml`

use super::Details;
use crate::folder::{Fields, Table};

pub(crate) fn read(fields: &mut Fields<'_>) -> Details {
    Details { country: fields.country("country") }
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.text("country", details.country.as_deref());
}
