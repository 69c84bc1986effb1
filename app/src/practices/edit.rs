//! `/practices/{practice}/edit` and `/seminars/{seminar}/practices/new`: what a practice says.

use crate::{
    asked::Asked,
    authors::{above, home, in_language, is_former},
    edits::{self, Done, Frame, Home, Say, Told, listed, marked, sheet},
    errors::Error,
    forms::{Sent, Typed, Version},
    people::voices,
    render, seminars, translations,
    ui::{Area, Line, area, choices, line, save_or_preview, select, taking_away},
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    authors,
    people::Role,
    practices::{self, Draft, Editing, Field, Maturity, PARTS, Parts, Refused},
    texts::Phrase,
    things::{Kind, Listed},
};
use jiff::Timestamp;
use language::Language;
use leptos::prelude::*;
use std::borrow::Cow;

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field, Home>;

pub(crate) fn edit() -> impl IntoView {
    page(None, Some(render::parameter("practice")))
}

pub(crate) fn new() -> impl IntoView {
    page(Some(render::parameter("seminar")), None)
}

fn page(seminar: Option<String>, practice: Option<String>) -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let (seminar, practice) = Again::place(again.as_ref(), seminar, practice);
            let Some((seminar, itself)) = home(&asked, Kind::Practice, seminar.as_deref(), practice.as_deref()).await?
            else {
                return Ok(None);
            };
            let (store, viewer) = (&asked.store, &asked.viewer);
            let found = practices::editing(store, viewer, asked.reading, &seminar, itself.as_ref()).await?;
            Ok(found.map(|editing| draw(&asked, &seminar, itself.as_ref(), editing, again)))
        },
        render::nowhere_else,
    )
}

/// Has a practice say what was typed.
pub(super) async fn post(Extension(asked): Extension<Asked>, Path(practice): Path<String>, sent: Sent) -> Response {
    sent_for(asked, None, Some(&practice), &sent).await
}

/// Begins a practice.
pub(super) async fn post_new(Extension(asked): Extension<Asked>, Path(seminar): Path<String>, sent: Sent) -> Response {
    sent_for(asked, Some(&seminar), None, &sent).await
}

/// What the form always sends: where one of these is missing, it was not all of it.
const WHOLE: [&str; 6] = ["was", "title", "summary", "evidence", "maturity", "valid-until"];

async fn sent_for(asked: Asked, seminar: Option<&str>, practice: Option<&str>, sent: &Sent) -> Response {
    if !sent.has(&WHOLE) || !sent.has(&PARTS) || !voices::are_whole(sent) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    let (draft, was) = (read(sent), sent.value("was"));
    let done = async {
        let Some((seminar, itself)) = home(&asked, Kind::Practice, seminar, practice).await? else {
            return Ok(Done::Nowhere);
        };
        let (store, viewer, typed) = (&asked.store, &asked.viewer, (was.as_str(), &draft));
        if is_former(itself.as_ref(), practice) {
            let now = practices::editing(store, viewer, asked.reading, &seminar, itself.as_ref()).await?;
            return Ok(now.map_or(Done::Nowhere, |now| Done::Said(Say::Changed(now.draft.into()))));
        }
        let language = match &itself {
            Some(practice) if !practice.draft => practice.language,
            _ => draft.language(seminar.language),
        };
        if sent.field("act") == Some("preview") {
            let text = draft.parts.onto(&Parts::default(), "", &headings(language));
            return Ok(Done::preview(&text, language, Field::Part(0)));
        }
        let saved =
            practices::edit(store, viewer, &seminar, itself.as_ref(), typed, headings, Timestamp::now()).await?;
        Ok(Done::from(saved))
    };
    let done = done.await.map(|done| done.or_gone(practice.is_some()));
    edits::answer(asked, done, (draft, was, Home(sent.value("seminar"))), |slug| format!("/practices/{slug}")).await
}

fn read(sent: &Sent) -> Draft {
    Draft {
        title: sent.value("title"),
        summary: sent.text("summary"),
        parts: Parts { opening: sent.text("opening"), parts: PARTS.map(|name| sent.text(name)) },
        evidence: sent.text("evidence"),
        maturity: sent.value("maturity"),
        valid_until: sent.value("valid-until"),
        countries: sent.all("countries").map(str::to_owned).collect(),
        themes: sent.all("themes").map(str::to_owned).collect(),
        answers: sent.all("answers").map(str::to_owned).collect(),
        contributors: voices::read(sent),
    }
}

