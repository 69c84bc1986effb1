//! `…/translations/{language}` below a seminar, a session, a material, a practice, a challenge and a board: what it
//! says in that language, beside what the original says.

use super::{anchor, standing};
use crate::{
    asked::Asked,
    authors::above,
    edits::{self, Done, Frame, Say, Told, sheet},
    errors::Error,
    forms::{Sent, Typed, Version},
    practices, render,
    seminars::way,
    ui::{Area, Crumb, Line, area, line, save_or_preview, taking_away},
    words::Words,
};
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Response},
};
use content::{
    authors,
    practices::{PARTS, Parts},
    seminars,
    store::Failure,
    things::{Kind, Listed},
    translations::{self, Draft, Editing, Field, Refused, Standing},
};
use jiff::Timestamp;
use language::Language;
use leptos::prelude::*;
use std::borrow::Cow;

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field>;

/// The thing of which a translation is: its seminar, where its address has one, and its slug.
struct Whose {
    kind: Kind,
    seminar: Option<String>,
    slug: String,
    language: String,
}

impl Whose {
    fn of_seminar((seminar, language): (String, String)) -> Self {
        Self { kind: Kind::Seminar, seminar: Some(seminar.clone()), slug: seminar, language }
    }

    fn inside(kind: Kind, (seminar, slug, language): (String, String, String)) -> Self {
        Self { kind, seminar: Some(seminar), slug, language }
    }

    fn written(kind: Kind, (slug, language): (String, String)) -> Self {
        Self { kind, seminar: None, slug, language }
    }

    /// The seminar, the thing, and the language; none where there is no such thing for whoever asks.
    async fn found(&self, asked: &Asked) -> Result<Option<(Listed, Listed, Language)>, Failure> {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let Ok(language) = self.language.parse::<Language>() else { return Ok(None) };
        let found = match &self.seminar {
            None => authors::written(store, viewer, asked.reading, (self.kind, &self.slug)).await?,
            Some(seminar) => {
                let found = seminars::contents(store, viewer, asked.reading, seminar).await?;
                found.and_then(|contents| {
                    let itself = match self.kind {
                        Kind::Seminar => contents.seminar.clone(),
                        kind => contents.find(kind, &self.slug)?.clone(),
                    };
                    Some((contents.seminar, itself))
                })
            }
        };
        Ok(found.map(|(seminar, itself)| (seminar, itself, language)))
    }
}

pub(crate) fn of_seminar() -> impl IntoView {
    page(Whose::of_seminar((render::parameter("seminar"), render::parameter("language"))))
}

pub(crate) fn of_session() -> impl IntoView {
    inside(Kind::Session)
}

pub(crate) fn of_material() -> impl IntoView {
    inside(Kind::Material)
}

pub(crate) fn of_board() -> impl IntoView {
    inside(Kind::Board)
}

fn inside(kind: Kind) -> impl IntoView {
    let at = (render::parameter("seminar"), render::parameter(kind.code()), render::parameter("language"));
    page(Whose::inside(kind, at))
}

pub(crate) fn of_practice() -> impl IntoView {
    page(Whose::written(Kind::Practice, (render::parameter("practice"), render::parameter("language"))))
}

pub(crate) fn of_challenge() -> impl IntoView {
    page(Whose::written(Kind::Challenge, (render::parameter("challenge"), render::parameter("language"))))
}

fn page(whose: Whose) -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let Some((seminar, itself, language)) = whose.found(&asked).await? else { return Ok(None) };
            let found = translations::editing(&asked.store, &asked.viewer, &seminar, &itself, language).await?;
            Ok(found.map(|editing| draw(&asked, (&seminar, &itself, language), editing, again)))
        },
        render::nowhere_else,
    )
}

/// Handlers of the forms of each kind: what is typed, and what is taken away.
macro_rules! forms {
    ($($post:ident, $remove:ident: $path:ty => $whose:expr;)*) => {
        $(
            pub(super) async fn $post(Extension(asked): Extension<Asked>, Path(at): Path<$path>, sent: Sent) -> Response {
                sent_for(asked, ($whose)(at), &sent).await
            }

            pub(super) async fn $remove(
                Extension(asked): Extension<Asked>,
                Path(at): Path<$path>,
                Typed(Version { was }): Typed<Version>,
            ) -> Response {
                removed(asked, ($whose)(at), &was).await
            }
        )*
    };
}

