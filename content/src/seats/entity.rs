//! The tables `seat`, `door` and `rehearsal`.

use sea_orm::entity::prelude::*;

/// `seat`: somebody's part in a seminar.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "seat")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) seminar_id: i64,
    /// None: somebody without an account.
    pub(crate) account_id: Option<i64>,
    pub(crate) name: String,
    /// The name as it is compared with others.
    pub(crate) folded: String,
    pub(crate) part: String,
    /// A country's code.
    pub(crate) delegation: Option<String>,
    /// With which somebody without an account comes in again: none where there is an account.
    pub(crate) code: Option<String>,
    /// Another one ends the session.
    pub(crate) stamp: String,
    pub(crate) created_at: i64,
    /// It came of a rehearsal, and goes with it.
    #[serde(deserialize_with = "crate::store::truth")]
    pub(crate) rehearsed: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// `door`: the code by which people come into a seminar, while it is open.
pub(crate) mod door {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "door")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) seminar_id: i64,
        pub(crate) code: String,
        /// Milliseconds since 1970, UTC.
        pub(crate) open_until: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `rehearsal`: since when a seminar is rehearsed.
pub(crate) mod rehearsal {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "rehearsal")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) seminar_id: i64,
        /// Milliseconds since 1970, UTC.
        pub(crate) since: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
