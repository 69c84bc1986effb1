//! The table `notice`.

use sea_orm::entity::prelude::*;

/// `notice`: what is said to those who take part in a seminar.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "notice")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) seminar_id: i64,
    /// The country whose delegation it is for; none: for all.
    pub(crate) delegation: Option<String>,
    pub(crate) language: String,
    pub(crate) text: String,
    /// Milliseconds since 1970, UTC, as all of these.
    pub(crate) posted_at: i64,
    /// Until when it stands, unless it is taken down before; none: until then.
    pub(crate) until: Option<i64>,
    /// When it was taken down.
    pub(crate) ended_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
