//! The description of the API (OpenAPI 3.1): what the handlers say of themselves, and what holds for all of them.

use super::answer::Problem;
use language::Locale;
use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{
        Content, Object, OpenApi as Description, Ref, RefOr, Required, Response, Schema, Type,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    },
};

#[derive(OpenApi)]
#[openapi(info(
    title = "Plenary",
    description = "Seminars, their materials, good practice, challenges and recommendations, as far as everyone may read \
        them; and what is done on the boards of a seminar in which one takes part. The language of texts follows `?lang=`, else `Accept-Language`; a text says which language it \
        is in.",
    license(name = "MIT OR Apache-2.0")
))]
struct Described;

/// What the handlers say, made whole: addresses as they are asked for, what every operation takes beside its own
/// parameters, and what may come back instead of what was asked for.
pub(super) fn whole(handlers: Description) -> Description {
    let mut whole = Described::openapi().nest("/api/v1", handlers);
    let schemas = &mut whole.components.get_or_insert_default().schemas;
    schemas.insert(Problem::name().into_owned(), Problem::schema());
    for operation in whole.paths.paths.values_mut().flat_map(|path| path.get.iter_mut().chain(&mut path.post)) {
        complete(operation);
    }
    whole
}

fn complete(operation: &mut Operation) {
    let about = operation.summary.clone().unwrap_or_default();
    operation.parameters.get_or_insert_default().extend([language().into(), variant().into()]);
    let answers = &mut operation.responses.responses;
    for (status, answer) in answers.iter_mut() {
        let RefOr::T(answer) = answer else { continue };
        if status == "404" {
            *answer = problem("There is nothing here that you can read.");
        } else if answer.description.is_empty() {
            answer.description.clone_from(&about);
        }
    }
    answers.insert("default".to_owned(), problem("It could not be answered.").into());
}

fn problem(description: &str) -> Response {
    let schema = Ref::from_schema_name(Problem::name());
    let mut response = Response::new(description);
    response.content.insert("application/problem+json".to_owned(), RefOr::T(Content::new(Some(schema))));
    response
}

/// `?lang=`: one of the languages that the site is read in.
fn language() -> Parameter {
    let tags = Locale::ALL.iter().map(|locale| locale.tag());
    parameter("lang", "The reader's language; else `Accept-Language` says.")
        .schema(Some(Object::builder().schema_type(Type::String).enum_values(Some(tags)).build()))
        .build()
}

/// `?text=`: the variant of a text.
fn variant() -> Parameter {
    let text: RefOr<Schema> = String::schema();
    parameter("text", "The language to have a text in, of those it says it can be had in.").schema(Some(text)).build()
}

fn parameter(name: &str, description: &str) -> ParameterBuilder {
    Parameter::builder()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
}
