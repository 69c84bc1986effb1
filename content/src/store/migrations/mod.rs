//! The tables, step by step. Each step is written by hand, once, and never changed after it has been released; it
//! names tables and columns as text, so that it still means the same when an entity has moved on.

mod m0001_reading_room;
mod m0002_missed;
mod m0003_people;
mod m0004_audit_chain;
mod m0005_withdrawn;
mod m0006_setting;
mod m0007_edit;
mod m0008_author;
mod m0009_release;
mod m0010_renewed;
mod m0011_retention;
mod m0012_notices;
mod m0013_site;
mod m0014_boards;
mod m0015_votes;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// All steps, in order.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_reading_room::Migration),
            Box::new(m0002_missed::Migration),
            Box::new(m0003_people::Migration),
            Box::new(m0004_audit_chain::Migration),
            Box::new(m0005_withdrawn::Migration),
            Box::new(m0006_setting::Migration),
            Box::new(m0007_edit::Migration),
            Box::new(m0008_author::Migration),
            Box::new(m0009_release::Migration),
            Box::new(m0010_renewed::Migration),
            Box::new(m0011_retention::Migration),
            Box::new(m0012_notices::Migration),
            Box::new(m0013_site::Migration),
            Box::new(m0014_boards::Migration),
            Box::new(m0015_votes::Migration),
        ]
    }
}
