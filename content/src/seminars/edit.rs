//! Making seminars, changing what they say, and copying one that was.

use super::{
    Contents, Details, Stage,
    draft::{Around, Draft, Fault, Field},
    itself,
};
use crate::{
    edits::{self, Draft as _, Edited, Why, needed, publish, publish_along},
    folder::{self, Written},
    gate::Viewer,
    people, protection,
    roles::Act,
    sessions,
    store::{Failure, Store},
    texts::Reading,
    things::{Kind, Listed},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use language::{Language, Locale};

/// Why a seminar was not changed.
pub type Refused = edits::Refused<Draft, Field>;

/// A seminar that is edited, with what there is to choose from.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What its form shows.
    pub draft: Draft,
    /// Who may contribute: those who came with the seminar first.
    pub people: Vec<Listed>,
}

/// What somebody types who copies a seminar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    /// What the new one is called.
    pub title: String,
    /// Its first day.
    pub starts: String,
}

/// What the form of a seminar shows those who may edit it.
///
/// # Errors
/// When the store does not answer.
pub async fn editing(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    contents: &Contents,
) -> Result<Option<Editing>, Failure> {
    if !viewer.may_in(Act::EditSeminar, &contents.seminar) {
        return Ok(None);
    }
    let people = people::to_choose_from(store, viewer, reading, Some(contents.seminar.id)).await?;
    let Some(held) = held(store, viewer, contents).await? else { return Ok(None) };
    Ok(Some(Editing { draft: Draft::of(&held.seen, &Around(&[])), people }))
}

/// What the form of a new seminar shows those who may make one: a draft, by the clock of the latest.
///
/// # Errors
/// When the store does not answer.
pub async fn making(store: &Store, viewer: &Viewer, reading: Reading) -> Result<Option<Editing>, Failure> {
    if !viewer.may(Act::MakeSeminars) {
        return Ok(None);
    }
    let people = people::to_choose_from(store, viewer, reading, None).await?;
    let latest = super::list(store, viewer, reading, 1, 0).await?.pop();
    let draft = Draft {
        language: reading.locale.language().code().to_owned(),
        time_zone: latest.map(|latest| latest.details.time_zone).unwrap_or_default(),
        stage: Stage::Draft.code().to_owned(),
        ..Draft::default()
    };
    Ok(Some(Editing { draft, people }))
}

/// Has a seminar say what somebody typed. `was` is the version of what they were shown. Its sessions stay at their times
/// by the clock of its place; `along`: they move by as many days as its first day.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was changed.
pub async fn edit(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    (was, typed): (&str, &Draft),
    along: bool,
    now: Timestamp,
) -> Result<Result<(), Refused>, Failure> {
    let seminar = &contents.seminar;
    if !viewer.may_in(Act::EditSeminar, seminar) {
        return Ok(Err(Refused::Forbidden));
    }
    let Some(held) = held(store, viewer, contents).await? else { return Ok(Err(Refused::Forbidden)) };
    let people = slugs(store, viewer, Some(contents)).await?;
    let folder::Details::Seminar(before) = held.stored.details.clone() else { return Ok(Err(Refused::Forbidden)) };
    let edited = match edits::decide(held, (was, typed), &Around(&people)) {
        Ok(Some(edited)) => edited,
        Ok(None) => return Ok(Ok(())),
        Err(refused) => return Ok(Err(refused)),
    };
    let (mut all, mut days) = (Vec::new(), 0);
    if let folder::Details::Seminar(after) = &edited.after.details {
        days = if along { between(before.starts, after.starts) } else { 0 };
        let when = |details: &Details| (details.starts, details.ends, details.time_zone.clone());
        if when(&before) != when(after) {
            match sessions::carried(store, viewer, contents, after, days).await? {
                Ok(sessions) => all = sessions.into_iter().filter(Edited::differs).collect(),
                Err(stranded) => return Ok(Err(strands(stranded))),
            }
        }
    }
    all.insert(0, edited);
    if publish_along(store, viewer, Some(seminar.id.id()), all, days, now).await?.is_some() {
        return Ok(Ok(()));
    }
    // Between reading and writing.
    let again = self::held(store, viewer, contents).await?;
    Ok(Err(again.map_or(Refused::Forbidden, |held| Refused::Changed(Box::new(Draft::of(&held.seen, &Around(&[])))))))
}

/// Makes a seminar of what somebody typed: its slug.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was made.
pub async fn make(
    store: &Store,
    viewer: &Viewer,
    typed: &Draft,
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    if !viewer.may(Act::MakeSeminars) {
        return Ok(Err(Refused::Forbidden));
    }
    let Ok(language) = typed.language.parse::<Language>() else {
        let fault = Fault { field: Field::Language, why: Why::Odd };
        return Ok(Err(Refused::Faults(vec![fault])));
    };
    let people = slugs(store, viewer, None).await?;
    let edited = match edits::made(blank(&typed.title, language), typed, &Around(&people)) {
        Ok(edited) => edited,
        Err(refused) => return Ok(Err(refused)),
    };
    let made = publish(store, viewer, None, vec![edited], now).await?;
    Ok(made.and_then(|mut slugs| slugs.pop()).ok_or(Refused::Forbidden))
}

