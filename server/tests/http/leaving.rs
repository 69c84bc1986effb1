//! Whoever leaves quickly leaves nothing behind that the button "back" shows.

use crate::{
    browser::{Browser, administrator, takes_part},
    harness::{ELSEWHERE, Visited, story},
    html::Page,
};
use axum::http::Method;

const SEMINAR: &str = "/seminars/tirana-2016";

#[test]
fn every_page_is_empty_once_one_has_left_until_one_goes_on() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let file = {
            let page = Page::of(&ana.get(&format!("{SEMINAR}/materials")).await);
            let all = page.attributes("main a[href^='/files/']", "href");
            all.first().cloned()
        };
        let answer = ana.post("/leave", &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/left"));
        assert_eq!(answer.header("set-cookie"), "left=1; Path=/; Max-Age=86400; SameSite=Lax");
        let left = ana.get("/left").await;
        let on = Page::of(&left).attributes("meta[http-equiv=refresh]", "content");
        assert_eq!(on, [format!("1;url={ELSEWHERE}")]);
        assert_eq!(Page::of(&left).attributes("img", "src"), ["/left.svg"]);
        let forgets = ana.get("/left.svg").await;
        assert_eq!((forgets.status.as_u16(), forgets.header("clear-site-data")), (200, "\"cache\""));
        let addresses = [
            "/",
            SEMINAR,
            "/search?q=trafficking",
            "/feed.xml",
            "/sitemap.xml",
            "/seminars/tirana-2016/programme.ics",
            "/nothing",
            "/account",
            "/admin/people",
            "/healthz",
            "/%zz",
        ];
        for address in addresses.into_iter().chain(file.as_deref()) {
            let answer = ana.get(address).await;
            let page = Page::of(&answer);
            assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{address}");
            assert_eq!(answer.headers.get("etag"), None, "{address}");
            assert_eq!([page.text("title"), page.text("h1")], ["…", "There is nothing here"]);
            assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), [""; 0], "{address}");
            assert!(!answer.text().contains("Plenary"), "{address}");
            assert_eq!(ana.send(Method::HEAD, address, "").await.status, 200, "{address}");
        }
        let style = Page::of(&left).attributes("link[rel=stylesheet]", "href").remove(0);
        assert!(ana.get(&style).await.header("content-type").starts_with("text/css"));
        assert_eq!(ana.get("/api/v1/seminars").await.status, 200, "programs do not leave");
        // Others are where they were, and so is whoever goes on, signed in as before.
        assert_eq!(Browser::of(&visited).get("/").await.header("cache-control"), "no-cache");
        let back = ana.post("/return", &[("next", SEMINAR)]).await;
        assert_eq!((back.status.as_u16(), back.header("location")), (303, SEMINAR));
        assert_eq!(back.header("set-cookie"), "left=1; Path=/; Max-Age=0; SameSite=Lax");
        assert_eq!(ana.get("/admin/people").await.status, 200);
        for odd in ["", "/left", "//evil.example", "https://evil.example/", "seminars"] {
            assert_eq!(ana.post("/return", &[("next", odd)]).await.header("location"), "/", "{odd}");
        }
    });
}

#[test]
fn what_a_browser_kept_is_not_confirmed_to_whoever_goes_back() {
    story(async {
        let visited = Visited::new().await;
        let before = visited.get(SEMINAR).await;
        let tag = before.header("etag").to_owned();
        assert_eq!(visited.get_with(SEMINAR, &[("if-none-match", &tag)]).await.status, 304);
        let after = visited.get_with(SEMINAR, &[("if-none-match", &tag), ("cookie", "language=sr-Cyrl; left=1")]).await;
        assert_eq!(after.status, 200);
        assert_eq!(Page::of(&after).text("h1"), "Овде нема ничега");
        assert_eq!(visited.get_with(SEMINAR, &[("if-none-match", &tag)]).await.status, 304, "nothing of it is kept");
        // Another site sends nobody away, and nobody back.
        for form in ["/leave", "/return"] {
            let forged = [("sec-fetch-site", "cross-site"), ("content-type", "application/x-www-form-urlencoded")];
            let answer = visited.send(Method::POST, form, &forged, "").await;
            assert_eq!((answer.status.as_u16(), answer.headers.get("set-cookie")), (403, None), "{form}");
        }
    });
}

#[test]
fn over_https_the_mark_is_one_that_no_other_site_of_the_domain_sets() {
    story(async {
        let visited = Visited::called("https://plenary.example").await;
        let answer = visited.post("/leave", "").await;
        assert_eq!(answer.header("set-cookie"), "__Host-left=1; Path=/; Max-Age=86400; SameSite=Lax; Secure");
        let heading = async |cookie: &str| Page::of(&visited.get_with(SEMINAR, &[("cookie", cookie)]).await).text("h1");
        assert_eq!(heading("__Host-left=1").await, "There is nothing here");
        for other in ["left=1", "x__Host-left=1", "__Host-lefty=1"] {
            assert_ne!(heading(other).await, "There is nothing here", "{other}");
        }
    });
}

#[test]
fn what_is_read_has_the_button_and_what_is_typed_has_none() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let expert = takes_part(&ana, "tirana-2016", "expert", "Vera").await;
        let has = async |browser: &Browser<'_>, address: &str| {
            let answer = browser.get(address).await;
            assert_eq!(answer.status, 200, "{address}");
            let page = Page::of(&answer);
            let buttons = page.all("form[action='/leave'] button").len();
            assert_eq!(page.all("script[src^='/assets/leave.']").len(), 1, "{address}");
            buttons
        };
        for address in ["/", SEMINAR, "/practices", "/glossary", "/search", "/search?q=a", "/privacy"] {
            assert_eq!(has(&expert, address).await, 1, "{address}");
        }
        for address in ["/account", "/sign-in"] {
            assert_eq!(has(&expert, address).await, 0, "{address}");
        }
        for address in
            ["/practices/new", "/admin/people", "/seminars/tirana-2016/edit", "/seminars/tirana-2016/protection"]
        {
            assert_eq!(has(&ana, address).await, 0, "{address}");
        }
    });
}
