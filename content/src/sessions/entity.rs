//! The table `session`.

use super::Details;
use crate::store::Failure;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "session")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) kind: String,
    pub(crate) day: Option<String>,
    /// Milliseconds since 1970, UTC.
    pub(crate) starts: Option<i64>,
    /// Milliseconds since 1970, UTC.
    pub(crate) ends: Option<i64>,
    pub(crate) room: Option<String>,
    #[serde(deserialize_with = "crate::store::truth")]
    pub(crate) chatham_house: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// Writes what a session has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel {
        thing_id: Set(thing),
        kind: Set(details.form.code().to_owned()),
        day: Set(details.day.map(|day| day.to_string())),
        starts: Set(details.starts.map(Timestamp::as_millisecond)),
        ends: Set(details.ends.map(Timestamp::as_millisecond)),
        room: Set(details.room.clone()),
        chatham_house: Set(details.chatham_house),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

impl TryFrom<Model> for Details {
    type Error = Failure;

    fn try_from(row: Model) -> Result<Self, Failure> {
        let moment = |at: Option<i64>| at.and_then(|at| Timestamp::from_millisecond(at).ok());
        Ok(Self {
            form: row.kind.parse().map_err(|()| Failure::odd("session.kind"))?,
            day: row.day.and_then(|day| day.parse().ok()),
            starts: moment(row.starts),
            ends: moment(row.ends),
            room: row.room,
            chatham_house: row.chatham_house,
        })
    }
}
