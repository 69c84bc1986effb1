//! What an island needs to come alive; written beside the island, so only where one is.

use crate::{
    asked::Assets,
    render::{Answer, Scripts},
};
use leptos::prelude::*;

/// Two preloads and one module script. Within a page's own view, which has the answer in context.
pub(crate) fn alive(answer: &Answer, assets: &Assets) -> impl IntoView + use<> {
    answer.set_scripts(Scripts::Islands);
    view! {
        <link rel="modulepreload" href=assets.bindings.clone()/>
        <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" src=assets.islands.clone()></script>
    }
}
