//! Links from a text to other things.
//!
//! Stored HTML keeps a link as its author wrote it: a path of the site, or the path of a file beside its own. Which
//! thing that is, where it is now, and whether this reader may know of it, is found when the text is shown. What may
//! not be seen leaves the author's words and no link, and so does a path of a file that is none of the folder's texts.

use crate::{
    gate::{Reason, Viewer},
    store::{Failure, Store},
    things::{self, Kind, Place, Slug},
};

/// The text for a reader: each link to a thing leads to where the thing is, or is none. `kind` and `seminar` are those
/// of the thing that the text belongs to.
pub(crate) async fn resolved(
    store: &Store,
    viewer: &Viewer,
    html: String,
    links: &[String],
    kind: Kind,
    seminar: Option<&str>,
) -> Result<String, Failure> {
    let named: Vec<(&String, Option<Place>)> = links.iter().map(|link| (link, place(link, kind, seminar))).collect();
    let wanted: Vec<Place> = named.iter().filter_map(|(_, place)| place.clone()).collect();
    let there = things::among(store, viewer, &wanted).await?;
    let mut html = html;
    for (link, place) in named {
        let Some(place) = place else {
            if !link.starts_with(['/', '#', '?']) {
                html = unlinked(&html, &opening(link));
            }
            continue;
        };
        let now = now(store, viewer, &there, &place).await?.map(|now| now.path());
        let fragment = link.find('#').map(|at| &link[at..]).unwrap_or_default();
        html = match now {
            Some(path) => html.replace(&opening(link), &opening(&format!("{path}{fragment}"))),
            None => unlinked(&html, &opening(link)),
        };
    }
    Ok(html)
}

/// Where something that is linked to is now, if it is among what is there or has moved.
async fn now(store: &Store, viewer: &Viewer, there: &[Place], place: &Place) -> Result<Option<Place>, Failure> {
    if there.contains(place) {
        return Ok(Some(place.clone()));
    }
    things::former(store, viewer, place.kind, place.seminar.as_deref(), &place.slug).await
}

/// The Markdown of a text as a viewer may have it: without links to what is there and may not be seen.
pub(crate) async fn source(
    store: &Store,
    viewer: &Viewer,
    markdown: &str,
    kind: Kind,
    seminar: Option<&str>,
) -> Result<String, Failure> {
    let mut wanted = Vec::new();
    markup::unlink(markdown, |address| {
        wanted.extend(place(address, kind, seminar));
        false
    });
    let everything = Viewer::everything(Reason::Hiding);
    let there = things::among(store, viewer, &wanted).await?;
    let at_all = things::among(store, &everything, &wanted).await?;
    let mut hidden = Vec::new();
    for place in wanted {
        if now(store, viewer, &there, &place).await?.is_none()
            && now(store, &everything, &at_all, &place).await?.is_some()
        {
            hidden.push(place);
        }
    }
    if hidden.is_empty() {
        return Ok(markdown.to_owned());
    }
    Ok(markup::unlink(markdown, |address| place(address, kind, seminar).is_some_and(|place| hidden.contains(&place))))
}

/// How the sanitiser begins a link.
fn opening(address: &str) -> String {
    format!("<a href=\"{}\"", address.replace('&', "&amp;").replace('"', "&quot;"))
}

