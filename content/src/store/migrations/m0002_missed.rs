//! Words that were looked for and not found.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &'static str| ColumnDef::new(name).text().not_null().to_owned();
        let number = |name: &'static str| ColumnDef::new(name).big_integer().not_null().to_owned();
        let key = Index::create().col("day").col("folded").to_owned();
        let table = Table::create()
            .table("missed")
            .col(number("day"))
            .col(text("folded"))
            .col(text("word"))
            .col(number("sessions"))
            .primary_key(&mut key.clone())
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("missed").if_exists().to_owned()).await
    }
}
