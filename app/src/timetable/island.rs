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
    let count = sessions.len();
    let dates = StoredValue::new(days.iter().map(|day| day.date.clone()).collect::<Vec<_>>());
    let names = StoredValue::new(days.iter().map(|day| day.name.clone()).collect::<Vec<_>>());
    let titles = StoredValue::new(sessions.iter().map(|session| session.title.clone()).collect::<Vec<_>>());
    let when = move |(day, starts, ends): (&str, &str, &str)| {
        let day = dates.with_value(|dates| dates.iter().position(|date| date == day))?;
        Some(When { day, starts: minutes(starts)?, ends: minutes(ends) })
    };
    let saved = sessions.iter().map(|Session { saved: (day, starts, ends), .. }| when((day, starts, ends)));
    let saved = saved.collect::<Vec<_>>();
    // Where one is given a time, its column stays.
    let timeless = saved.iter().any(Option::is_none);
    let columns = days.len() + usize::from(timeless);
    let saved = StoredValue::new(saved);
    // None before the script is there: the fields are asked then.
    let places = RwSignal::new(None::<Vec<Option<When>>>);
    let span = RwSignal::new((0, 1));
    let told = RwSignal::new(String::new());
    let drag = StoredValue::new(None::<Drag>);
    let sheet = NodeRef::<Div>::new();
    let read = move || {
        let of = |name: &str, at: usize| field(name, at).map(|field| field.value()).unwrap_or_default();
        let read = (0..count).map(|at| when((&of("day", at), &of("starts", at), &of("ends", at)))).collect::<Vec<_>>();
        span.set(hours(read.iter().flatten().copied()));
        places.set(Some(read));
    };
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
    // What was moved stands in the form, to be saved with it.
    let write = move |at: usize| {
        let Some(when) = place(at) else { return };
        let date = dates.with_value(|dates| dates.get(when.day).cloned()).unwrap_or_default();
        let ends = when.ends.map(clock);
        for (name, value) in [("day", Some(date)), ("starts", Some(clock(when.starts))), ("ends", ends)] {
            if let (Some(field), Some(value)) = (field(name, at), value) {
                field.set_value(&value);
            }
        }
        titles.with_value(|titles| told.set(format!("{}: {}", titles[at], say(when))));
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
        let Some((x, y, ..)) = spot(&event).filter(|_| event.button() == 0 && drag.with_value(Option::is_none)) else {
            return;
        };
        if let Some(block) = event.current_target().and_then(|block| block.dyn_into::<Element>().ok()) {
            // Where it cannot be held it is followed as long as the pointer is over it.
            let _ = block.set_pointer_capture(event.pointer_id());
        }
        let grip = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let by_end = grip.is_some_and(|grip| grip.class_list().contains("timetable__end"));
        drag.set_value(Some(Drag { at, before: place(at), x, y, by_end, moved: false }));
    };
    let pull = move |event: PointerEvent| {
        let (Some(held), Some((x, y, width, height))) = (drag.get_value(), spot(&event)) else { return };
        if !held.moved && (x - held.x).hypot(y - held.y) < SLACK {
            return;
        }
        drag.update_value(|drag| {
            if let Some(drag) = drag {
                drag.moved = true;
            }
        });
        let (from, minutes) = (span.get_untracked().0, tall.get_untracked());
        let in_minutes = |pixels: f64| (pixels / height * f64::from(minutes)).round() as i32;
        let column = (x / width * columns as f64).max(0.0) as usize;
        let day = column.min(dates.with_value(Vec::len).saturating_sub(1));
        let moved = match held.before {
            Some(before) if held.by_end => before.ended(By::Minutes(in_minutes(y - held.y))),
            Some(before) => When { day, ..before.moved(By::Minutes(in_minutes(y - held.y))) },
            // From those without a time to where the pointer is, unless it is still there.
            None if column > day => return put(held.at, None),
            None => When { day, starts: 0, ends: None }.moved(By::Minutes(from + in_minutes(y))),
        };
        put(held.at, Some(moved));
    };
    let drop_it = move |_: PointerEvent| {
        let Some(held) = drag.get_value() else { return };
        drag.set_value(None);
        if held.moved {
            write(held.at);
        } else {
            show(held.at);
        }
    };
    let let_go = move || {
        if let Some(held) = drag.get_value() {
            drag.set_value(None);
            put(held.at, held.before);
        }
    };
    let press = move |event: KeyboardEvent, at: usize| {
        let Some(before) = place(at) else {
            if event.key() == "Enter" {
                event.prevent_default();
                show(at);
            }
            return;
        };
        let last = dates.with_value(Vec::len).saturating_sub(1);
        let after = match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                return show(at);
            }
            "Escape" => return let_go(),
            "ArrowUp" if event.shift_key() => before.ended(By::Step(false)),
            "ArrowDown" if event.shift_key() => before.ended(By::Step(true)),
            "ArrowUp" => before.moved(By::Step(false)),
            "ArrowDown" => before.moved(By::Step(true)),
            "ArrowLeft" => When { day: before.day.saturating_sub(1), ..before },
            "ArrowRight" => When { day: (before.day + 1).min(last), ..before },
            _ => return,
        };
        event.prevent_default();
        put(at, Some(after));
        write(at);
    };

    let lane =
        move |at: usize| places.with(|places| places.as_deref().map(|places| lanes(places)[at])).unwrap_or((0, 1));
    let Words { label, hint, timeless: without, moved } = words;
    let moved = StoredValue::new(moved);
    let heads = days.iter().map(|day| day.name.clone()).chain(timeless.then_some(without));
    let heads = StoredValue::new(heads.collect::<Vec<_>>());
    let sessions = StoredValue::new(sessions);
    let block = move |(at, session): (usize, Session)| {
        let class = move || {
            let mut class = "timetable__session".to_owned();
            if place(at) != saved.with_value(|saved| saved[at]) {
                class.push_str(" timetable__session--moved");
            }
            if place(at).is_none_or(|when| when.ends.is_none()) {
                class.push_str(" timetable__session--open");
            }
            class
        };
        let from = move || place(at).map_or_else(|| waiting(at) * APART, |when| when.starts - span.get().0).to_string();
        let long = move || place(at).map_or(45, |when| when.until() - when.starts).to_string();
        let day = move || place(at).map_or_else(|| columns - 1, |when| when.day).to_string();
        let title = StoredValue::new(session.title.clone());
        let name = move || {
            let title = title.get_value();
            let mut name = place(at).map_or_else(|| title.clone(), |when| format!("{title}: {}", say(when)));
            if place(at) != saved.with_value(|saved| saved[at]) {
                name = format!("{name}. {}", moved.get_value());
            }
            name
        };
        view! {
            <div class=class role="button" tabindex="0" aria-label=name aria-describedby="timetable-hint"
                style=("--from", from) style=("--long", long) style=("--day", day)
                style=("--lane", move || lane(at).0.to_string()) style=("--lanes", move || lane(at).1.to_string())
                on:pointerdown=move |event| grab(event, at)
                on:pointermove=pull
                on:pointerup=drop_it
                on:pointercancel=move |_| let_go()
                on:keydown=move |event| press(event, at)>
                <span class="timetable__grip"></span>
                <span class="timetable__words" lang=session.lang>
                    <span class="timetable__time">{move || place(at).map(times)}</span>" "{session.title}
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
            let heads = heads.get_value().into_iter().map(|name| view! { <span class="timetable__day">{name}</span> });
            let blocks = sessions.get_value().into_iter().enumerate().map(block).collect_view();
            view! {
                <div class="timetable" role="group" aria-label=label
                    style=("--days", columns.to_string()) style=("--span", move || tall.get().to_string())>
                    <p class="field__hint" id="timetable-hint">{hint}</p>
                    <div class="timetable__frame">
                        <div class="timetable__days" aria-hidden="true">{heads.collect_view()}</div>
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
