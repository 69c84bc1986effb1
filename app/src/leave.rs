//! Leaving quickly: a button and a key on every page that is to be read, and what stands in its place afterwards.

use crate::{
    asked::Asked,
    render::{self, Answer, Page, Scripts},
    settings,
    words::Words,
};
use leptos::prelude::*;

/// The script of every page, and the form with which one leaves, where the page is to be read. `POST /leave` sets a cookie; as
/// long as a browser shows it, every page of the site is [`left`].
pub(crate) fn leave(words: Words, asked: &Asked, to_read: bool) -> impl IntoView + use<> {
    if let Some(answer) = use_context::<Answer>() {
        answer.set_scripts(Scripts::Own);
    }
    // Nobody leaves a form by mistake.
    let form = to_read.then(|| {
        view! {
            <form class="leave" id="leave" method="post" action="/leave" aria-label=words.leave()>
                <button class="leave__button" data-key=words.leave_key()>{words.leave()}</button>
            </form>
        }
    });
    view! { {form} <script src=asked.assets.leave.clone() defer></script> }
}

/// What stands in place of every page once one has left: nothing, and a way back. `on`: the browser goes on to
/// another site by itself.
pub async fn left(asked: Asked, on: bool) -> Page {
    let leave_to = if on { settings::leave_to(&asked).await } else { String::new() };
    let page = render::drawn(asked.clone(), move || {
        let words = asked.words();
        // The browser forgets with a picture: the page need not wait until it has.
        let forgets = on.then(|| view! { <img src="/left.svg" alt="" width="1" height="1"/> });
        let on = on.then(|| view! { <meta http-equiv="refresh" content=format!("1;url={leave_to}")/> });
        view! {
            <!DOCTYPE html>
            <html lang=asked.reading.locale.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    {on}
                    <title>"…"</title>
                    <meta name="color-scheme" content="light dark"/>
                    <meta name="robots" content="noindex"/>
                    <link rel="stylesheet" href=asked.assets.style.clone()/>
                </head>
                <body>
                    <main class="left">
                        {forgets}
                        <h1 class="left__title">{words.left_title()}</h1>
                        <form method="post" action="/return">
                            <input type="hidden" name="next" value=asked.address.to_string()/>
                            <button class="button button--second">{words.left_return()}</button>
                        </form>
                    </main>
                </body>
            </html>
        }
    })
    .await;
    Page { secret: true, ..page }
}
