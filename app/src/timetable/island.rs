//! The timetable above a programme's form. It moves what stands in the form's fields, and nothing is saved by it; without
//! a script there is the form alone.

#![expect(missing_docs, reason = "the macro makes types of its own for the properties")]

use super::grid::{By, When, clock, hours, lanes, minutes};
use leptos::{
    ev::{self, KeyboardEvent, PointerEvent},
    html::Div,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement, HtmlInputElement},
};
use serde::{Deserialize, Serialize};

/// How far a pointer goes before it drags, in pixels.
const SLACK: f64 = 4.0;
/// From one session without a time to the next below it, in minutes of the picture.
const APART: i32 = 50;

/// The words that the timetable needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// What it is called.
    pub label: String,
    /// How it is used.
    pub hint: String,
    /// Over what has no time.
    pub timeless: String,
    /// That something was moved.
    pub moved: String,
}

/// A day that is shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Day {
    /// As the form's field has it: `2016-12-06`.
    pub date: String,
    /// As it is written for people.
    pub name: String,
}

/// A session, in the order of the form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    /// What it is called.
    pub title: String,
    /// In which language.
    pub lang: Option<String>,
    /// When it is as far as is saved: day, start, end.
    pub saved: (String, String, String),
}

/// What is being dragged.
#[derive(Clone, Copy, Debug)]
struct Drag {
    at: usize,
    pointer: i32,
    before: Option<When>,
    /// Where it was taken, from the corner of the picture.
    x: f64,
    y: f64,
    by_end: bool,
    moved: bool,
}

