//! What is said to everybody at a seminar, on each of its pages; and seminars that are rehearsed.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = |name: &'static str| ColumnDef::new(name).big_integer().to_owned();
        let text = |name: &'static str| ColumnDef::new(name).text().to_owned();
        let seminar = ForeignKey::create()
            .name("notice_seminar")
            .from("notice", "seminar_id")
            // Not to what a seminar has of its own, which is written anew when it changes.
            .to("thing", "id")
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned();
        let table = Table::create()
            .table("notice")
            .col(number("id").not_null().auto_increment().primary_key())
            .col(number("seminar_id").not_null())
            .col(text("delegation"))
            .col(text("language").not_null())
            .col(text("text").not_null())
            .col(number("posted_at").not_null())
            .col(number("until"))
            .col(number("ended_at"))
            .foreign_key(&mut seminar.clone())
            .to_owned();
        manager.create_table(table).await?;
        let index = Index::create().name("notice_latest").table("notice").col("seminar_id").col("id").to_owned();
        manager.create_index(index).await?;
        let seminar = ForeignKey::create()
            .name("rehearsal_seminar")
            .from("rehearsal", "seminar_id")
            .to("thing", "id")
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned();
        let rehearsal = Table::create()
            .table("rehearsal")
            .col(number("seminar_id").not_null().primary_key())
            .col(number("since").not_null())
            .foreign_key(&mut seminar.clone())
            .to_owned();
        manager.create_table(rehearsal).await?;
        // Whoever comes in during one goes with it.
        let rehearsed = ColumnDef::new("rehearsed").boolean().not_null().default(false).to_owned();
        manager.alter_table(Table::alter().table("seat").add_column(rehearsed).to_owned()).await?;
        // When a thing changed last, for screens that follow it.
        let index = Index::create().name("change_thing").table("change").col("thing_id").col("number").to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("change_thing").table("change").to_owned()).await?;
        manager.alter_table(Table::alter().table("seat").drop_column("rehearsed").to_owned()).await?;
        manager.drop_table(Table::drop().table("rehearsal").if_exists().to_owned()).await?;
        manager.drop_table(Table::drop().table("notice").if_exists().to_owned()).await
    }
}
