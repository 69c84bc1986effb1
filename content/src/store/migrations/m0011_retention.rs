//! How long what is personal is kept, when accounts were used last, and who was erased.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = |name: &'static str| ColumnDef::new(name).big_integer().not_null().to_owned();
        let text = |name: &'static str| ColumnDef::new(name).text().not_null().to_owned();
        let retention = Table::create()
            .table("retention")
            .col(text("kind").primary_key())
            .col(ColumnDef::new("months").integer().not_null())
            .to_owned();
        manager.create_table(retention).await?;
        let key = Index::create().col("who").col("since").to_owned();
        let erased = Table::create()
            .table("erased")
            .col(text("who"))
            .col(number("since"))
            .col(number("at"))
            .primary_key(&mut key.clone())
            .to_owned();
        manager.create_table(erased).await?;
        let used = ColumnDef::new("used_at").big_integer().not_null().default(0).to_owned();
        manager.alter_table(Table::alter().table("account").add_column(used).to_owned()).await?;
        // As far as anybody knows.
        let known = "UPDATE account SET used_at = created_at";
        manager.get_connection().execute_unprepared(known).await?;
        for table in ["sign_in", "device"] {
            let last = format!("SELECT MAX(seen_at) FROM {table} WHERE account_id = account.id");
            let later = format!("UPDATE account SET used_at = ({last}) WHERE ({last}) > used_at");
            manager.get_connection().execute_unprepared(&later).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("account").drop_column("used_at").to_owned()).await?;
        for table in ["erased", "retention"] {
            manager.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}
