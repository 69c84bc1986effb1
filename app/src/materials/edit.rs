//! `/seminars/{seminar}/materials/{material}/edit` and `/seminars/{seminar}/materials/new`: what a material says and holds.

use crate::{
    asked::Asked,
    edits::{self, Done, Frame, Say, Told, sheet},
    errors::Error,
    forms::{self, Typed, Version},
    render,
    seminars::way,
    translations,
    ui::{Area, Crumb, Line, area, file, hidden_area, line, save_or_preview, select, taking_away},
    words::Words,
};
use axum::{
    Extension,
    extract::{FromRequest, Multipart, Path, Request, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    edits::{Fault, Why},
    folder::FILE_MOST,
    materials::{self, Attachment, Draft, Editing, Field, Refused, Unfit, Upload},
    seminars::{self, Contents},
    store::{Failure, Store},
    texts::Phrase,
    things::Kind,
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::borrow::Cow;

/// What came of a file that was sent.
#[derive(Clone, Debug, Default)]
struct Came {
    /// One that stays with the form: its name, and how the form remembers it.
    kept: Option<(String, String)>,
    /// Why one will not do.
    unfit: Option<Unfit>,
}

/// What was typed, and what there is to say of it.
type Again = edits::Again<Field, Came>;

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
            // What is gone can be made anew, with what was typed.
            let material = material.as_deref().filter(|_| !Again::is_gone(again.as_ref()));
            let found = materials::editing(store, viewer, &contents, material).await?;
            Ok(found.map(|editing| draw(&asked, &contents, material, editing, again)))
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
        // What is gone can be made anew, by those who may.
        let editing = match editing {
            None if material.is_some() => materials::editing(&store, &viewer, &contents, None).await?,
            editing => editing,
        };
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
            let draft = Draft {
                title: typed("title", shown.title.clone()),
                summary: typed("summary", shown.summary.clone()),
                session: typed("session", shown.session.clone()),
                link: typed("link", shown.link.clone()),
                file: shown.file.clone(),
                text: typed("text", shown.text.clone()),
            };
            let was = typed("was", content::edits::version(&shown));
            let more = Came { kept: None, unfit: Some(Unfit::Long(FILE_MOST)) };
            let again = Again { draft, was, more, say: Say::Faults(Vec::new()) };
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
        let itself = material.map(|slug| contents.find(Kind::Material, slug));
        let Some(of) = itself.unwrap_or(Some(seminar)) else { return Ok(Done::Nowhere) };
        if sent.field("act") == Some("preview") {
            return Ok(Done::preview(&draft.text, of.language, Field::Text));
        }
        if unfit.is_some() {
            return Ok(Done::Said(Say::Faults(Vec::new())));
        }
        if lost {
            return Ok(Done::Said(Say::Faults(vec![Fault { field: Field::File, why: Why::Odd }])));
        }
        let typed = (was.as_str(), &draft, file.as_ref());
        Ok(Done::from(materials::edit(store, viewer, contents, material, typed, Timestamp::now()).await?))
    };
    let done = done.await.map(|done| done.or_gone(material.is_some()));
    let kept = file.map(|file| (file.name.clone(), file.sealed(viewer, seminar)));
    let path = seminar.place.path();
    edits::answer(asked, done, (draft, was, Came { kept, unfit }), |slug| format!("{path}/materials/{slug}")).await
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
    let (to, form) =
        (format!("/seminars/{seminar}/materials"), format!("/seminars/{seminar}/materials/{material}/edit"));
    let removed = removed.await;
    edits::taken_away(asked, removed, (&to, &form)).await
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
    let remove = material.filter(|_| removable).map(|slug| {
        let to = format!("{path}/materials/{slug}/remove");
        taking_away(to, &content::edits::version(&shown), words.remove_material_lead(), words.remove_material())
    });
    let held = shown.file.clone();
    let (frame, came) = Frame::of(words, &(), shown, again);
    let Came { kept, unfit } = came.unwrap_or_default();
    let unfit = unfit.map(|unfit| why_unfit(words, unfit));
    let why = |field| frame.why(field).or_else(|| unfit.clone().filter(|_| field == Field::File));
    let draft = &frame.draft;
    let anew = frame.is_gone().then(|| format!("{path}/materials/new"));
    let title = if material.is_some() { words.edit_material() } else { words.new_material() };
    let mut to: Vec<Crumb> = vec![(words.materials().to_owned(), None, Some(format!("{path}/materials")))];
    let this = material.and_then(|slug| contents.find(Kind::Material, slug));
    to.extend(this.map(|this| (this.title.text.clone(), this.title.lang, Some(this.place.path()))));
    let language = this.unwrap_or(seminar).language;
    let lang = Some(language.code());
    let note = this.map(|this| translations::note(words, seminar, this));
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
        <form class="flow flow--loose" method="post" action=anew enctype="multipart/form-data" novalidate>
            {frame.top(&draft.title, unfit.clone().map(|why| (Field::File, why)))}
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
    sheet(asked, way(words, seminar, to), title.to_owned(), inside)
}

/// The name in the mark of a file.
fn file_name(mark: &str) -> Option<String> {
    mark.split_once('/').map(|(_, name)| name.to_owned())
}

fn sessions(contents: &Contents, taken: &str) -> Vec<(String, Phrase, bool)> {
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
        choices.push((taken.to_owned(), practice.unwrap_or_else(|| Phrase::plain(slug)), true));
    }
    choices
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

impl Told for Field {
    type Draft = Draft;
    type Around = ();

    fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Session => "session",
            Self::Link => "link",
            Self::File => "bytes",
            Self::Text => "text",
        };
        name.into()
    }

    fn label(self, words: Words, (): &()) -> &'static str {
        match self {
            Self::Title => words.spot_title(),
            Self::Summary => words.spot_summary(),
            Self::Session => words.belongs_to(),
            Self::Link => words.its_link(),
            Self::File => words.its_file(),
            Self::Text => words.spot_text(),
        }
    }

    fn says(self, _: Words, draft: &Draft, (): &()) -> String {
        match self {
            Self::Title => draft.title.clone(),
            Self::Summary => draft.summary.clone(),
            Self::Session => draft.session.clone(),
            Self::Link => draft.link.clone(),
            Self::File => file_name(&draft.file).unwrap_or_default(),
            Self::Text => draft.text.clone(),
        }
    }

    fn odd(self, words: Words) -> String {
        let odd = match self {
            Self::Link => words.fault_link(),
            Self::File => words.fault_file(),
            _ => words.fault_odd(),
        };
        odd.to_owned()
    }
}
