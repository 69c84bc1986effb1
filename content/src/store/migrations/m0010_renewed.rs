//! A session whose owner's rights change goes on under another number.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite takes one column at a time.
        for column in [
            ColumnDef::new("rights").text().null().to_owned(),
            ColumnDef::new("former").text().null().to_owned(),
            ColumnDef::new("renewed_at").big_integer().null().to_owned(),
        ] {
            manager.alter_table(Table::alter().table("sign_in").add_column(column).to_owned()).await?;
        }
        let former = Index::create().name("sign_in_by_former").table("sign_in").col("former").to_owned();
        manager.create_index(former).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("sign_in_by_former").table("sign_in").to_owned()).await?;
        for column in ["renewed_at", "former", "rights"] {
            manager.alter_table(Table::alter().table("sign_in").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