forms! {
    seminar, remove_seminar: (String, String) => Whose::of_seminar;
    session, remove_session: (String, String, String) => |at| Whose::inside(Kind::Session, at);
    material, remove_material: (String, String, String) => |at| Whose::inside(Kind::Material, at);
    board, remove_board: (String, String, String) => |at| Whose::inside(Kind::Board, at);
    practice, remove_practice: (String, String) => |at| Whose::written(Kind::Practice, at);
    challenge, remove_challenge: (String, String) => |at| Whose::written(Kind::Challenge, at);
}

/// Where the translations of a thing are listed.
fn back(seminar: &Listed, itself: &Listed) -> String {
    format!("{}/translations#{}", seminar.place.path(), anchor(itself.place.kind, &itself.place.slug))
}

/// What the form always sends: where one of these is missing, it was not all of it.
const WHOLE: [&str; 6] = ["was", "of", "title", "summary", "objective", "text"];

async fn sent_for(asked: Asked, whose: Whose, sent: &Sent) -> Response {
    if !sent.has(&WHOLE) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    let text = sent.text("text");
    let bare = whose.kind == Kind::Practice && whose.language.parse().is_ok_and(|language| is_bare(&text, language));
    let draft = Draft {
        of: sent.value("of").parse().unwrap_or_default(),
        title: sent.value("title"),
        summary: sent.text("summary"),
        objective: sent.text("objective"),
        text: if bare { String::new() } else { text },
        // Whoever sends it has read it.
        read: true,
    };
    let was = sent.value("was");
    let mut to = String::new();
    let done = async {
        let Some((seminar, itself, language)) = whose.found(&asked).await? else { return Ok(Done::Nowhere) };
        to = back(&seminar, &itself);
        if sent.field("act") == Some("preview") {
            return Ok(Done::preview(&draft.text, language, Field::Text));
        }
        let typed = (was.as_str(), &draft);
        let (store, viewer) = (&asked.store, &asked.viewer);
        let saved = translations::edit(store, viewer, &seminar, &itself, language, typed, Timestamp::now()).await?;
        Ok(Done::from(saved))
    };
    let done = done.await;
    edits::answer(asked, done, (draft, was, ()), |_| to).await
}

async fn removed(asked: Asked, whose: Whose, was: &str) -> Response {
    let (mut to, mut form) = (String::new(), String::new());
    let removed = async {
        let Some((seminar, itself, language)) = whose.found(&asked).await? else { return Ok(Err(Refused::Forbidden)) };
        to = back(&seminar, &itself);
        form = format!("{}/translations/{}", itself.place.path(), language.code());
        let (store, viewer) = (&asked.store, &asked.viewer);
        translations::remove(store, viewer, &seminar, &itself, language, was, Timestamp::now()).await
    };
    let removed = removed.await;
    edits::taken_away(asked, removed, (&to, &form)).await
}

