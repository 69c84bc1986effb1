//! Who writes what in the browser, and what of that is not published yet.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let author = Table::create()
            .table("author")
            .col(ColumnDef::new("thing_id").big_integer().not_null())
            .col(ColumnDef::new("account_id").big_integer().not_null())
            .primary_key(Index::create().col("thing_id").col("account_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("author_thing_id")
                    .from("author", "thing_id")
                    .to("thing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("author_account_id")
                    .from("author", "account_id")
                    .to("account", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(author).await?;
        // Asked for with every page of somebody who is signed in.
        let of_account = Index::create().name("author_account").table("author").col("account_id").to_owned();
        manager.create_index(of_account).await?;
        let draft = Table::create()
            .table("draft")
            .col(ColumnDef::new("thing_id").big_integer().not_null().primary_key())
            .foreign_key(
                ForeignKey::create()
                    .name("draft_thing_id")
                    .from("draft", "thing_id")
                    .to("thing", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(draft).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("draft").if_exists().to_owned()).await?;
        manager.drop_table(Table::drop().table("author").if_exists().to_owned()).await
    }
}
