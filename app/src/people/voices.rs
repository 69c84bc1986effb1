//! Those who contribute to a thing, in the form of it.

use crate::{
    forms::Sent,
    ui::{cell, select},
    words::Words,
};
use content::{
    people::{Role, Voice},
    texts::Phrase,
    things::Listed,
};
use leptos::prelude::*;

/// Rows beyond those there are.
const MORE: usize = 2;

/// What is sent of them: rows in which somebody is named.
pub(crate) fn read(sent: &Sent) -> Vec<Voice> {
    let voices = sent.numbers("person-").map(|at| Voice {
        person: sent.value(&format!("person-{at}")),
        role: sent.value(&format!("role-{at}")),
        title: sent.value(&format!("with-{at}")),
    });
    voices.filter(|voice| !voice.person.is_empty()).collect()
}

/// Whether each row has come with all its fields, and at least one has.
pub(crate) fn are_whole(sent: &Sent) -> bool {
    let mut rest = sent.numbers("person-").flat_map(|at| ["role", "with"].map(|part| format!("{part}-{at}")));
    sent.field("person-0").is_some() && rest.all(|name| sent.field(&name).is_some())
}

/// Who they are, in a line.
pub(crate) fn told(words: Words, voices: &[Voice]) -> String {
    let voices = voices.iter().map(|voice| {
        let role = voice.role.parse::<Role>().map_or("", |role| words.role(role));
        format!("{} ({role}) {}", voice.person, voice.title).trim().to_owned()
    });
    voices.collect::<Vec<_>>().join(", ")
}

/// Their rows. `usual`: as what people mostly contribute; `refused`: why a row will not do, and, with `true`, what somebody contributes.
pub(crate) fn fields(
    words: Words,
    taken: &[Voice],
    people: &[Listed],
    usual: Role,
    refused: &dyn Fn(usize, bool) -> Option<String>,
) -> impl IntoView + use<> {
    let blank = std::iter::repeat_n(Voice::default(), MORE);
    let rows = taken.iter().cloned().chain(blank).enumerate().map(|(at, voice)| {
        let nobody = (String::new(), Phrase::plain(words.no_person()), voice.person.is_empty());
        // Whoever is there and not to be chosen stays, under what is known of them.
        let known = people.iter().any(|person| person.place.slug == voice.person) || voice.person.is_empty();
        let other = (!known).then(|| (voice.person.clone(), Phrase::plain(voice.person.clone()), true));
        let all = people
            .iter()
            .map(|person| (person.place.slug.clone(), person.title.clone(), person.place.slug == voice.person));
        let all = [nobody].into_iter().chain(other).chain(all).collect();
        let role = if voice.role.is_empty() { usual.code() } else { &voice.role };
        let roles =
            Role::ALL.iter().map(|one| (one.code().to_owned(), Phrase::plain(words.role(*one)), one.code() == role));
        let roles = roles.collect();
        view! {
            <div class="abreast" role="group" aria-label=format!("{} {}", words.contributors(), at + 1)>
                {select(format!("person-{at}"), words.person(), all, refused(at, false))}
                {select(format!("role-{at}"), words.their_role(), roles, None)}
                {cell(format!("with-{at}"), words.contribution(), "text", voice.title, refused(at, true))}
            </div>
        }
    });
    let rows = rows.collect_view();
    view! { <fieldset class="fieldset flow"><legend class="fieldset__legend">{words.contributors()}</legend>{rows}</fieldset> }
}
