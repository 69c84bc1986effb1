//! `/join/{code}`: the language, the name, and in. Until the form is sent, every code gets the same page.

use crate::{
    accounts::{above, refused},
    asked::{Asked, asked},
    forms::{self, Session, Typed},
    render,
    ui::{Head, Line, document, from_home, leaf, line, tongues},
};
use axum::{Extension, extract::Path, response::Response};
use content::{
    accounts::{Refusal, Token},
    seats::{self, Code},
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was typed, and why it will not do.
#[derive(Clone, Debug)]
struct Again {
    name: String,
    refusal: Refusal,
}

pub(crate) fn enter() -> impl IntoView {
    render::secret();
    let typed = render::parameter("code");
    let code = Code::read(&typed).map_or_else(|| typed.chars().take(20).collect(), |code| code.to_string());
    draw(&asked(), &code, use_context::<Again>())
}

#[derive(serde::Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    name: String,
    /// By which a form that is sent twice is known.
    #[serde(default)]
    form: String,
}

/// Comes in.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path(code): Path<String>,
    Typed(sent): Typed<Sent>,
) -> Response {
    let pair = (code.as_str(), sent.name.as_str());
    let form = Token::read(&sent.form);
    match seats::join(&asked.store, asked.trying(), &asked.viewer, pair, form.as_ref(), Timestamp::now()).await {
        Ok(Ok((Some(entered), path))) => forms::with(Session::Entered(entered), &path),
        Ok(Ok((None, path))) => forms::to(&path),
        Ok(Err(refusal)) => {
            let name = sent.name.chars().take(300).collect();
            forms::again(asked, refusal, Again { name, refusal }).await
        }
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(asked: &Asked, code: &str, again: Option<Again>) -> impl IntoView + use<> {
    let words = asked.words();
    let refusal = again.as_ref().map(|again| again.refusal);
    let title = words.join_as_title(code);
    let head = Head { known: false, ..Head::new(title.clone(), words.join_as_lead()) };
    let (button, name) = match asked.viewer.who().filter(|somebody| somebody.platform.is_some()) {
        Some(somebody) => (words.accept_as(&somebody.name), None),
        None => {
            let name = Line {
                name: "name",
                label: words.your_name().to_owned(),
                hint: Some(words.join_name_hint()),
                fill: "name",
                value: again.map(|again| again.name).unwrap_or_default(),
                refused: refused(words, refusal, "name"),
                ..Line::default()
            };
            (words.join().to_owned(), Some(line(name)))
        }
    };
    // What concerns the code has no field here: the way to one is the page before.
    let closed =
        (refusal == Some(Refusal::Closed)).then(|| view! { <p id="code"><a href="/join">{words.join_title()}</a></p> });
    let inside = view! {
        {tongues(asked, Some(words.join_language()))}
        <div class="title">{from_home(words.you_are_in())}<h1>{title}</h1><p class="lead">{words.join_as_lead()}</p></div>
        <form class="flow" method="post" novalidate>
            {above(words, refusal)}
            {closed}
            <input type="hidden" name="form" value=Token::new().reveal().to_owned()/>
            {name}
            <p class="actions"><button class="button">{button}</button></p>
        </form>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}
