//! Links are withdrawn with the rights of who made them, and what has ended is looked for.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// What is looked for by these.
const INDEXES: [(&str, &str); 7] = [
    ("device", "seen_at"),
    ("link", "made_by"),
    ("link", "address"),
    ("link", "expires_at"),
    ("sign_in", "expires_at"),
    ("audit", "actor"),
    ("audit", "subject"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Of the links that wait nobody knows any more who made them: they are withdrawn by hand.
        let made_by = ColumnDef::new("made_by").text().not_null().default("").to_owned();
        manager.alter_table(Table::alter().table("link").add_column(made_by).to_owned()).await?;
        for (table, column) in INDEXES {
            let name = format!("{table}_by_{column}");
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in INDEXES {
            let name = format!("{table}_by_{column}");
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("link").drop_column("made_by").to_owned()).await
    }
}
