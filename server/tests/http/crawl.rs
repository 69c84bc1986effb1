//! Walking through the site: from home and from the site map, along every link.

use crate::{
    browser::{PASSWORD, administrator, shown_link},
    harness::{Answer, HERE, Visited},
    html::Page,
    letters,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use tokio::sync::OnceCell;

/// More pages than this is a trap for those who walk.
const MOST: usize = 3000;

/// All that was found on the way.
pub(crate) struct Crawled {
    /// By address, path with query.
    pub(crate) answers: BTreeMap<String, Answer>,
    /// From an address to an address with its fragment.
    pub(crate) links: BTreeSet<(String, String)>,
}

/// The shared site, walked through once for all stories.
pub(crate) async fn crawled() -> &'static Crawled {
    static CRAWLED: OnceCell<Crawled> = OnceCell::const_new();
    let start = async || {
        let visited = Visited::shared().await;
        let mut waiting = vec!["/".to_owned()];
        waiting.extend(mapped(visited).await);
        crawl(async |address| visited.get(address).await, waiting, |_| true).await
    };
    CRAWLED.get_or_init(start).await
}

/// Pages that nobody reaches who is not signed in or has no link, as an administrator sees them.
pub(crate) async fn crawled_inside() -> &'static Crawled {
    static CRAWLED: OnceCell<Crawled> = OnceCell::const_new();
    let start = async || {
        let mail = letters::Server::open().await;
        let visited = Visited::with_mail(mail.mail()).await;
        let ana = administrator(&visited).await;
        let other = [("address", "anna@example.org"), ("current", PASSWORD)];
        assert_eq!(ana.post("/account/address", &other).await.status, 200);
        let address = letters::path(&mail.letter().await);
        let door = "/seminars/tirana-2016/door";
        assert_eq!(ana.post(door, &[("door", "open")]).await.status, 303);
        let seat = [("name", "Ion"), ("role", "expert"), ("delegation", "MD")];
        assert_eq!(ana.post("/seminars/tirana-2016/seats", &seat).await.status, 303);
        let invitation = shown_link(&ana.post("/admin/invitations", &[("role", "editor")]).await);
        let link = shown_link(&ana.post("/admin/people/1/link", &[]).await);
        let start = [&invitation, &link, &address, "/join/ACDEFHJK", "/sign-out", "/seminars", "/seminars/tirana-2016"];
        // Pages that say more to those who may change what they say.
        let more = [
            "/seminars/tirana-2016/people",
            "/seminars/tirana-2016/comparison",
            "/people/swati-pande",
            "/organisations/zemlja-djece",
            "/seminars/example/materials",
            "/seminars/example/materials/results-of-group-work",
            "/seminars/example/boards",
            "/seminars/example/boards/who-could-carry-support-further",
            "/practices",
            "/practices/guardian-pairs",
            "/challenges",
            "/challenges/staff-turnover",
        ];
        let start: Vec<String> = start.into_iter().chain(more).map(str::to_owned).collect();
        let outside = crawled().await;
        let routes = app::render::routes();
        let inside = |address: &str| {
            // `/seminars/new` is an address of its own, and none of a seminar.
            let fit = routes.iter().filter(|route| fits(route, address));
            let fit = fit.min_by_key(|route| route.matches('{').count());
            fit.is_none_or(|route| outside.example(route).is_none())
        };
        crawl(async |address| ana.get(address).await, start, inside).await
    };
    CRAWLED.get_or_init(start).await
}

pub(crate) async fn crawl(
    get: impl AsyncFn(&str) -> Answer,
    start: Vec<String>,
    also: impl Fn(&str) -> bool,
) -> Crawled {
    let mut crawled = Crawled { answers: BTreeMap::new(), links: BTreeSet::new() };
    let mut waiting = VecDeque::from(start.clone());
    while let Some(address) = waiting.pop_front() {
        if crawled.answers.contains_key(&address) || !(also(&address) || start.contains(&address)) {
            continue;
        }
        assert!(
            crawled.answers.len() < MOST,
            "more than {MOST} addresses: {:?}",
            crawled.answers.keys().rev().take(20)
        );
        let answer = get(&address).await;
        if answer.status.is_redirection() {
            let to = answer.header("location").to_owned();
            assert!(to.starts_with('/') && !to.starts_with("//"), "{address} leads to {to}");
            waiting.push_back(to);
        } else if answer.is_page() {
            for link in Page::of(&answer).links(&address) {
                waiting.push_back(link.split('#').next().unwrap_or_default().to_owned());
                crawled.links.insert((address.clone(), link));
            }
        }
        crawled.answers.insert(address, answer);
    }
    crawled
}

/// The paths in the site map.
pub(crate) async fn mapped(visited: &Visited) -> Vec<String> {
    let map = visited.get("/sitemap.xml").await;
    let xml = roxmltree::Document::parse(map.text()).expect("a site map in XML");
    let places =
        xml.descendants().filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")));
    places
        .map(|place| {
            let place = place.text().unwrap_or_default();
            place.strip_prefix(HERE).unwrap_or_else(|| panic!("{place} is not of this site")).to_owned()
        })
        .collect()
}

impl Crawled {
    /// The pages that answered 200.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.answers
            .iter()
            .filter(|(_, answer)| answer.status == 200 && answer.is_page())
            .map(|(at, answer)| (at.as_str(), answer))
    }

    /// The first page that has an address of this form: `/seminars/{seminar}`.
    pub(crate) fn example(&self, route: &str) -> Option<&str> {
        self.pages().map(|(address, _)| address).find(|address| fits(route, address))
    }
}

/// Whether a path is of the form of a route.
pub(crate) fn fits(route: &str, address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len()
        && route
            .iter()
            .zip(&path)
            .all(|(form, part)| if form.starts_with('{') { !part.is_empty() } else { form == part })
}
