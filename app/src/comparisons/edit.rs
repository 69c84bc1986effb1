//! `/seminars/{seminar}/comparison/edit`, `…/new` and `…/{topic}/edit`: what a comparison is called, and its rows.

use crate::{
    accounts::moment,
    asked::Asked,
    edits::{self, Done, Frame, Say, Told, listed, marked, sheet},
    errors::Error,
    forms::{Sent, Typed, Version},
    render, seminars,
    ui::{
        Area, Line, PhraseView, area, cell, cell_area, certainty, choices, in_its_language, line, select, taking_away,
        written,
    },
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    comparisons::{self, Confidence, Draft, Field, Heading, HeadingField, Refused, Said, Topic, Typed as Written},
    seminars as events,
    store::Failure,
    texts::Phrase,
    things::Listed,
};
use jiff::Timestamp;
use language::Language;
use leptos::prelude::*;
use std::borrow::Cow;

type Again = edits::Again<Field>;
type HeadingAgain = edits::Again<HeadingField>;

async fn seminar(asked: &Asked, slug: &str) -> Result<Option<Listed>, Failure> {
    events::listed(&asked.store, &asked.viewer, asked.reading, slug).await
}

/// The form of what a comparison is called.
pub(crate) fn heading() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    let again = use_context::<HeadingAgain>();
    render::answer(
        move |asked| async move {
            let Some(seminar) = seminar(&asked, &slug).await? else { return Ok(None) };
            let found = comparisons::heading(&asked.store, &asked.viewer, &seminar).await?;
            Ok(found.map(|heading| draw_heading(&asked, &seminar, heading, again)))
        },
        render::nowhere_else,
    )
}

/// Has a comparison be called what was typed, or begins it.
pub(super) async fn post_heading(Extension(asked): Extension<Asked>, Path(slug): Path<String>, sent: Sent) -> Response {
    if !sent.has(&["was", "title", "summary"]) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    let (heading, was) = (Heading { title: sent.value("title"), summary: sent.text("summary") }, sent.value("was"));
    let done = async {
        let Some(seminar) = seminar(&asked, &slug).await? else { return Ok(Done::Nowhere) };
        let typed = (was.as_str(), &heading);
        let saved = comparisons::set_heading(&asked.store, &asked.viewer, &seminar, typed, Timestamp::now()).await?;
        Ok(Done::from(saved))
    };
    let done = done.await;
    edits::answer(asked, done, (heading, was, ()), |_| page(&slug)).await
}

fn page(seminar: &str) -> String {
    format!("/seminars/{seminar}/comparison")
}

fn draw_heading(asked: &Asked, seminar: &Listed, shown: Heading, again: Option<HeadingAgain>) -> impl IntoView + use<> {
    let words = asked.words();
    let begun = !shown.title.is_empty();
    let (frame, _) = Frame::of(words, &(), shown, again);
    let (draft, why) = (&frame.draft, |field| frame.why(field));
    let title = if begun { words.edit_comparison() } else { words.begin_comparison() };
    let lang = Some(seminar.language.code());
    let inside = view! {
        <form class="flow flow--loose" method="post" action=format!("{}/edit", page(&seminar.place.slug)) novalidate>
            {frame.top(&draft.title, None)}
            {line(Line { name: "title", label: words.spot_title().to_owned(), fill: "off", value: draft.title.clone(), refused: why(HeadingField::Title), ..Line::default() })}
            {area(Area { name: "summary", label: words.spot_summary().to_owned(), value: draft.summary.clone(), refused: why(HeadingField::Summary), lang, ..Area::default() })}
            <p class="actions"><button class="button">{words.save()}</button></p>
        </form>
    };
    sheet(asked, way(words, seminar), title.to_owned(), inside)
}

fn way(words: Words, seminar: &Listed) -> Vec<crate::ui::Crumb> {
    let comparison = (words.comparison().to_owned(), None, Some(page(&seminar.place.slug)));
    seminars::way(words, seminar, vec![comparison])
}

