//! Accounts and seats, where they are signed in, links that are spent once, and the doors of seminars.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("account")
            .col(key("id"))
            .col(optional_text("address").unique_key())
            .col(text("name"))
            .col(text("platform"))
            .col(optional_text("password"))
            .col(text("stamp"))
            .col(optional_number("disabled_at"))
            .col(number("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("seat")
            .col(key("id"))
            .col(number("seminar_id"))
            .col(optional_number("account_id"))
            .col(text("name"))
            .col(text("folded"))
            .col(text("part"))
            .col(optional_text("delegation"))
            .col(optional_text("code").unique_key())
            .col(text("stamp").unique_key())
            .col(number("created_at"))
            .foreign_key(&mut reference("seat", "seminar_id", "thing", ForeignKeyAction::Cascade))
            .foreign_key(&mut reference("seat", "account_id", "account", ForeignKeyAction::SetNull))
            .to_owned();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("link")
            .col(text("key").primary_key())
            .col(text("purpose"))
            .col(optional_number("account_id"))
            .col(optional_number("seat_id"))
            .col(optional_text("address"))
            .col(text("name"))
            .col(optional_text("platform"))
            .col(optional_number("seminar_id"))
            .col(optional_text("part"))
            .col(optional_text("delegation"))
            .col(number("created_at"))
            .col(number("expires_at"))
            .foreign_key(&mut reference("link", "account_id", "account", ForeignKeyAction::Cascade))
            .foreign_key(&mut reference("link", "seat_id", "seat", ForeignKeyAction::Cascade))
            .foreign_key(&mut reference("link", "seminar_id", "thing", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("sign_in")
            .col(key("id"))
            .col(text("key").unique_key())
            .col(optional_number("account_id"))
            .col(optional_number("seat_id"))
            .col(text("data"))
            .col(text("device"))
            .col(number("created_at"))
            .col(number("seen_at"))
            .col(number("expires_at"))
            .foreign_key(&mut reference("sign_in", "account_id", "account", ForeignKeyAction::Cascade))
            .foreign_key(&mut reference("sign_in", "seat_id", "seat", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("door")
            .col(number("seminar_id").primary_key())
            .col(text("code").unique_key())
            .col(number("open_until"))
            .foreign_key(&mut reference("door", "seminar_id", "thing", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(table).await?;
        let table = Table::create()
            .table("device")
            .col(text("key").primary_key())
            .col(number("account_id"))
            .col(number("seen_at"))
            .foreign_key(&mut reference("device", "account_id", "account", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(table).await?;
        for (table, column) in [
            ("device", "account_id"),
            ("seat", "seminar_id"),
            ("seat", "account_id"),
            ("link", "account_id"),
            ("link", "seat_id"),
            ("link", "seminar_id"),
            ("sign_in", "account_id"),
            ("sign_in", "seat_id"),
        ] {
            let name = format!("{table}_by_{column}");
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        let once =
            Index::create().name("seat_once").table("seat").col("seminar_id").col("account_id").unique().to_owned();
        manager.create_index(once).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["device", "door", "sign_in", "link", "seat", "account"] {
            manager.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().primary_key().auto_increment().to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn optional_text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

fn optional_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().to_owned()
}

fn reference(
    table: &'static str,
    column: &'static str,
    to: &'static str,
    delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("{table}_{column}")).from(table, column).to(to, "id").on_delete(delete).to_owned()
}
