//! `missed`: how many sessions looked in vain for a word on a day.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "missed")]
pub(crate) struct Model {
    /// Days since 1970, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) folded: String,
    /// As somebody typed it first, in small letters.
    pub(crate) word: String,
    pub(crate) sessions: i64,
}

impl ActiveModelBehavior for ActiveModel {}
