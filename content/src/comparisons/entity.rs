//! The tables `comparison`, `topic` and `cell`.

use super::{Cell, Details, Topic};
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, NotSet, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "comparison")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// `topic`: a row.
pub(crate) mod topic {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "topic")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) thing_id: i64,
        pub(crate) slug: String,
        pub(crate) title: String,
        pub(crate) position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `cell`: what is known of one or more countries under a topic.
pub(crate) mod cell {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "cell")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) topic_id: i64,
        /// Codes with spaces between them.
        pub(crate) countries: String,
        pub(crate) text: String,
        pub(crate) confidence: String,
        pub(crate) source: Option<String>,
        pub(crate) date: Option<String>,
        pub(crate) position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes what a comparison has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    Entity::insert(ActiveModel { thing_id: Set(thing) }).exec_without_returning(db).await?;
    for (position, topic) in (0..).zip(&details.topics) {
        let row = topic::ActiveModel {
            id: NotSet,
            thing_id: Set(thing),
            slug: Set(topic.slug.clone()),
            title: Set(topic.title.clone()),
            position: Set(position),
        };
        let topic_id = topic::Entity::insert(row).exec(db).await?.last_insert_id;
        let rows = (0..).zip(&topic.cells).map(|(position, cell)| cell::ActiveModel {
            id: NotSet,
            topic_id: Set(topic_id),
            countries: Set(cell.countries.join(" ")),
            text: Set(cell.text.clone()),
            confidence: Set(cell.confidence.code().to_owned()),
            source: Set(cell.source.clone()),
            date: Set(cell.date.map(|date| date.to_string())),
            position: Set(position),
        });
        cell::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

impl Topic {
    /// A topic out of its rows; `cells` in order.
    pub(crate) fn of(row: topic::Model, cells: Vec<cell::Model>) -> Result<Self, Failure> {
        let cell = |row: cell::Model| {
            Ok(Cell {
                countries: row.countries.split_whitespace().map(str::to_owned).collect(),
                text: row.text,
                confidence: row.confidence.parse().map_err(|()| Failure::odd("cell.confidence"))?,
                source: row.source,
                date: row.date.and_then(|date| date.parse().ok()),
            })
        };
        let cells = cells.into_iter().map(cell).collect::<Result<_, Failure>>()?;
        Ok(Self { slug: row.slug, title: row.title, cells })
    }
}
