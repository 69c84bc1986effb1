//! The form with which something is shown to more people later.

use super::{INHERITED, moment, one::Sent, planned, visibility};
use crate::{
    accounts::refused,
    ui::{cell, choice},
    words::Words,
};
use content::{
    accounts::Refusal,
    edits::Fault,
    gate::Visibility,
    protection::{Moment, Protection, Release, When},
    things::Kind,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// In the form, for a moment that is typed.
pub(super) const AT: &str = "at";

/// What was sent, as a release.
///
/// # Errors
/// What of the moment will not do; nothing where the rest cannot be read.
pub(super) fn read(sent: &Sent, one: &Protection) -> Result<Release, Vec<Fault<When>>> {
    let own = match sent.then.as_str() {
        INHERITED => None,
        code => Some(code.parse::<Visibility>().map_err(|()| Vec::new())?),
    };
    let moment = match sent.when.as_str() {
        AT => Moment::typed(&sent.day, &sent.time, &one.clock)?,
        when => when.parse().ok().filter(|moment| *moment == Moment::After).ok_or_else(Vec::new)?,
    };
    Release::new(moment, own).ok_or_else(Vec::new)
}

/// Why a field of the moment will not do.
pub(super) fn sentence(words: Words, fault: Fault<When>) -> String {
    let odd = match fault.field {
        When::Day => words.fault_day("2026-12-06"),
        When::Time => words.fault_time().to_owned(),
    };
    words.why(fault.why, odd)
}

/// What stands in the fields.
struct Filled {
    day: String,
    time: String,
    when: String,
    then: String,
}

impl Filled {
    /// What was sent; else what is planned; else what comes nearest to what holds: nothing is for more people by itself.
    fn of(one: &Protection, sent: Option<&Sent>) -> Self {
        if let Some(sent) = sent.filter(|sent| sent.act == "release") {
            let Sent { day, time, when, then, .. } = sent.clone();
            return Self { day, time, when, then };
        }
        let own = match (one.held.release, one.held.own) {
            (Some(release), _) => release.own(),
            (None, Some(own)) => Some(own.min(Visibility::Participants)),
            (None, None) => None,
        };
        let then = own.map_or(INHERITED, Visibility::code).to_owned();
        let empty = Self { day: String::new(), time: String::new(), when: AT.to_owned(), then };
        match one.held.release.map(Release::moment) {
            Some(Moment::At(at)) => {
                Self { day: at.date().to_string(), time: at.time().strftime("%H:%M").to_string(), ..empty }
            }
            None if one.over.is_none_or(|over| over <= Timestamp::now()) => empty,
            Some(Moment::After) | None => Self { when: Moment::After.to_string(), ..empty },
        }
    }
}

/// `sent`, `faults`, `refusal`: what was typed, and why it will not do.
pub(super) fn form(
    words: Words,
    one: &Protection,
    (sent, faults, refusal): (Option<&Sent>, &[Fault<When>], Option<Refusal>),
) -> impl IntoView + use<> {
    let Filled { day, time, when, then } = Filled::of(one, sent);
    let typed = when == AT;
    // What is over cannot be waited for.
    let over = one.over.filter(|over| *over > Timestamp::now() || when == Moment::After.to_string());
    let after = over.map(|over| {
        let over = moment(words, over, one);
        let word = if one.of_session { words.release_after_session(over) } else { words.release_after_seminar(over) };
        let value = Moment::After.to_string();
        (value.clone(), word, when == value)
    });
    let zone = one.clock.iana_name().unwrap_or("UTC").to_owned();
    let at = (AT.to_owned(), words.release_at(zone), when == AT);
    let when = after.into_iter().chain([at]).collect();
    let inherits = words.visibility_inherited(visibility(words, one.around));
    let wider = Visibility::ALL.iter().filter(|level| **level < Visibility::Early);
    let wider = wider.map(|level| (level.code().to_owned(), visibility(words, *level).to_owned()));
    let choices = [(INHERITED.to_owned(), inherits)].into_iter().chain(wider);
    let choices = choices.map(|(code, word)| (code.clone(), word, code == then)).collect();
    let why = |field: When| faults.iter().find(|fault| fault.field == field).map(|fault| sentence(words, *fault));
    let day = cell("day".to_owned(), words.on_day(), "date", day, why(When::Day));
    let late = why(When::Time).or_else(|| refused(words, refusal.filter(|_| typed), "time"));
    let time = cell("time".to_owned(), words.release_time(), "time", time, late);
    let planned = planned(words, one).map(|planned| {
        view! {
            <p>{planned}</p>
            <form method="post">
                <input type="hidden" name="was" value=one.held.to_string()/>
                <p class="actions"><button class="button button--second" name="act" value="give-up">{words.release_cancel()}</button></p>
            </form>
        }
    });
    view! {
        <section class="flow" aria-labelledby="release">
            <h2 id="release">{words.release_title()}</h2>
            {planned}
            <p>{words.release_lead()}</p>
            <form class="flow" method="post">
                <input type="hidden" name="was" value=one.held.to_string()/>
                {choice("when", words.release_when(), when)}
                <div class="abreast">{day}{time}</div>
                {choice("then", words.release_then(), choices)}
                <p class="actions"><button class="button button--second" name="act" value="release">{words.release_plan()}</button></p>
            </form>
        </section>
    }
}

/// All materials of a session at once, as long as it is not over.
pub(super) fn materials(words: Words, one: &Protection) -> Option<impl IntoView + use<>> {
    let count = u64::try_from(one.open_materials).unwrap_or_default();
    let is_session = one.listed.place.kind == Kind::Session;
    let over = one.over.filter(|over| is_session && count > 0 && *over > Timestamp::now())?;
    Some(view! {
        <section class="flow" aria-labelledby="materials">
            <h2 id="materials">{words.release_materials_title()}</h2>
            <p>{words.release_materials(count, moment(words, over, one))}</p>
            <form method="post">
                <p class="actions"><button class="button button--second" name="act" value="materials">{words.release_materials_wait()}</button></p>
            </form>
        </section>
    })
}
