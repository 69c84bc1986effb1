//! The forms in which things are edited in the browser: what was typed, what there is to say of it, and the page around
//! their fields.

use crate::{
    asked::Asked,
    errors::Error,
    forms,
    render::{self, Page},
    ui::{Area, Crumb, Head, area, choices, crumbs, document, leaf, previewed, settle},
    words::Words,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    edits::{self, Fault, Refused},
    store::Failure,
    texts::{Phrase, Text},
    things::Listed,
};
use language::Language;
use leptos::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::{borrow::Cow, fmt::Debug};

/// A field of such a form.
pub(crate) trait Told: Copy + PartialEq + Debug + Send + Sync + 'static {
    /// What the form has.
    type Draft: Clone + Debug + Serialize + Send + Sync + 'static;
    /// What its fields are told by.
    type Around;

    /// Its name in the form, and its id on the page.
    fn name(self) -> Cow<'static, str>;

    /// What it is called.
    fn label(self, words: Words, around: &Self::Around) -> &'static str;

    /// What it says, where that has to stand beside what it says elsewhere.
    fn says(self, words: Words, draft: &Self::Draft, around: &Self::Around) -> String;

    /// What to do where it cannot be read.
    fn odd(self, words: Words) -> String {
        words.fault_odd().to_owned()
    }

    /// Why it will not do, as a sentence that says what to do.
    fn sentence(words: Words, fault: Fault<Self>) -> String {
        words.why(fault.why, fault.field.odd(words))
    }
}

/// Sessions to choose from, after `none`.
pub(crate) fn sessions<'a>(
    none: &str,
    sessions: impl Iterator<Item = &'a Listed>,
    taken: &str,
) -> Vec<(String, Phrase, bool)> {
    let mut choices = vec![(String::new(), Phrase::plain(none), taken.is_empty())];
    choices.extend(sessions.map(|one| (one.place.slug.clone(), one.title.clone(), one.place.slug == taken)));
    // One that is not to be chosen stays, under what is known of it.
    if !choices.iter().any(|(_, _, taken)| *taken) {
        choices.push((taken.to_owned(), Phrase::plain(taken), true));
    }
    choices
}

/// What there is to say of what was typed.
#[derive(Clone, Debug)]
pub(crate) enum Say<F: Told> {
    /// Some of it will not do.
    Faults(Vec<Fault<F>>),
    /// The thing is not there any more: with what was typed it can be made anew.
    Gone,
    /// It says something else by now.
    Changed(Box<F::Draft>),
    /// So will its text look.
    Preview(Box<Text>),
}

/// What was typed, and what there is to say of it, for the page that shows the form again.
#[derive(Clone, Debug)]
pub(crate) struct Again<F: Told, M = ()> {
    pub(crate) draft: F::Draft,
    /// The version of what whoever typed it was shown.
    pub(crate) was: String,
    /// What the form has besides.
    pub(crate) more: M,
    pub(crate) say: Say<F>,
}

impl<F: Told, M> Again<F, M> {
    /// Whether the thing that was edited is not there any more.
    pub(crate) fn is_gone(again: Option<&Self>) -> bool {
        again.is_some_and(|again| matches!(again.say, Say::Gone))
    }
}

/// The seminar for which something is written, as its form remembers it.
#[derive(Clone, Debug)]
pub(crate) struct Home(pub(crate) String);

impl<F: Told> Again<F, Home> {
    /// Where a form is: that of a thing; where the thing is gone, that of a new one, in the seminar that the form remembers.
    pub(crate) fn place(
        again: Option<&Self>,
        seminar: Option<String>,
        slug: Option<String>,
    ) -> (Option<String>, Option<String>) {
        match again.filter(|again| matches!(again.say, Say::Gone)) {
            Some(again) => (Some(again.more.0.clone()), None),
            None => (seminar, slug),
        }
    }
}

/// What came of what was sent.
pub(crate) enum Done<F: Told> {
    /// It is done: the slug of the thing.
    Saved(String),
    /// It is not, or was not to be.
    Said(Say<F>),
    /// There is no such form for whoever sent it.
    Nowhere,
}

