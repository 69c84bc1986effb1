//! The tables `change` and `audit`.

/// `change`: one line for each thing that a transaction changed.
pub(crate) mod change {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "change")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) number: i64,
        /// Milliseconds since 1970, UTC.
        pub(crate) at: i64,
        /// Not a foreign key: what is gone is in the log too.
        pub(crate) thing_id: i64,
        pub(crate) kind: String,
        pub(crate) act: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `audit`: who did what.
pub(crate) mod audit {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: i64,
        /// Milliseconds since 1970, UTC.
        pub(crate) at: i64,
        pub(crate) actor: String,
        pub(crate) act: String,
        pub(crate) subject: String,
        /// What was before and after, as JSON. None: erased.
        pub(crate) payload: Option<String>,
        /// Erased with it.
        pub(crate) salt: Option<String>,
        pub(crate) commitment: String,
        /// Over that of the entry before.
        pub(crate) hash: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
