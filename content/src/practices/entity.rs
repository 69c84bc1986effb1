//! The table `practice`.

use super::Details;
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "practice")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) maturity: Option<String>,
    pub(crate) valid_until: Option<String>,
    pub(crate) evidence: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Writes what a practice has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel {
        thing_id: Set(thing),
        maturity: Set(details.maturity.map(|maturity| maturity.code().to_owned())),
        valid_until: Set(details.valid_until.map(|date| date.to_string())),
        evidence: Set(details.evidence.clone()),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

impl From<Model> for Details {
    fn from(row: Model) -> Self {
        Self {
            maturity: row.maturity.and_then(|code| code.parse().ok()),
            valid_until: row.valid_until.and_then(|date| date.parse().ok()),
            evidence: row.evidence,
        }
    }
}
