//! `/seminars/{seminar}/materials/{material}/edit` and `/seminars/{seminar}/materials/new`: what a material says and holds.

use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Typed, Version},
    render,
    seminars::way,
    ui::{
        Area, Crumb, Head, Line, area, crumbs, document, file, hidden_area, leaf, line, previewed, save_or_preview,
        select, settle, taking_away,
    },
    words::Words,
};
use axum::{
    Extension,
    extract::{FromRequest, Multipart, Path, Request, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    edits,
    folder::FILE_MOST,
    materials::{self, Attachment, Draft, Editing, Fault, Field, Refused, Unfit, Upload},
    seminars::{self, Contents},
    store::{Failure, Store},
    texts::{Phrase, Text},
    things::Kind,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// What was typed, and what there is to say of it.
#[derive(Clone, Debug)]
struct Again {
    draft: Draft,
    was: String,
    /// A file that was sent with it and stays with the form, as the form remembers it.
    kept: Option<(String, String)>,
    /// Why a file that was sent will not do.
    unfit: Option<Unfit>,
    say: Say,
}

#[derive(Clone, Debug)]
enum Say {
    Faults(Vec<Fault>),
    /// It says something else by now.
    Changed(Box<Draft>),
    /// So will its text look.
    Preview(Box<Text>),
}

pub(crate) fn edit() -> impl IntoView {
    page(render::parameter("seminar"), Some(render::parameter("material")))
}

pub(crate) fn new() -> impl IntoView {
    page(render::parameter("seminar"), None)
}

fn page(seminar: String, material: Option<String>) -> impl IntoView {
    render::secret();
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let (store, viewer) = (&asked.store, &asked.viewer);
            let found = seminars::contents(store, viewer, asked.reading, &seminar).await?;
            let Some(contents) = found else { return Ok(None) };
            let found = materials::editing(store, viewer, &contents, material.as_deref()).await?;
            Ok(found.map(|editing| draw(&asked, &contents, material.as_deref(), editing, again)))
        },
        render::nowhere_else,
    )
}

/// Has a material say and hold what was typed and sent.
pub(super) async fn post(
    Extension(asked): Extension<Asked>,
    Path((seminar, material)): Path<(String, String)>,
    request: Request,
) -> Response {
    sent_for(asked, &seminar, Some(&material), request).await
}

/// Adds a material.
pub(super) async fn post_new(
    Extension(asked): Extension<Asked>,
    Path(seminar): Path<String>,
    request: Request,
) -> Response {
    sent_for(asked, &seminar, None, request).await
}

/// What came with a form.
#[derive(Default)]
struct Sent {
    fields: Vec<(String, String)>,
    file: Option<Result<Attachment, Unfit>>,
}

impl Sent {
    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    fn value(&self, name: &str) -> String {
        // Browsers send lines that end as in letters; what is shown ends them as files do.
        self.field(name).unwrap_or_default().replace("\r\n", "\n")
    }
}

/// Why a form could not be read.
enum Unread {
    Form(StatusCode),
    Store(Failure),
}

impl From<MultipartError> for Unread {
    fn from(error: MultipartError) -> Self {
        Self::Form(error.status())
    }
}

impl From<Failure> for Unread {
    fn from(failure: Failure) -> Self {
        Self::Store(failure)
    }
}

/// The most fields of the form; it has nine.
const FIELDS_MOST: usize = 20;

/// Its fields, and its file into the data folder as it comes. What was read stays read where it breaks off.
async fn read(store: &Store, mut form: Multipart, sent: &mut Sent) -> Result<(), Unread> {
    let mut parts = 0;
    while let Some(mut field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        parts += 1;
        if parts > FIELDS_MOST || (name == "bytes" && sent.file.is_some()) {
            return Err(Unread::Form(StatusCode::BAD_REQUEST));
        }
        if name != "bytes" {
            sent.fields.push((name, field.text().await?));
            continue;
        }
        // Without a name: nobody chose one.
        let Some(file_name) = field.file_name().map(str::to_owned).filter(|name| !name.is_empty()) else { continue };
        let mut upload = Some(Upload::begin(store).await?);
        let mut unfit = None;
        while let Some(bytes) = field.chunk().await? {
            if let Some(going) = &mut upload
                && let Err(why) = going.more(&bytes).await?
            {
                // The rest is read and dropped: who sends it learns why only then.
                (upload, unfit) = (None, Some(why));
            }
        }
        sent.file = match (upload, unfit) {
            (Some(upload), _) => Some(upload.end(&file_name).await?),
            (None, why) => why.map(Err),
        };
    }
    Ok(())
}