pub(crate) fn edit() -> impl IntoView {
    row(Some(render::parameter("topic")))
}

pub(crate) fn new() -> impl IntoView {
    row(None)
}

fn row(topic: Option<String>) -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let Some(seminar) = seminar(&asked, &slug).await? else { return Ok(None) };
            let (store, viewer) = (&asked.store, &asked.viewer);
            // What is gone is made anew.
            let topic = topic.filter(|_| !Again::is_gone(again.as_ref()));
            let Some((draft, language)) = comparisons::editing(store, viewer, &seminar, topic.as_deref()).await? else {
                return Ok(None);
            };
            let told = match &topic {
                Some(topic) => comparisons::history(store, viewer, &seminar, topic).await?,
                None => Vec::new(),
            };
            Ok(Some(draw(&asked, (&seminar, language), (topic, draft, told), again)))
        },
        render::nowhere_else,
    )
}

/// Adds a row.
pub(super) async fn post_new(Extension(asked): Extension<Asked>, Path(slug): Path<String>, sent: Sent) -> Response {
    sent_for(asked, &slug, None, &sent).await
}

/// Has a row say what was typed.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path((slug, topic)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    sent_for(asked, &slug, Some(&topic), &sent).await
}

async fn sent_for(asked: Asked, slug: &str, topic: Option<&str>, sent: &Sent) -> Response {
    let Some(mut draft) = read(sent).filter(|_| sent.has(&["was", "title", "end"])) else {
        return render::error(asked, Error::Unreadable).await.into_response();
    };
    let was = sent.value("was");
    let done = async {
        let Some(seminar) = seminar(&asked, slug).await? else { return Ok(Done::Nowhere) };
        let typed = (was.as_str(), &draft);
        let saved = comparisons::edit(&asked.store, &asked.viewer, &seminar, topic, typed, Timestamp::now()).await?;
        Ok(Done::from(saved))
    };
    let done = done.await.map(|done| done.or_gone(topic.is_some()));
    if let Ok(Done::Said(Say::Changed(now))) = &done {
        // Of what others have said meanwhile nothing is lost by saving once more.
        let said: Vec<String> = draft.cells.iter().flat_map(|cell| cell.countries.clone()).collect();
        let more = now.cells.iter().filter(|cell| !cell.text.is_empty());
        draft.cells.extend(more.filter(|cell| cell.countries.iter().all(|code| !said.contains(code))).cloned());
    }
    edits::answer(asked, done, (draft, was, ()), |_| match topic {
        Some(topic) => format!("{}#{topic}", page(slug)),
        None => page(slug),
    })
    .await
}

/// None: a cell was not sent whole.
fn read(sent: &Sent) -> Option<Draft> {
    let cells = (0..).map_while(|at| {
        let text = format!("text-{at}");
        sent.field(&text)?;
        let of = |name: &str| sent.field(&format!("{name}-{at}")).map(str::to_owned);
        let cell = || {
            Some(Written {
                countries: sent.all(&format!("countries-{at}")).map(str::to_owned).collect(),
                text: sent.text(&text),
                confidence: of("sure")?,
                source: of("source")?,
                date: of("date")?,
            })
        };
        Some(cell())
    });
    Some(Draft { title: sent.value("title"), cells: cells.collect::<Option<_>>()? })
}

/// Takes a row away.
pub(super) async fn remove(
    Extension(asked): Extension<Asked>,
    Path((slug, topic)): Path<(String, String)>,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let removed = async {
        let Some(seminar) = seminar(&asked, &slug).await? else { return Ok(Err(Refused::Forbidden)) };
        comparisons::remove(&asked.store, &asked.viewer, &seminar, &topic, &was, Timestamp::now()).await
    };
    let removed = removed.await;
    let to = page(&slug);
    edits::taken_away(asked, removed, (&to, &format!("{to}/{topic}/edit"))).await
}

