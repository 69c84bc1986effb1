//! The table `challenge`.

use super::Details;
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "challenge")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    #[serde(deserialize_with = "crate::store::truth")]
    pub(crate) emerging: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// Writes what a challenge has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel { thing_id: Set(thing), emerging: Set(details.emerging) };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

impl From<Model> for Details {
    fn from(row: Model) -> Self {
        Self { emerging: row.emerging }
    }
}
