//! The fields of things that can be edited in the browser.

use crate::{
    boards, challenges,
    comparisons::{self, Topic},
    folder::{Details, Written, WrittenText},
    materials, organisations,
    practices::{self, Maturity},
    seminars, sessions,
};
use language::Language;
use serde_json::{Value, json};
use std::{borrow::Cow, collections::BTreeSet};

/// A field: what a thing says there, and how it comes to say what another says.
pub(super) struct Field {
    /// Its name: in the audit, and in what an import tells.
    pub(super) name: &'static str,
    pub(super) says: fn(&Written) -> Value,
    pub(super) take: fn(&mut Written, &Written),
}

impl Field {
    pub(super) const ALL: &[Self] = &[
        Self {
            name: "title",
            says: |thing| json!(original(thing).map(|text| &text.title)),
            take: |thing, other| text(thing, other, |text, other| text.title.clone_from(&other.title)),
        },
        Self {
            name: "summary",
            says: |thing| json!(original(thing).map(|text| &text.summary)),
            take: |thing, other| text(thing, other, |text, other| text.summary.clone_from(&other.summary)),
        },
        Self {
            name: "objective",
            says: |thing| json!(original(thing).map(|text| &text.objectives)),
            take: |thing, other| text(thing, other, |text, other| text.objectives.clone_from(&other.objectives)),
        },
        Self {
            name: "text",
            says: |thing| json!(original(thing).map(|text| text.body.trim())),
            take: |thing, other| text(thing, other, |text, other| text.body.clone_from(&other.body)),
        },
        Self {
            name: "countries",
            says: |thing| json!(thing.countries),
            take: |thing, other| match &thing.details {
                Details::Person(_) | Details::Organisation(_) => thing.come_from(other.countries.first().cloned()),
                _ => thing.countries.clone_from(&other.countries),
            },
        },
        Self {
            name: "organisation",
            says: |thing| json!(thing.works_for()),
            take: |thing, other| {
                let now = other.works_for().map(str::to_owned);
                thing.work_for(now.as_deref());
            },
        },
        Self {
            name: "abbreviation",
            says: |thing| json!(organisation(thing).map(|details| &details.abbreviation)),
            take: |thing, other| {
                of_organisation(thing, other, |details, other| details.abbreviation.clone_from(&other.abbreviation));
            },
        },
        Self {
            name: "site",
            says: |thing| json!(organisation(thing).map(|details| &details.url)),
            take: |thing, other| of_organisation(thing, other, |details, other| details.url.clone_from(&other.url)),
        },
        Self { name: PLACE, says: |thing| json!(thing.position), take: |thing, other| thing.position = other.position },
        Self {
            name: "contributors",
            says: |thing| json!(thing.contributors),
            take: |thing, other| thing.contributors.clone_from(&other.contributors),
        },
        Self {
            name: "themes",
            says: |thing| json!(thing.themes),
            take: |thing, other| thing.themes.clone_from(&other.themes),
        },
        Self {
            name: "answers",
            says: |thing| json!(thing.answers().collect::<Vec<_>>()),
            take: |thing, other| thing.answer(&other.answers().cloned().collect::<Vec<_>>()),
        },
        Self {
            name: "maturity",
            says: |thing| json!(practice(thing).map(|details| details.maturity.map(Maturity::code))),
            take: |thing, other| of_practice(thing, other, |details, other| details.maturity = other.maturity),
        },
        Self {
            name: "valid until",
            says: |thing| json!(practice(thing).map(|details| details.valid_until)),
            take: |thing, other| of_practice(thing, other, |details, other| details.valid_until = other.valid_until),
        },
        Self {
            name: "evidence",
            says: |thing| json!(practice(thing).map(|details| &details.evidence)),
            take: |thing, other| {
                of_practice(thing, other, |details, other| details.evidence.clone_from(&other.evidence));
            },
        },
        Self {
            name: "emerging",
            says: |thing| json!(challenge(thing).map(|details| details.emerging)),
            take: |thing, other| {
                if let (Details::Challenge(details), Some(other)) = (&mut thing.details, challenge(other)) {
                    details.emerging = other.emerging;
                }
            },
        },
        Self {
            name: "names",
            says: |thing| json!(board(thing).map(|details| details.names.code())),
            take: |thing, other| of_board(thing, other, |details, other| details.names = other.names),
        },
        Self {
            name: "shown",
            says: |thing| json!(board(thing).map(|details| details.shown.code())),
            take: |thing, other| of_board(thing, other, |details, other| details.shown = other.shown),
        },
        Self {
            name: "ballots",
            says: |thing| json!(board(thing).map(|details| details.ballots.code())),
            take: |thing, other| of_board(thing, other, |details, other| details.ballots = other.ballots),
        },
        Self {
            name: "belongs to",
            says: |thing| json!(thing.parent.as_ref().map(|parent| &parent.slug)),
            take: |thing, other| thing.parent.clone_from(&other.parent),
        },
        Self {
            name: "link",
            says: |thing| json!(material(thing).and_then(|details| details.url.as_ref())),
            take: |thing, other| of_material(thing, other, |details, other| details.url.clone_from(&other.url)),
        },
        Self {
            name: "file",
            says: |thing| {
                let file = material(thing).and_then(|details| details.file.as_ref());
                json!(file.map(|file| format!("{} {}", file.name, file.digest)))
            },
            take: |thing, other| of_material(thing, other, |details, other| details.file.clone_from(&other.file)),
        },
        Self {
            name: "kind",
            says: |thing| json!(session(thing).map(|details| details.form.code())),
            take: |thing, other| details(thing, other, |details, other| details.form = other.form),
        },
        Self {
            name: "when",
            says: |thing| json!(session(thing).map(|details| (details.day, details.starts, details.ends))),
            take: |thing, other| {
                details(thing, other, |details, other| {
                    (details.day, details.starts, details.ends) = (other.day, other.starts, other.ends);
                });
            },
        },
        Self {
            name: "room",
            says: |thing| json!(session(thing).map(|details| &details.room)),
            take: |thing, other| details(thing, other, |details, other| details.room.clone_from(&other.room)),
        },
        Self {
            name: "days",
            says: |thing| json!(seminar(thing).map(|details| (details.starts, details.ends))),
            take: |thing, other| {
                of_seminar(thing, other, |details, other| {
                    (details.starts, details.ends) = (other.starts, other.ends);
                });
            },
        },
        Self {
            name: "time zone",
            says: |thing| json!(seminar(thing).map(|details| &details.time_zone)),
            take: |thing, other| {
                of_seminar(thing, other, |details, other| details.time_zone.clone_from(&other.time_zone))
            },
        },
        Self {
            name: "where",
            says: |thing| json!(seminar(thing).map(|details| (&details.place, &details.host))),
            take: |thing, other| {
                of_seminar(thing, other, |details, other| {
                    details.place.clone_from(&other.place);
                    details.host.clone_from(&other.host);
                });
            },
        },
        Self {
            name: "reference",
            says: |thing| json!(seminar(thing).map(|details| &details.reference)),
            take: |thing, other| {
                of_seminar(thing, other, |details, other| details.reference.clone_from(&other.reference))
            },
        },
        Self {
            name: "stage",
            says: |thing| json!(seminar(thing).map(|details| details.stage.code())),
            take: |thing, other| of_seminar(thing, other, |details, other| details.stage = other.stage),
        },
        Self {
            name: "organisers",
            says: |thing| json!(seminar(thing).map(|details| &details.organisers)),
            take: |thing, other| {
                of_seminar(thing, other, |details, other| details.organisers.clone_from(&other.organisers));
            },
        },
        Self {
            name: "working languages",
            says: |thing| json!(seminar(thing).map(|details| &details.working_languages)),
            take: |thing, other| {
                of_seminar(thing, other, |details, other| {
                    details.working_languages.clone_from(&other.working_languages);
                });
            },
        },
    ];
}

