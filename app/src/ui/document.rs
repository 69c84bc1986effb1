//! The whole document around a page.

use crate::{asked::Asked, forms, leave::leave, notices, seats::looking::says};
use language::Locale;
use leptos::{html, prelude::*};
use serde_json::Value;

/// What the document says about its page.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// What the page is called.
    pub(crate) title: String,
    /// The language of that, where it is not the reader's.
    pub(crate) lang: Option<&'static str>,
    /// A sentence about it.
    pub(crate) about: String,
    /// Open Graph's word for what it is.
    pub(crate) kind: &'static str,
    /// schema.org's words for it.
    pub(crate) data: Option<Value>,
    /// The head of the page lies on a cover.
    pub(crate) covered: bool,
    /// How many lines run down the margin.
    pub(crate) lines: usize,
    /// A page that can be found again: it has an address of its own that others may know.
    pub(crate) known: bool,
    /// The board of the seminar that it shows, and as of which of its events.
    pub(crate) follows: Option<(String, i64)>,
}

impl Head {
    /// A page with three plain lines.
    pub(crate) fn new(title: impl Into<String>, about: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            lang: None,
            about: about.into(),
            kind: "website",
            data: None,
            covered: false,
            lines: 3,
            known: true,
            follows: None,
        }
    }
}

const NAVIGATION: [&str; 5] = ["/seminars", "/practices", "/challenges", "/recommendations", "/glossary"];

/// A page as a document: head, masthead, `main`, foot.
///
/// The parts are erased (`into_any`): the type of a whole page is deeper than the compiler follows.
pub(crate) fn document(asked: &Asked, head: Head, main: impl IntoView + 'static) -> AnyView {
    let words = asked.words();
    let own_name = "Plenary";
    let title = if head.title == words.home_title() {
        format!("{own_name}: {}", head.title)
    } else {
        format!("{} · {own_name}", head.title)
    };
    let about = about(&head);
    let masthead = masthead(asked, head.covered, !head.known && asked.path() != "/sign-in").into_any();
    let foot = foot(asked).into_any();
    let main = main.into_any();
    let looking = asked.looking.as_ref().map(|looking| says(words, looking).into_any());
    let leave = leave(words, asked, head.known).into_any();
    let standing = notices::stand(asked, head.follows.as_ref()).into_any();
    let links = links(asked, &head).into_any();
    let meta = meta(asked, &head).into_any();
    view! {
        <!DOCTYPE html>
        <html lang=asked.reading.locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title lang=head.lang>{title}</title>
                <meta name="description" content=about/>
                <meta name="color-scheme" content="light dark"/>
                {links}
                {meta}
                {head.data.map(|data| view! { <script type="application/ld+json" inner_html=json(data)></script> })}
            </head>
            <body class=format!("count-{}", head.lines.clamp(1, 6))>
                <a class="skip" href="#main">{words.skip()}</a>
                {looking}
                {leave}
                {standing}
                {masthead}
                {main}
                {foot}
            </body>
        </html>
    }
    .into_any()
}

/// A sentence about the page, or its title.
fn about(head: &Head) -> String {
    if head.about.is_empty() { head.title.clone() } else { head.about.clone() }
}

/// JSON inside an element: what is known alone, and nothing that may end the element.
fn json(mut data: Value) -> String {
    leave_out_nothings(&mut data);
    data.to_string().replace('<', "\\u003c")
}

fn leave_out_nothings(data: &mut Value) {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    };
    match data {
        Value::Object(fields) => {
            fields.values_mut().for_each(leave_out_nothings);
            fields.retain(|_, value| !is_nothing(value));
        }
        Value::Array(values) => values.iter_mut().for_each(leave_out_nothings),
        _ => {}
    }
}