/// The picture: a column for each day, in it the sessions.
#[island]
pub fn Timetable(words: Words, days: Vec<Day>, sessions: Vec<Session>) -> impl IntoView {
    let Words { label, hint, timeless: without, moved: not_saved } = words;
    let (without, not_saved) = (StoredValue::new(without), StoredValue::new(not_saved));
    let count = sessions.len();
    let dates = StoredValue::new(days.iter().map(|day| day.date.clone()).collect::<Vec<_>>());
    let names = StoredValue::new(days.iter().map(|day| day.name.clone()).collect::<Vec<_>>());
    let when = move |(day, starts, ends): (&str, &str, &str)| {
        let day = dates.with_value(|dates| dates.iter().position(|date| date == day))?;
        Some(When::of(day, minutes(starts)?, minutes(ends)))
    };
    let saved = sessions.iter().map(|Session { saved: (day, starts, ends), .. }| when((day, starts, ends)));
    let saved = StoredValue::new(saved.collect::<Vec<_>>());
    // None before the script is there: the fields are asked then.
    let places = RwSignal::new(None::<Vec<Option<When>>>);
    // It stays as it is while one drags: nothing moves away from under the pointer.
    let span = RwSignal::new((0, 1));
    let told = RwSignal::new(String::new());
    let drag = StoredValue::new(None::<Drag>);
    // Whether the click to come ends a drag.
    let dragged = StoredValue::new(false);
    let sheet = NodeRef::<Div>::new();
    let read = move || {
        let of = |name: &str, at: usize| field(name, at).map(|field| field.value()).unwrap_or_default();
        let read = (0..count).map(|at| when((&of("day", at), &of("starts", at), &of("ends", at)))).collect::<Vec<_>>();
        span.set(hours(read.iter().flatten().copied()));
        places.set(Some(read));
    };
    // Once something has no time, there is a column for it.
    let timeless = Memo::new(move |was: Option<&bool>| {
        was == Some(&true)
            || saved.with_value(|saved| saved.contains(&None))
            || places.with(|places| places.as_ref().is_some_and(|places| places.contains(&None)))
    });
    let columns = Memo::new(move |_| dates.with_value(Vec::len) + usize::from(timeless.get()));
    let place = move |at: usize| places.with(|places| places.as_ref().and_then(|places| places.get(at).copied()?));
    let put = move |at: usize, when: Option<When>| {
        places.update(|places| {
            if let Some(place) = places.as_mut().and_then(|places| places.get_mut(at)) {
                *place = when;
            }
        });
    };
    let say = move |when: When| {
        let day = names.with_value(|names| names.get(when.day).cloned()).unwrap_or_default();
        format!("{day}, {}", times(when))
    };
    // What was moved stands in the form, to be sent with it. What has no time any more keeps its day.
    let write = move |at: usize| {
        let when = place(at);
        let date = when.and_then(|when| dates.with_value(|dates| dates.get(when.day).cloned()));
        let starts = when.map(|when| clock(when.starts)).unwrap_or_default();
        // An end that will not do stays for the form to say so.
        let ends = when.map_or_else(|| Some(String::new()), |when| when.ends.map(clock));
        for (name, value) in [("day", date), ("starts", Some(starts)), ("ends", ends)] {
            if let (Some(field), Some(value)) = (field(name, at), value) {
                field.set_value(&value);
            }
        }
        told.set(when.map_or_else(|| without.get_value(), say));
        span.set(places.with(|places| hours(places.iter().flatten().flatten().copied())));
    };
    Effect::new(move |_| read());
    // A browser that comes back puts into fields what was typed there.
    for handle in
        [window_event_listener(ev::input, move |_| read()), window_event_listener(ev::pageshow, move |_| read())]
    {
        on_cleanup(move || handle.remove());
    }

    // Those without a time stand below each other in a column of their own, which may be longer than a day.
    let waiting = move |before: usize| {
        let waiting = |places: &Vec<Option<When>>| places.iter().take(before).filter(|place| place.is_none()).count();
        places.with(|places| i32::try_from(places.as_ref().map_or(0, waiting)).unwrap_or_default())
    };
    let tall = Memo::new(move |_| {
        let (from, to) = span.get();
        (to - from).max(waiting(count) * APART)
    });
    let spot = move |event: &PointerEvent| {
        let sheet = sheet.get_untracked()?.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()) - sheet.left(), f64::from(event.client_y()) - sheet.top());
        Some((x, y, sheet.width(), sheet.height()))
    };
    let grab = move |event: PointerEvent, at: usize| {
        dragged.set_value(false);
        let free = event.button() == 0 && !event.ctrl_key() && drag.with_value(Option::is_none);
        let Some((x, y, ..)) = spot(&event).filter(|_| free) else { return };
        if let Some(block) = event.current_target().and_then(|block| block.dyn_into::<Element>().ok()) {
            // Where it cannot be held it is followed as long as the pointer is over it.
            let _ = block.set_pointer_capture(event.pointer_id());
        }
        let grip = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let by_end = grip.is_some_and(|grip| grip.class_list().contains("timetable__end"));
        let pointer = event.pointer_id();
        drag.set_value(Some(Drag { at, pointer, before: place(at), x, y, by_end, moved: false }));
    };
    let let_go = move || {
        if let Some(held) = drag.get_value() {
            drag.set_value(None);
            dragged.set_value(held.moved);
            put(held.at, held.before);
        }
    };
    // Of several fingers one drags.
    let held_by = move |event: &PointerEvent| drag.get_value().filter(|held| held.pointer == event.pointer_id());
    let pull = move |event: PointerEvent| {
        let (Some(held), Some((x, y, width, height))) = (held_by(&event), spot(&event)) else { return };
        // It was let go of where nobody saw it.
        if event.buttons() & 1 == 0 {
            return let_go();
        }
        if !held.moved && (x - held.x).hypot(y - held.y) < SLACK {
            return;
        }
        drag.set_value(Some(Drag { moved: true, ..held }));
        let (from, minutes_in_all) = (span.get_untracked().0, tall.get_untracked());
        let in_minutes = |pixels: f64| (pixels / height * f64::from(minutes_in_all)).round() as i32;
        let y = y.clamp(0.0, height);
        let column = (x / width * columns.get_untracked() as f64).max(0.0) as usize;
        let day = column.min(dates.with_value(Vec::len).saturating_sub(1));
        let moved = match held.before {
            Some(before) if held.by_end => Some(before.ended(By::Minutes(in_minutes(y - held.y)))),
            // To those without a time.
            _ if column > day => None,
            Some(before) => Some(When { day, ..before.moved(By::Minutes(in_minutes(y - held.y))) }),
            // From there to where the pointer is, with the end that was typed.
            None => {
                let starts = When::of(day, 0, None).moved(By::Minutes(from + in_minutes(y))).starts;
                Some(When::of(day, starts, field("ends", held.at).and_then(|field| minutes(&field.value()))))
            }
        };
        put(held.at, moved);
    };
    let drop_it = move |event: PointerEvent| {
        if let Some(held) = held_by(&event) {
            drag.set_value(None);
            dragged.set_value(held.moved);
            if held.moved {
                write(held.at);
            }
        }
    };
    let lose = move |event: PointerEvent| {
        if held_by(&event).is_some() {
            let_go();
        }
    };
    let click = move |at: usize| {
        if !dragged.get_value() {
            show(at);
        }
        dragged.set_value(false);
    };
    let press = move |event: KeyboardEvent, at: usize| {
        // Those are the browser's: back, to the top, to another window.
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let last = dates.with_value(Vec::len).saturating_sub(1);
        let (key, shift) = (event.key(), event.shift_key());
        let after = match (key.as_str(), place(at)) {
            ("Escape", _) => return let_go(),
            ("Enter" | " ", _) => {
                event.prevent_default();
                // Held down, it would go on in the field and send the form.
                if !event.repeat() {
                    show(at);
                }
                return;
            }
            ("ArrowUp" | "ArrowDown", Some(before)) if shift => before.ended(By::Step(key == "ArrowDown")),
            ("ArrowUp" | "ArrowDown", Some(before)) => before.moved(By::Step(key == "ArrowDown")),
            ("ArrowLeft", Some(before)) => When { day: before.day.saturating_sub(1), ..before },
            ("ArrowRight", Some(before)) => When { day: (before.day + 1).min(last), ..before },
            // On its day, where it has one, an hour below the head.
            ("ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight", None) => {
                let on = field("day", at).map(|field| field.value()).unwrap_or_default();
                let day = dates.with_value(|dates| dates.iter().position(|date| *date == on)).unwrap_or_default();
                When::of(day, span.get_untracked().0 + 60, None)
            }
            _ => return,
        };
        event.prevent_default();
        put(at, Some(after));
        write(at);
    };

    let lane =
        move |at: usize| places.with(|places| places.as_deref().map(|places| lanes(places)[at])).unwrap_or((0, 1));
    let sessions = StoredValue::new(sessions);
    let block = move |(at, session): (usize, Session)| {
        let is_moved = move || place(at) != saved.with_value(|saved| saved[at]);
        let is_open = move || place(at).is_none_or(|when| when.ends.is_none());
        let from = move || place(at).map_or_else(|| waiting(at) * APART, |when| when.starts - span.get().0).to_string();
        let long = move || place(at).map_or(45, |when| when.until().min(24 * 60) - when.starts).to_string();
        let day = move || place(at).map_or_else(|| columns.get() - 1, |when| when.day).to_string();
        // What the picture shows by place and by colour, in words.
        let besides = move || {
            let day = place(at).map(|when| names.with_value(|names| names.get(when.day).cloned()).unwrap_or_default());
            let day = day.unwrap_or_else(|| without.get_value());
            if is_moved() { format!(", {day}. {}", not_saved.get_value()) } else { format!(", {day}") }
        };
        view! {
            <div class="timetable__session" class=("timetable__session--moved", is_moved) class=("timetable__session--open", is_open)
                role="button" tabindex="0"
                style=("--from", from) style=("--long", long) style=("--day", day)
                style=("--lane", move || lane(at).0.to_string()) style=("--lanes", move || lane(at).1.to_string())
                on:pointerdown=move |event| grab(event, at)
                on:pointermove=pull
                on:pointerup=drop_it
                on:pointercancel=lose
                on:lostpointercapture=lose
                on:click=move |_| click(at)
                on:keydown=move |event| press(event, at)>
                <span class="timetable__grip"></span>
                <span class="timetable__words">
                    <span class="timetable__time">{move || place(at).map(times)}</span>" "<span lang=session.lang>{session.title}</span>
                    <span class="unseen">{besides}</span>
                </span>
                <span class="timetable__end"></span>
            </div>
        }
    };
    let hour_lines = move || {
        let (from, to) = span.get();
        let lines = (from / 60..=to / 60).map(|hour| {
            let at = (hour * 60 - from).to_string();
            view! { <span class="timetable__hour" style=("--from", at)>{clock(hour * 60)}</span> }
        });
        lines.collect_view()
    };
    let awake = Memo::new(move |_| places.with(Option::is_some));
    let picture = move || {
        let label = label.clone();
        let hint = hint.clone();
        awake.get().then(|| {
            let heads = move || {
                let heads = names.get_value().into_iter().chain(timeless.get().then(|| without.get_value()));
                heads.map(|name| view! { <span class="timetable__day">{name}</span> }).collect_view()
            };
            let blocks = sessions.get_value().into_iter().enumerate().map(block).collect_view();
            view! {
                <div class="timetable" role="group" aria-label=label aria-describedby="timetable-hint"
                    style=("--days", move || columns.get().to_string()) style=("--span", move || tall.get().to_string())>
                    <p class="field__hint" id="timetable-hint">{hint}</p>
                    <div class="timetable__frame">
                        <div class="timetable__days" aria-hidden="true">{heads}</div>
                        <div class="timetable__hours" aria-hidden="true">{hour_lines}</div>
                        <div class="timetable__sheet" node_ref=sheet>{blocks}</div>
                    </div>
                    <p class="unseen" role="status">{move || told.get()}</p>
                </div>
            }
        })
    };
    view! { <div class="timetable-room">{picture}</div> }
}

fn times(when: When) -> String {
    match when.ends {
        Some(ends) => format!("{}–{}", clock(when.starts), clock(ends)),
        None => clock(when.starts),
    }
}

/// A field of the form's row.
fn field(name: &str, at: usize) -> Option<HtmlInputElement> {
    document().get_element_by_id(&format!("{name}-{at}"))?.dyn_into().ok()
}

/// Goes to the row of a session, where its times and its room are typed.
fn show(at: usize) {
    if let Some(field) = field("starts", at).and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
