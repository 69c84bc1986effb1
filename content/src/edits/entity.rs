//! The table `edit`.

use super::field::Part;
use crate::{folder::Written, store::Failure};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};
use std::collections::BTreeMap;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "edit")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    /// It was made in the browser: no file says anything of it.
    pub(crate) made: bool,
    /// JSON: of each field that was edited, the digest of what the files said of it when they were last looked at; empty
    /// where they said nothing.
    pub(crate) fields: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The fields of a thing that were edited, by their names, with the digest of what the files say.
pub(crate) type Filed = BTreeMap<String, String>;

impl Model {
    /// Of a thing of which nothing was edited.
    pub(crate) fn of(thing: i64) -> Self {
        Self { thing_id: thing, made: false, fields: "{}".to_owned() }
    }

    /// Of one that is made in the browser.
    pub(crate) fn made(thing: i64, says: &Written) -> Result<Self, Failure> {
        let fields: Filed = Part::all([says]).iter().map(|part| (part.name().into_owned(), String::new())).collect();
        Ok(Self { thing_id: thing, made: true, fields: serde_json::to_string(&fields)? })
    }

    pub(crate) fn filed(&self) -> Result<Filed, Failure> {
        Ok(serde_json::from_str(&self.fields)?)
    }

    /// Writes it, or takes it away where nothing is edited.
    pub(crate) async fn save<C: ConnectionTrait>(self, db: &C, filed: &Filed) -> Result<(), Failure> {
        if filed.is_empty() && !self.made {
            Entity::delete_by_id(self.thing_id).exec(db).await?;
            return Ok(());
        }
        let again = OnConflict::column(Column::ThingId).update_columns([Column::Made, Column::Fields]).to_owned();
        let row = ActiveModel {
            thing_id: Set(self.thing_id),
            made: Set(self.made),
            fields: Set(serde_json::to_string(filed)?),
        };
        Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
        Ok(())
    }
}
