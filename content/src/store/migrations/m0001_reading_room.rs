//! Things, their texts, what hangs on them, and the change log.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        things(manager).await?;
        details(manager).await?;
        indexes(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            manager.drop_table(Table::drop().table(*table).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

const TABLES: [&str; 22] = [
    "thing",
    "former",
    "relation",
    "text",
    "contribution",
    "seminar",
    "session",
    "material",
    "file",
    "practice",
    "challenge",
    "recommendation",
    "progress",
    "person",
    "organisation",
    "comparison",
    "topic",
    "cell",
    "term",
    "form",
    "change",
    "audit",
];

/// What all kinds share.
async fn things(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            table("thing")
                .col(key("id"))
                .col(text("kind"))
                .col(text("slug"))
                .col(optional_number("seminar_id"))
                .col(optional_number("parent_id"))
                .col(text("audience"))
                .col(optional_text("visibility"))
                .col(flag("example"))
                .col(small("position"))
                .col(text("language"))
                .col(text("countries"))
                .col(text("themes"))
                .col(text("digest"))
                .col(number("changed_at"))
                .foreign_key(&mut to_thing("thing", "seminar_id", ForeignKeyAction::Cascade))
                .foreign_key(&mut to_thing("thing", "parent_id", ForeignKeyAction::SetNull))
                .to_owned(),
        )
        .await?;
    let of_thing = |name: &'static str| {
        let mut table = table(name);
        table.col(key("id")).col(number("thing_id"));
        table.foreign_key(&mut to_thing(name, "thing_id", ForeignKeyAction::Cascade));
        table
    };
    manager.create_table(of_thing("former").col(text("slug")).to_owned()).await?;
    manager
        .create_table(
            // What is listed comes before what is long: SQLite reads a row from its beginning.
            of_thing("text")
                .col(text("language"))
                .col(text("status"))
                .col(text("origin"))
                .col(small("renderer"))
                .col(text("title"))
                .col(text("summary"))
                .col(text("objectives"))
                .col(text("links"))
                .col(text("outline"))
                .col(text("html"))
                .col(text("source"))
                .col(text("passages"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            of_thing("contribution")
                .col(number("person_id"))
                .col(text("role"))
                .col(text("title"))
                .col(small("position"))
                .col(text("audience"))
                .foreign_key(&mut to_thing("contribution", "person_id", ForeignKeyAction::Cascade))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            table("relation")
                .col(key("id"))
                .col(number("from_id"))
                .col(number("to_id"))
                .col(text("kind"))
                .col(small("position"))
                .foreign_key(&mut to_thing("relation", "from_id", ForeignKeyAction::Cascade))
                .foreign_key(&mut to_thing("relation", "to_id", ForeignKeyAction::Cascade))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            table("change")
                .col(key("number"))
                .col(number("at"))
                .col(number("thing_id"))
                .col(text("kind"))
                .col(text("act"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            table("audit")
                .col(key("id"))
                .col(number("at"))
                .col(text("actor"))
                .col(text("act"))
                .col(text("subject"))
                .to_owned(),
        )
        .await
}

/// What each kind has of its own: one row beside the thing's, or several below it.
async fn details(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let beside = |name: &'static str| {
        let mut table = table(name);
        table.col(ColumnDef::new("thing_id").big_integer().not_null().primary_key());
        table.foreign_key(&mut to_thing(name, "thing_id", ForeignKeyAction::Cascade));
        table
    };
    let below = |name: &'static str, above: &'static str| {
        let mut table = table(name);
        table.col(key("id")).col(number(above));
        table
    };
    let tables = [
        beside("seminar")
            .col(text("starts"))
            .col(text("ends"))
            .col(text("time_zone"))
            .col(optional_text("place"))
            .col(optional_text("host"))
            .col(optional_text("reference"))
            .col(text("status"))
            .col(text("organisers"))
            .col(text("working_languages"))
            .col(text("sources"))
            .col(flag("example"))
            .to_owned(),
        beside("session")
            .col(text("kind"))
            .col(optional_text("day"))
            .col(optional_number("starts"))
            .col(optional_number("ends"))
            .col(optional_text("room"))
            .col(flag("chatham_house"))
            .to_owned(),
        beside("material").col(optional_text("url")).to_owned(),
        below("file", "thing_id")
            .col(text("key"))
            .col(text("name"))
            .col(text("media_type"))
            .col(number("size"))
            .col(text("digest"))
            .foreign_key(&mut to_thing("file", "thing_id", ForeignKeyAction::Cascade))
            .to_owned(),
        beside("practice")
            .col(optional_text("maturity"))
            .col(optional_text("valid_until"))
            .col(optional_text("evidence"))
            .to_owned(),
        beside("challenge").col(flag("emerging")).to_owned(),
        beside("recommendation")
            .col(text("reference"))
            .col(optional_text("urgency"))
            .col(optional_text("status"))
            .col(text("addressees"))
            .col(optional_text("lead"))
            .col(optional_text("due"))
            .col(optional_text("indicator"))
            .col(optional_text("response"))
            .to_owned(),
        below("progress", "thing_id")
            .col(text("date"))
            .col(text("by"))
            .col(text("text"))
            .col(optional_text("evidence"))
            .col(small("position"))
            .foreign_key(&mut to_thing("progress", "thing_id", ForeignKeyAction::Cascade))
            .to_owned(),
        beside("person").col(optional_text("country")).to_owned(),
        beside("organisation")
            .col(optional_text("abbreviation"))
            .col(optional_text("url"))
            .col(optional_text("country"))
            .to_owned(),
        beside("comparison").to_owned(),
        below("topic", "thing_id")
            .col(text("slug"))
            .col(text("title"))
            .col(small("position"))
            .foreign_key(&mut to_thing("topic", "thing_id", ForeignKeyAction::Cascade))
            .to_owned(),
        below("cell", "topic_id")
            .col(text("countries"))
            .col(text("text"))
            .col(text("confidence"))
            .col(optional_text("source"))
            .col(optional_text("date"))
            .col(small("position"))
            .foreign_key(
                ForeignKey::create()
                    .name("cell_topic_id")
                    .from("cell", "topic_id")
                    .to("topic", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned(),
        beside("term").col(optional_text("source")).to_owned(),
        below("form", "thing_id")
            .col(text("language"))
            .col(text("form"))
            .col(small("position"))
            .foreign_key(&mut to_thing("form", "thing_id", ForeignKeyAction::Cascade))
            .to_owned(),
    ];
    for table in tables {
        manager.create_table(table).await?;
    }
    Ok(())
}

async fn indexes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let indexes: [(&str, &str, &[&str], bool); 14] = [
        ("thing_address", "thing", &["kind", "slug", "audience"], false),
        ("thing_seminar", "thing", &["seminar_id", "kind", "audience", "slug"], false),
        ("thing_parent", "thing", &["parent_id", "kind", "audience"], false),
        ("thing_count", "thing", &["kind", "audience"], false),
        ("text_thing", "text", &["thing_id", "language"], true),
        ("former_slug", "former", &["slug"], false),
        ("contribution_thing", "contribution", &["thing_id"], false),
        ("contribution_person", "contribution", &["person_id"], false),
        ("relation_from", "relation", &["from_id", "kind", "to_id"], true),
        ("relation_to", "relation", &["to_id", "kind"], false),
        ("file_key", "file", &["key"], true),
        ("file_thing", "file", &["thing_id"], false),
        ("progress_thing", "progress", &["thing_id"], false),
        ("form_thing", "form", &["thing_id"], false),
    ];
    for (name, table, columns, unique) in indexes {
        let mut index = Index::create();
        index.name(name).table(table);
        for &column in columns {
            index.col(column);
        }
        if unique {
            index.unique();
        }
        manager.create_index(index.to_owned()).await?;
    }
    manager.create_index(Index::create().name("topic_thing").table("topic").col("thing_id").to_owned()).await?;
    manager.create_index(Index::create().name("cell_topic").table("cell").col("topic_id").to_owned()).await?;
    // A slug is unique on the platform, or within its seminar for what has its address there.
    for sql in [
        "CREATE UNIQUE INDEX thing_local ON thing (seminar_id, kind, slug) \
         WHERE kind IN ('session', 'material', 'comparison')",
        "CREATE UNIQUE INDEX thing_global ON thing (kind, slug) \
         WHERE kind NOT IN ('session', 'material', 'comparison')",
        // Lists in the order in which they are shown, so that a page of them reads no more than itself.
        "CREATE INDEX thing_list ON thing (kind, example, position, id)",
        "CREATE INDEX thing_newest ON thing (kind, example, changed_at DESC, id DESC)",
        "CREATE INDEX thing_changed ON thing (changed_at DESC, id DESC)",
        "CREATE INDEX seminar_latest ON seminar (example, starts DESC, thing_id DESC)",
    ] {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().primary_key().auto_increment().to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn optional_text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

fn optional_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().to_owned()
}

fn small(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().to_owned()
}

fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().to_owned()
}

fn to_thing(table: &'static str, column: &'static str, delete: ForeignKeyAction) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}"))
        .from(table, column)
        .to("thing", "id")
        .on_delete(delete)
        .to_owned()
}
