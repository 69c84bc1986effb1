//! The table `form`; a term itself has nothing beside its thing and its text but a source.

use super::{Details, Forms};
use crate::store::Failure;
use language::Language;
use sea_orm::{ActiveValue::Set, ConnectionTrait, NotSet, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "form")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) thing_id: i64,
    pub(crate) language: String,
    pub(crate) form: String,
    pub(crate) position: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// `term`: what a term has of its own.
pub(crate) mod term {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "term")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) thing_id: i64,
        pub(crate) source: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes what a term has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = term::ActiveModel { thing_id: Set(thing), source: Set(details.source.clone()) };
    term::Entity::insert(row).exec_without_returning(db).await?;
    let forms = details.forms.iter().flat_map(|entry| entry.forms.iter().map(|form| (entry.language, form)));
    let rows = (0..).zip(forms).map(|(position, (language, form))| ActiveModel {
        id: NotSet,
        thing_id: Set(thing),
        language: Set(language.code().to_owned()),
        form: Set(form.clone()),
        position: Set(position),
    });
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

impl Details {
    /// A term out of its rows; `forms` in order.
    pub(crate) fn of(source: Option<String>, forms: &[Model]) -> Self {
        let in_language = |&language: &Language| {
            let written: Vec<_> =
                forms.iter().filter(|row| row.language == language.code()).map(|row| row.form.clone()).collect();
            (!written.is_empty()).then_some(Forms { language, forms: written })
        };
        Self { source, forms: Language::ALL.iter().filter_map(in_language).collect() }
    }
}