fn draw(
    asked: &Asked,
    (seminar, itself, language): (&Listed, &Listed, Language),
    Editing { draft: shown, original, standing: is }: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let there = !shown.title.is_empty();
    let remove = there.then(|| {
        let to = format!("{}/translations/{}/remove", itself.place.path(), language.code());
        let was = content::edits::version(&shown);
        taking_away(to, &was, words.remove_translation_lead(), words.remove_translation())
    });
    // Whoever saves again has seen the original as it is now, and is told so.
    let (of, moved) = match &again {
        Some(Again { draft, say: Say::Changed(_), .. }) => (shown.of, draft.of != shown.of),
        Some(Again { draft, .. }) => (draft.of, false),
        None => (shown.of, false),
    };
    let moved = moved.then(|| view! { <p role="alert"><strong>{words.translation_outdated()}</strong></p> });
    let kind = itself.place.kind;
    let (frame, _) = Frame::of(words, &kind, shown, again);
    let (draft, why) = (&frame.draft, |field| frame.why(field));
    let (lang, from) = (Some(language.code()), Some(itself.language.code()));
    let called = if language == Language::Serbian { words.serbian_cyrillic() } else { words.language_name(language) };
    let title = words.translate_into(called);
    let mut to: Vec<Crumb> = match kind {
        Kind::Practice | Kind::Challenge => vec![above(words, kind)],
        _ => way(words, seminar, Vec::new()),
    };
    if kind != Kind::Seminar {
        to.push((itself.title.text.clone(), itself.title.lang, Some(itself.place.path())));
    }
    to.push((words.translations().to_owned(), None, Some(back(seminar, itself))));
    // What stands in the original, above the field for it: nothing where that is empty.
    let beside = |says: &str, id: &'static str, field: AnyView| {
        let group = (!says.is_empty()).then_some("group");
        let says = group.map(|_| {
            let says: Vec<_> = says.lines().map(|line| view! { <p lang=from>{line.to_owned()}</p> }).collect();
            view! { <div class="original" id=id>{says}</div> }
        });
        view! { <div class="beside" role=group aria-labelledby=group.map(|_| id)>{says}{field}</div> }
    };
    let title_of = Line {
        name: "title",
        label: frame.label(Field::Title).to_owned(),
        fill: "off",
        value: draft.title.clone(),
        refused: why(Field::Title),
        lang,
        ..Line::default()
    };
    let of_area = |field: Field, name: &'static str, value: &str, hint: Option<&'static str>| {
        let (label, value, refused) = (frame.label(field).to_owned(), value.to_owned(), why(field));
        area(Area { name, label, hint, value, refused, lang, ..Area::default() }).into_any()
    };
    let source = (!original.text.is_empty()).then(|| {
        area(Area {
            name: "original",
            label: words.text_in(words.language_name(itself.language)),
            value: original.text.clone(),
            fixed: true,
            lang: from,
            ..Area::default()
        })
    });
    // The fixed parts of a practice have headings of their own in each language, and names that links go to.
    let bare = is == Standing::Missing && kind == Kind::Practice && draft.text.is_empty();
    let value = if bare { headed(&original.text, language) } else { draft.text.clone() };
    let text = Area {
        name: "text",
        label: words.text_in(called),
        hint: Some(words.text_hint()),
        value,
        refused: why(Field::Text),
        lang,
        ..Area::default()
    };
    let hint = (kind == Kind::Seminar).then(|| words.one_in_a_line());
    let objective = (!original.objective.is_empty() || !draft.objective.is_empty())
        .then(|| of_area(Field::Objective, "objective", &draft.objective, hint));
    let objective = objective.unwrap_or_else(|| view! { <input type="hidden" name="objective" value=""/> }.into_any());
    let inside = view! {
        <form class="flow flow--loose" method="post" novalidate>
            {frame.top(&draft.title, None)}
            {moved}
            <input type="hidden" name="of" value=of.to_string()/>
            <p>{words.translation_lead(standing(words, is))}</p>
            {save_or_preview(words)}
            {beside(&original.title, "of-title", line(title_of).into_any())}
            {beside(&original.summary, "of-summary", of_area(Field::Summary, "summary", &draft.summary, None))}
            {beside(&original.objective, "of-objective", objective)}
            <div class="beside">{source}{area(text)}</div>
            {save_or_preview(words)}
        </form>
        {remove}
    };
    sheet(asked, to, title, inside)
}

/// The headings, in a language, of the fixed parts that a practice has, with nothing below them.
fn headed(text: &str, language: Language) -> String {
    let parts = Parts::of(text).parts;
    let there = headings(language).into_iter().zip(parts).filter(|(_, part)| !part.is_empty());
    there.map(|(heading, _)| format!("{heading}\n\n")).collect()
}

/// Whether nobody has written anything below those headings.
fn is_bare(text: &str, language: Language) -> bool {
    let headings = headings(language);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).all(|line| headings.iter().any(|one| one == line))
}

/// The headings of all fixed parts of a practice, as they are written.
fn headings(language: Language) -> Vec<String> {
    let called = practices::edit::headings(language);
    called.into_iter().zip(PARTS).map(|(called, name)| format!("## {called} {{#{name}}}")).collect()
}

impl Told for Field {
    type Draft = Draft;
    type Around = Kind;

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Objective => "objective",
            Self::Text => "text",
        };
        name.into()
    }

    fn label(self, words: Words, of: &Kind) -> &'static str {
        match self {
            Self::Objective if *of == Kind::Seminar => words.why_we_met(),
            Self::Title => words.spot_title(),
            Self::Summary => words.spot_summary(),
            Self::Objective => words.objective(),
            Self::Text => words.spot_text(),
        }
    }

    fn says(self, _: Words, draft: &Draft, _: &Kind) -> String {
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
            Self::Objective => draft.objective.clone(),
            Self::Text => draft.text.clone(),
        }
    }
}
