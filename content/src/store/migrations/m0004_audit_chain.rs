//! The audit becomes a chain: each entry carries the hash of the one before, and a salted commitment of what it says.
//! Nothing of it is taken away or changed afterwards, except that what an entry says can be erased.

use crate::changes::chain::{self, Link};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            ColumnDef::new("payload").text().null().to_owned(),
            ColumnDef::new("salt").text().null().to_owned(),
            ColumnDef::new("commitment").text().not_null().default("").to_owned(),
            ColumnDef::new("hash").text().not_null().default("").to_owned(),
        ] {
            manager.alter_table(Table::alter().table("audit").add_column(column).to_owned()).await?;
        }
        let db = manager.get_connection();
        let backend = db.get_database_backend();
        let rows = db
            .query_all_raw(Statement::from_string(backend, "SELECT id, at, actor, act, subject FROM audit ORDER BY id"))
            .await?;
        let mut before = String::new();
        for row in rows {
            let (id, at): (i64, i64) = (row.try_get("", "id")?, row.try_get("", "at")?);
            let text = |name| row.try_get::<String>("", name);
            let (actor, act, subject) = (text("actor")?, text("act")?, text("subject")?);
            let commitment = chain::commitment("", "");
            let link = Link { id, at, actor: &actor, act: &act, subject: &subject, commitment: &commitment };
            before = link.hash(&before);
            let update = Query::update()
                .table("audit")
                .value("payload", "")
                .value("salt", "")
                .value("commitment", commitment)
                .value("hash", before.clone())
                .and_where(Expr::col("id").eq(id))
                .to_owned();
            db.execute(&update).await?;
        }
        for statement in if backend == DbBackend::Postgres { &POSTGRES[..] } else { &SQLITE[..] } {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let drop = match db.get_database_backend() {
            DbBackend::Postgres => &["DROP TRIGGER audit_stays ON audit", "DROP FUNCTION audit_stays"][..],
            _ => &["DROP TRIGGER audit_stays", "DROP TRIGGER audit_says"][..],
        };
        for statement in drop {
            db.execute_unprepared(statement).await?;
        }
        for column in ["payload", "salt", "commitment", "hash"] {
            manager.alter_table(Table::alter().table("audit").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

const SQLITE: [&str; 2] = [
    "CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN \
     SELECT RAISE(ABORT, 'an audit entry is never deleted'); END",
    "CREATE TRIGGER audit_says BEFORE UPDATE ON audit WHEN NEW.id <> OLD.id OR NEW.at <> OLD.at \
     OR NEW.actor <> OLD.actor OR NEW.act <> OLD.act OR NEW.subject <> OLD.subject \
     OR NEW.commitment <> OLD.commitment OR NEW.hash <> OLD.hash OR NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL \
     BEGIN SELECT RAISE(ABORT, 'what an audit entry says can be erased, and nothing else of it'); END",
];

const POSTGRES: [&str; 2] = [
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'an audit entry is never deleted'; END IF; \
     IF (NEW.id, NEW.at, NEW.actor, NEW.act, NEW.subject, NEW.commitment, NEW.hash) IS DISTINCT FROM \
     (OLD.id, OLD.at, OLD.actor, OLD.act, OLD.subject, OLD.commitment, OLD.hash) \
     OR NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL THEN \
     RAISE EXCEPTION 'what an audit entry says can be erased, and nothing else of it'; END IF; \
     RETURN NEW; END $$",
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays()",
];
