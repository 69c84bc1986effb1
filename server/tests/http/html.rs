//! Pages as a browser reads them: what they say of themselves, where they lead, what is wrong with them.

use crate::harness::{Answer, HERE};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// A page.
pub(crate) struct Page(Html);

impl Page {
    pub(crate) fn of(answer: &Answer) -> Self {
        Self(Html::parse_document(answer.text()))
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"));
        self.0.select(&selector).collect()
    }

    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector).into_iter().filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    /// The text of what a selector finds, its spaces made one.
    pub(crate) fn text(&self, selector: &str) -> String {
        let text: String = self.all(selector).into_iter().flat_map(|element| element.text()).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What each of them says.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(|one| one.text().collect::<String>().trim().to_owned()).collect()
    }

    pub(crate) fn lang(&self) -> String {
        self.attributes("html", "lang").pop().unwrap_or_default()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.attributes("[id]", "id")
    }

    pub(crate) fn canonical(&self) -> Option<String> {
        self.attributes("link[rel=canonical]", "href").pop()
    }

    /// Not to be found again: nothing is said of where it is.
    pub(crate) fn is_unlisted(&self) -> bool {
        self.attributes("meta[name=robots]", "content").iter().any(|content| content.contains("noindex"))
    }

    /// What is wrong with a page that answered 200 at an address.
    pub(crate) fn faults(&self, address: &str) -> Vec<String> {
        let mut faults = self.dangers();
        let mut expect = |holds: bool, what: String| {
            if !holds {
                faults.push(what);
            }
        };
        for (element, count) in [("h1", 1), ("main", 1), ("title", 1), ("body > a.skip", 1)] {
            let found = self.all(element).len();
            expect(found == count, format!("{found} of `{element}`"));
        }
        expect(!self.lang().is_empty(), "no lang".to_owned());
        for element in ["h1", "title"] {
            expect(!self.text(element).is_empty(), format!("an empty `{element}`"));
        }
        let about = self.attributes("meta[name=description]", "content");
        expect(about.len() == 1 && !about[0].trim().is_empty(), format!("descriptions {about:?}"));
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let later = address.split(['?', '&', '#']).any(|part| part == "page=2");
        let path = if later { format!("{path}?page=2") } else { path.to_owned() };
        let canonical = self.attributes("link[rel=canonical]", "href");
        let wanted = if self.is_unlisted() { vec![] } else { vec![format!("{HERE}{path}")] };
        expect(canonical == wanted, format!("canonical {canonical:?}, not {wanted:?}"));
        for data in self.all("script[type='application/ld+json']") {
            let text: String = data.text().collect();
            let parsed = serde_json::from_str::<serde_json::Value>(&text);
            let described =
                parsed.as_ref().is_ok_and(|data| data["@context"] == "https://schema.org" && data["@type"].is_string());
            expect(described, format!("JSON-LD {text:?}"));
            let nothing = ["null", "[]", "\"\""].into_iter().find(|nothing| text.contains(&format!(":{nothing}")));
            expect(nothing.is_none(), format!("JSON-LD says {nothing:?} in {text:?}"));
        }
        for property in ["og:title", "og:description", "og:type", "og:url", "og:image", "og:locale"] {
            let content = self.attributes(&format!("meta[property='{property}']"), "content");
            expect(content.len() == 1 && !content[0].is_empty(), format!("{property} {content:?}"));
        }
        let url = self.attributes("meta[property='og:url']", "content");
        expect(canonical.is_empty() || url == canonical, format!("og:url {url:?}, canonical {canonical:?}"));
        let way = self.all("nav.crumbs a[href]").len();
        expect(path == "/" || way > 0, "no way to it".to_owned());
        let ids = self.ids();
        let known: BTreeSet<&String> = ids.iter().collect();
        expect(known.len() == ids.len(), format!("an id twice in {ids:?}"));
        for attribute in ["aria-labelledby", "aria-controls", "aria-describedby", "for"] {
            for value in self.attributes(&format!("[{attribute}]"), attribute) {
                for id in value.split_whitespace() {
                    expect(known.contains(&id.to_owned()), format!("{attribute} names `{id}`, which is not there"));
                }
            }
        }
        faults
    }

    /// What could run, style or frame by itself.
    pub(crate) fn dangers(&self) -> Vec<String> {
        let mut found = Vec::new();
        for element in self.all("*") {
            for (name, value) in element.value().attrs() {
                let address = value.trim().to_ascii_lowercase();
                if name.starts_with("on") || name == "style" || address.starts_with("javascript:") {
                    found.push(format!("{name}={value:?} on <{}>", element.value().name()));
                }
            }
        }
        for banned in [
            "style",
            "iframe",
            "object",
            "embed",
            "base",
            "meta[http-equiv]",
            "script:not([src]):not([type='application/ld+json'])",
        ] {
            found.extend(self.all(banned).into_iter().map(|element| element.html()));
        }
        let foreign = |address: &String| !address.starts_with("/assets/");
        found.extend(self.attributes("script[src]", "src").into_iter().filter(foreign));
        found
    }

    /// Where its links lead, within the site: path with query and fragment. Fragments alone are of the page itself.
    pub(crate) fn links(&self, address: &str) -> Vec<String> {
        let mut parts = address.split(['?', '&', '#']);
        let path = parts.next().unwrap_or_default();
        let path =
            parts.find(|part| part.starts_with("page=")).map_or(path.to_owned(), |part| format!("{path}?{part}"));
        let within = |href: String| {
            if let Some(rest) = href.strip_prefix(HERE) {
                return Some(if rest.is_empty() { "/".to_owned() } else { rest.to_owned() });
            }
            match href.as_bytes() {
                [b'/', b'/', ..] => None,
                [b'/', ..] => Some(href),
                [b'#', ..] => Some(format!("{address}{href}")),
                [b'?', ..] => Some(format!("{path}{href}")),
                _ if href.contains(':') => None,
                _ => Some(format!("{}/{href}", path.rsplit_once('/').map_or("", |(folder, _)| folder))),
            }
        };
        self.attributes("a[href]", "href").into_iter().filter_map(within).collect()
    }

    /// Files that it needs: styles, scripts, fonts, pictures.
    pub(crate) fn needs(&self) -> Vec<String> {
        let mut needs = self.attributes("script[src]", "src");
        for rel in ["stylesheet", "icon", "preload", "modulepreload"] {
            needs.extend(self.attributes(&format!("link[rel={rel}]"), "href"));
        }
        needs.extend(self.attributes("img[src]", "src"));
        needs
    }
}
