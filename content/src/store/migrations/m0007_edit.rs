//! What was edited in the browser, beside what the files say of the same.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("edit")
            .col(ColumnDef::new("thing_id").big_integer().not_null().primary_key())
            .col(ColumnDef::new("made").boolean().not_null())
            .col(ColumnDef::new("fields").text().not_null())
            .foreign_key(
                ForeignKey::create()
                    .name("edit_thing_id")
                    .from("edit", "thing_id")
                    .to("thing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("edit").if_exists().to_owned()).await
    }
}
