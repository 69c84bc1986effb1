//! What organisers set in the browser about who may see a thing, beside what its files say.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("setting")
            .col(ColumnDef::new("thing_id").big_integer().not_null().primary_key())
            .col(ColumnDef::new("visibility").text().null())
            .col(ColumnDef::new("filed_visibility").text().null())
            .col(ColumnDef::new("chatham_house").boolean().null())
            .col(ColumnDef::new("filed_chatham_house").boolean().null())
            .foreign_key(
                ForeignKey::create()
                    .name("setting_thing_id")
                    .from("setting", "thing_id")
                    .to("thing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("setting").if_exists().to_owned()).await
    }
}