async fn sent_for(asked: Asked, seminar: &str, material: Option<&str>, request: Request) -> Response {
    let (store, viewer) = (asked.store.clone(), asked.viewer.clone());
    // Before anything is read of it: who may not, sends nothing.
    let may = async {
        let found = seminars::contents(&store, &viewer, asked.reading, seminar).await?;
        let Some(contents) = found else { return Ok(None) };
        let editing = materials::editing(&store, &viewer, &contents, material).await?;
        Ok(editing.map(|editing| (contents, editing)))
    };
    let (contents, editing) = match may.await {
        Ok(Some(found)) => found,
        Ok(None) => return render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => return forms::failed(asked, failure).await,
    };
    let mut sent = Sent::default();
    let read = match Multipart::from_request(request, &()).await {
        Ok(form) => read(&store, form, &mut sent).await,
        Err(refused) => Err(Unread::Form(refused.into_response().status())),
    };
    match read {
        Ok(()) => {}
        Err(Unread::Form(StatusCode::PAYLOAD_TOO_LARGE)) => {
            // So long that nobody counts it: what stood before the file is there again.
            let typed = |name: &str, shown: String| sent.field(name).map_or(shown, |_| sent.value(name));
            let shown = editing.draft;
            let again = Again {
                was: typed("was", shown.version()),
                draft: Draft {
                    title: typed("title", shown.title),
                    summary: typed("summary", shown.summary),
                    session: typed("session", shown.session),
                    link: typed("link", shown.link),
                    file: shown.file,
                    text: typed("text", shown.text),
                },
                kept: None,
                unfit: Some(Unfit::Long(FILE_MOST)),
                say: Say::Faults(Vec::new()),
            };
            return forms::drawn_again(asked, StatusCode::PAYLOAD_TOO_LARGE, again).await;
        }
        Err(Unread::Form(_)) => return render::error(asked, Error::Unreadable).await.into_response(),
        Err(Unread::Store(failure)) => return forms::failed(asked, failure).await,
    }
    let whole = ["was", "title", "summary", "session", "link", "file", "text"];
    if !whole.iter().all(|name| sent.field(name).is_some()) {
        return render::error(asked, Error::Unreadable).await.into_response();
    }
    decided(asked, &contents, material, sent).await
}

async fn decided(asked: Asked, contents: &Contents, material: Option<&str>, sent: Sent) -> Response {
    let (store, viewer, seminar) = (&asked.store, &asked.viewer, &contents.seminar);
    let stays = sent.field("without").is_none();
    let remembered = sent.value("kept");
    let (file, unfit, lost) = match &sent.file {
        Some(Ok(file)) => (Some(file.clone()), None, false),
        // One that came with it before; it may have gone since.
        other => {
            let kept = Some(remembered).filter(|text| stays && !text.is_empty());
            let file = kept.as_ref().and_then(|text| Attachment::unsealed(store, viewer, seminar, text));
            let unfit = other.as_ref().and_then(|file| file.as_ref().err().copied());
            (file.clone(), unfit, kept.is_some() && file.is_none())
        }
    };
    let draft = Draft {
        // A file says how it is called.
        title: Some(sent.value("title"))
            .filter(|title| !title.trim().is_empty() || material.is_some())
            .unwrap_or_else(|| file.as_ref().map(|file| stem(&file.name)).unwrap_or_default()),
        summary: sent.value("summary"),
        session: sent.value("session"),
        link: sent.value("link"),
        file: match &file {
            Some(file) => file.mark(),
            None if stays => sent.value("file"),
            None => String::new(),
        },
        text: sent.value("text"),
    };
    let was = sent.value("was");
    let done = async {
        if sent.field("act") == Some("preview") {
            let language = material.and_then(|slug| contents.find(Kind::Material, slug)).unwrap_or(seminar).language;
            return Ok(Ok(Err(edits::preview(&draft.text, language))));
        }
        if unfit.is_some() {
            return Ok(Err(Refused::Faults(Vec::new())));
        }
        if lost {
            return Ok(Err(Refused::Faults(vec![Fault { field: Field::File, why: edits::Why::Odd }])));
        }
        let typed = (was.as_str(), &draft, file.as_ref());
        let saved = materials::edit(store, viewer, contents, material, typed, Timestamp::now()).await?;
        Ok(saved.map(Ok))
    };
    let say = match done.await {
        Ok(Ok(Ok(slug))) => return forms::to(&format!("{}/materials/{slug}", seminar.place.path())),
        Ok(Ok(Err(Ok(text)))) => Say::Preview(Box::new(text)),
        Ok(Ok(Err(Err(why)))) => Say::Faults(vec![Fault { field: Field::Text, why }]),
        Ok(Err(Refused::Faults(faults))) => Say::Faults(faults),
        Ok(Err(Refused::Changed(now))) => Say::Changed(now),
        Ok(Err(Refused::Forbidden)) => return render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => return forms::failed(asked, failure).await,
    };
    let well = matches!(say, Say::Preview(_)) && unfit.is_none();
    let status = if well { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let kept = file.map(|file| (file.name.clone(), file.sealed(viewer, seminar)));
    forms::drawn_again(asked, status, Again { draft, was, kept, unfit, say }).await
}

/// The name of a file without its end.
fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace('_', " ")
}

