//! The fields of a file, read one by one; what is wrong is noted and reading goes on, so that one run names it all.

use super::problem::{Problem, Source, nearest};
use crate::things::Slug;
use jiff::civil::{Date, DateTime};
use language::Language;
use std::{cell::RefCell, collections::BTreeSet, ops::Range, rc::Rc, str::FromStr};
use toml_edit::{Item, TableLike, Value};

/// Texts of one line: titles, names, places.
pub(crate) const LINE_MOST: usize = 300;
/// Texts of a few sentences.
pub(crate) const SENTENCES_MOST: usize = 2000;
/// Entries of a list.
pub(crate) const LIST_MOST: usize = 200;

/// Where what is wrong is noted.
pub(crate) type Problems = Rc<RefCell<Vec<Problem>>>;

/// A table of a file.
pub(crate) struct Fields<'a> {
    source: &'a Source,
    /// Where the TOML begins in the file: spans are counted from there.
    offset: usize,
    table: &'a dyn TableLike,
    /// Where the table stands, for what is missing from it.
    span: Range<usize>,
    /// What stands before a field's name: `contributors` or nothing.
    path: Option<&'static str>,
    asked: BTreeSet<&'static str>,
    problems: Problems,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(source: &'a Source, offset: usize, table: &'a dyn TableLike, problems: &Problems) -> Self {
        Self { source, offset, table, span: 0..0, path: None, asked: BTreeSet::new(), problems: problems.clone() }
    }

    /// Where a field stands in the file, or its table if it is missing.
    pub(crate) fn span(&self, name: &str) -> Range<usize> {
        self.table.get(name).and_then(|item| self.span_of(item)).unwrap_or_else(|| self.span.clone())
    }

    fn span_of(&self, item: &Item) -> Option<Range<usize>> {
        item.span().map(|span| span.start + self.offset..span.end + self.offset)
    }

    /// Whether a field is there, whatever is in it.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// What a field holds, if it is a text; nothing is noted.
    pub(crate) fn written(&self, name: &str) -> Option<String> {
        self.table.get(name)?.as_str().map(str::to_owned)
    }

    /// Notes what is wrong with a field.
    pub(crate) fn wrong(&self, name: &str, what: impl Into<String>) -> &Self {
        let path = self.path.map_or_else(|| name.to_owned(), |path| format!("{path}.{name}"));
        self.note(self.source.problem(Some(&path), self.span(name), what));
        self
    }

    pub(crate) fn note(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    fn value<T>(&mut self, name: &'static str, want: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        self.asked.insert(name);
        let item = self.table.get(name)?;
        let value = item.as_value().and_then(read);
        // What is no value at all is noted already.
        if value.is_none() && !self.source.no_value.borrow().contains(&self.span(name).start) {
            self.wrong(name, format!("this must be {want}"));
        }
        value
    }

    fn bounded(&mut self, name: &'static str, most: usize) -> Option<String> {
        let text = self.value(name, "text in quotes", |value| value.as_str().map(str::to_owned))?;
        self.within(name, text, most)
    }

    fn within(&self, name: &str, text: String, most: usize) -> Option<String> {
        let text = text.trim().to_owned();
        let length = text.chars().count();
        if text.is_empty() {
            self.wrong(name, "this is empty; leave the field out or fill it in");
            None
        } else if length > most {
            self.wrong(name, format!("this has {length} characters, and the most is {most}"));
            None
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.wrong(name, "this holds a control character");
            None
        } else {
            Some(text)
        }
    }

    /// A text of one line.
    pub(crate) fn line(&mut self, name: &'static str) -> Option<String> {
        let text = self.bounded(name, LINE_MOST)?;
        if text.contains('\n') {
            self.wrong(name, "this must be one line");
            return None;
        }
        Some(text)
    }

    /// A text of a few sentences.
    pub(crate) fn sentences(&mut self, name: &'static str) -> Option<String> {
        self.bounded(name, SENTENCES_MOST)
    }

    /// What must be there.
    pub(crate) fn needed<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Self, &'static str) -> Option<T>,
    ) -> Option<T> {
        let there = self.table.contains_key(name);
        let value = read(self, name);
        if !there {
            self.wrong(name, format!("`{name}` is needed and is missing"));
        }
        value
    }

    /// A list of texts.
    pub(crate) fn lines(&mut self, name: &'static str) -> Vec<String> {
        let list = self.value(name, "a list of texts: [\"…\", \"…\"]", |value| {
            value.as_array()?.iter().map(|entry| entry.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        let list = list.unwrap_or_default();
        if list.len() > LIST_MOST {
            self.wrong(name, format!("this lists {}, and the most is {LIST_MOST}", list.len()));
            return Vec::new();
        }
        list.into_iter().filter_map(|entry| self.within(name, entry, SENTENCES_MOST)).collect()
    }

    /// A list without repeats, each of one kind.
    fn set<T>(&mut self, name: &'static str, want: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut known = BTreeSet::new();
        let mut list = Vec::new();
        for entry in self.lines(name) {
            match read(&entry) {
                Some(value) if known.insert(entry.clone()) => list.push(value),
                Some(_) => drop(self.wrong(name, format!("`{entry}` stands here twice"))),
                None => drop(self.wrong(name, format!("`{entry}` is not {want}"))),
            }
        }
        list
    }

    /// A date.
    pub(crate) fn date(&mut self, name: &'static str) -> Option<Date> {
        self.value(name, "a date without quotes: 2016-12-06", |value| {
            value.as_datetime().filter(|at| at.time.is_none() && at.offset.is_none())?;
            value.to_string().trim().parse().ok()
        })
    }

    /// A date and a time, of wherever the seminar is.
    pub(crate) fn moment(&mut self, name: &'static str) -> Option<DateTime> {
        self.value(name, "a date and time without quotes: 2016-12-06T09:00:00", |value| {
            value.as_datetime().filter(|at| at.date.is_some() && at.time.is_some() && at.offset.is_none())?;
            value.to_string().trim().parse().ok()
        })
    }

    /// Yes or no; no where it is missing.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        self.value(name, "true or false", Value::as_bool).unwrap_or_default()
    }

    /// One of some words.
    pub(crate) fn one_of<T: FromStr>(&mut self, name: &'static str, words: &[&str]) -> Option<T> {
        let word = self.line(name)?;
        if let Ok(value) = word.parse() {
            return Some(value);
        }
        let near = nearest(&word, words.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
        self.wrong(name, format!("`{word}` is none of {}{}", words.join(", "), near.unwrap_or_default()));
        None
    }

    /// The slug of something.
    pub(crate) fn slug(&mut self, name: &'static str) -> Option<String> {
        let slug = self.line(name)?;
        if Slug::is(&slug) {
            return Some(slug);
        }
        self.wrong(name, format!("`{slug}` is not a slug: small letters a to z, digits and single hyphens"));
        None
    }

    /// Slugs, each once.
    pub(crate) fn slugs(&mut self, name: &'static str) -> Vec<String> {
        let slug = |entry: &str| Slug::is(entry).then(|| entry.to_owned());
        self.set(name, "a slug: small letters a to z, digits and single hyphens", slug)
    }

    /// A country's code.
    pub(crate) fn country(&mut self, name: &'static str) -> Option<String> {
        let code = self.line(name)?;
        if is_country(&code) {
            return Some(code);
        }
        self.wrong(name, format!("`{code}` is not a country's code of two capital letters (ISO 3166-1)"));
        None
    }

    /// Who did something: a country's code or the slug of an organisation.
    pub(crate) fn by(&mut self, name: &'static str) -> Option<String> {
        let by = self.line(name)?;
        if is_country(&by) || Slug::is(&by) {
            return Some(by);
        }
        self.wrong(
            name,
            format!("`{by}` is neither a country's code (two capital letters) nor an organisation's slug"),
        );
        None
    }

    /// Countries' codes, each once.
    pub(crate) fn countries(&mut self, name: &'static str) -> Vec<String> {
        let country = |entry: &str| is_country(entry).then(|| entry.to_owned());
        self.set(name, "a country's code of two capital letters (ISO 3166-1)", country)
    }

    /// One of our languages.
    pub(crate) fn language(&mut self, name: &'static str) -> Option<Language> {
        self.one_of(name, &Language::ALL.map(Language::code))
    }

    /// Some of them, each once.
    pub(crate) fn languages(&mut self, name: &'static str) -> Vec<Language> {
        let codes = Language::ALL.map(Language::code).join(", ");
        self.set(name, &format!("one of {codes}"), |entry| entry.parse().ok())
    }

    /// A web address.
    pub(crate) fn address(&mut self, name: &'static str) -> Option<String> {
        let address = self.bounded(name, SENTENCES_MOST)?;
        if !is_address(&address) {
            self.wrong(name, "this must be an address that begins with https:// or http://");
            return None;
        }
        Some(address)
    }

    /// The tables of `[[name]]`.
    pub(crate) fn tables(&mut self, name: &'static str) -> Vec<Fields<'a>> {
        self.asked.insert(name);
        let Some(item) = self.table.get(name) else { return Vec::new() };
        let Some(tables) = item.as_array_of_tables() else {
            // `name = []` is how an empty list of tables is written.
            if item.as_array().is_some_and(toml_edit::Array::is_empty) {
                return Vec::new();
            }
            self.wrong(name, format!("this must be a table: [[{name}]]"));
            return Vec::new();
        };
        let nested = |table: &'a toml_edit::Table| Fields {
            source: self.source,
            offset: self.offset,
            table,
            span: table.span().map_or(0..0, |span| span.start + self.offset..span.end + self.offset),
            path: Some(name),
            asked: BTreeSet::new(),
            problems: self.problems.clone(),
        };
        tables.iter().map(nested).collect()
    }

    /// The table of `[name]`.
    pub(crate) fn table(&mut self, name: &'static str) -> Option<Fields<'a>> {
        self.asked.insert(name);
        let item = self.table.get(name)?;
        let Some(table) = item.as_table_like() else {
            self.wrong(name, "this must be a table");
            return None;
        };
        Some(Fields {
            source: self.source,
            offset: self.offset,
            table,
            span: self.span(name),
            path: Some(name),
            asked: BTreeSet::new(),
            problems: self.problems.clone(),
        })
    }

    /// Notes every field that nobody asked for, with the name that was perhaps meant.
    pub(crate) fn done(self) {
        for (name, _) in self.table.iter().filter(|(name, _)| !self.asked.contains(name)) {
            let near = nearest(name, self.asked.iter().copied());
            let what = format!("there is no field `{name}` here");
            let path = self.path.map_or_else(|| name.to_owned(), |path| format!("{path}.{name}"));
            let span = self.table.key(name).and_then(|key| key.span());
            let span = span.map_or_else(|| self.span(name), |span| span.start + self.offset..span.end + self.offset);
            let problem = self.source.problem(Some(&path), span, what);
            let known = || format!("Known are: {}.", self.asked.iter().copied().collect::<Vec<_>>().join(", "));
            self.note(problem.help(near.map_or_else(known, |near| format!("Did you mean `{near}`?"))));
        }
    }
}

/// Whether a text is a web address.
pub(crate) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || "\"<>\\^`{|}".contains(c))
}

/// Two capital letters. Which of them are countries is for the words to know.
pub(crate) fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}
