//! Themes as ways to what else is said about them.

use crate::words::Words;
use leptos::prelude::*;

/// Links to a search for each theme.
pub(crate) fn themes(words: Words, themes: Vec<String>) -> impl IntoView {
    let last = themes.len().saturating_sub(1);
    let links = themes.into_iter().enumerate().map(|(at, theme)| {
        let to = format!("/search?q=&theme={theme}");
        view! { <a href=to>{words.theme_name(&theme)}</a>{(at < last).then_some(", ")} }
    });
    links.collect_view()
}