/// Takes a practice away.
pub(super) async fn remove(
    Extension(asked): Extension<Asked>,
    Path(practice): Path<String>,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let removed = async {
        let (store, viewer) = (&asked.store, &asked.viewer);
        // Under the name that it has, and under none that it had: it may have been published since.
        let found = authors::written(store, viewer, asked.reading, (Kind::Practice, &practice)).await?;
        let Some((seminar, itself)) = found else { return Ok(Err(Refused::Forbidden)) };
        practices::remove(store, viewer, &seminar, &itself, &was, Timestamp::now()).await
    };
    let removed = removed.await;
    edits::taken_away(asked, removed, ("/practices", &format!("/practices/{practice}/edit"))).await
}

fn draw(
    asked: &Asked,
    seminar: &Listed,
    practice: Option<&Listed>,
    editing: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let Editing { draft: shown, removable, people, challenges } = editing;
    let remove = practice.filter(|_| removable).map(|practice| {
        let to = format!("{}/remove", practice.place.path());
        taking_away(to, &content::edits::version(&shown), words.remove_note_lead(), words.remove_practice())
    });
    let opens = !shown.parts.opening.is_empty();
    let (frame, _) = Frame::of(words, &challenges, shown, again);
    let (draft, why) = (&frame.draft, |field| frame.why(field));
    let to = match practice {
        Some(practice) => format!("{}/edit", practice.place.path()),
        None => format!("{}/practices/new", seminar.place.path()),
    };
    let language = practice.map_or(seminar.language, |practice| practice.language);
    let lang = practice.map(|_| language.code());
    let small = |note: &'static str| view! { <p class="small quiet">{note}</p> }.into_any();
    let note = match practice {
        None => small(words.saved_as_draft()),
        Some(this) if this.draft => small(words.your_draft_lead()),
        Some(this) => translations::note(words, seminar, this).into_any(),
    };
    let of_area = |field: Field, name: &'static str, value: &str, hint: Option<&'static str>| {
        let (label, value, refused) = (frame.label(field).to_owned(), value.to_owned(), why(field));
        area(Area { name, label, hint, value, refused, lang, ..Area::default() })
    };
    let opening = (opens || !draft.parts.opening.is_empty())
        .then(|| of_area(Field::Opening, "opening", &draft.parts.opening, Some(words.text_hint())));
    let parts: Vec<_> = PARTS
        .iter()
        .zip(&draft.parts.parts)
        .enumerate()
        .map(|(at, (name, value))| {
            of_area(Field::Part(at), name, value, (at == 0 && opening.is_none()).then(|| words.text_hint()))
        })
        .collect();
    let valid_until = Line {
        name: "valid-until",
        label: frame.label(Field::ValidUntil).to_owned(),
        // A date that cannot be read could not be shown by a field that is for one.
        kind: if why(Field::ValidUntil).is_some() { "text" } else { "date" },
        fill: "off",
        value: draft.valid_until.clone(),
        refused: why(Field::ValidUntil),
        ..Line::default()
    };
    let answers = choices("answers", words.answers(), answers(&challenges, &draft.answers));
    let answers = (!challenges.is_empty()).then(|| marked("answers", why(Field::Answers), answers));
    let voices = voices::fields(words, &draft.contributors, &people, Role::Author, &|row, with| {
        why(if with { Field::Contribution(row) } else { Field::Contributor(row) })
    });
    let title = if practice.is_some() { words.edit_practice() } else { words.write_practice() };
    let way = match practice {
        Some(this) => {
            vec![above(words, Kind::Practice), (this.title.text.clone(), this.title.lang, Some(this.place.path()))]
        }
        None => seminars::way(words, seminar, Vec::new()),
    };
    let maturity =
        select("maturity".to_owned(), words.maturity(), maturities(words, &draft.maturity), why(Field::Maturity));
    let inside = view! {
        <form class="flow flow--loose" method="post" action=to novalidate>
            {frame.top(&draft.title, None)}
            <input type="hidden" name="seminar" value=seminar.place.slug.clone()/>
            {save_or_preview(words)}
            {note}
            {line(Line { name: "title", label: words.spot_title().to_owned(), fill: "off", value: draft.title.clone(), refused: why(Field::Title), ..Line::default() })}
            {of_area(Field::Summary, "summary", &draft.summary, None)}
            {opening}
            {parts}
            {of_area(Field::Evidence, "evidence", &draft.evidence, None)}
            <div class="abreast">{maturity}{line(valid_until)}</div>
            {edits::countries(words, words.tried_in(), seminar, &draft.countries).map(|list| marked("countries", why(Field::Countries), list))}
            {marked("themes", why(Field::Themes), choices("themes", words.themes(), edits::themes(words, &draft.themes)))}
            {answers}
            {voices}
            {save_or_preview(words)}
        </form>
        {remove}
    };
    sheet(asked, way, title.to_owned(), inside)
}

