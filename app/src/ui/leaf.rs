//! The parts of a page below its masthead.

use super::lines::lines;
use leptos::prelude::*;

/// `main` with the lines in its margin: those of `strands`, or three that belong to nobody.
pub(crate) fn leaf(strands: &[u8], class: &'static str, inside: impl IntoView + 'static) -> AnyView {
    let inside = inside.into_any();
    view! {
        <main id="main" class=class tabindex="-1">
            {lines(strands)}
            {inside}
        </main>
    }
    .into_any()
}

/// The same with what is to stay under the thumb at the end of the screen.
pub(crate) fn reachable(strands: &[u8], inside: impl IntoView + 'static, reach: impl IntoView + 'static) -> AnyView {
    let (inside, reach) = (inside.into_any(), reach.into_any());
    view! {
        <main id="main" class="thumb" tabindex="-1">
            <div class="leaf">
                {lines(strands)}
                {inside}
            </div>
            {reach}
        </main>
    }
    .into_any()
}

/// `main` with a cover above the leaf.
pub(crate) fn covered(strands: &[u8], cover: impl IntoView + 'static, inside: impl IntoView + 'static) -> AnyView {
    let (cover, inside) = (cover.into_any(), inside.into_any());
    view! {
        <main id="main" tabindex="-1">
            <div class="cover"><div class="cover__inner">{cover}</div></div>
            <div class="leaf">
                {lines(strands)}
                {inside}
            </div>
        </main>
    }
    .into_any()
}

/// A step of the way to a page: its name, its language where that is another, and its address.
pub(crate) type Crumb = (String, Option<&'static str>, Option<String>);

/// The way to a page.
pub(crate) fn crumbs(label: &'static str, way: Vec<Crumb>) -> impl IntoView {
    let items = way.into_iter().map(|(name, lang, to)| match to {
        Some(to) => {
            view! { <li class="crumbs__item"><a class="crumbs__link" href=to lang=lang>{name}</a></li> }.into_any()
        }
        None => view! { <li class="crumbs__item" lang=lang>{name}</li> }.into_any(),
    });
    view! { <nav class="crumbs" aria-label=label><ol>{items.collect_view()}</ol></nav> }
}

/// The way to a page that lies below home.
pub(crate) fn from_home(label: &'static str) -> impl IntoView {
    crumbs(label, vec![("Plenary".to_owned(), None, Some("/".to_owned()))])
}

/// A term with what it is, for [`facts`]; nothing where there is nothing.
pub(crate) fn fact(term: &'static str, value: Option<impl IntoView + 'static>) -> Option<AnyView> {
    value.map(|value| {
        view! { <div><dt class="marginalia__term">{term}</dt><dd class="marginalia__value">{value}</dd></div> }
            .into_any()
    })
}

/// A list of facts in the margin; nothing where there are none.
pub(crate) fn facts(facts: Vec<Option<AnyView>>) -> Option<impl IntoView> {
    let facts: Vec<AnyView> = facts.into_iter().flatten().collect();
    (!facts.is_empty()).then(|| view! { <dl class="marginalia__facts">{facts}</dl> })
}

/// The head of a section, with a way to more of it.
pub(crate) fn section_heading(
    id: &'static str,
    name: &'static str,
    more: Option<(String, &'static str)>,
) -> impl IntoView {
    let more = more.map(|(to, word)| view! { <a class="section__more" href=to>{word}</a> });
    view! { <div class="section__head"><h2 class="section__heading" id=id>{name}</h2>{more}</div> }
}
