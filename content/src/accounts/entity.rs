//! The tables `account`, `link`, `sign_in` and `device`.

use sea_orm::entity::prelude::*;

/// `account`: somebody who can sign in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "account")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    /// An e-mail address, in the form of [`super::Address`].
    pub(crate) address: Option<String>,
    pub(crate) name: String,
    pub(crate) platform: String,
    /// As [`super::password`] writes it; none where it was never set.
    pub(crate) password: Option<String>,
    /// Another one ends all that is signed in.
    pub(crate) stamp: String,
    /// Milliseconds since 1970, UTC.
    pub(crate) disabled_at: Option<i64>,
    pub(crate) created_at: i64,
    /// When its owner was here last: they came, or a session of theirs was kept.
    pub(crate) used_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// `link`: what somebody holds who was sent a link, until they spend it.
pub(crate) mod link {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "link")]
    pub(crate) struct Model {
        /// The hash of the token.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) key: String,
        pub(crate) purpose: String,
        /// What the audit calls them who made it: it ends with their right to make one.
        pub(crate) made_by: String,
        pub(crate) account_id: Option<i64>,
        /// The seat that is claimed with it.
        pub(crate) seat_id: Option<i64>,
        pub(crate) address: Option<String>,
        pub(crate) name: String,
        pub(crate) platform: Option<String>,
        pub(crate) seminar_id: Option<i64>,
        pub(crate) part: Option<String>,
        pub(crate) delegation: Option<String>,
        pub(crate) created_at: i64,
        pub(crate) expires_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `sign_in`: a browser in which somebody is signed in.
pub(crate) mod sign_in {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "sign_in")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        /// The hash of what the browser sends.
        pub(crate) key: String,
        pub(crate) account_id: Option<i64>,
        /// Of somebody without an account.
        pub(crate) seat_id: Option<i64>,
        /// What the session holds, as JSON.
        pub(crate) data: String,
        /// What the browser called itself, in a few words.
        pub(crate) device: String,
        pub(crate) created_at: i64,
        pub(crate) seen_at: i64,
        pub(crate) expires_at: i64,
        /// What its owner might do when it got its number; none: nobody noted it.
        pub(crate) rights: Option<String>,
        /// The hash of the number that it had before, until the browser shows the new one.
        pub(crate) former: Option<String>,
        /// When it got another number.
        pub(crate) renewed_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `device`: a browser in which somebody was signed in once. Guesses made elsewhere do not delay it.
pub(crate) mod device {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "device")]
    pub(crate) struct Model {
        /// The hash of what the browser sends.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) key: String,
        pub(crate) account_id: i64,
        pub(crate) seen_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