/// Makes a seminar after one that was: a draft with its programme, moved to its days, and without its people, materials
/// and recommendations. Its slug.
///
/// # Errors
/// When the store fails; inner: [`Refused`], and nothing was made.
pub async fn copy(
    store: &Store,
    viewer: &Viewer,
    contents: &Contents,
    typed: &Copy,
    now: Timestamp,
) -> Result<Result<String, Refused>, Failure> {
    if !viewer.may(Act::MakeSeminars) {
        return Ok(Err(Refused::Forbidden));
    }
    let Some(held) = held(store, viewer, contents).await? else { return Ok(Err(Refused::Forbidden)) };
    let mut faults = Vec::new();
    let (mut title, mut starts) = (String::new(), contents.details.starts);
    edits::settle(&mut faults, Field::Title, needed(&typed.title), |typed| title = typed);
    edits::settle(&mut faults, Field::Starts, edits::date(&typed.starts), |day| starts = day);
    let days = between(contents.details.starts, starts);
    let ends = contents.details.ends.checked_add(days.days()).ok().filter(|ends| ends.year() < 9999);
    if ends.is_none() {
        faults.push(Fault { field: Field::Starts, why: Why::Odd });
    }
    if !faults.is_empty() {
        return Ok(Err(Refused::Faults(faults)));
    }
    let details = Details {
        starts,
        ends: ends.unwrap_or(starts),
        stage: Stage::Draft,
        reference: None,
        sources: Vec::new(),
        example: false,
        ..contents.details.clone()
    };
    let mut after = held.stored;
    after.slug = edits::slug(&title, Kind::Seminar.code());
    after.contributors.clear();
    after.relations.clear();
    // A translation would have another title.
    after.texts.truncate(1);
    after.texts.iter_mut().for_each(|text| text.title.clone_from(&title));
    let sessions = match sessions::carried(store, viewer, contents, &details, days).await? {
        Ok(sessions) => sessions,
        Err(stranded) => return Ok(Err(strands(stranded))),
    };
    after.details = folder::Details::Seminar(details);
    let ids = sessions.iter().filter_map(|session| session.before.as_ref().map(|(row, _)| row.id));
    let planned = protection::planned(store, ids.chain([contents.seminar.id.id()]).collect()).await?;
    // Nobody waits in the copy for what is planned here: it is for whom it was to be.
    if let Some(release) = planned.get(&contents.seminar.id.id()) {
        after.visibility = release.own();
    }
    let sessions = sessions.into_iter().map(|mut session| {
        let release = session.before.as_ref().and_then(|(row, _)| planned.get(&row.id));
        if let Some(release) = release {
            session.after.visibility = release.own();
        }
        let alone =
            Written { parent: None, contributors: Vec::new(), relations: Vec::new(), formerly: None, ..session.after };
        Edited { before: None, after: alone, seen: None, publishes: false }
    });
    let all = [Edited { before: None, after, seen: None, publishes: false }].into_iter().chain(sessions).collect();
    let made = publish(store, viewer, None, all, now).await?;
    Ok(made.and_then(|slugs| slugs.into_iter().next()).ok_or(Refused::Forbidden))
}

async fn held(store: &Store, viewer: &Viewer, contents: &Contents) -> Result<Option<edits::Held>, Failure> {
    let slug = contents.seminar.place.slug.as_str();
    edits::held(store, viewer, slug, &itself(slug)).await
}

/// Slugs of those who may contribute.
async fn slugs(store: &Store, viewer: &Viewer, contents: Option<&Contents>) -> Result<Vec<String>, Failure> {
    let reading = Reading { locale: Locale::English, text: None };
    let seminar = contents.map(|contents| contents.seminar.id);
    let people = people::to_choose_from(store, viewer, reading, seminar).await?;
    Ok(people.into_iter().map(|person| person.place.slug).collect())
}

fn strands(sessions: usize) -> Refused {
    Refused::Faults(vec![Fault { field: Field::Starts, why: Why::Strands(sessions) }])
}

/// How many days a day is after another.
fn between(one: Date, other: Date) -> i64 {
    one.until(other).map_or(0, |span| i64::from(span.get_days()))
}

/// A seminar that says nothing yet: a draft.
fn blank(title: &str, language: Language) -> Written {
    let none = jiff::civil::date(1970, 1, 1);
    let details = folder::Details::Seminar(Details {
        starts: none,
        ends: none,
        time_zone: String::new(),
        place: None,
        host: None,
        reference: None,
        stage: Stage::Draft,
        organisers: Vec::new(),
        working_languages: Vec::new(),
        sources: Vec::new(),
        example: false,
    });
    Written::blank(Kind::Seminar, edits::slug(title, Kind::Seminar.code()), language, details)
}
