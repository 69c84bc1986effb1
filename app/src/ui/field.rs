//! Fields of forms: label above, hint, what is to be settled, what was typed.

use super::prose;
use crate::words::{Words, sort_by_key};
use content::texts::{Phrase, Text};
use leptos::prelude::*;

/// A line to be typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Its name in the form, and its id on the page.
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: Option<&'static str>,
    /// HTML's word for what is typed; `text` where it is empty.
    pub(crate) kind: &'static str,
    /// HTML's word for what a browser may fill in.
    pub(crate) fill: &'static str,
    /// What was typed. A password is never sent back.
    pub(crate) value: String,
    /// Why that will not do.
    pub(crate) refused: Option<String>,
    /// What a browser offers to choose from.
    pub(crate) offers: Vec<String>,
    /// The language of what is written there, where it is another than that of the page.
    pub(crate) lang: Option<&'static str>,
}

/// A line of a form.
pub(crate) fn line(line: Line) -> impl IntoView {
    let Line { name, label, hint, kind, fill, value, refused, offers, lang } = line;
    let list = (!offers.is_empty()).then(|| format!("{name}-list"));
    let offers = list.clone().map(|id| {
        view! { <datalist id=id>{offers.into_iter().map(|offer| view! { <option value=offer></option> }).collect_view()}</datalist> }
    });
    let kind = if kind.is_empty() { "text" } else { kind };
    let spell = matches!(kind, "email" | "password").then_some("false");
    field(name, label, hint, refused, move |described, invalid| {
        view! {
            <input class="field__input" id=name name=name r#type=kind value=value autocomplete=fill autocapitalize=spell.map(|_| "none")
                spellcheck=spell list=list lang=lang aria-describedby=described aria-invalid=invalid/>
            {offers}
        }
    })
}

/// A short line of a form that has many of them.
pub(crate) fn cell(
    name: String,
    label: &str,
    kind: &'static str,
    value: String,
    refused: Option<String>,
) -> impl IntoView {
    let id = name.clone();
    field(name, label.to_owned(), None::<String>, refused, move |described, invalid| {
        view! {
            <input class="field__input" id=id.clone() name=id r#type=kind value=value autocomplete="off" aria-describedby=described aria-invalid=invalid/>
        }
    })
}

/// A list of which one is taken: value, word, its language where it is another, and whether it is the one.
pub(crate) fn select(
    name: String,
    label: &str,
    choices: Vec<(String, Phrase, bool)>,
    refused: Option<String>,
) -> impl IntoView + use<> {
    select_of(name, label, None, choices, refused)
}

/// The same, with what there is to say of it.
pub(crate) fn select_of(
    name: String,
    label: &str,
    hint: Option<String>,
    choices: Vec<(String, Phrase, bool)>,
    refused: Option<String>,
) -> impl IntoView + use<> {
    let id = name.clone();
    field(name, label.to_owned(), hint, refused, move |described, invalid| {
        let choices = choices.into_iter().map(|(value, word, taken)| {
            view! { <option value=value selected=taken lang=word.lang>{word.text}</option> }
        });
        view! {
            <select class="field__input" id=id.clone() name=id aria-describedby=described aria-invalid=invalid>{choices.collect_view()}</select>
        }
    })
}

