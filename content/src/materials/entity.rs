//! The tables `material` and `file`.

use super::Details;
use crate::store::Failure;
use sea_orm::{ActiveValue::Set, ConnectionTrait, NotSet, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "material")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) url: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// `file`: bytes that hang on a thing.
pub(crate) mod file {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
    #[sea_orm(table_name = "file")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) thing_id: i64,
        /// Its name in addresses: another for other bytes.
        pub(crate) key: String,
        pub(crate) name: String,
        pub(crate) media_type: String,
        pub(crate) size: i64,
        /// BLAKE3 of its bytes: its name in the data folder.
        pub(crate) digest: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Writes what a material has of its own. The bytes of its file are in the data folder already.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let row = ActiveModel { thing_id: Set(thing), url: Set(details.url.clone()) };
    Entity::insert(row).exec_without_returning(db).await?;
    if let Some(attachment) = &details.file {
        let row = file::ActiveModel {
            id: NotSet,
            thing_id: Set(thing),
            key: Set(key(thing, &attachment.digest)),
            name: Set(attachment.name.clone()),
            media_type: Set(attachment.media_type.clone()),
            size: Set(i64::try_from(attachment.size).map_err(|_| Failure::odd("file.size"))?),
            digest: Set(attachment.digest.clone()),
        };
        file::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Another for every material and every content: an address whose bytes never change, and which tells nobody that
/// two materials hold the same file.
fn key(thing: i64, digest: &str) -> String {
    let hash = blake3::hash(format!("{thing}/{digest}").as_bytes());
    hash.to_hex()[..20].to_owned()
}
