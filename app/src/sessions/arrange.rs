//! `/seminars/{seminar}/programme/edit`: when and where the sessions are, and in which order.

use super::{day, zone};
use crate::{
    asked::Asked,
    edits::Told,
    errors::Error,
    forms::{self, Sent},
    render::{self, Answer},
    seminars::{chapters, way},
    timetable::island::{Day, Session, Timetable, Words as TimetableWords},
    ui::{Head, PhraseView, alive, cell, crumbs, document, leaf, settle},
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    seminars::{self, Contents},
    sessions::{self, Arrangement, Clash, Fault, Field, InProgramme, Moved, Over, Refused, Slot},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What was typed, and what will not do of it.
#[derive(Clone, Debug, Default)]
struct Again {
    moved: Vec<Moved>,
    refused: Vec<(String, Refused)>,
}

pub(crate) fn arrange() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    let (again, answer) = (use_context::<Again>(), expect_context::<Answer>());
    render::answer(
        move |asked| async move {
            let (store, viewer) = (&asked.store, &asked.viewer);
            let Some(contents) = seminars::contents(store, viewer, asked.reading, &slug).await? else {
                return Ok(None);
            };
            let found = sessions::arrangement(store, viewer, asked.reading, &contents).await?;
            Ok(found.map(|arrangement| draw(&asked, &answer, &contents, &arrangement, again)))
        },
        render::nowhere_else,
    )
}

