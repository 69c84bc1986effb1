//! The tables `author` and `draft`.

/// `author`: who writes a thing.
pub(crate) mod author {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "author")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) thing_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) account_id: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `draft`: a thing that its authors have not published yet.
pub(crate) mod draft {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "draft")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) thing_id: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
