//! What is shown to more people when its moment comes.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let release = Table::create()
            .table("release")
            .col(ColumnDef::new("thing_id").big_integer().not_null().primary_key())
            .col(ColumnDef::new("moment").text().not_null())
            .col(ColumnDef::new("visibility").text().null())
            .foreign_key(
                ForeignKey::create()
                    .name("release_thing_id")
                    .from("release", "thing_id")
                    .to("thing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(release).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("release").if_exists().to_owned()).await
    }
}