/// Takes a material away.
pub(super) async fn remove(
    Extension(asked): Extension<Asked>,
    Path((seminar, material)): Path<(String, String)>,
    Typed(Version { was }): Typed<Version>,
) -> Response {
    let removed = async {
        let (store, viewer) = (&asked.store, &asked.viewer);
        let found = seminars::contents(store, viewer, asked.reading, &seminar).await?;
        let Some(contents) = found else { return Ok(Err(Refused::Forbidden)) };
        materials::remove(store, viewer, &contents, &material, &was, Timestamp::now()).await
    };
    match removed.await {
        Ok(Ok(())) => forms::to(&format!("/seminars/{seminar}/materials")),
        // It says something else by now: whoever wants it away looks at that first.
        Ok(Err(Refused::Changed(_))) => forms::to(&format!("/seminars/{seminar}/materials/{material}/edit")),
        Ok(Err(_)) => render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

fn draw(
    asked: &Asked,
    contents: &Contents,
    material: Option<&str>,
    Editing { draft: shown, removable }: Editing,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let seminar = &contents.seminar;
    let path = seminar.place.path();
    let version = shown.version();
    let remove = material.filter(|_| removable).map(|slug| {
        let to = format!("{path}/materials/{slug}/remove");
        taking_away(to, &version, words.remove_material_lead(), words.remove_material())
    });
    let held = shown.file.clone();
    let (draft, mut was, kept, unfit, say) = match again {
        Some(again) => (again.draft, again.was, again.kept, again.unfit, Some(again.say)),
        None => (shown, version, None, None, None),
    };
    let (faults, now) = match &say {
        Some(Say::Faults(faults)) => (&faults[..], None),
        // Whoever saves again has seen what it is now.
        Some(Say::Changed(now)) => {
            was = now.version();
            (&[][..], Some(&**now))
        }
        _ => (&[][..], None),
    };
    let unfit = unfit.map(|unfit| why_unfit(words, unfit));
    let told = |field: Field| {
        let fault = faults.iter().find(|fault| fault.field == field).map(|fault| sentence(words, *fault));
        fault.or_else(|| unfit.clone().filter(|_| field == Field::File))
    };
    let all = [Field::Title, Field::Summary, Field::Session, Field::File, Field::Link, Field::Text];
    let mut summary: Vec<(Option<&str>, String)> = all
        .into_iter()
        .filter_map(|field| Some((Some(name(field)), format!("{}: {}", label(words, field), told(field)?))))
        .collect();
    if now.is_some() {
        summary.push((None, words.changed_meanwhile().to_owned()));
    }
    let why = |field: Field| {
        told(field).or_else(|| {
            let (now, typed) = (value(now?, field), value(&draft, field));
            (now != typed).then(|| words.now(now))
        })
    };
    let preview = match &say {
        Some(Say::Preview(text)) => Some(previewed(words, text)),
        _ => None,
    };
    let title = if material.is_some() { words.edit_material() } else { words.new_material() };
    let mut to: Vec<Crumb> = vec![(words.materials().to_owned(), None, Some(format!("{path}/materials")))];
    let this = material.and_then(|slug| contents.find(Kind::Material, slug));
    to.extend(this.map(|this| (this.title.text.clone(), this.title.lang, Some(this.place.path()))));
    let language = this.unwrap_or(seminar).language;
    let lang = Some(language.code());
    let note = this.map(|_| {
        view! { <p class="small quiet">{words.room_for_text(words.language_name(language))}</p> }
    });
    let session =
        select("session".to_owned(), words.belongs_to(), sessions(contents, &draft.session), why(Field::Session));
    // What is there: a file that came with the form before, or the one that it holds.
    let there = kept.as_ref().map(|(name, _)| name.clone()).or_else(|| file_name(&draft.file));
    let there = there.map(|name| view! { <p>{words.file_there(name)}</p> });
    let without = (!held.is_empty() || kept.is_some()).then(|| {
        let gone = !held.is_empty() && draft.file.is_empty();
        view! { <label class="check"><input class="check__input" type="checkbox" name="without" checked=gone/><span>{words.without_file()}</span></label> }
    });
    let hidden = kept.map(|(_, sealed)| hidden_area("kept", &sealed));
    let inside = view! {
        <div class="title title--near">{crumbs(words.you_are_in(), way(words, seminar, to))}<h1>{title}</h1></div>
        <form class="flow flow--loose" method="post" enctype="multipart/form-data" novalidate>
            {settle(words, summary)}
            {preview}
            <input type="hidden" name="was" value=was/>
            <input type="hidden" name="file" value=held/>
            {hidden}
            {note}
            {line(Line { name: "title", label: words.spot_title().to_owned(), hint: this.is_none().then(|| words.title_from_file()), fill: "off", value: draft.title.clone(), refused: why(Field::Title), ..Line::default() })}
            {area(Area { name: "summary", label: words.spot_summary().to_owned(), value: draft.summary.clone(), refused: why(Field::Summary), lang, ..Area::default() })}
            {session}
            <div class="flow">{there}{file("bytes", words.its_file().to_owned(), words.file_hint(words.bytes(FILE_MOST)), "", why(Field::File))}{without}</div>
            {line(Line { name: "link", label: words.its_link().to_owned(), kind: "url", fill: "off", value: draft.link.clone(), refused: why(Field::Link), ..Line::default() })}
            {area(Area { name: "text", label: words.spot_text().to_owned(), hint: Some(words.text_hint()), value: draft.text.clone(), refused: why(Field::Text), lang, ..Area::default() })}
            {save_or_preview(words)}
        </form>
        {remove}
    };
    document(asked, Head { known: false, ..Head::new(title, "") }, leaf(&[], "leaf", inside))
}

/// The name in the mark of a file.
fn file_name(mark: &str) -> Option<String> {
    mark.split_once('/').map(|(_, name)| name.to_owned())
}

fn sessions(contents: &Contents, taken: &str) -> Vec<(String, Phrase, bool)> {
    let own = |text: &str| Phrase { text: text.to_owned(), lang: None };
    let mut choices = vec![(String::new(), contents.seminar.title.clone(), taken.is_empty())];
    choices.extend(
        contents
            .of(Kind::Session)
            .map(|session| (session.place.slug.clone(), session.title.clone(), session.place.slug == taken)),
    );
    // What is no session stays what it belongs to.
    if !choices.iter().any(|(_, _, taken)| *taken) {
        let slug = taken.split_once('/').map_or(taken, |(_, slug)| slug);
        let practice = contents.find(Kind::Practice, slug).map(|practice| practice.title.clone());
        choices.push((taken.to_owned(), practice.unwrap_or_else(|| own(slug)), true));
    }
    choices
}

fn value(draft: &Draft, field: Field) -> String {
    match field {
        Field::Title => draft.title.clone(),
        Field::Summary => draft.summary.clone(),
        Field::Session => draft.session.clone(),
        Field::Link => draft.link.clone(),
        Field::File => file_name(&draft.file).unwrap_or_default(),
        Field::Text => draft.text.clone(),
    }
}

fn why_unfit(words: Words, unfit: Unfit) -> String {
    match unfit {
        Unfit::Long(most) => words.unfit_long(words.bytes(most)),
        Unfit::Empty => words.unfit_empty().to_owned(),
        Unfit::Nameless => words.unfit_nameless().to_owned(),
        Unfit::Program => words.unfit_program().to_owned(),
        Unfit::Other => words.unfit_other().to_owned(),
    }
}

fn sentence(words: Words, fault: Fault) -> String {
    let odd = match fault.field {
        Field::Link => words.fault_link(),
        Field::File => words.fault_file(),
        _ => words.fault_odd(),
    };
    words.why(fault.why, odd.to_owned())
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Summary => "summary",
        Field::Session => "session",
        Field::Link => "link",
        Field::File => "bytes",
        Field::Text => "text",
    }
}

fn label(words: Words, field: Field) -> &'static str {
    match field {
        Field::Title => words.spot_title(),
        Field::Summary => words.spot_summary(),
        Field::Session => words.belongs_to(),
        Field::Link => words.its_link(),
        Field::File => words.its_file(),
        Field::Text => words.spot_text(),
    }
}