/// The one address of a page. What is found by other words is another view of the same page; another part of a list is
/// another page.
fn own_path(asked: &Asked) -> String {
    let (path, query) = asked.address.split_once('?').unwrap_or((&asked.address, ""));
    let part = query.split('&').find_map(|parameter| parameter.strip_prefix("page="));
    match part.and_then(|part| part.parse::<u64>().ok()) {
        Some(part) if part > 1 && path != "/search" => format!("{path}?page={part}"),
        _ => path.to_owned(),
    }
}

fn links(asked: &Asked, head: &Head) -> impl IntoView + use<> {
    let assets = &asked.assets;
    let path = own_path(asked);
    // All that the language needs: with `font-display: optional`, a file that comes late leaves words of two faces.
    let letters: &[&str] = match asked.reading.locale {
        Locale::English | Locale::Albanian => &["latin"],
        Locale::Bosnian | Locale::Croatian | Locale::SerbianLatin | Locale::Romanian => &["latin", "latin-extended"],
        Locale::SerbianCyrillic | Locale::Macedonian => &["cyrillic", "latin"],
    };
    let fonts = letters.iter().filter_map(|letters| assets.fonts.get(*letters).cloned()).map(|font| {
        view! { <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous"/> }
    });
    let fonts = fonts.collect_view();
    let known = head.known.then(|| {
        let at = |locale: Locale| {
            let mark = if path.contains('?') { '&' } else { '?' };
            format!("{}{path}{mark}lang={}", asked.public_url, locale.tag())
        };
        let alternates = Locale::ALL
            .into_iter()
            .map(|locale| view! { <link rel="alternate" hreflang=locale.tag() href=at(locale)/> })
            .collect_view();
        view! {
            <link rel="canonical" href=format!("{}{path}", asked.public_url)/>
            {alternates}
            <link rel="alternate" hreflang="x-default" href=format!("{}{path}", asked.public_url)/>
        }
    });
    view! {
        {fonts}
        <link rel="stylesheet" href=assets.style.clone()/>
        <link rel="icon" href=assets.icon.clone() r#type="image/svg+xml"/>
        <link rel="alternate" r#type="application/atom+xml" href="/feed.xml" title=asked.words().feed()/>
        {known}
    }
}

fn meta(asked: &Asked, head: &Head) -> impl IntoView + use<> {
    view! {
        {[
            ("og:title", head.title.clone()),
            ("og:description", about(head)),
            ("og:type", head.kind.to_owned()),
            ("og:url", format!("{}{}", asked.public_url, own_path(asked))),
            ("og:site_name", "Plenary".to_owned()),
            ("og:image", format!("{}{}", asked.public_url, asked.assets.share)),
            ("og:image:alt", "Plenary".to_owned()),
            ("og:locale", territory(asked.reading.locale).to_owned()),
        ]
        .map(|(name, value)| html::meta().attr("property", name).content(value))
        .collect_view()}
        {(!head.known).then(|| view! { <meta name="robots" content="noindex"/> })}
    }
}

/// A language with a country where it is read, which Open Graph asks for.
fn territory(locale: Locale) -> &'static str {
    match locale {
        Locale::English => "en_GB",
        Locale::Albanian => "sq_AL",
        Locale::Bosnian => "bs_BA",
        Locale::Croatian => "hr_HR",
        Locale::SerbianLatin | Locale::SerbianCyrillic => "sr_RS",
        Locale::Romanian => "ro_RO",
        Locale::Macedonian => "mk_MK",
    }
}