fn draw(
    asked: &Asked,
    (seminar, language): (&Listed, Language),
    (topic, shown, told): (Option<String>, Draft, Vec<Said>),
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let page = page(&seminar.place.slug);
    let remove = topic.as_ref().map(|topic| {
        let version = content::edits::version(&shown);
        taking_away(format!("{page}/{topic}/remove"), &version, words.remove_row_lead(), words.remove_row())
    });
    let to = match &topic {
        Some(topic) => format!("{page}/{topic}/edit"),
        None => format!("{page}/new"),
    };
    let title = if topic.is_some() { words.edit_row() } else { words.add_row() };
    let before: Vec<Vec<String>> = shown.cells.iter().map(|cell| cell.countries.clone()).collect();
    let (frame, _) = Frame::of(words, &(), shown, again);
    let draft = &frame.draft;
    let cells =
        draft.cells.iter().enumerate().map(|(at, typed)| {
            of_cell(words, (seminar, language), (at, typed, before.get(at)), |field| frame.why(field))
        });
    let cells: Vec<_> = cells.collect();
    let inside = view! {
        <form class="flow flow--loose" method="post" action=to novalidate>
            {frame.top(&draft.title, None)}
            {in_its_language(words, language)}
            {line(Line { name: "title", label: words.row_title().to_owned(), fill: "off", value: draft.title.clone(), refused: frame.why(Field::Title), ..Line::default() })}
            {cells}
            <input type="hidden" name="end" value="end"/>
            <p class="actions"><button class="button">{words.save()}</button></p>
        </form>
        {history(words, language, told)}
        {remove}
    };
    sheet(asked, way(words, seminar), title.to_owned(), inside)
}

/// The fields of a cell.
fn of_cell(
    words: Words,
    (seminar, language): (&Listed, Language),
    (at, typed, before): (usize, &Written, Option<&Vec<String>>),
    why: impl Fn(Field) -> Option<String>,
) -> AnyView {
    let name = |field: Field| field.name().into_owned();
    let others = typed.countries.iter().filter(|code| !seminar.countries.contains(code));
    let countries = seminar.countries.iter().chain(others);
    let countries = countries.map(|code| (code.clone(), words.country_name(code), typed.countries.contains(code)));
    // What a group is called does not change while one chooses in it.
    let of = listed(before.unwrap_or(&typed.countries), |code| words.country_name(code));
    let sure = Confidence::ALL.iter().map(|is| {
        let word = Phrase::plain(certainty(words, *is));
        (is.code().to_owned(), word, is.code() == typed.confidence)
    });
    let text = cell_area(
        name(Field::Text(at)),
        words.row_text(),
        words.row_text_hint(),
        (typed.text.clone(), language.code()),
        why(Field::Text(at)),
    );
    view! {
        <fieldset class="fieldset flow"><legend class="fieldset__legend">{of}</legend>
            {marked(name(Field::Countries(at)), why(Field::Countries(at)), choices(format!("countries-{at}"), words.row_countries(), countries.collect()))}
            {text}
            <div class="abreast">
                {select(name(Field::Confidence(at)), words.row_sure(), sure.collect(), why(Field::Confidence(at)))}
                {cell(name(Field::Source(at)), words.row_source(), "text", typed.source.clone(), why(Field::Source(at)))}
                {cell(name(Field::Date(at)), words.row_date(), "date", typed.date.clone(), why(Field::Date(at)))}
            </div>
        </fieldset>
    }
    .into_any()
}

