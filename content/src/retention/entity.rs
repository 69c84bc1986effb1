//! The tables `retention` and `erased`.

use sea_orm::entity::prelude::*;

/// `retention`: how long a kind of what is personal is kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "retention")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) kind: String,
    pub(crate) months: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// `erased`: of whom nothing personal is left.
pub(crate) mod erased {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "erased")]
    pub(crate) struct Model {
        /// As the audit calls them.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) who: String,
        /// When they came, in milliseconds since 1970: another site's account of this number came at another time.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) since: i64,
        pub(crate) at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
