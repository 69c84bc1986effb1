//! What a thing says: its text, the languages it can be read in, its headings.

use crate::{
    asked::Asked,
    words::{Words, sort_by_key},
};
use content::texts::{Phrase, Reading, Status, Text};
use language::Language;
use leptos::prelude::*;

/// A few words with their language.
pub(crate) trait PhraseView {
    /// In a `span` that says the language, where it is not the page's.
    fn view(&self) -> AnyView;
}

impl PhraseView for Phrase {
    fn view(&self) -> AnyView {
        match self.lang {
            Some(lang) => view! { <span lang=lang>{self.text.clone()}</span> }.into_any(),
            None => self.text.clone().into_any(),
        }
    }
}

/// What a thing says beside its texts, which is in the language it was written in alone: a place, a role, a source.
pub(crate) fn written(words: Words, language: Language, said: &str) -> Phrase {
    Reading::in_locale(words.0).phrase(said, language)
}

/// The language of a text, where it is not the page's own.
fn lang(text: &Text) -> Option<&'static str> {
    (!text.own).then_some(text.tag)
}

/// The text, as the sanitiser left it; nothing where it is empty. The one place where HTML is written as it is.
pub(crate) fn prose(text: &Text) -> Option<impl IntoView + use<>> {
    let html = text.html.as_str().to_owned();
    (!html.is_empty()).then(|| view! { <div class="prose" lang=lang(text) inner_html=html></div> })
}

/// What the reader should know of how a text came to be in its language; nothing where it is an original in theirs.
pub(crate) fn provenance(asked: &Asked, text: &Text) -> Option<impl IntoView + use<>> {
    let words = asked.words();
    let language =
        |tag: &str| tag.split('-').next().and_then(|code| code.parse().ok()).map(|code| words.language_name(code));
    let status = match text.status {
        Status::Original if text.own => return None,
        Status::Original => words.shown_in(language(text.tag).unwrap_or(text.tag)),
        Status::Machine => words.machine_translated().to_owned(),
        Status::Human => words.human_translated().to_owned(),
    };
    let outdated = text.outdated.then(|| format!(" {}", words.translation_outdated()));
    let original = text.also.iter().find(|other| other.status == Status::Original).map(|original| {
        let code = original.language.code();
        let to = format!("{}?text={code}", asked.path());
        view! { " " <a href=to hreflang=code>{words.read_original()}</a> " (" {words.language_name(original.language)} ")" }
    });
    Some(view! { <p class="small quiet">{status}{outdated}{original}</p> })
}

/// Says in which language something is that has no translations, where it is not the reader's.
pub(crate) fn in_its_language(words: Words, language: Language) -> Option<impl IntoView + use<>> {
    let foreign = language != words.0.language();
    foreign.then(|| view! { <p class="small quiet">{words.shown_in(words.language_name(language))}</p> })
}

/// The other languages a text can be read in, for the margin; nothing where there are none.
pub(crate) fn other_languages(asked: &Asked, text: &Text) -> Option<impl IntoView + use<>> {
    let words = asked.words();
    (!text.also.is_empty()).then(|| {
        let mut also = text.also.clone();
        sort_by_key(words.0, &mut also, |other| words.language_name(other.language));
        let links = also.into_iter().map(|other| {
            let code = other.language.code();
            let machine = (other.status == Status::Machine).then(|| format!(" ({})", words.machine_short()));
            let to = format!("{}?text={code}", asked.path());
            view! { <li><a href=to hreflang=code>{words.language_name(other.language)}</a>{machine}</li> }
        });
        let links = links.collect_view();
        view! {
            <nav class="no-print" aria-labelledby="other-languages">
                <h2 class="marginalia__heading" id="other-languages">{words.other_languages()}</h2>
                <ul class="marginalia__list">{links}</ul>
            </nav>
        }
    })
}

/// The headings of a long text, to jump to; nothing for a short one.
pub(crate) fn contents(words: Words, text: &Text) -> Option<impl IntoView + use<>> {
    let headings: Vec<_> = text.outline.iter().filter(|heading| heading.level == 2).cloned().collect();
    (headings.len() >= 3).then(|| {
        let links = headings
            .into_iter()
            .map(|heading| view! { <li><a href=format!("#{}", heading.id)>{heading.text}</a></li> });
        view! {
            <nav class="no-print" aria-label=words.contents()>
                <h2 class="marginalia__heading">{words.contents()}</h2>
                <ul class="marginalia__list" lang=lang(text)>{links.collect_view()}</ul>
            </nav>
        }
    })
}
