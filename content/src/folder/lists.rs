//! TOML files into what they say: people, organisations, terms, a comparison.

use super::{
    fields::Fields,
    problem::Source,
    read::{Reading, all_named, named},
    written::{Details, Ring, Spot, Written},
};
use crate::{comparisons, gate::Visibility, glossary, organisations, people, things::Kind};
use language::Language;
use std::path::Path;

impl Reading<'_> {
    /// The `[[name]]` of a file.
    pub(super) fn list(
        &mut self,
        file: &Path,
        name: &'static str,
        read: fn(&Self, &mut Fields<'_>, &Source) -> Option<Written>,
    ) {
        let Some(source) = self.text(file) else { return };
        let Some(document) = self.parse(&source, &source.text, 0) else { return };
        let mut fields = Fields::new(&source, 0, document.as_table(), self.problems);
        let first = self.things.len();
        for (at, mut entry) in fields.tables(name).into_iter().enumerate() {
            if let Some(mut thing) = read(self, &mut entry, &source) {
                // A glossary goes on from file to file.
                let before = if thing.kind == Kind::Term { first } else { 0 };
                thing.position = i32::try_from(before + at).unwrap_or(i32::MAX);
                thing.spot = Spot { file: source.file.clone(), field: Some("slug"), span: entry.span("slug") };
                self.things.push(thing);
            } else if let (Ok(kind), Some(slug)) = (name.parse(), entry.written("slug")) {
                self.unread.push((kind, slug));
            }
            entry.done();
        }
        fields.done();
    }

    pub(super) fn person(&self, fields: &mut Fields<'_>, source: &Source) -> Option<Written> {
        let slug = fields.needed("slug", Fields::slug);
        let name = fields.needed("name", Fields::line);
        let role = fields.line("role").unwrap_or_default();
        let language = fields.language("language").unwrap_or(self.language);
        let works_for = named(fields, source, "organisation", Ring::WorksFor, Kind::Organisation);
        let visibility = fields.one_of("visibility", Visibility::CODES);
        let formerly = fields.slug("formerly");
        let details = people::file::read(fields);
        Some(Written {
            countries: details.country.clone().into_iter().collect(),
            relations: works_for.into_iter().collect(),
            visibility,
            formerly,
            ..listed(Kind::Person, slug?, language, name?, role, Details::Person(details))
        })
    }

    pub(super) fn organisation(&self, fields: &mut Fields<'_>, _: &Source) -> Option<Written> {
        let slug = fields.needed("slug", Fields::slug);
        let name = fields.needed("name", Fields::line);
        let about = fields.sentences("about").unwrap_or_default();
        let language = fields.language("language").unwrap_or(self.language);
        let visibility = fields.one_of("visibility", Visibility::CODES);
        let formerly = fields.slug("formerly");
        let details = organisations::file::read(fields);
        Some(Written {
            countries: details.country.clone().into_iter().collect(),
            visibility,
            formerly,
            ..listed(Kind::Organisation, slug?, language, name?, about, Details::Organisation(details))
        })
    }

    pub(super) fn term(&self, fields: &mut Fields<'_>, source: &Source) -> Option<Written> {
        let slug = fields.needed("slug", Fields::slug);
        let definition = fields.needed("definition", Fields::sentences);
        let theme = fields.slug("theme");
        let relations = all_named(fields, source, "see", Ring::See, Kind::Term);
        let formerly = fields.slug("formerly");
        let details = glossary::file::read(fields);
        let name = details.forms.iter().find(|forms| forms.language == Language::English)?.forms.first()?.clone();
        Some(Written {
            themes: theme.into_iter().collect(),
            relations,
            formerly,
            ..listed(Kind::Term, slug?, Language::English, name, definition?, Details::Term(details))
        })
    }

    pub(super) fn comparison(&mut self, file: &Path) {
        let Some(source) = self.text(file) else { return };
        let Some(document) = self.parse(&source, &source.text, 0) else { return };
        let mut fields = Fields::new(&source, 0, document.as_table(), self.problems);
        let title = fields.needed("title", Fields::line);
        let summary = fields.sentences("summary").unwrap_or_default();
        let language = fields.language("language").unwrap_or(self.language);
        let visibility = fields.one_of("visibility", Visibility::CODES);
        let countries = fields.countries("countries");
        let themes = fields.slugs("themes");
        let details = Details::Comparison(comparisons::file::read(&mut fields));
        fields.done();
        if let Some(title) = title {
            let spot = Spot { file: source.file.clone(), field: None, span: 0..0 };
            let thing = listed(Kind::Comparison, "comparison".to_owned(), language, title, summary, details);
            self.things.push(Written { visibility, countries, themes, spot, ..thing });
        }
    }
}

/// A thing that is an entry of a list: no text of its own beside a name and a sentence.
fn listed(kind: Kind, slug: String, language: Language, title: String, summary: String, details: Details) -> Written {
    let mut listed = Written::blank(kind, slug, language, details);
    for text in &mut listed.texts {
        text.title.clone_from(&title);
        text.summary.clone_from(&summary);
    }
    listed
}
