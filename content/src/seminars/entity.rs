//! The table `seminar`.

use super::{Details, Source, Stage};
use crate::store::Failure;
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use language::Language;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Deserialize)]
#[sea_orm(table_name = "seminar")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) thing_id: i64,
    pub(crate) starts: String,
    pub(crate) ends: String,
    pub(crate) time_zone: String,
    pub(crate) place: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) status: String,
    /// JSON: a list of texts.
    pub(crate) organisers: String,
    /// Codes with spaces between them.
    pub(crate) working_languages: String,
    /// JSON: titles and addresses.
    pub(crate) sources: String,
    #[serde(deserialize_with = "crate::store::truth")]
    pub(crate) example: bool,
}

impl ActiveModelBehavior for ActiveModel {}

/// When a day is over on a clock.
pub(crate) fn night(day: Date, clock: &TimeZone) -> Option<Timestamp> {
    clock.to_timestamp(day.tomorrow().ok()?.to_datetime(Time::midnight())).ok()
}

impl Model {
    /// When it is over; none where that cannot be read.
    pub(crate) fn over(&self) -> Option<Timestamp> {
        night(self.ends.parse().ok()?, &TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC))
    }
}

/// Writes what a seminar has of its own.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, thing: i64, details: &Details) -> Result<(), Failure> {
    let codes: Vec<_> = details.working_languages.iter().map(|language| language.code()).collect();
    let row = ActiveModel {
        thing_id: Set(thing),
        starts: Set(details.starts.to_string()),
        ends: Set(details.ends.to_string()),
        time_zone: Set(details.time_zone.clone()),
        place: Set(details.place.clone()),
        host: Set(details.host.clone()),
        reference: Set(details.reference.clone()),
        status: Set(details.stage.code().to_owned()),
        organisers: Set(serde_json::to_string(&details.organisers)?),
        working_languages: Set(codes.join(" ")),
        sources: Set(serde_json::to_string(&details.sources)?),
        example: Set(details.example),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The clock of a seminar's place.
pub(crate) async fn clock<C: ConnectionTrait>(db: &C, seminar: i64) -> Result<TimeZone, Failure> {
    let row = Entity::find_by_id(seminar).one(db).await?;
    Ok(row.and_then(|row| TimeZone::get(&row.time_zone).ok()).unwrap_or(TimeZone::UTC))
}

impl TryFrom<Model> for Details {
    type Error = Failure;

    fn try_from(row: Model) -> Result<Self, Failure> {
        let sources: Vec<Source> = serde_json::from_str(&row.sources)?;
        Ok(Self {
            starts: row.starts.parse::<Date>().map_err(|_| Failure::odd("seminar.starts"))?,
            ends: row.ends.parse::<Date>().map_err(|_| Failure::odd("seminar.ends"))?,
            time_zone: row.time_zone,
            place: row.place,
            host: row.host,
            reference: row.reference,
            stage: row.status.parse::<Stage>().map_err(|()| Failure::odd("seminar.status"))?,
            organisers: serde_json::from_str(&row.organisers)?,
            working_languages: row
                .working_languages
                .split_whitespace()
                .filter_map(|code| code.parse::<Language>().ok())
                .collect(),
            sources,
            example: row.example,
        })
    }
}
