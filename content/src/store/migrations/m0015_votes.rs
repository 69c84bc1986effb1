//! Votes on boards: whether ballots are secret, and secret ballots while a vote is open.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = |name: &'static str| ColumnDef::new(name).big_integer().to_owned();
        let text = |name: &'static str| ColumnDef::new(name).text().to_owned();
        let of_board = |table: &'static str| {
            ForeignKey::create()
                .name(format!("{table}_thing"))
                .from(table, "board_id")
                .to("thing", "id")
                .on_delete(ForeignKeyAction::Cascade)
                .to_owned()
        };
        let ballots = text("ballots").not_null().default("secret").to_owned();
        manager.alter_table(Table::alter().table("board").add_column(ballots).to_owned()).await?;
        let vote = Table::create()
            .table("board_vote")
            .col(number("board_id").not_null().primary_key())
            .col(text("secret").not_null())
            .foreign_key(&mut of_board("board_vote"))
            .to_owned();
        manager.create_table(vote).await?;
        let mut ballot = Table::create()
            .table("board_ballot")
            .col(number("board_id").not_null())
            .col(text("key").not_null())
            .col(text("country"))
            .col(text("hand").not_null())
            .col(text("entered"))
            .col(text("body").not_null())
            .primary_key(Index::create().col("board_id").col("key"))
            .foreign_key(&mut of_board("board_ballot"))
            .to_owned();
        if manager.get_database_backend() == sea_orm::DbBackend::Sqlite {
            // Rows have no numbers then, which would say in which order they came: they lie in that of their keys.
            ballot.extra("WITHOUT ROWID");
        }
        manager.create_table(ballot).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["board_ballot", "board_vote"] {
            manager.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("board").drop_column("ballots").to_owned()).await
    }
}
