//! `challenges/slug.md`

use super::Details;
use crate::folder::{Fields, Table};

pub(crate) fn read(fields: &mut Fields<'_>) -> Details {
    Details { emerging: fields.flag("emerging") }
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    table.flag("emerging", details.emerging);
}
