//! The form that asks for something, without an island.

use leptos::prelude::*;

/// A search form. `cover`: it lies on a cover.
pub(crate) fn asking(label: &'static str, button: &'static str, query: &str, cover: bool) -> impl IntoView {
    let (form, press) = if cover { ("asking asking--cover", "button button--marker") } else { ("asking", "button") };
    view! {
        <form class=form role="search" action="/search">
            <label class="asking__label" for="q">{label}</label>
            <div class="asking__box">
                <input class="asking__input" id="q" name="q" type="search" value=query.to_owned() autocomplete="off" maxlength="400"/>
            </div>
            <button class=press>{button}</button>
        </form>
    }
}