/// What a row said before it was changed, the last change first.
fn history(words: Words, language: Language, told: Vec<Said>) -> Option<impl IntoView + use<>> {
    let items = told.into_iter().map(|said| {
        let Said { at, by, before, after } = said;
        let what = before.is_none().then(|| words.row_added());
        let by = by.unwrap_or_else(|| words.former_member().to_owned());
        let lines = before.map(|before| said_before(words, language, &before, &after));
        view! {
            <li class="ledger__item">
                <p class="ledger__meta"><span>{moment(words, at)}</span><span>{by}</span>{what.map(|what| view! { <span>{what}</span> })}</p>
                {lines.map(|lines| view! { <ul class="ledger__says">{lines}</ul> })}
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! { <section class="flow section" aria-labelledby="before"><h2 id="before">{words.row_history()}</h2><ul class="ledger">{items}</ul></section> }
    })
}

/// What it said that it does not say afterwards.
fn said_before(words: Words, language: Language, before: &Topic, after: &Topic) -> Vec<AnyView> {
    let mut lines = Vec::new();
    if after.title != before.title {
        lines.push(view! { <li>{written(words, language, &before.title).view()}</li> }.into_any());
    }
    for cell in before.cells.iter().filter(|cell| !after.cells.contains(cell)) {
        let countries = listed(&cell.countries, |code| words.country_name(code));
        let date = cell.date.map(|date| words.date(date));
        let source = cell.source.as_deref().map(|source| written(words, language, source).view());
        lines.push(
            view! {
                <li>
                    <strong>{countries}": "</strong>{written(words, language, &cell.text).view()}
                    " ("{certainty(words, cell.confidence)}{source.map(|source| view! { ", "{source} })}{date.map(|date| format!(", {date}"))}")"
                </li>
            }
            .into_any(),
        );
    }
    // What was added is all that changed.
    if lines.is_empty() {
        let added = after.cells.iter().filter(|cell| !before.cells.contains(cell));
        let countries: Vec<String> = added.flat_map(|cell| cell.countries.clone()).collect();
        let said = format!("{}: {}", words.row_added(), listed(&countries, |code| words.country_name(code)));
        lines.push(view! { <li>{said}</li> }.into_any());
    }
    lines
}

impl Told for HeadingField {
    type Draft = Heading;
    type Around = ();

    fn name(self) -> Cow<'static, str> {
        match self {
            Self::Title => "title".into(),
            Self::Summary => "summary".into(),
        }
    }

    fn label(self, words: Words, (): &()) -> &'static str {
        match self {
            Self::Title => words.spot_title(),
            Self::Summary => words.spot_summary(),
        }
    }

    fn says(self, _: Words, draft: &Heading, (): &()) -> String {
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
        }
    }
}

impl Told for Field {
    type Draft = Draft;
    type Around = ();

    fn name(self) -> Cow<'static, str> {
        match self {
            Self::Title => "title".into(),
            Self::Countries(at) => format!("countries-of-{at}").into(),
            Self::Text(at) => format!("text-{at}").into(),
            Self::Confidence(at) => format!("sure-{at}").into(),
            Self::Source(at) => format!("source-{at}").into(),
            Self::Date(at) => format!("date-{at}").into(),
        }
    }

    fn label(self, words: Words, (): &()) -> &'static str {
        match self {
            Self::Title => words.row_title(),
            Self::Countries(_) => words.row_countries(),
            Self::Text(_) => words.row_text(),
            Self::Confidence(_) => words.row_sure(),
            Self::Source(_) => words.row_source(),
            Self::Date(_) => words.row_date(),
        }
    }

    fn says(self, words: Words, draft: &Draft, (): &()) -> String {
        let of = |at: usize, says: fn(&Written) -> &String| draft.cells.get(at).map(says).cloned().unwrap_or_default();
        match self {
            Self::Title => draft.title.clone(),
            Self::Countries(at) => draft
                .cells
                .get(at)
                .map(|cell| listed(&cell.countries, |code| words.country_name(code)))
                .unwrap_or_default(),
            Self::Text(at) => of(at, |cell| &cell.text),
            Self::Confidence(at) => of(at, |cell| &cell.confidence)
                .parse()
                .map_or_else(|()| String::new(), |is| certainty(words, is).to_owned()),
            Self::Source(at) => of(at, |cell| &cell.source),
            Self::Date(at) => of(at, |cell| &cell.date),
        }
    }

    fn odd(self, words: Words) -> String {
        match self {
            Self::Countries(_) => words.row_twice().to_owned(),
            Self::Date(_) => words.fault_day("2026-12-06"),
            _ => words.fault_odd().to_owned(),
        }
    }
}