impl<F: Told> From<Result<String, Refused<F::Draft, F>>> for Done<F> {
    fn from(saved: Result<String, Refused<F::Draft, F>>) -> Self {
        match saved {
            Ok(slug) => Self::Saved(slug),
            Err(Refused::Faults(faults)) => Self::Said(Say::Faults(faults)),
            Err(Refused::Changed(now)) => Self::Said(Say::Changed(now)),
            Err(Refused::Forbidden) => Self::Nowhere,
        }
    }
}

impl<F: Told> Done<F> {
    /// How a text will look, which stands in a field.
    pub(crate) fn preview(text: &str, language: Language, field: F) -> Self {
        Self::Said(match edits::preview(text, language) {
            Ok(text) => Say::Preview(Box::new(text)),
            Err(why) => Say::Faults(vec![Fault { field, why }]),
        })
    }

    /// What there is no form for may be made anew, if it was there for whoever sends this.
    pub(crate) fn or_gone(self, was_there: bool) -> Self {
        match self {
            Self::Nowhere if was_there => Self::Said(Say::Gone),
            done => done,
        }
    }
}

/// The answer to what was sent: on to what was saved, or the form again.
pub(crate) async fn answer<F: Told, M: Clone + Send + Sync + 'static>(
    asked: Asked,
    done: Result<Done<F>, Failure>,
    (draft, was, more): (F::Draft, String, M),
    to: impl FnOnce(String) -> String,
) -> Response {
    let say = match done {
        Ok(Done::Saved(slug)) => return forms::to(&to(slug)),
        Ok(Done::Said(say)) => say,
        Ok(Done::Nowhere) => return kept(asked, &draft).await,
        Err(failure) => return forms::failed(asked, failure).await,
    };
    let typed = draft.clone();
    let status = if matches!(say, Say::Preview(_)) { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let again = forms::drawn_again(asked.clone(), status, Again { draft, was, more, say }).await;
    // What would be shown again is not there for them, either.
    if again.status() == StatusCode::NOT_FOUND { kept(asked, &typed).await } else { again }
}

/// The answer to who sends a form that is not there for them, perhaps no more: the page for what is not there, and what they
/// typed, to be copied.
async fn kept(asked: Asked, typed: &impl Serialize) -> Response {
    let mut texts = Vec::new();
    texts_of(&serde_json::to_value(typed).unwrap_or_default(), &mut texts);
    let (words, text) = (asked.words(), texts.join("\n\n"));
    let page = asked.clone();
    let page = render::drawn(asked, move || {
        let label = words.what_you_typed().to_owned();
        let typed = Area { name: "typed", label, value: text, fixed: true, ..Area::default() };
        let inside = view! {
            <div class="title"><h1>{words.not_found_title()}</h1><p class="lead">{words.form_not_found_lead()}</p></div>
            {area(typed)}
        };
        let head = Head { known: false, ..Head::new(words.not_found_title(), "") };
        document(&page, head, leaf(&[], "leaf leaf--ends", inside))
    });
    Page { status: StatusCode::NOT_FOUND, ..page.await }.into_response()
}

/// All that is text in it, in its order.
fn texts_of(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.extend((!text.trim().is_empty()).then(|| text.clone())),
        Value::Array(list) => list.iter().for_each(|one| texts_of(one, texts)),
        Value::Object(all) => all.values().for_each(|one| texts_of(one, texts)),
        _ => {}
    }
}

