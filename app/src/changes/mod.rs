//! `/admin/audit`: who changed what.

use crate::{
    accounts::moment,
    asked::Asked,
    render,
    ui::{Head, Line, Paging, document, from_home, leaf, line, select},
};
use content::{
    changes::{self, Entry, Sought},
    roles::Act,
    texts::Phrase,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::Value;

pub(crate) fn audit() -> impl IntoView {
    render::secret();
    let paging = Paging::asked();
    let parameter = |name: &str| use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default();
    let sought = Sought {
        actor: parameter("actor").trim().to_owned(),
        subject: parameter("subject").trim().to_owned(),
        oldest_first: parameter("order") == "oldest",
    };
    render::answer(
        move |asked| async move {
            if !asked.viewer.may(Act::ReadAudit) {
                return Ok(None);
            }
            // One more than a page, to know whether there is another.
            let part = (paging.most() + 1, paging.after());
            let entries = changes::entries(&asked.store, &asked.viewer, &sought, part).await?;
            Ok(Some(draw(&asked, entries, &sought, paging)))
        },
        render::nowhere_else,
    )
}

fn draw(asked: &Asked, mut entries: Vec<Entry>, sought: &Sought, paging: Paging) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.audit(), words.audit_lead()) };
    let most = usize::try_from(paging.most()).unwrap_or(usize::MAX);
    let more = entries.len() > most;
    entries.truncate(most);
    let none = entries.is_empty().then(|| view! { <p class="ledger__empty">{words.none_here()}</p> });
    let order = if sought.oldest_first { "&order=oldest" } else { "" };
    let at = |actor: &str, subject: &str, page: u64| {
        format!("/admin/audit?actor={}&subject={}{order}&page={page}", coded(actor), coded(subject))
    };
    let items = entries.into_iter().map(|entry| {
        let (by, to) = (at(&entry.actor, "", 1), at("", &entry.subject, 1));
        let says = said(&entry.says);
        let says = (!says.is_empty()).then(|| {
            let lines = says.into_iter().map(|line| view! { <li>{line}</li> });
            view! { <ul class="ledger__says">{lines.collect_view()}</ul> }
        });
        view! {
            <li class="ledger__item">
                <p class="ledger__meta"><span>{entry.id}</span><span>{moment(words, entry.at)}</span></p>
                <p class="ledger__title">{entry.act}</p>
                <p class="ledger__meta">
                    <a href=by>{entry.actor}</a>
                    <a href=to>{entry.subject}</a>
                </p>
                {says}
            </li>
        }
    });
    let items = items.collect_view();
    let page = paging.after() / paging.most() + 1;
    let (actor, subject) = (sought.actor.clone(), sought.subject.clone());
    let earlier = (page > 1).then(|| view! { <a href=at(&actor, &subject, page - 1)>{words.previous_page()}</a> });
    let later = more.then(|| view! { <a href=at(&actor, &subject, page + 1)>{words.next_page()}</a> });
    let field = |name, label: &'static str, value: &str| {
        line(Line { name, label: label.to_owned(), fill: "off", value: value.to_owned(), ..Line::default() })
    };
    let orders =
        [("", words.order_latest(), !sought.oldest_first), ("oldest", words.order_oldest(), sought.oldest_first)];
    let orders = orders.map(|(code, says, taken)| (code.to_owned(), Phrase::plain(says), taken));
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.audit()}</h1><p class="lead">{words.audit_lead()}</p></div>
        <form class="flow" action="/admin/audit" role="search">
            <div class="abreast">
                {field("actor", words.audit_actor(), &sought.actor)}
                {field("subject", words.audit_subject(), &sought.subject)}
                {select("order".to_owned(), words.sorted_by(), orders.into(), None)}
            </div>
            <p class="actions"><button class="button button--second">{words.show_these()}</button></p>
        </form>
        <div class="section section--near flow">
            {none}
            <ol class="ledger">{items}</ol>
            <p class="actions">{earlier}{later}</p>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// What was before and after, field by field: `name: Ana → Ana Rama`.
fn said(says: &Value) -> Vec<String> {
    let of = |side: &str| says.get(side).and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (of("before"), of("after"));
    let text = |value: Option<&Value>| match value {
        None | Some(Value::Null) => "–".to_owned(),
        Some(Value::String(text)) => short(text),
        Some(other) => short(&other.to_string()),
    };
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    let line = |field: &String| match (before.contains_key(field), after.contains_key(field)) {
        (true, true) => format!("{field}: {} → {}", text(before.get(field)), text(after.get(field))),
        (true, false) => format!("{field}: {} → –", text(before.get(field))),
        _ => format!("{field}: {}", text(after.get(field))),
    };
    fields.into_iter().map(line).collect()
}

/// The most of a text that is told of a change, in letters.
const MOST: usize = 200;

fn short(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A value in an address: what audit entries are called has letters, digits, `/`, `-` and spaces.
fn coded(value: &str) -> String {
    value
        .chars()
        .map(|c| if c == ' ' { '+' } else { c })
        .filter(|c| c.is_ascii_alphanumeric() || "/-+".contains(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_before_and_after_is_told_field_by_field() {
        let says = json!({ "before": { "name": "Ana", "role": null }, "after": { "name": "Ana Rama", "role": "editor", "seat": 3 } });
        assert_eq!(said(&says), ["name: Ana → Ana Rama", "role: – → editor", "seat: 3"]);
        assert_eq!(said(&json!({ "before": { "name": "Ion" } })), ["name: Ion → –"]);
        assert!(said(&Value::Null).is_empty());
    }
}
