//! What a thing says: its text, the languages it can be read in, its headings.

use crate::{asked::Asked, words::Words};
use content::texts::{Phrase, Status, Text};
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

/// The language of a text, where it is not the page's own.
fn lang(text: &Text) -> Option<&'static str> {
    (!text.own).then_some(text.tag)
}

/// The text, as the sanitiser left it; nothing where it is empty. The one place where HTML is written as it is.
pub(crate) fn prose(text: &Text) -> Option<impl IntoView + use<>> {
    let html = text.html.as_str().to_owned();
    (!html.is_empty()).then(|| view! { <div class="prose" lang=lang(text) inner_html=html></div> })
}

/// What the reader should know of the language of a text, and where the others are.
pub(crate) fn variants(asked: &Asked, text: &Text) -> Option<impl IntoView + use<>> {
    let words = asked.words();
    if text.also.is_empty() && text.own {
        return None;
    }
    let at = |code: &str| format!("{}?text={code}", asked.path());
    let original = text.also.iter().find(|other| other.status == Status::Original);
    let status = match text.status {
        Status::Original if text.own => None,
        Status::Original => {
            let language = text.tag.split('-').next().and_then(|code| code.parse().ok());
            language.map(|language| words.shown_in(words.language_name(language)))
        }
        Status::Machine => Some(words.machine_translated().to_owned()),
        Status::Human => Some(words.human_translated().to_owned()),
    };
    let outdated = text.outdated.then(|| words.translation_outdated());
    let original = original.map(|original| {
        let code = original.language.code();
        view! { " " <a href=at(code) hreflang=code>{words.read_original()}</a> " (" {words.language_name(original.language)} ")." }
    });
    let note = status.map(|status| view! { <p class="small quiet">{status} {outdated.map(|outdated| format!(" {outdated}"))} {original}</p> });
    let others: Vec<_> = text.also.iter().filter(|other| other.status != Status::Original || text.status == Status::Original).collect();
    let links = others
        .iter()
        .map(|other| {
            let code = other.language.code();
            let machine = (other.status == Status::Machine).then(|| format!(" ({})", words.machine_short()));
            view! { <li><a href=at(code) hreflang=code>{words.language_name(other.language)}</a>{machine}</li> }
        })
        .collect_view();
    let links = (!others.is_empty()).then(|| {
        view! { <nav class="no-print small" aria-label=words.other_languages()><p class="quiet">{words.other_languages()}</p><ul class="voices">{links}</ul></nav> }
    });
    Some(view! { <div class="flow flow--tight">{note}{links}</div> })
}

/// The headings of a long text, to jump to; nothing for a short one.
pub(crate) fn contents(words: Words, text: &Text) -> Option<impl IntoView + use<>> {
    let headings: Vec<_> = text.outline.iter().filter(|heading| heading.level == 2).cloned().collect();
    (headings.len() >= 3).then(|| {
        let links = headings.into_iter().map(|heading| view! { <li><a href=format!("#{}", heading.id)>{heading.text}</a></li> });
        view! {
            <nav class="no-print" aria-label=words.contents()>
                <h2 class="marginalia__heading">{words.contents()}</h2>
                <ul class="marginalia__list" lang=lang(text)>{links.collect_view()}</ul>
            </nav>
        }
    })
}
