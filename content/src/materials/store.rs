//! Questions about materials and the files that hang on them.

use super::{
    Attachment, Details,
    entity::{self, file},
};
use crate::{
    gate::Viewer,
    seminars::{self, Contents},
    store::{Ask, Failure, Question, Store},
    texts::{self, Reading, Text},
    things::{self, Kind, Listed, Look, Seen, Shown, entity::thing},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use std::path::PathBuf;

/// What is encoded in a segment of a path: all but the unreserved (RFC 3986, 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a material is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its text.
    Page,
    /// An address.
    Link(String),
    /// A file.
    File(Attached),
}

/// A file that hangs on a material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name in addresses.
    pub key: String,
    /// Its name.
    pub name: String,
    /// IANA media type.
    pub media_type: String,
    /// In bytes.
    pub size: u64,
}

impl Attached {
    /// Where it can be had.
    pub fn path(&self) -> String {
        format!("/files/{}/{}", self.key, utf8_percent_encode(&self.name, SEGMENT))
    }
}

/// A material as lists show it.
#[derive(Clone, Debug)]
pub struct Material {
    /// What it has in common with everything.
    pub listed: Listed,
    /// What it is.
    pub form: Form,
}

/// A material's page.
#[derive(Clone, Debug)]
pub struct MaterialPage {
    /// Its seminar, with the material and what it belongs to.
    pub contents: Contents,
    /// The material.
    pub material: Material,
    /// What it says.
    pub text: Text,
}

/// A file to be sent.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it is.
    pub file: Attached,
    /// Where its bytes are.
    pub bytes: PathBuf,
}

/// What some of a seminar's materials are.
///
/// # Errors
/// When the store does not answer.
pub async fn materials<'a>(
    store: &Store,
    listed: impl IntoIterator<Item = &'a Listed>,
) -> Result<Vec<Material>, Failure> {
    let listed: Vec<&Listed> = listed.into_iter().filter(|thing| thing.place.kind == Kind::Material).collect();
    if listed.is_empty() {
        return Ok(Vec::new());
    }
    let forms = store.ask(forms(&listed.iter().map(|thing| thing.id).collect())).await?;
    Ok(forms.of(listed))
}

/// What materials have of their own.
pub(crate) struct Forms {
    rows: Vec<entity::Model>,
    files: Vec<file::Model>,
}

impl Forms {
    /// Materials, out of these.
    pub(crate) fn of<'a>(&self, listed: impl IntoIterator<Item = &'a Listed>) -> Vec<Material> {
        listed.into_iter().map(|thing| Material { form: self.form(thing), listed: thing.clone() }).collect()
    }

    fn form(&self, thing: &Listed) -> Form {
        if let Some(file) = self.files.iter().find(|file| file.thing_id == thing.id.id()) {
            return Form::File(file.clone().into());
        }
        let url = self.rows.iter().find(|row| row.thing_id == thing.id.id()).and_then(|row| row.url.clone());
        url.map_or(Form::Page, Form::Link)
    }
}

/// What some materials have of their own.
pub(crate) fn forms(materials: &Shown) -> impl Ask<Answer = Forms> + use<> {
    let rows = Question::whole(entity::Entity, materials.hold(entity::Column::ThingId));
    let files = Question::whole(file::Entity, materials.hold(file::Column::ThingId));
    (rows, files).then(|(rows, files)| Ok(Forms { rows, files }))
}

/// A material's page.
///
/// # Errors
/// When the store does not answer.
pub async fn material(
    store: &Store,
    viewer: &Viewer,
    reading: Reading,
    seminar: &str,
    slug: &str,
) -> Result<Option<MaterialPage>, Failure> {
    let questions = seminars::holding(viewer, reading, seminar, |seminar| {
        let look = Look { slug: Some(slug), ..seminars::within(seminar, &[Kind::Material]) };
        things::given(viewer, "here", &look, |here, look| {
            let parent = Look { ids: Some(things::parents(viewer, look)), ..Look::default() };
            let around = (things::listing(viewer, reading, look), things::listing(viewer, reading, &parent));
            let around = around.then(|(material, parent)| Ok([material, parent].concat()));
            (around, (forms(here), texts::said(reading, here)))
        })
    });
    let Some((contents, (forms, Some(said)))) = store.ask(questions).await? else { return Ok(None) };
    let Some(material) = forms.of(contents.find(Kind::Material, slug)).pop() else { return Ok(None) };
    let text = texts::resolved(store, viewer, said, &material.listed).await?;
    Ok(Some(MaterialPage { contents, material, text }))
}

/// A file by its name in addresses, if what it hangs on may be seen.
///
/// # Errors
/// When the store does not answer.
pub async fn attachment(store: &Store, viewer: &Viewer, key: &str) -> Result<Option<Opened>, Failure> {
    if !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let row = file::Entity::find()
        .filter(file::Column::Key.eq(key))
        .filter(things::seen(viewer, Kind::Material, (file::Entity, file::Column::ThingId)))
        .one(store.read())
        .await?;
    Ok(row.map(|row| Opened { bytes: store.files().join(&row.digest), file: row.into() }))
}

impl From<file::Model> for Attached {
    fn from(row: file::Model) -> Self {
        Self {
            key: row.key,
            name: row.name,
            media_type: row.media_type,
            size: u64::try_from(row.size).unwrap_or_default(),
        }
    }
}

/// Without where its bytes are.
impl From<file::Model> for Attachment {
    fn from(row: file::Model) -> Self {
        Self {
            size: u64::try_from(row.size).unwrap_or_default(),
            name: row.name,
            media_type: row.media_type,
            digest: row.digest,
            path: PathBuf::new(),
        }
    }
}

/// Gives the file of a material another name where the seminar has one of that name that holds something else: in a folder they lie side
/// by side.
pub(crate) async fn apart<C: ConnectionTrait>(
    db: &C,
    seminar: i64,
    material: Option<i64>,
    file: &mut Attachment,
) -> Result<(), Failure> {
    let within = thing::Entity::find().select_only().column(thing::Column::Id);
    let within = within.filter(thing::Column::SeminarId.eq(seminar)).into_query();
    let others = file::Entity::find()
        .filter(file::Column::ThingId.in_subquery(within))
        .filter(file::Column::Digest.ne(&file.digest))
        .all(db)
        .await?;
    let others = others.into_iter().filter(|other| Some(other.thing_id) != material);
    // Disks that do not tell capital letters from small ones have one file for both.
    let others: Vec<String> = others.map(|other| other.name.to_lowercase()).collect();
    let taken = |name: &str| others.contains(&name.to_lowercase());
    let (stem, end) = match file.name.rsplit_once('.') {
        Some((stem, end)) => (stem.to_owned(), format!(".{end}")),
        None => (file.name.clone(), String::new()),
    };
    let mut names = (1..).map(|number| if number == 1 { file.name.clone() } else { format!("{stem}-{number}{end}") });
    if let Some(name) = names.find(|name| !taken(name)) {
        file.name = name;
    }
    Ok(())
}

pub(crate) async fn details(store: &Store, material: Seen) -> Result<Details, Failure> {
    let Forms { mut rows, mut files } = store.ask(forms(&material.into())).await?;
    let attachment = |row: file::Model| Attachment { path: store.files().join(&row.digest), ..Attachment::from(row) };
    Ok(Details { url: rows.pop().and_then(|row| row.url), file: files.pop().map(attachment) })
}
