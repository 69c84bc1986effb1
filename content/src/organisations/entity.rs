//! The table `organisation`.

use super::Details;
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "organisation")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) abbreviation: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) country: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Writes what an organisation has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel {
        thing_id: Set(thing),
        abbreviation: Set(details.abbreviation.clone()),
        url: Set(details.url.clone()),
        country: Set(details.country.clone()),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

impl From<Model> for Details {
    fn from(row: Model) -> Self {
        Self { abbreviation: row.abbreviation, url: row.url, country: row.country }
    }
}