fn masthead(asked: &Asked, covered: bool, lost: bool) -> impl IntoView + use<> {
    let words = asked.words();
    let class = if covered { "masthead masthead--covered" } else { "masthead" };
    let path = asked.path().to_owned();
    let labels = [words.seminars(), words.practices(), words.challenges(), words.recommendations(), words.glossary()];
    let here = move |to: &str| {
        let current = if path == to { "page" } else { "true" };
        (path == to || path.strip_prefix(to).is_some_and(|rest| rest.starts_with('/'))).then_some(current)
    };
    let items = NAVIGATION.into_iter().zip(labels).map(|(to, label)| {
        view! { <li class="masthead__item"><a class="masthead__link" href=to aria-current=here(to)>{label}</a></li> }
    });
    let items = items.collect_view();
    let locale = asked.reading.locale;
    let at = |to: &str| (asked.path() == to).then_some("page");
    // Who may not see what is here, or looks for what is not, may come back to it.
    let who = match asked.viewer.who() {
        Some(somebody) => view! { <a class="masthead__link" href="/account" aria-current=at("/account")><span class="unseen">{words.your_account()}": "</span>{somebody.name.clone()}</a> }.into_any(),
        None => {
            let back = lost && !forms::is_way_in(asked.path());
            let to = if back { format!("/sign-in?next={}", asked.path()) } else { "/sign-in".to_owned() };
            view! { <a class="masthead__link" href=to aria-current=at("/sign-in")>{words.sign_in()}</a> }.into_any()
        }
    };
    view! {
        <header class=class><div class="masthead__inner">
            <a class="masthead__home" href="/" aria-label=words.home()>
                <svg class="masthead__mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="3.2" aria-hidden="true">
                    <path d="M23 3H13A10 10 0 0 0 3 13v10"/><path d="M23 10h-7a6 6 0 0 0-6 6v7"/><path d="M23 17h-4a2 2 0 0 0-2 2v4"/>
                </svg>
                "Plenary"
            </a>
            <span class="masthead__from" aria-hidden="true">{asked.public_url.to_string()}{asked.path().to_owned()}</span>
            <details class="masthead__menu"><summary class="masthead__summary">{words.menu()}</summary></details>
            <div class="masthead__panel">
                <nav class="masthead__nav" aria-label=words.main_navigation()><ul class="masthead__list">{items}</ul></nav>
                <ul class="masthead__list masthead__tools">
                    <li class="masthead__item"><a class="masthead__link" href="/search" aria-current=at("/search")>{words.search()}</a></li>
                    <li class="masthead__item">{who}</li>
                    <li class="masthead__item"><a class="masthead__link" href="#languages"><span class="unseen">{words.language()}": "</span>{locale.own_name()}</a></li>
                </ul>
            </div>
        </div></header>
    }
}

/// The languages to choose from. Where it is the first thing to choose it says so, and has an id of its own.
pub(crate) fn tongues(asked: &Asked, first: Option<&'static str>) -> impl IntoView + use<> {
    let words = asked.words();
    let current = asked.reading.locale;
    let choices = Locale::ALL.into_iter().map(|locale| {
        let here = (locale == current).then_some("true");
        view! { <li><button class="tongues__choice" name="language" value=locale.tag() lang=locale.tag() aria-current=here>{locale.own_name()}</button></li> }
    });
    let id = first.is_none().then_some("languages");
    let label = first.map(|first| view! { <p class="tongues__label">{first}</p> });
    view! {
        <form class="tongues" id=id method="post" action="/language" aria-label=first.unwrap_or(words.languages())>
            {label}
            <input type="hidden" name="next" value=asked.address.to_string()/>
            <ul class="tongues__list">{choices.collect_view()}</ul>
        </form>
    }
}

fn foot(asked: &Asked) -> impl IntoView + use<> {
    let words = asked.words();
    view! {
        <footer class="foot"><div class="foot__inner">
            {tongues(asked, None)}
            <ul class="foot__links">
                <li><a class="foot__link" href="/people">{words.people()}</a></li>
                <li><a class="foot__link" href="/join">{words.join_title()}</a></li>
                <li><a class="foot__link" href="/help/roles">{words.roles_title()}</a></li>
                <li><a class="foot__link" href="/privacy">{words.privacy()}</a></li>
                <li><a class="foot__link" href="/feed.xml">{words.feed()}</a></li>
                <li><a class="foot__link" href="/api/v1/openapi.json">{words.api()}</a></li>
            </ul>
            <p class="foot__words"><strong>{words.promise_title()}</strong> " " {words.promise()}</p>
        </div></footer>
    }
}
