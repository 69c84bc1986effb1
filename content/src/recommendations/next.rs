//! The reference of a recommendation that is published.

use crate::{
    store::Failure,
    things::{Kind, Listed, entity::thing},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// How many letters of the name of a seminar its references begin with, where another does not begin so.
const LETTERS: usize = 3;

/// The slug of the next recommendation of a seminar, and its place in the order. A seminar goes on with the letters that its
/// recommendations have; the first ones have the beginning of its name. In its transaction nobody else publishes.
pub(crate) async fn next<C: ConnectionTrait>(db: &C, seminar: &Listed) -> Result<(String, i32), Failure> {
    let all = thing::Entity::find()
        .select_only()
        .column(thing::Column::Slug)
        .column(thing::Column::SeminarId)
        .column(thing::Column::Position)
        .filter(thing::Column::Kind.eq(Kind::Recommendation.code()));
    let all: Vec<(String, Option<i64>, i32)> = all.into_tuple().all(db).await?;
    let (ours, others): (Vec<_>, Vec<_>) = all.iter().partition(|(_, of, _)| *of == Some(seminar.id.id()));
    let position = ours.iter().map(|(.., position)| position.saturating_add(1)).max().unwrap_or_default();
    Ok((following(&seminar.place.slug, &slugs(&ours), &slugs(&others)), position))
}

fn slugs<'a>(rows: &[&'a (String, Option<i64>, i32)]) -> Vec<&'a str> {
    rows.iter().map(|(slug, ..)| slug.as_str()).collect()
}

/// `tir-6` after `tir-5`.
fn following(seminar: &str, ours: &[&str], others: &[&str]) -> String {
    let parts = |slug: &&str| {
        let (prefix, number) = slug.rsplit_once('-')?;
        Some((number.parse::<u32>().ok()?, prefix.to_owned()))
    };
    if let Some((number, prefix)) = ours.iter().filter_map(parts).max() {
        return format!("{prefix}-{}", number.saturating_add(1));
    }
    let letters: String = seminar.chars().filter(char::is_ascii_lowercase).collect();
    let taken: Vec<String> = others.iter().filter_map(parts).map(|(_, prefix)| prefix).collect();
    let free =
        (LETTERS..=letters.len()).map(|most| &letters[..most]).find(|prefix| !taken.iter().any(|one| one == prefix));
    format!("{}-1", free.unwrap_or(seminar))
}

#[cfg(test)]
mod tests {
    use super::following;

    #[test]
    fn a_reference_follows_those_of_its_seminar() {
        assert_eq!(following("tirana-2016", &["tir-2", "tir-10", "tir-9"], &["tir-40"]), "tir-11");
        assert_eq!(following("tirana-2016", &["asylum", "alb-old-7"], &[]), "alb-old-8");
        assert_eq!(following("tirana-2016", &[], &["sar-1"]), "tir-1");
        assert_eq!(following("tirana-2018", &[], &["tir-1", "tira-2"]), "tiran-1");
        assert_eq!(following("oc-1", &["oc"], &[]), "oc-1-1");
        assert_eq!(following("2016", &[], &[]), "2016-1");
    }
}