fn maturities(words: Words, taken: &str) -> Vec<(String, Phrase, bool)> {
    let none = (String::new(), Phrase::plain(words.maturity_none()), taken.is_empty());
    let all = Maturity::ALL
        .iter()
        .map(|one| (one.code().to_owned(), Phrase::plain(words.maturity_word(*one)), one.code() == taken));
    std::iter::once(none).chain(all).collect()
}

fn answers(challenges: &[Listed], taken: &[String]) -> Vec<(String, String, bool)> {
    let is_taken = |slug: &String| taken.contains(slug);
    let known =
        challenges.iter().map(|one| (one.place.slug.clone(), one.title.text.clone(), is_taken(&one.place.slug)));
    // One that is answered and not to be chosen stays, under what is known of it.
    let others = taken.iter().filter(|slug| !challenges.iter().any(|one| one.place.slug == **slug));
    known.chain(others.map(|slug| (slug.clone(), slug.clone(), true))).collect()
}

/// What the fixed parts are called in a language.
pub(crate) fn headings(language: Language) -> [&'static str; PARTS.len()] {
    let words = in_language(language);
    std::array::from_fn(|at| part(words, at))
}

fn part(words: Words, at: usize) -> &'static str {
    match at {
        0 => words.part_context(),
        1 => words.part_done(),
        2 => words.part_results(),
        3 => words.part_conditions(),
        4 => words.part_lessons(),
        _ => words.part_cost(),
    }
}

impl Told for Field {
    type Draft = Draft;
    type Around = Vec<Listed>;

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Opening => "opening",
            Self::Part(at) => PARTS[at],
            Self::Evidence => "evidence",
            Self::Maturity => "maturity",
            Self::ValidUntil => "valid-until",
            Self::Countries => "countries",
            Self::Themes => "themes",
            Self::Answers => "answers",
            Self::Contributor(row) => return format!("person-{row}").into(),
            Self::Contribution(row) => return format!("with-{row}").into(),
        };
        name.into()
    }

    fn label(self, words: Words, _: &Vec<Listed>) -> &'static str {
        match self {
            Self::Title => words.spot_title(),
            Self::Summary => words.spot_summary(),
            Self::Opening => words.before_the_parts(),
            Self::Part(at) => part(words, at),
            Self::Evidence => words.evidence_question(),
            Self::Maturity => words.maturity(),
            Self::ValidUntil => words.read_again_on(),
            Self::Countries => words.tried_in(),
            Self::Themes => words.themes(),
            Self::Answers => words.answers(),
            Self::Contributor(_) => words.contributors(),
            Self::Contribution(_) => words.contribution(),
        }
    }

    fn says(self, words: Words, draft: &Draft, challenges: &Vec<Listed>) -> String {
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
            Self::Opening => draft.parts.opening.clone(),
            Self::Part(at) => draft.parts.parts[at].clone(),
            Self::Evidence => draft.evidence.clone(),
            Self::Maturity => {
                let maturity = draft.maturity.parse::<Maturity>();
                maturity.map_or(words.maturity_none(), |maturity| words.maturity_word(maturity)).to_owned()
            }
            Self::ValidUntil => draft.valid_until.clone(),
            Self::Countries => listed(&draft.countries, |code| words.country_name(code)),
            Self::Themes => listed(&draft.themes, |theme| words.theme_name(theme)),
            Self::Answers => listed(&draft.answers, |slug| {
                let known = challenges.iter().find(|one| one.place.slug == slug);
                known.map_or_else(|| slug.to_owned(), |one| one.title.text.clone())
            }),
            // One line for all of them, at the first.
            Self::Contributor(0) => voices::told(words, &draft.contributors),
            Self::Contributor(_) | Self::Contribution(_) => String::new(),
        }
    }

    fn odd(self, words: Words) -> String {
        match self {
            Self::ValidUntil => words.fault_day("2026-12-06"),
            _ => words.fault_odd().to_owned(),
        }
    }
}
