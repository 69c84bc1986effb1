//! Stored HTML that an earlier renderer made, made anew.

use super::{entity, markup_options, write::rendered};
use crate::{
    changes::{self, Act},
    store::{Failure, Store},
    things::{Kind, entity::thing},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, TransactionTrait,
};
use std::collections::BTreeMap;

/// Texts in one transaction.
const BATCH: u64 = 200;

/// Renders what another version of the renderer stored. How many texts that were.
///
/// # Errors
/// When the store does not answer.
pub async fn renew(store: &Store) -> Result<usize, Failure> {
    let mut renewed = 0;
    loop {
        let transaction = store.write().begin().await?;
        let texts = entity::Entity::find()
            .filter(entity::Column::Renderer.ne(markup::VERSION))
            .limit(BATCH)
            .all(&transaction)
            .await?;
        if texts.is_empty() {
            return Ok(renewed);
        }
        renewed += texts.len();
        let kinds: BTreeMap<i64, String> = thing::Entity::find()
            .select_only()
            .columns([thing::Column::Id, thing::Column::Kind])
            .filter(thing::Column::Id.is_in(texts.iter().map(|text| text.thing_id)))
            .into_tuple()
            .all(&transaction)
            .await?
            .into_iter()
            .collect();
        for text in texts {
            let new = rendered(&text.source, &markup_options())?;
            let row = entity::ActiveModel {
                id: Unchanged(text.id),
                html: Set(new.html),
                outline: Set(new.outline),
                passages: Set(new.passages),
                links: Set(new.links),
                renderer: Set(markup::VERSION),
                ..Default::default()
            };
            entity::Entity::update(row).exec(&transaction).await?;
        }
        let at = Timestamp::now();
        let changed = kinds.into_iter().filter_map(|(id, kind)| Some((id, kind.parse::<Kind>().ok()?, Act::Updated)));
        changes::write(&transaction, at, &changed.collect::<Vec<_>>()).await?;
        transaction.commit().await?;
        store.announce();
    }
}
