//! The tables `setting`, and `release`.

use crate::{gate::Visibility, store::Failure};
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*, sea_query::OnConflict};

#[sea_orm::model]
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    /// What was set in the browser; empty: inherited. None: nothing was, and what the files say holds.
    pub(crate) visibility: Option<String>,
    /// What the files say, where something was set in the browser; none: inherited.
    pub(crate) filed_visibility: Option<String>,
    /// Whether the Chatham House rule was set on or off in the browser.
    pub(crate) chatham_house: Option<bool>,
    /// What the files say, where that was set.
    pub(crate) filed_chatham_house: Option<bool>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What was set in the browser, if something was.
    pub(crate) fn visibility(&self) -> Option<Option<Visibility>> {
        self.visibility.as_deref().map(|code| code.parse().ok())
    }

    /// What the files say, if something else may have been set.
    pub(crate) fn filed(&self) -> Option<Option<Visibility>> {
        self.visibility.as_ref()?;
        Some(self.filed_visibility.as_deref().and_then(|code| code.parse().ok()))
    }

    /// Writes it, or takes it away where it says nothing.
    pub(crate) async fn save<C: ConnectionTrait>(self, db: &C) -> Result<(), Failure> {
        if self.visibility.is_none() && self.chatham_house.is_none() {
            Entity::delete_by_id(self.thing_id).exec(db).await?;
            return Ok(());
        }
        let columns = [Column::Visibility, Column::FiledVisibility, Column::ChathamHouse, Column::FiledChathamHouse];
        let again = OnConflict::column(Column::ThingId).update_columns(columns).to_owned();
        let row = ActiveModel {
            thing_id: Set(self.thing_id),
            visibility: Set(self.visibility),
            filed_visibility: Set(self.filed_visibility),
            chatham_house: Set(self.chatham_house),
            filed_chatham_house: Set(self.filed_chatham_house),
        };
        Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
        Ok(())
    }
}

/// `release`: for whom a thing is from its moment on.
pub(crate) mod release {
    use crate::{protection::Release, store::Failure};
    use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "release")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) thing_id: i64,
        /// `after`, or date and time by the clock of its seminar.
        pub(crate) moment: String,
        /// What is set then; none: it inherits.
        pub(crate) visibility: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        pub(crate) fn release(&self) -> Result<Release, Failure> {
            let own = self.visibility.as_deref().map(str::parse).transpose();
            let read = self.moment.parse().ok().zip(own.ok());
            let release = read.and_then(|(moment, own)| Release::new(moment, own));
            release.ok_or_else(|| Failure::odd("release"))
        }
    }

    /// Has a thing wait for a release, or for none.
    pub(crate) async fn put<C: ConnectionTrait>(db: &C, thing: i64, release: Option<Release>) -> Result<(), Failure> {
        Entity::delete_by_id(thing).exec(db).await?;
        let Some(release) = release else { return Ok(()) };
        let row = ActiveModel {
            thing_id: Set(thing),
            moment: Set(release.moment().to_string()),
            visibility: Set(release.own().map(|own| own.code().to_owned())),
        };
        Entity::insert(row).exec_without_returning(db).await?;
        Ok(())
    }
}
