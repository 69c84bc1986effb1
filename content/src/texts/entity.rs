//! The table `text`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) thing_id: i64,
    pub(crate) language: String,
    pub(crate) status: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    /// JSON: a list of sentences.
    pub(crate) objectives: String,
    /// Markdown, as it was written.
    pub(crate) source: String,
    /// What the renderer made of it.
    pub(crate) html: String,
    /// JSON: its headings.
    pub(crate) outline: String,
    /// JSON: its plain text, heading by heading.
    pub(crate) passages: String,
    /// JSON: its links to other things, as they stand in the HTML.
    pub(crate) links: String,
    /// The number of the renderer.
    pub(crate) renderer: i32,
    /// The digest of the original: of this text where it is the original, else of the one it was translated from.
    pub(crate) origin: String,
}

impl ActiveModelBehavior for ActiveModel {}