/// What is edited by itself: a field that things of a kind have, what one says in another language, or a row of a
/// comparison.
#[derive(Clone)]
pub(super) enum Part {
    Field(&'static Field),
    Translation(Language),
    /// By its slug.
    Topic(String),
}

impl Part {
    /// Those that one of some things has.
    pub(super) fn all<'a>(things: impl IntoIterator<Item = &'a Written>) -> Vec<Self> {
        let (mut rows, mut languages) = (BTreeSet::new(), BTreeSet::new());
        for thing in things {
            rows.extend(topics(thing).iter().map(|topic| topic.slug.clone()));
            languages.extend(thing.texts.iter().skip(1).map(|text| text.language));
        }
        let languages = languages.into_iter().map(Self::Translation);
        Field::ALL.iter().map(Self::Field).chain(languages).chain(rows.into_iter().map(Self::Topic)).collect()
    }

    /// Its name: in the audit, and in what an import tells.
    pub(super) fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Field(field) => field.name.into(),
            Self::Translation(language) => format!("translation {}", language.code()).into(),
            Self::Topic(slug) => of_topic(slug).into(),
        }
    }

    pub(super) fn says(&self, thing: &Written) -> Value {
        match self {
            Self::Field(field) => (field.says)(thing),
            Self::Translation(language) => json!(thing.translation(*language).map(|text| {
                json!({
                    "title": text.title,
                    "summary": text.summary,
                    "objective": text.objectives,
                    "text": text.body.trim(),
                    "status": text.status.code(),
                    "of": text.translated_from.as_ref().filter(|_| !thing.is_current(text)),
                })
            })),
            Self::Topic(slug) => json!(topics(thing).iter().find(|topic| topic.slug == *slug)),
        }
    }

    /// Has a thing say there what another says.
    pub(super) fn take(&self, thing: &mut Written, other: &Written) {
        let slug = match self {
            Self::Field(field) => return (field.take)(thing, other),
            Self::Translation(language) => return thing.translate(*language, other.translation(*language).cloned()),
            Self::Topic(slug) => slug,
        };
        let Details::Comparison(comparisons::Details { topics: here }) = &mut thing.details else { return };
        let of = |list: &[Topic]| list.iter().position(|topic| topic.slug == *slug);
        let there = topics(other);
        match (of(here), of(there)) {
            (Some(at), Some(from)) => here[at] = there[from].clone(),
            (Some(at), None) => drop(here.remove(at)),
            // Where it stands is settled once all are there ([`in_order`]).
            (None, Some(from)) => here.push(there[from].clone()),
            (None, None) => {}
        }
    }

    /// Whether a thing can say something there that is not its original.
    pub(super) fn fits(&self, thing: &Written) -> bool {
        !matches!(self, Self::Translation(language) if thing.language == *language)
    }

    pub(super) fn is_row(&self) -> bool {
        matches!(self, Self::Topic(_))
    }

    /// A digest of what a thing says there. Of which original a translation is made does not count: it changes with that.
    pub(super) fn digest(&self, thing: &Written) -> String {
        let mut says = self.says(thing);
        if let Self::Translation(_) = self {
            let Some(text) = says.as_object_mut() else { return String::new() };
            text.remove("of");
        }
        blake3::hash(says.to_string().as_bytes()).to_hex()[..16].to_owned()
    }

    /// What two things say there, as somebody is told how they differ: of a translation no more than that.
    pub(super) fn differ(&self, one: &Written, other: &Written) -> (Value, Value) {
        let (mut one, mut other) = (self.says(one), self.says(other));
        if let (Self::Translation(_), Some(one), Some(other)) = (self, one.as_object_mut(), other.as_object_mut()) {
            let all = one.clone();
            one.retain(|key, says| other.get(key) != Some(says));
            other.retain(|key, says| all.get(key) != Some(says));
        }
        (one, other)
    }
}

