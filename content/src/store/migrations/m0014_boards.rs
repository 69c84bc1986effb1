//! Boards, what happens on them, and by whom.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = |name: &'static str| ColumnDef::new(name).big_integer().to_owned();
        let text = |name: &'static str| ColumnDef::new(name).text().to_owned();
        let key = |table: &'static str, column: &'static str, to: &'static str| {
            ForeignKey::create()
                .name(format!("{table}_{to}"))
                .from(table, column)
                .to(to, "id")
                .on_delete(ForeignKeyAction::Cascade)
                .to_owned()
        };
        // The slug of a board is its seminar's own.
        for sql in local_slugs("'session', 'material', 'comparison', 'board'") {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        let board = Table::create()
            .table("board")
            .col(number("thing_id").not_null().primary_key())
            .col(text("names").not_null())
            .col(text("shown").not_null())
            .foreign_key(&mut key("board", "thing_id", "thing"))
            .to_owned();
        manager.create_table(board).await?;
        // Not to what a board has of its own, which is written anew when it changes.
        let event = Table::create()
            .table("board_event")
            .col(number("board_id").not_null())
            .col(number("number").not_null())
            .col(number("at").not_null())
            .col(number("author_id"))
            .col(text("command"))
            .col(text("body").not_null())
            .primary_key(Index::create().col("board_id").col("number"))
            .foreign_key(&mut key("board_event", "board_id", "thing"))
            .to_owned();
        manager.create_table(event).await?;
        // A command that comes again is found.
        let once = Index::create()
            .name("board_event_command")
            .table("board_event")
            .col("board_id")
            .col("command")
            .unique()
            .to_owned();
        manager.create_index(once).await?;
        let author = Table::create()
            .table("board_author")
            .col(number("id").not_null().auto_increment().primary_key())
            .col(number("board_id").not_null())
            .col(number("seat_id"))
            .col(number("account_id"))
            .foreign_key(&mut key("board_author", "board_id", "thing"))
            .foreign_key(&mut key("board_author", "seat_id", "seat"))
            .foreign_key(&mut key("board_author", "account_id", "account"))
            .to_owned();
        manager.create_table(author).await?;
        for (name, column) in [("board_author_seat", "seat_id"), ("board_author_account", "account_id")] {
            let index =
                Index::create().name(name).table("board_author").col(column).col("board_id").unique().to_owned();
            manager.create_index(index).await?;
        }
        let of = Index::create().name("board_author_board").table("board_author").col("board_id").to_owned();
        manager.create_index(of).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DELETE FROM thing WHERE kind = 'board'").await?;
        for sql in local_slugs("'session', 'material', 'comparison'") {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        for table in ["board_author", "board_event", "board"] {
            manager.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

/// Has slugs be unique within their seminar for these kinds of things, and on the platform for all others.
fn local_slugs(kinds: &str) -> [String; 4] {
    [
        "DROP INDEX thing_local".to_owned(),
        "DROP INDEX thing_global".to_owned(),
        format!("CREATE UNIQUE INDEX thing_local ON thing (seminar_id, kind, slug) WHERE kind IN ({kinds})"),
        format!("CREATE UNIQUE INDEX thing_global ON thing (kind, slug) WHERE kind NOT IN ({kinds})"),
    ]
}
