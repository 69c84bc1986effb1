//! The tables that every kind of thing shares.

/// `thing`: what can be read, under which address, by whom.
pub(crate) mod thing {
    use crate::{gate::Visibility, store::Failure, things::Kind};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "thing")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) kind: String,
        pub(crate) slug: String,
        /// The seminar whose folder it came in; none for a seminar itself and for terms.
        pub(crate) seminar_id: Option<i64>,
        /// What it belongs to within its seminar: the session of a material, a recommendation, a challenge or a board.
        pub(crate) parent_id: Option<i64>,
        pub(crate) audience: String,
        /// What its author set; none: inherited.
        pub(crate) visibility: Option<String>,
        /// It came with a seminar that is made up: lists show it after everything else.
        pub(crate) example: bool,
        pub(crate) position: i32,
        /// The language of its original text.
        pub(crate) language: String,
        /// Country codes with spaces between them.
        pub(crate) countries: String,
        /// Theme slugs with spaces between them.
        pub(crate) themes: String,
        /// Of everything that was written about it: equal digests are equal things.
        pub(crate) digest: String,
        /// When it last changed: milliseconds since 1970, UTC.
        pub(crate) changed_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// What it is.
        pub(crate) fn kind(&self) -> Result<Kind, Failure> {
            self.kind.parse().map_err(|()| Failure::odd("thing.kind"))
        }

        /// What was set for it; none: inherited.
        pub(crate) fn set(&self) -> Option<Visibility> {
            self.visibility.as_deref().and_then(|code| code.parse().ok())
        }
    }
}

/// `former`: slugs that things had before.
pub(crate) mod former {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "former")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) thing_id: i64,
        pub(crate) slug: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// `relation`: one thing says something about another.
pub(crate) mod relation {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "relation")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) from_id: i64,
        pub(crate) to_id: i64,
        /// `answers` or `see`.
        pub(crate) kind: String,
        pub(crate) position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
