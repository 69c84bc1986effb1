//! Materials.

use super::{
    answer::{Call, Listing},
    words::{Entry, Whole},
};
use crate::site::Site;
use app::asked::Asked;
use axum::{
    extract::{Path, State},
    response::Response,
};
use content::{
    materials::{self, Form},
    seminars,
    things::Kind,
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
struct Material {
    #[serde(flatten)]
    entry: Entry,
    /// `page`, `link` or `file`.
    form: &'static str,
    /// Where a link leads or a file is.
    at: Option<String>,
    /// IANA media type of a file.
    media_type: Option<String>,
    /// Of a file, in bytes.
    size: Option<u64>,
}

fn material(asked: &Asked, found: &materials::Material) -> Material {
    let entry = Entry::of(asked, &found.listed);
    match &found.form {
        Form::Page => Material { entry, form: "page", at: None, media_type: None, size: None },
        Form::Link(to) => Material { entry, form: "link", at: Some(to.clone()), media_type: None, size: None },
        Form::File(file) => Material {
            entry,
            form: "file",
            at: Some(format!("{}{}", asked.public_url, file.path())),
            media_type: Some(file.media_type.clone()),
            size: Some(file.size),
        },
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct WholeMaterial {
    #[serde(flatten)]
    material: Material,
    text: Whole,
}

/// The materials of a seminar.
#[utoipa::path(get, operation_id = "listMaterials", path = "/seminars/{seminar}/materials", tag = "materials", params(("seminar" = String, Path)),
    responses((status = 200, body = Listing<Material>), (status = 404)))]
pub(crate) async fn list(State(site): State<Site>, Path(seminar): Path<String>, call: Call) -> Response {
    let asked = call.asked.clone();
    let found = async {
        let contents = seminars::contents(&site.store, &asked.viewer, asked.reading, &seminar).await?;
        let Some(contents) = contents else { return Ok(None) };
        let list = materials::materials(&site.store, contents.of(Kind::Material)).await?;
        let entries: Vec<Material> = list.iter().map(|found| material(&asked, found)).collect();
        Ok(Some(Listing { total: u64::try_from(entries.len()).unwrap_or_default(), entries }))
    };
    call.answer(found.await)
}

/// A material.
#[utoipa::path(get, operation_id = "getMaterial", path = "/seminars/{seminar}/materials/{material}", tag = "materials",
    params(("seminar" = String, Path), ("material" = String, Path)),
    responses((status = 200, body = WholeMaterial), (status = 404)))]
pub(crate) async fn one(
    State(site): State<Site>,
    Path((seminar, slug)): Path<(String, String)>,
    call: Call,
) -> Response {
    let found = materials::material(&site.store, &call.asked.viewer, call.asked.reading, &seminar, &slug).await;
    let asked = call.asked.clone();
    call.answer(found.map(|found| {
        found.map(|page| WholeMaterial { material: material(&asked, &page.material), text: Whole::of(&page.text) })
    }))
}
