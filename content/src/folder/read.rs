//! A folder's files into what they say.

use super::{
    disk::Disk,
    fields::{Fields, Problems},
    front,
    problem::{Problem, Source, nearest},
    stated::written_in,
    written::{Contributor, Details, Related, Ring, Spot, Written, WrittenText},
};
use crate::{
    boards, challenges,
    gate::Visibility,
    materials, people, practices, recommendations, seminars,
    sessions::{self, file::When},
    texts::Status,
    things::{Kind, Slug},
};
use language::Language;
use std::{
    collections::BTreeMap,
    ops::Range,
    path::{Path, PathBuf},
};
use toml_edit::Document;

/// Reads everything in a folder. What is wrong is noted; what could be read is returned, the seminar first.
pub(crate) fn read(disk: &Disk, slug: &str, problems: &Problems) -> (Vec<Written>, Vec<(Kind, String)>) {
    let mut reading =
        Reading { disk, problems, language: Language::English, when: None, things: Vec::new(), unread: Vec::new() };
    if disk.files.contains_key(Path::new("seminar.md")) {
        reading.seminar(slug);
    } else {
        reading.glossary();
    }
    (reading.things, reading.unread)
}

/// Mistakes of one file's TOML after which it is read no further.
const MOST_UNREAD: usize = 50;

/// A translation that waits for its original: the stem of both, and what it says.
type Translation = (PathBuf, WrittenText);

/// A folder that is being read.
pub(super) struct Reading<'a> {
    disk: &'a Disk,
    pub(super) problems: &'a Problems,
    /// What texts are in unless they say otherwise.
    pub(super) language: Language,
    /// When and by which clock it is held.
    when: Option<When>,
    pub(super) things: Vec<Written>,
    /// What could not be read: it is not missing.
    pub(super) unread: Vec<(Kind, String)>,
}

