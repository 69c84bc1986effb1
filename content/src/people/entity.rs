//! The tables `person` and `contribution`.

use super::Details;
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "person")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) country: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// `contribution`: who did what, where. It has an audience of its own, so that a session can be read by people who
/// may not know who spoke.
pub(crate) mod contribution {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "contribution")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        /// The session, practice or seminar.
        pub(crate) thing_id: i64,
        pub(crate) person_id: i64,
        pub(crate) role: String,
        pub(crate) title: String,
        pub(crate) position: i32,
        pub(crate) audience: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes what a person has of their own. For whom they work is written with the other relations.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel { thing_id: Set(thing), country: Set(details.country.clone()) };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}
