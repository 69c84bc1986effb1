//! The tables `recommendation` and `progress`.

use super::{Details, Progress};
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, NotSet, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "recommendation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) reference: String,
    pub(crate) urgency: Option<String>,
    pub(crate) status: Option<String>,
    /// JSON: a list of texts.
    pub(crate) addressees: String,
    pub(crate) lead: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) indicator: Option<String>,
    pub(crate) response: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// `progress`: what was done about a recommendation, dated.
pub(crate) mod progress {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "progress")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) thing_id: i64,
        pub(crate) date: String,
        pub(crate) by: String,
        pub(crate) text: String,
        pub(crate) evidence: Option<String>,
        pub(crate) position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes what a recommendation has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel {
        thing_id: Set(thing),
        reference: Set(details.reference.clone()),
        urgency: Set(details.urgency.map(|urgency| urgency.code().to_owned())),
        status: Set(details.status.map(|status| status.code().to_owned())),
        addressees: Set(serde_json::to_string(&details.addressees)?),
        lead: Set(details.lead.clone()),
        due: Set(details.due.map(|due| due.to_string())),
        indicator: Set(details.indicator.clone()),
        response: Set(details.response.clone()),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    let rows = (0..).zip(&details.progress).map(|(position, entry)| progress::ActiveModel {
        id: NotSet,
        thing_id: Set(thing),
        date: Set(entry.date.to_string()),
        by: Set(entry.by.clone()),
        text: Set(entry.text.clone()),
        evidence: Set(entry.evidence.clone()),
        position: Set(position),
    });
    progress::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

impl Details {
    /// A recommendation out of its rows; `progress` in order.
    pub(crate) fn of(row: Model, progress: Vec<progress::Model>) -> Result<Self, Failure> {
        let entry = |row: progress::Model| {
            let date = row.date.parse().map_err(|_| Failure::odd("progress.date"))?;
            Ok(Progress { date, by: row.by, text: row.text, evidence: row.evidence })
        };
        Ok(Self {
            reference: row.reference,
            urgency: row.urgency.and_then(|code| code.parse().ok()),
            status: row.status.and_then(|code| code.parse().ok()),
            addressees: serde_json::from_str(&row.addressees)?,
            lead: row.lead,
            due: row.due.and_then(|due| due.parse().ok()),
            indicator: row.indicator,
            response: row.response,
            progress: progress.into_iter().map(entry).collect::<Result<_, Failure>>()?,
        })
    }
}