impl Reading<'_> {
    fn seminar(&mut self, slug: &str) {
        if !Slug::is(slug) {
            let what =
                format!("the folder's name `{slug}` is the seminar's slug: small letters, digits, single hyphens");
            self.note(Problem::of_file(".", what).help("Rename the folder."));
        } else if slug == seminars::NEW {
            let what = "a seminar cannot be called `new`: the form of a new one has that address";
            self.note(Problem::of_file(".", what).help("Rename the folder."));
        }
        let mut translations = Vec::new();
        self.markdown(Path::new("seminar.md"), Kind::Seminar, &mut translations);
        if let Some(seminar) = self.things.first_mut() {
            slug.clone_into(&mut seminar.slug);
            self.language = seminar.language;
            if let Details::Seminar(details) = &seminar.details {
                self.when = Some(When::of(details));
            }
        }
        for file in self.disk.files.keys() {
            let parts: Vec<&str> = file.iter().filter_map(|part| part.to_str()).collect();
            let is_markdown = file.extension().is_some_and(|extension| extension == "md");
            match parts[..] {
                ["seminar.md"] => {}
                [name] if is_markdown && name.starts_with("seminar.") => {
                    self.markdown(file, Kind::Seminar, &mut translations);
                }
                ["people.toml"] => self.list(file, "person", Self::person),
                ["organisations.toml"] => self.list(file, "organisation", Self::organisation),
                ["comparison.toml"] => self.comparison(file),
                ["files", _] => {}
                [room, _] if is_markdown => match Kind::in_room(room) {
                    Some(kind) => self.markdown(file, kind, &mut translations),
                    None => self.unknown(file, &parts),
                },
                _ => self.unknown(file, &parts),
            }
        }
        self.unused();
        self.attach(translations);
    }

    fn glossary(&mut self) {
        let mut found = false;
        for file in self.disk.files.keys() {
            if file.extension().is_some_and(|extension| extension == "toml") && file.components().count() == 1 {
                found = true;
                self.list(file, "term", Self::term);
            } else {
                self.note(Problem::of_file(file, "a glossary is made of TOML files, and this is none"));
            }
        }
        if !found {
            let what = "this folder holds neither a seminar (`seminar.md`) nor a glossary (TOML files with `[[term]]`)";
            self.note(Problem::of_file(".", what));
        }
    }

    fn note(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    fn unknown(&self, file: &Path, parts: &[&str]) {
        let rooms = Kind::ALL.iter().filter_map(|kind| kind.room()).chain(["files"]);
        let near = match parts {
            [name] => nearest(name, ["seminar.md", "people.toml", "organisations.toml", "comparison.toml"]),
            [room, ..] => nearest(room, rooms),
            [] => None,
        };
        let problem = Problem::of_file(file, "no part of a seminar is written in a file of this name");
        let near = near.filter(|near| Some(near) != parts.first().as_ref().copied());
        self.note(match near {
            Some(near) => problem.help(format!("Did you mean `{near}`?")),
            None => problem.help("docs/format.md lists the files. Attachments lie in `files/`."),
        });
    }

    /// An attachment that no material names would be lost without a word.
    fn unused(&self) {
        let used = |path: &Path| {
            self.things.iter().any(|thing| match &thing.details {
                Details::Material(details) => {
                    details.file.as_ref().is_some_and(|file| path == Path::new("files").join(&file.name))
                }
                _ => false,
            })
        };
        // Where a material could not be read, what it names is not known.
        if !self.problems.borrow().is_empty() {
            return;
        }
        for file in self.disk.files.keys().filter(|file| file.starts_with("files") && !used(file)) {
            let what = format!("no material names this file: add one with `file = \"{}\"`", file.display());
            self.note(Problem::of_file(file, what));
        }
    }

    /// Translations to their originals.
    fn attach(&mut self, translations: Vec<Translation>) {
        let mut originals: BTreeMap<PathBuf, &mut Written> =
            self.things.iter_mut().map(|thing| (thing.spot.file.with_extension(""), thing)).collect();
        for (stem, text) in translations {
            match originals.get_mut(&stem) {
                Some(original) if original.language == text.language => {
                    let what = format!("the original is in {} already", text.language.code());
                    self.problems.borrow_mut().push(Problem::of_file(&text.spot.file, what));
                }
                Some(original) => original.texts.push(text),
                // It could not be read, which is noted already.
                None if self.disk.files.contains_key(&stem.with_extension("md")) => {}
                None => {
                    let what = format!("there is no original `{}.md` beside this translation", stem.display());
                    self.problems.borrow_mut().push(Problem::of_file(&text.spot.file, what));
                }
            }
        }
    }

    pub(super) fn text(&self, file: &Path) -> Option<Source> {
        self.disk.text(file).map_err(|problem| self.note(problem)).ok()
    }

    /// TOML at an offset of a file. What does not parse is noted; where it is one value (`2016-02-30`) or a field that
    /// stands there twice it is put out of the way, so that the rest of the file is read too.
    pub(super) fn parse(&self, source: &Source, toml: &str, offset: usize) -> Option<Document<String>> {
        let mut toml = toml.to_owned();
        for _ in 0..MOST_UNREAD {
            let error = match Document::parse(toml.clone()) {
                Ok(document) => return Some(document),
                Err(error) => error,
            };
            let span = error.span().unwrap_or(0..0);
            let what = error.message().lines().collect::<Vec<_>>().join(", ");
            let is_twice = what.contains("duplicate key");
            let what = if is_twice { "this field stands here twice".to_owned() } else { what };
            let mut problem = source.problem(None, span.start + offset..span.end + offset, what);
            let line = problem.at.as_ref().map(|at| at.shown.clone()).unwrap_or_default();
            let name = line
                .split('=')
                .next()
                .map(str::trim)
                .filter(|name| line.contains('=') && Slug::is(&name.replace('_', "-")));
            problem.field = name.map(str::to_owned);
            self.note(problem);
            if is_twice {
                let twice = field_that_parses(&toml, span.start)?;
                toml.replace_range(twice.clone(), &" ".repeat(twice.len()));
            } else {
                let literal = bare_literal(&toml, span.start)?;
                source.no_value.borrow_mut().insert(literal.start + offset);
                toml.replace_range(literal.clone(), &format!("\"{}\"", "-".repeat(literal.len() - 2)));
            }
        }
        None
    }

    fn markdown(&mut self, file: &Path, kind: Kind, translations: &mut Vec<Translation>) {
        let Some((stem, translation)) = self.name(file) else { return };
        let (read, before) = (self.things.len(), file.with_file_name(&stem).with_extension(""));
        if let Some(translated) = self.file(file, kind, &stem, translation) {
            translations.push((before, translated));
        } else if translation.is_none() && self.things.len() == read {
            self.unread.push((kind, place_and_slug(kind, &stem).map_or(&*stem, |(_, slug)| slug).to_owned()));
        }
    }

    /// Reads a file: into the things, or, if it is one, as a translation.
    fn file(&mut self, file: &Path, kind: Kind, stem: &str, translation: Option<Language>) -> Option<WrittenText> {
        let source = self.text(file)?;
        let parts = front::split(&source).map_err(|problem| self.note(problem)).ok()?;
        let document = self.parse(&source, &source.text[parts.toml.clone()], parts.toml.start)?;
        let mut fields = Fields::new(&source, parts.toml.start, document.as_table(), self.problems);
        let translated = match translation {
            Some(language) => self.translation(&mut fields, kind, language, parts.body, &source),
            None => {
                self.things.extend(self.original(&mut fields, kind, stem, parts.body, &source));
                None
            }
        };
        fields.done();
        translated
    }

    /// `NAME.md` or `NAME.LANGUAGE.md`.
    fn name(&self, file: &Path) -> Option<(String, Option<Language>)> {
        let name = file.file_name()?.to_str().or_else(|| {
            self.note(Problem::of_file(file, "the file's name is not UTF-8"));
            None
        })?;
        let stem = name.strip_suffix(".md")?;
        match stem.split_once('.') {
            None => Some((stem.to_owned(), None)),
            Some((stem, code)) => match code.parse() {
                Ok(language) => Some((stem.to_owned(), Some(language))),
                Err(_) => {
                    let codes = Language::ALL.map(Language::code).join(", ");
                    self.note(Problem::of_file(file, format!("`{code}` is none of our languages: {codes}")));
                    None
                }
            },
        }
    }

    fn translation(
        &self,
        fields: &mut Fields<'_>,
        kind: Kind,
        language: Language,
        body: &str,
        source: &Source,
    ) -> Option<WrittenText> {
        let status = fields.needed("status", |fields, name| fields.one_of(name, &["machine", "human"]));
        let text = self.body(fields, kind, language, body, source);
        let translated_from = fields.line("translated_from");
        let status: Status = status?;
        if status == Status::Original {
            fields.wrong("status", "a translation is `machine` or `human`");
        }
        Some(WrittenText { status, translated_from, ..text? })
    }

    fn body(
        &self,
        fields: &mut Fields<'_>,
        kind: Kind,
        language: Language,
        body: &str,
        source: &Source,
    ) -> Option<WrittenText> {
        let title = fields.needed("title", Fields::line);
        let summary = fields.sentences("summary").unwrap_or_default();
        let objectives = match kind {
            Kind::Seminar => fields.lines("objectives"),
            Kind::Session => fields.sentences("objective").into_iter().collect(),
            _ => Vec::new(),
        };
        if let Err(refusal) = markup::render(body, &crate::texts::markup_options()) {
            let start = source.text.len() - body.len();
            self.note(source.problem(None, start..start, format!("the text: {refusal}")));
        }
        Some(WrittenText {
            language,
            status: Status::Original,
            title: title?,
            summary,
            objectives,
            body: body.to_owned(),
            translated_from: None,
            spot: Spot { file: source.file.clone(), field: None, span: 0..0 },
        })
    }

    fn original(
        &self,
        fields: &mut Fields<'_>,
        kind: Kind,
        stem: &str,
        body: &str,
        source: &Source,
    ) -> Option<Written> {
        let language = fields.language("language").unwrap_or_else(|| written_in(body, self.language));
        let text = self.body(fields, kind, language, body, source);
        let (position, slug) = self.slug(kind, stem, source);
        let themes = fields.slugs("themes");
        let countries = fields.countries("countries");
        let visibility = fields.one_of("visibility", Visibility::CODES).or(Visibility::by_itself(kind));
        let formerly = fields.slug("formerly");
        let contributors = match kind {
            Kind::Seminar | Kind::Session | Kind::Practice => contributors(fields, source),
            _ => Vec::new(),
        };
        let mut parent = None;
        let mut relations = Vec::new();
        if matches!(kind, Kind::Material | Kind::Challenge | Kind::Recommendation | Kind::Board) {
            parent = named(fields, source, "session", Ring::Of, Kind::Session);
        }
        if kind == Kind::Material {
            let practice = named(fields, source, "practice", Ring::Of, Kind::Practice);
            if parent.is_some() && practice.is_some() {
                fields.wrong("practice", "a material belongs to a session or to a practice, not to both");
            }
            parent = parent.or(practice);
        }
        if matches!(kind, Kind::Practice | Kind::Recommendation) {
            relations.extend(all_named(fields, source, "answers", Ring::Answers, Kind::Challenge));
        }
        if kind == Kind::Recommendation {
            relations.extend(named(fields, source, "board", Ring::From, Kind::Board));
        }
        let details = match kind {
            Kind::Seminar => seminars::file::read(fields).map(Details::Seminar),
            Kind::Session => sessions::file::read(fields, self.when.as_ref()).map(Details::Session),
            Kind::Material => Some(Details::Material(materials::file::read(fields, self.disk))),
            Kind::Practice => Some(Details::Practice(practices::file::read(fields))),
            Kind::Challenge => Some(Details::Challenge(challenges::file::read(fields))),
            Kind::Recommendation => Some(Details::Recommendation(recommendations::file::read(fields, &slug))),
            Kind::Board => Some(Details::Board(boards::file::read(fields))),
            Kind::Comparison | Kind::Person | Kind::Organisation | Kind::Term => None,
        };
        Some(Written {
            kind,
            slug,
            parent,
            position,
            language,
            visibility,
            countries,
            themes,
            formerly,
            texts: vec![text?],
            contributors,
            relations,
            details: details?,
            spot: Spot { file: source.file.clone(), field: None, span: 0..0 },
        })
    }

    /// The number in front of a session's file, and the slug.
    fn slug(&self, kind: Kind, stem: &str, source: &Source) -> (i32, String) {
        let (position, slug) = place_and_slug(kind, stem).unwrap_or_else(|| {
            let what = "a session's file begins with its place in the order: `01-opening.md`";
            self.note(Problem::of_file(&source.file, what));
            (0, stem)
        });
        if matches!(kind, Kind::Material | Kind::Practice | Kind::Challenge | Kind::Board) && slug == seminars::NEW {
            let what = format!("a {} cannot be called `new`: the form of a new one has that address", kind.code());
            self.note(Problem::of_file(&source.file, what).help("Rename the file."));
        }
        if kind != Kind::Seminar && !Slug::is(slug) {
            let what = format!("`{slug}` is not a slug: small letters a to z, digits and single hyphens");
            self.note(Problem::of_file(&source.file, what).help("Rename the file."));
        }
        (position, slug.to_owned())
    }
}