/// The answer to who would have a thing away: on to where it was; to its form, where it says something else by now.
pub(crate) async fn taken_away<D, F>(
    asked: Asked,
    removed: Result<Result<(), Refused<D, F>>, Failure>,
    (to, form): (&str, &str),
) -> Response {
    match removed {
        Ok(Ok(())) => forms::to(to),
        Ok(Err(Refused::Changed(_))) => forms::to(form),
        Ok(Err(_)) => render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// A form as it is drawn: with what is stored, or with what was typed and what there is to say of that.
pub(crate) struct Frame<'a, F: Told> {
    words: Words,
    around: &'a F::Around,
    pub(crate) draft: F::Draft,
    was: String,
    say: Option<Say<F>>,
}

impl<'a, F: Told> Frame<'a, F> {
    /// `shown`: what is stored. Beside it what the form has besides, if it comes again.
    pub(crate) fn of<M>(
        words: Words,
        around: &'a F::Around,
        shown: F::Draft,
        again: Option<Again<F, M>>,
    ) -> (Self, Option<M>) {
        let Some(Again { draft, was, more, say }) = again else {
            let was = edits::version(&shown);
            return (Self { words, around, draft: shown, was, say: None }, None);
        };
        // Whoever saves again has seen what it is now.
        let was = if let Say::Changed(now) = &say { edits::version(now) } else { was };
        (Self { words, around, draft, was, say: Some(say) }, Some(more))
    }

    pub(crate) fn is_gone(&self) -> bool {
        matches!(self.say, Some(Say::Gone))
    }

    fn faults(&self) -> &[Fault<F>] {
        match &self.say {
            Some(Say::Faults(faults)) => faults,
            _ => &[],
        }
    }

    /// What is told of one field: why it will not do, or what it says now where that is something else.
    pub(crate) fn why(&self, field: F) -> Option<String> {
        let fault = self.faults().iter().find(|fault| fault.field == field);
        fault.map(|fault| F::sentence(self.words, *fault)).or_else(|| {
            let Some(Say::Changed(now)) = &self.say else { return None };
            let [now, typed] = [&**now, &self.draft].map(|draft| field.says(self.words, draft, self.around));
            (now != typed).then(|| self.words.now(now))
        })
    }

    pub(crate) fn label(&self, field: F) -> &'static str {
        field.label(self.words, self.around)
    }

    /// What stands above the fields: all that is to be settled, how the text will look, the version that was shown. `also`:
    /// what is to be settled besides; `title`: how what is gone was called.
    pub(crate) fn top(&self, title: &str, also: Option<(F, String)>) -> impl IntoView + use<F> {
        let told =
            |field: F, why: String| (Some(field.name()), format!("{}: {why}", field.label(self.words, self.around)));
        let faults = self.faults().iter().map(|fault| told(fault.field, F::sentence(self.words, *fault)));
        let mut summary: Vec<_> = faults.chain(also.map(|(field, why)| told(field, why))).collect();
        match &self.say {
            Some(Say::Gone) => summary.push((None, self.words.gone_meanwhile(title))),
            Some(Say::Changed(_)) => summary.push((None, self.words.changed_meanwhile().to_owned())),
            _ => {}
        }
        let preview = match &self.say {
            Some(Say::Preview(text)) => Some(previewed(self.words, text)),
            _ => None,
        };
        view! { {settle(self.words, summary)} {preview} <input type="hidden" name="was" value=self.was.clone()/> }
    }
}

/// The page of such a form.
pub(crate) fn sheet(asked: &Asked, way: Vec<Crumb>, title: String, inside: impl IntoView + 'static) -> AnyView {
    let head = Head { known: false, ..Head::new(title.clone(), "") };
    let inside = view! {
        <div class="title title--near">{crumbs(asked.words().you_are_in(), way)}<h1>{title}</h1></div>
        {inside}
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// Choices, with why what was chosen will not do.
pub(crate) fn marked(id: impl Into<String>, why: Option<String>, choices: impl IntoView) -> impl IntoView {
    view! { <div id=id.into() tabindex="-1">{choices}{why.map(|why| view! { <p class="field__error">{why}</p> })}</div> }
}

/// What codes stand for, in a line.
pub(crate) fn listed(codes: &[String], name: impl Fn(&str) -> String) -> String {
    codes.iter().map(|code| name(code)).collect::<Vec<_>>().join(", ")
}

/// Themes to choose from, and those that are taken.
pub(crate) fn themes(words: Words, taken: &[String]) -> Vec<(String, String, bool)> {
    let others = taken.iter().map(String::as_str).filter(|theme| !Words::THEME_CODES.contains(theme));
    let all = Words::THEME_CODES.iter().copied().chain(others);
    all.map(|theme| (theme.to_owned(), words.theme_name(theme), taken.iter().any(|one| one == theme))).collect()
}

/// The countries of a seminar to choose from, and those that are taken; none where there are none.
pub(crate) fn countries(
    words: Words,
    legend: &'static str,
    seminar: &Listed,
    taken: &[String],
) -> Option<impl IntoView + use<>> {
    let others = taken.iter().filter(|code| !seminar.countries.contains(code));
    let all = seminar.countries.iter().chain(others);
    let all: Vec<_> = all.map(|code| (code.clone(), words.country_name(code), taken.contains(code))).collect();
    (!all.is_empty()).then(|| choices("countries", legend, all))
}