/// Puts the rows of a comparison that files do not have where they stand here: each behind the nearest before it that is
/// there.
pub(super) fn in_order(thing: &mut Written, files: &Written, here: &Written) {
    let Details::Comparison(comparisons::Details { topics: rows }) = &mut thing.details else { return };
    let of = |list: &[Topic], slug: &str| list.iter().position(|row| row.slug == slug);
    let (filed, mut more): (Vec<_>, Vec<_>) =
        std::mem::take(rows).into_iter().partition(|row| of(topics(files), &row.slug).is_some());
    *rows = filed;
    more.sort_by_key(|row| of(topics(here), &row.slug));
    for row in more {
        let at = of(topics(here), &row.slug).unwrap_or_default();
        let before = topics(here)[..at].iter().rev().find_map(|before| of(rows, &before.slug));
        rows.insert(before.map_or(0, |before| before + 1), row);
    }
}

/// What a row of a comparison is called as a field.
pub(crate) fn of_topic(slug: &str) -> String {
    format!("row {slug}")
}

fn topics(thing: &Written) -> &[Topic] {
    match &thing.details {
        Details::Comparison(details) => &details.topics,
        _ => &[],
    }
}

/// The names of the two fields that say where a session stands in its programme.
const PLACED: [&str; 2] = [PLACE, "when"];