/// Puts sessions at other times and places, and has one change places with its neighbour.
pub(super) async fn post(Extension(asked): Extension<Asked>, Path(slug): Path<String>, sent: Sent) -> Response {
    let Some(moved) = read(&sent) else { return render::error(asked, Error::Unreadable).await.into_response() };
    // The one before and the one after; it is the second that goes up, and the first that goes down.
    let step = sent.field("up").or(sent.field("down")).and_then(|both| both.split_once(' '));
    let up = sent.field("up").is_some();
    let (store, viewer, now) = (&asked.store, &asked.viewer, Timestamp::now());
    let done = async {
        let found = seminars::contents(store, viewer, asked.reading, &slug).await?;
        let Some(contents) = found else { return Ok(Err(Again::default())) };
        if let Err(refused) = sessions::rearrange(store, viewer, &contents, &moved, now).await? {
            return Ok(Err(Again { moved, refused }));
        }
        let Some((first, second)) = step else { return Ok(Ok(None)) };
        let contents = seminars::contents(store, viewer, asked.reading, &slug).await?;
        let Some(contents) = contents else { return Ok(Err(Again::default())) };
        let swapped = sessions::swap(store, viewer, &contents, (first, second), now).await?;
        let session = if up { second } else { first };
        // What was typed is saved by now: nothing of it has to stand in the form.
        let again = |why| Again { moved: Vec::new(), refused: vec![(session.to_owned(), why)] };
        Ok(swapped.map(|()| Some(session)).map_err(again))
    };
    match done.await {
        Ok(Ok(session)) => {
            let at = session.map(|session| format!("#session-{session}")).unwrap_or_default();
            forms::to(&format!("{}{at}", asked.path()))
        }
        // Where it is not for them, that page is not there either.
        Ok(Err(again)) => forms::drawn_again(asked, StatusCode::UNPROCESSABLE_ENTITY, again).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// The rows of the form, each numbered: `session-3`, `was-3`, `day-3` and so on. None where one of them is not whole.
fn read(sent: &Sent) -> Option<Vec<Moved>> {
    let value = |name: &str, at: &str| sent.field(&format!("{name}-{at}")).map(str::to_owned);
    sent.numbers("session-")
        .map(|at| {
            Some(Moved {
                slug: value("session", at)?,
                was: before(&value("was", at)?),
                is: Slot {
                    day: value("day", at)?,
                    starts: value("starts", at)?,
                    ends: value("ends", at)?,
                    room: value("room", at)?,
                },
            })
        })
        .collect()
}

/// What a row was taken for: `2016-12-06|09:00|10:30|Blue hall`.
fn before(text: &str) -> Slot {
    let mut parts = text.splitn(4, '|').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    Slot { day: next(), starts: next(), ends: next(), room: next() }
}

fn draw(
    asked: &Asked,
    answer: &Answer,
    contents: &Contents,
    arrangement: &Arrangement,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let seminar = &contents.seminar;
    let path = seminar.place.path();
    let Again { moved, refused } = again.unwrap_or_default();
    let programme = &arrangement.programme;
    let gone = refused.iter().filter(|(slug, _)| !programme.iter().any(|one| one.listed.place.slug == *slug));
    let mut summary: Vec<(Option<String>, String)> = gone.map(|(slug, _)| (None, words.session_gone(slug))).collect();
    let rows = programme.iter().enumerate().map(|(at, session)| {
        let slug = &session.listed.place.slug;
        let why = refused.iter().find(|(refused, _)| refused == slug).map(|(_, why)| why);
        let typed = moved.iter().find(|moved| moved.slug == *slug).map(|moved| (moved, why));
        match why {
            Some(Refused::Faults(faults)) => {
                summary.extend(faults.iter().map(|fault| {
                    let field = format!("{}-{at}", fault.field.name());
                    (Some(field), format!("{} · {}", session.listed.title.text, Field::sentence(words, *fault)))
                }));
            }
            Some(Refused::Changed(_)) => {
                let text = format!("{} · {}", session.listed.title.text, words.changed_meanwhile());
                summary.push((Some(format!("day-{at}")), text));
            }
            _ => {}
        }
        row(words, contents, programme, at, typed)
    });
    let rows = rows.collect_view();
    let clashes: Vec<_> = arrangement.clashes.iter().map(|one| clash(words, arrangement, one)).collect();
    let clashes = (!clashes.is_empty()).then(|| {
        view! { <div class="note note--care"><p class="note__title">{words.clashes()}</p><ul>{clashes}</ul></div> }
    });
    let lead = words.edit_programme_lead(&contents.details.time_zone);
    let head = Head { known: false, ..Head::new(words.edit_programme(), lead.clone()) };
    let programme_link = (words.programme().to_owned(), None, Some(format!("{path}/programme")));
    let empty = programme.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let form = (!programme.is_empty()).then(|| {
        view! {
            <form class="flow" method="post" novalidate>
                {timetable(words, contents, programme).map(|picture| view! { {picture}{alive(answer, &asked.assets)} })}
                // Whoever presses Enter in a field saves: the first button of a form is the one that is meant.
                <p class="actions"><button class="button">{words.save()}</button></p>
                <ol class="ledger">{rows}</ol>
                <p class="actions"><button class="button">{words.save()}</button></p>
            </form>
        }
    });
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way(words, seminar, vec![programme_link]))}<h1>{words.edit_programme()}</h1><p class="kicker">{seminar.title.clone().view()}</p><p class="lead">{lead}</p></div>
        {chapters(asked, contents)}
        <div class="section section--near flow flow--loose">
            {settle(words, summary)}
            {clashes}
            <p class="actions"><a class="button button--second" href=format!("{path}/programme/new")>{words.new_session()}</a></p>
            {empty}
            {form}
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn row(
    words: Words,
    contents: &Contents,
    programme: &[InProgramme],
    at: usize,
    typed: Option<(&Moved, Option<&Refused>)>,
) -> impl IntoView + use<> {
    let InProgramme { listed, details } = &programme[at];
    let slug = listed.place.slug.clone();
    let stored = sessions::slot(details, contents);
    let (shown, was, faults, now): (Slot, Slot, &[Fault], Option<String>) = match typed {
        None => (stored.clone(), stored, &[], None),
        // Whoever saves again has seen what it is now.
        Some((moved, Some(Refused::Changed(now)))) => {
            (moved.is.clone(), now.slot.clone(), &[], Some(words.holds_now(line(words, &now.slot))))
        }
        Some((moved, Some(Refused::Faults(faults)))) => (moved.is.clone(), moved.was.clone(), faults, None),
        Some((moved, _)) => (moved.is.clone(), moved.was.clone(), &[], None),
    };
    let was = format!("{}|{}|{}|{}", was.day, was.starts, was.ends, was.room);
    let fields = [
        ("day", words.on_day(), "date", shown.day, Field::Day),
        ("starts", words.starts_at(), "time", shown.starts, Field::Starts),
        ("ends", words.ends_at(), "time", shown.ends, Field::Ends),
        ("room", words.room(), "text", shown.room, Field::Room),
    ];
    let cells = fields.into_iter().map(|(name, label, kind, value, field)| {
        // A date or a time that cannot be read could not be shown by a field that is for one.
        let fault = faults.iter().find(|fault| fault.field == field).map(|fault| Field::sentence(words, *fault));
        let kind = if fault.is_some() { "text" } else { kind };
        cell(format!("{name}-{at}"), label, kind, value, fault)
    });
    let cells = cells.collect_view();
    let step = |name: &'static str, word: &'static str, first: Option<usize>| {
        let (first, second) = (programme.get(first?)?, programme.get(first? + 1)?);
        let label = format!("{word}: {}", listed.title.text);
        let both = format!("{} {}", first.listed.place.slug, second.listed.place.slug);
        sessions::may_change_places(&first.details, &second.details, contents).then(|| {
            view! { <button class="button button--second button--small" name=name value=both aria-label=label>{word}</button> }
        })
    };
    let up = step("up", words.move_up(), at.checked_sub(1));
    let down = step("down", words.move_down(), Some(at));
    view! {
        <li class="ledger__item" id=format!("session-{slug}")>
            <h2 class="ledger__title"><a href=format!("{}/edit", listed.place.path())>{listed.title.view()}</a></h2>
            <input type="hidden" name=format!("session-{at}") value=slug.clone()/>
            <input type="hidden" name=format!("was-{at}") value=was/>
            {now.map(|now| view! { <p class="field__error">{now}</p> })}
            <div class="abreast">{cells}</div>
            <p class="actions">{up}{down}</p>
        </li>
    }
}

/// The picture above the form, where there are days to show: those of the seminar, as long as they fit beside each other,
/// or those on which something is.
fn timetable(words: Words, contents: &Contents, programme: &[InProgramme]) -> Option<impl IntoView + use<>> {
    /// Days beside each other.
    const MOST: usize = 14;
    let zone = zone(contents);
    let used = programme.iter().filter_map(|session| day(&session.details, &zone));
    let (starts, ends) = (contents.details.starts, contents.details.ends);
    let mut days: BTreeSet<Date> = starts.series(1.day()).take_while(|day| *day <= ends).take(MOST + 1).collect();
    days.extend(used.clone());
    if days.len() > MOST {
        days = used.collect();
    }
    let days: Vec<Day> = days.into_iter().map(|day| Day { date: day.to_string(), name: words.day(day) }).collect();
    if days.is_empty() || days.len() > MOST {
        return None;
    }
    let sessions = programme.iter().map(|InProgramme { listed, details }| {
        let Slot { day, starts, ends, .. } = sessions::slot(details, contents);
        Session {
            title: listed.title.text.clone(),
            lang: listed.title.lang.map(str::to_owned),
            saved: (day, starts, ends),
        }
    });
    let of = TimetableWords {
        label: words.timetable().to_owned(),
        hint: words.timetable_hint().to_owned(),
        timeless: words.without_a_time().to_owned(),
        moved: words.moved_not_saved().to_owned(),
    };
    Some(view! { <Timetable words=of days=days sessions=sessions.collect()/> })
}

fn clash(words: Words, arrangement: &Arrangement, clash: &Clash) -> impl IntoView + use<> {
    let title = |at: usize| arrangement.programme[at].listed.title.text.clone();
    let (one, other) = (title(clash.one), title(clash.other));
    let text = match &clash.over {
        Over::Room(room) => words.clash_room(one, other, room),
        Over::Person(slug) => {
            let person = arrangement.people.iter().find(|person| person.place.slug == *slug);
            words.clash_person(one, other, person.map(|person| person.title.text.clone()).unwrap_or_default())
        }
    };
    view! { <li>{text}</li> }
}

/// When and where, in a line.
pub(super) fn line(words: Words, slot: &Slot) -> String {
    let time = match (slot.starts.as_str(), slot.ends.as_str()) {
        (starts, "") => starts.to_owned(),
        (starts, ends) => format!("{starts}–{ends}"),
    };
    let parts = [&slot.day, &time, &slot.room].into_iter().filter(|part| !part.is_empty()).cloned();
    let line = parts.collect::<Vec<_>>().join(", ");
    if line.is_empty() { words.holds_nothing().to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_by_its_number_and_a_room_keeps_its_strokes() {
        let sent = |rows: &[(&str, &str)]| {
            Sent::of(rows.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
        };
        let whole = sent(&[
            ("session-0", "said"),
            ("was-0", "2016-12-06|09:00||A|B"),
            ("day-0", "2016-12-06"),
            ("starts-0", ""),
            ("ends-0", ""),
            ("room-0", "C"),
            ("day-7", "2016-12-06"),
        ]);
        let slot = |starts: &str, room: &str| Slot {
            day: "2016-12-06".into(),
            starts: starts.into(),
            ends: String::new(),
            room: room.into(),
        };
        let moved = Moved { slug: "said".into(), was: slot("09:00", "A|B"), is: slot("", "C") };
        assert_eq!(read(&whole), Some(vec![moved]));
        assert_eq!(read(&sent(&[("session-0", "said"), ("was-0", ""), ("day-0", "")])), None);
        assert_eq!(read(&sent(&[])), Some(vec![]));
    }
}