/// The HTML without the links that begin so; their words stay. Links do not lie in each other.
fn unlinked(html: &str, opening: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(opening) {
        let (before, link) = rest.split_at(at);
        out.push_str(before);
        let Some((inside, after)) = link.split_once('>').and_then(|(_, inside)| inside.split_once("</a>")) else {
            out.push_str(link);
            return out;
        };
        out.push_str(inside);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The thing that an address means, if it means one.
fn place(address: &str, kind: Kind, seminar: Option<&str>) -> Option<Place> {
    let path = address.split(['#', '?']).next()?;
    // Another site's, whatever its path looks like.
    if path.contains(':') || path.starts_with("//") {
        return None;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let in_seminar = |kind: Kind, seminar: Option<&str>, slug: &str| {
        let seminar = if kind.is_local() { Some(seminar?.to_owned()) } else { None };
        Slug::is(slug).then(|| Place { kind, slug: slug.to_owned(), seminar })
    };
    if path.starts_with('/') {
        return match parts[..] {
            ["seminars", slug] => in_seminar(Kind::Seminar, None, slug),
            ["seminars", seminar, "comparison"] => in_seminar(Kind::Comparison, Some(seminar), "comparison"),
            ["seminars", seminar, "sessions", slug] => in_seminar(Kind::Session, Some(seminar), slug),
            ["seminars", seminar, "materials", slug] => in_seminar(Kind::Material, Some(seminar), slug),
            ["seminars", seminar, "boards", slug] => in_seminar(Kind::Board, Some(seminar), slug),
            ["practices", slug] => in_seminar(Kind::Practice, None, slug),
            ["challenges", slug] => in_seminar(Kind::Challenge, None, slug),
            ["recommendations", slug] => in_seminar(Kind::Recommendation, None, slug),
            ["people", slug] => in_seminar(Kind::Person, None, slug),
            ["organisations", slug] => in_seminar(Kind::Organisation, None, slug),
            ["glossary", slug] => in_seminar(Kind::Term, None, slug),
            _ => None,
        };
    }
    // The path of a file, from the folder of the text's own.
    let (file, folders) = parts.split_last()?;
    let stem = file.strip_suffix(".md")?.split('.').next()?;
    let room = match folders.iter().rev().find(|part| **part != "..") {
        Some(room) => Kind::in_room(room)?,
        None if stem == "seminar" => return in_seminar(Kind::Seminar, None, seminar?),
        None => kind,
    };
    let slug = match room {
        Kind::Session => stem.split_once('-').map_or(stem, |(_, slug)| slug),
        _ => stem,
    };
    in_seminar(room, seminar, slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(address: &str) -> Option<String> {
        place(address, Kind::Session, Some("tirana-2016")).map(|place| place.path())
    }

    #[test]
    fn a_link_is_a_path_of_the_site_or_of_a_file() {
        assert_eq!(path("/challenges/staff-turnover#x").as_deref(), Some("/challenges/staff-turnover"));
        assert_eq!(path("/seminars/a/sessions/b").as_deref(), Some("/seminars/a/sessions/b"));
        assert_eq!(path("../challenges/staff-turnover.md").as_deref(), Some("/challenges/staff-turnover"));
        assert_eq!(path("02-closing.md").as_deref(), Some("/seminars/tirana-2016/sessions/closing"));
        assert_eq!(path("../materials/summary.sq.md").as_deref(), Some("/seminars/tirana-2016/materials/summary"));
        assert_eq!(path("/seminars/a/boards/b").as_deref(), Some("/seminars/a/boards/b"));
        assert_eq!(path("../boards/obstacles.md").as_deref(), Some("/seminars/tirana-2016/boards/obstacles"));
        assert_eq!(path("../seminar.md").as_deref(), Some("/seminars/tirana-2016"));
        for none in [
            "/search?q=x",
            "/",
            "",
            "../../../etc/passwd",
            "/challenges/No Slug",
            "/challenges",
            "x.pdf",
            "https://example.org/practices/x.md",
            "//example.org/practices/x.md",
        ] {
            assert_eq!(path(none), None, "{none}");
        }
    }

    #[test]
    fn what_may_not_be_seen_leaves_its_words() {
        let html = "<p>a <a href=\"/practices/x\" rel=\"r\">the <em>x</em></a>, b <a href=\"/practices/y\">y</a></p>";
        assert_eq!(
            unlinked(html, &opening("/practices/x")),
            "<p>a the <em>x</em>, b <a href=\"/practices/y\">y</a></p>"
        );
        assert_eq!(unlinked("<a href=\"/x\"", &opening("/x")), "<a href=\"/x\"");
    }
}