/// The name of the field that says where a session without a time stands.
pub(crate) const PLACE: &str = "place in the order";

/// Whether one of some fields says where a session stands in its programme.
pub(crate) fn moves<'a>(fields: impl IntoIterator<Item = &'a str>) -> bool {
    fields.into_iter().any(|field| PLACED.contains(&field))
}

/// The names of the fields of a text.
const OF_TEXT: [&str; 4] = ["title", "summary", "objective", "text"];

/// Whether it is of the text that translations are made from.
pub(super) fn is_of_text(field: &str) -> bool {
    OF_TEXT.contains(&field)
}

fn original(thing: &Written) -> Option<&WrittenText> {
    thing.texts.first()
}

fn text(thing: &mut Written, other: &Written, take: fn(&mut WrittenText, &WrittenText)) {
    if let (Some(text), Some(other)) = (thing.texts.first_mut(), original(other)) {
        take(text, other);
    }
}

fn practice(thing: &Written) -> Option<&practices::Details> {
    match &thing.details {
        Details::Practice(details) => Some(details),
        _ => None,
    }
}

fn of_practice(thing: &mut Written, other: &Written, take: fn(&mut practices::Details, &practices::Details)) {
    if let (Details::Practice(details), Some(other)) = (&mut thing.details, practice(other)) {
        take(details, other);
    }
}

fn challenge(thing: &Written) -> Option<&challenges::Details> {
    match &thing.details {
        Details::Challenge(details) => Some(details),
        _ => None,
    }
}

fn board(thing: &Written) -> Option<&boards::Details> {
    match &thing.details {
        Details::Board(details) => Some(details),
        _ => None,
    }
}

fn of_board(thing: &mut Written, other: &Written, take: fn(&mut boards::Details, &boards::Details)) {
    if let (Details::Board(details), Some(other)) = (&mut thing.details, board(other)) {
        take(details, other);
    }
}

fn material(thing: &Written) -> Option<&materials::Details> {
    match &thing.details {
        Details::Material(details) => Some(details),
        _ => None,
    }
}

fn of_material(thing: &mut Written, other: &Written, take: fn(&mut materials::Details, &materials::Details)) {
    if let (Details::Material(details), Some(other)) = (&mut thing.details, material(other)) {
        take(details, other);
    }
}

fn organisation(thing: &Written) -> Option<&organisations::Details> {
    match &thing.details {
        Details::Organisation(details) => Some(details),
        _ => None,
    }
}

fn of_organisation(
    thing: &mut Written,
    other: &Written,
    take: fn(&mut organisations::Details, &organisations::Details),
) {
    if let (Details::Organisation(details), Some(other)) = (&mut thing.details, organisation(other)) {
        take(details, other);
    }
}

fn seminar(thing: &Written) -> Option<&seminars::Details> {
    match &thing.details {
        Details::Seminar(details) => Some(details),
        _ => None,
    }
}

fn of_seminar(thing: &mut Written, other: &Written, take: fn(&mut seminars::Details, &seminars::Details)) {
    if let (Details::Seminar(details), Some(other)) = (&mut thing.details, seminar(other)) {
        take(details, other);
    }
}

fn session(thing: &Written) -> Option<&sessions::Details> {
    match &thing.details {
        Details::Session(details) => Some(details),
        _ => None,
    }
}

fn details(thing: &mut Written, other: &Written, take: fn(&mut sessions::Details, &sessions::Details)) {
    if let (Details::Session(details), Some(other)) = (&mut thing.details, session(other)) {
        take(details, other);
    }
}
