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
        let db = manager.get_connection();
        db.execute_unprepared("CREATE INDEX audit_says_at ON audit (at) WHERE payload <> ''").await?;
        // As far as anybody knows: a backup has neither sessions nor browsers.
        db.execute_unprepared("UPDATE account SET used_at = created_at").await?;
        for last in [
            "SELECT MAX(seen_at) FROM sign_in WHERE account_id = account.id",
            "SELECT MAX(seen_at) FROM device WHERE account_id = account.id",
            "SELECT MAX(at) FROM audit WHERE actor = 'account/' || account.id",
        ] {
            db.execute_unprepared(&format!("UPDATE account SET used_at = ({last}) WHERE ({last}) > used_at")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP INDEX audit_says_at").await?;
        manager.alter_table(Table::alter().table("account").drop_column("used_at").to_owned()).await?;
        for table in ["erased", "retention"] {
            manager.drop_table(Table::drop().table(table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}