/// The place in the order and the slug that a file's name says; none where it should say a place and does not.
fn place_and_slug(kind: Kind, stem: &str) -> Option<(i32, &str)> {
    if kind != Kind::Session {
        return Some((0, stem));
    }
    let (number, rest) = stem.split_once('-')?;
    Some((number.parse::<u16>().ok()?.into(), rest))
}

/// The line at a byte, where it is a field whose value ends with it.
fn field_that_parses(toml: &str, at: usize) -> Option<Range<usize>> {
    let line = line(toml, at)?;
    let text = toml.get(line.clone())?;
    (text.contains('=') && Document::parse(text).is_ok()).then_some(line)
}

/// What stands behind the equals sign, where it begins like a number, a date or a word and the byte is in it: else
/// something before it is what is wrong, such as a list that is not closed.
fn bare_literal(toml: &str, at: usize) -> Option<Range<usize>> {
    let line = line(toml, at)?;
    let text = toml.get(line.clone())?;
    let (name, value) = text.split_once('=')?;
    let value = value.split('#').next().unwrap_or_default().trim_end();
    let literal = value.trim_start();
    let start = line.start + name.len() + 1 + value.len() - literal.len();
    let is_bare = literal.len() >= 2
        && literal.starts_with(|letter: char| letter.is_alphanumeric() || "+-".contains(letter))
        && !literal.contains(['"', '\'', '[', ']', '{', '}']);
    let literal = start..start + literal.len();
    (is_bare && (literal.start..=literal.end).contains(&at)).then_some(literal)
}