/// A file of a form: which endings and kinds a browser offers first.
pub(crate) fn file(
    name: &'static str,
    label: String,
    hint: String,
    accept: &'static str,
    refused: Option<String>,
) -> impl IntoView {
    field(name, label, Some(hint), refused, move |described, invalid| {
        let accept = (!accept.is_empty()).then_some(accept);
        view! { <input class="field__input" id=name name=name r#type="file" accept=accept aria-describedby=described aria-invalid=invalid/> }
    })
}

/// Several lines to be typed, or to be copied.
#[derive(Clone, Debug, Default)]
pub(crate) struct Area {
    /// Its name in the form, and its id on the page.
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: Option<&'static str>,
    /// What was typed.
    pub(crate) value: String,
    /// Why that will not do.
    pub(crate) refused: Option<String>,
    /// It is there to be copied.
    pub(crate) fixed: bool,
    /// The language of what is written there, where it is a text and no list.
    pub(crate) lang: Option<&'static str>,
    /// How many lines are seen at once, where that is not six.
    pub(crate) rows: Option<u8>,
}

/// Several lines of a form.
pub(crate) fn area(area: Area) -> impl IntoView {
    let Area { name, label, hint, value, refused, fixed, lang, rows } = area;
    let rows = rows.unwrap_or(6).to_string();
    let spell = if lang.is_some() { ("true", None) } else { ("false", Some("none")) };
    field(name, label, hint, refused, move |described, invalid| {
        view! {
            <textarea class="field__input field__input--long" id=name name=(!fixed).then_some(name) rows=rows readonly=fixed lang=lang spellcheck=spell.0 autocapitalize=spell.1
                aria-describedby=described aria-invalid=invalid inner_html=escaped(&value)></textarea>
        }
    })
}

/// A few lines of a form that has many of them, in a language of their own.
pub(crate) fn cell_area(
    name: String,
    label: &str,
    hint: &'static str,
    (value, lang): (String, &'static str),
    refused: Option<String>,
) -> impl IntoView + use<> {
    let id = name.clone();
    field(name, label.to_owned(), Some(hint), refused, move |described, invalid| {
        view! {
            <textarea class="field__input" id=id.clone() name=id rows="3" lang=lang aria-describedby=described aria-invalid=invalid inner_html=escaped(&value)></textarea>
        }
    })
}

/// A few lines of a form that is on its page more than once: its name, its id, and the language of what is written there.
pub(crate) fn small_area(
    (name, id): (&'static str, String),
    label: String,
    (value, lang): (String, &'static str),
    refused: Option<String>,
) -> impl IntoView + use<> {
    field(id.clone(), label, None::<String>, refused, move |described, invalid| {
        view! {
            <textarea class="field__input" id=id name=name rows="3" lang=lang aria-describedby=described aria-invalid=invalid inner_html=escaped(&value)></textarea>
        }
    })
}

/// A line of a form that is on its page more than once: its name, and its id.
pub(crate) fn small_line(
    (name, id): (&'static str, String),
    label: String,
    value: String,
    refused: Option<String>,
) -> impl IntoView + use<> {
    field(id.clone(), label, None::<String>, refused, move |described, invalid| {
        view! {
            <input class="field__input" id=id name=name value=value autocomplete="off" aria-describedby=described aria-invalid=invalid/>
        }
    })
}

/// A list of such a form: value, word, and whether it is the one that is taken.
pub(crate) fn small_select(
    (name, id): (&'static str, String),
    label: String,
    choices: Vec<(String, Phrase, bool)>,
) -> impl IntoView + use<> {
    field(id.clone(), label, None::<String>, None, move |_, _| {
        let choices = choices.into_iter().map(|(value, word, taken)| {
            view! { <option value=value selected=taken lang=word.lang>{word.text}</option> }
        });
        view! { <select class="field__input" id=id name=name required>{choices.collect_view()}</select> }
    })
}

/// Several lines that a form sends and nobody sees.
pub(crate) fn hidden_area(name: &'static str, value: &str) -> impl IntoView + use<> {
    view! { <textarea name=name hidden inner_html=escaped(value)></textarea> }
}

/// As it stands in a `textarea`, whose children Leptos does not escape, and which drops a line that is empty at its
/// beginning (HTML, 4.10.11).
fn escaped(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// What is said of a field, and the field, which is told by what it is described and whether it is invalid.
fn field<V: IntoView>(
    name: impl Into<String>,
    label: String,
    hint: Option<impl Into<String>>,
    refused: Option<String>,
    control: impl FnOnce(Option<String>, Option<&'static str>) -> V,
) -> impl IntoView {
    let name = name.into();
    let described = described(&name, hint.is_some(), refused.is_some());
    let control = control(described, refused.is_some().then_some("true"));
    view! {
        <div class="field">
            <label class="field__label" for=name.clone()>{label}</label>
            {hint.map(|hint| view! { <span class="field__hint" id=format!("{name}-hint")>{hint.into()}</span> })}
            {refused.map(|why| view! { <span class="field__error" id=format!("{name}-refused")>{why}</span> })}
            {control}
        </div>
    }
}

fn described(name: &str, hint: bool, refused: bool) -> Option<String> {
    let ids: Vec<String> = [(hint, "hint"), (refused, "refused")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, end)| format!("{name}-{end}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Choices of which one is taken: value, word, and whether it is the one.
pub(crate) fn choice(name: impl Into<String>, legend: &'static str, choices: Vec<(String, String, bool)>) -> AnyView {
    chosen("radio", name, legend, choices)
}

/// Choices of which any number is taken.
pub(crate) fn choices(name: impl Into<String>, legend: &'static str, choices: Vec<(String, String, bool)>) -> AnyView {
    chosen("checkbox", name, legend, choices)
}

fn chosen(
    kind: &'static str,
    name: impl Into<String>,
    legend: &'static str,
    choices: Vec<(String, String, bool)>,
) -> AnyView {
    let name = name.into();
    let choices = choices.into_iter().map(|(value, word, taken)| {
        view! {
            <label class="check"><input class="check__input" r#type=kind name=name.clone() value=value checked=taken/><span>{word}</span></label>
        }
    });
    view! { <fieldset class="fieldset"><legend class="fieldset__legend">{legend}</legend><div class="fieldset__choices">{choices.collect_view()}</div></fieldset> }.into_any()
}

/// What is to be settled, above the form: each with a way to its field. Where it concerns none, it stands alone.
pub(crate) fn settle(words: Words, refused: Vec<(Option<impl Into<String>>, String)>) -> Option<impl IntoView> {
    let count = u64::try_from(refused.len()).unwrap_or_default();
    (count > 0).then(|| {
        let items = refused.into_iter().map(|(field, why)| match field {
            Some(field) => view! { <li><a href=format!("#{}", field.into())>{why}</a></li> }.into_any(),
            None => view! { <li>{why}</li> }.into_any(),
        });
        view! {
            <div class="note note--care" role="alert">
                <p class="note__title">{words.to_settle(count)}</p>
                <ul>{items.collect_view()}</ul>
            </div>
        }
    })
}

/// The end of a form that has a text: save it, or see how it will look.
pub(crate) fn save_or_preview(words: Words) -> impl IntoView {
    view! { <p class="actions"><button class="button">{words.save()}</button><button class="button button--second" name="act" value="preview">{words.preview()}</button></p> }
}

/// How the text of a form will look.
pub(crate) fn previewed(words: Words, text: &Text) -> impl IntoView + use<> {
    view! {
        <section class="sheet read" aria-labelledby="preview">
            <h2 class="read__heading" id="preview">{words.preview()}</h2>
            <p class="small quiet">{words.preview_lead()}</p>
            {prose(text)}
        </section>
    }
}

/// Countries by their names, after none: those for which there is a word, and the one that is taken.
pub(crate) fn nation(
    words: Words,
    name: String,
    label: &str,
    taken: &str,
    refused: Option<String>,
) -> impl IntoView + use<> {
    let mut codes: Vec<&str> = Words::COUNTRY_CODES.to_vec();
    if !taken.is_empty() && !codes.contains(&taken) {
        codes.push(taken);
    }
    let mut countries: Vec<_> = codes
        .into_iter()
        .map(|code| (code.to_owned(), Phrase::plain(words.country_name(code)), code == taken))
        .collect();
    sort_by_key(words.0, &mut countries, |(_, name, _)| name.text.as_str());
    countries.insert(0, (String::new(), Phrase::plain(words.no_delegation()), taken.is_empty()));
    select(name, label, countries, refused)
}

/// What was made in the browser can be taken away there: the form of that, for the version that was shown.
pub(crate) fn taking_away(to: String, was: &str, lead: &'static str, word: &'static str) -> impl IntoView + use<> {
    view! {
        <form class="flow section" method="post" action=to>
            <input type="hidden" name="was" value=was.to_owned()/>
            <p>{lead}</p>
            <p class="actions"><button class="button button--second">{word}</button></p>
        </form>
    }
}