fn line(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    Some(start..text[start..].find('\n').map_or(text.len(), |end| start + end))
}

fn contributors(fields: &mut Fields<'_>, source: &Source) -> Vec<Contributor> {
    let read = |mut entry: Fields<'_>| {
        let person = entry.needed("person", Fields::slug);
        let role = entry.needed("role", |entry, name| entry.one_of(name, people::Role::CODES));
        let title = entry.line("title").unwrap_or_default();
        let spot = Spot { file: source.file.clone(), field: Some("person"), span: entry.span("person") };
        entry.done();
        Some(Contributor { person: person?, role: role?, title, spot })
    };
    fields.tables("contributors").into_iter().filter_map(read).collect()
}

pub(super) fn named(
    fields: &mut Fields<'_>,
    source: &Source,
    name: &'static str,
    ring: Ring,
    kind: Kind,
) -> Option<Related> {
    let slug = fields.slug(name)?;
    let spot = Spot { file: source.file.clone(), field: Some(name), span: fields.span(name) };
    Some(Related { ring, kind, slug, spot })
}

pub(super) fn all_named(
    fields: &mut Fields<'_>,
    source: &Source,
    name: &'static str,
    ring: Ring,
    kind: Kind,
) -> Vec<Related> {
    let spot = Spot { file: source.file.clone(), field: Some(name), span: fields.span(name) };
    let slugs = fields.slugs(name);
    slugs.into_iter().map(|slug| Related { ring, kind, slug, spot: spot.clone() }).collect()
}

/// Line and column of a spot in a folder at `root`, read once more: problems are rare, and files need not be kept.
pub(crate) fn place(root: &Path, spot: &Spot) -> Option<super::problem::At> {
    if spot.span == (0..0) {
        return None;
    }
    let disk = Disk::open(root, &mut Vec::new()).ok()?;
    Some(disk.text(&spot.file).ok()?.at(spot.span.start))
}
