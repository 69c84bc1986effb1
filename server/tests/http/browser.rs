//! Somebody's browser: it keeps cookies as browsers do, and sends forms from pages of the site.

use crate::harness::{Answer, Visited};
use axum::http::{Method, header};
use content::accounts;
use jiff::Timestamp;
use std::{cell::RefCell, collections::BTreeMap};

/// A password that is good enough.
pub(crate) const PASSWORD: &str = "kali i bardhe mbi ure";

pub(crate) struct Browser<'a> {
    visited: &'a Visited,
    pub(crate) cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    /// A new one, in which nobody was ever signed in.
    pub(crate) fn of(visited: &'a Visited) -> Self {
        Self { visited, cookies: RefCell::default() }
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.send(Method::GET, address, "").await
    }

    pub(crate) async fn post(&self, address: &str, form: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        self.send(Method::POST, address, &body.finish()).await
    }

    /// What a script of a page sends.
    pub(crate) async fn says(&self, address: &str, json: &str) -> Answer {
        self.sends(Method::POST, address, ("application/json", json)).await
    }

    /// A form as it is written, whole or not.
    pub(crate) async fn send(&self, method: Method, address: &str, body: &str) -> Answer {
        self.sends(method, address, ("application/x-www-form-urlencoded", body)).await
    }

    async fn sends(&self, method: Method, address: &str, (kind, body): (&str, &str)) -> Answer {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![
            ("sec-fetch-site", "same-origin"),
            ("user-agent", "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"),
        ];
        if method == Method::POST {
            headers.push(("content-type", kind));
        }
        if !cookies.is_empty() {
            headers.push(("cookie", &cookies));
        }
        let answer = self.visited.send(method, address, &headers, body).await;
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().expect("a cookie of ours is text");
            let (pair, about) = set.split_once(';').unwrap_or((set, ""));
            let (name, value) = pair.split_once('=').expect("a name and a value");
            if about.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// The session that it shows.
    pub(crate) fn session(&self) -> Option<String> {
        self.cookies.borrow().iter().find(|(name, _)| name.ends_with("session")).map(|(_, value)| value.clone())
    }

    /// Whom the head of a page names.
    pub(crate) async fn is_called(&self) -> Option<String> {
        let answer = self.get("/help/roles").await;
        let page = answer.text();
        let (_, rest) = page.split_once("Your account<!>: </span>")?;
        Some(rest.split('<').next().unwrap_or_default().to_owned())
    }

    /// Signs in with [`PASSWORD`].
    pub(crate) async fn signs_in(&self, address: &str) -> Answer {
        self.post("/sign-in", &[("address", address), ("password", PASSWORD)]).await
    }
}

/// The path of the link for the first administrator.
pub(crate) async fn first_link(visited: &Visited) -> String {
    let token = accounts::set_up(&visited.store().await, Timestamp::now()).await.expect("the store answers");
    format!("/invitations/{}", token.expect("nobody is there yet").reveal())
}

/// A browser in which the first administrator is signed in: Ana Hoxha, ana@example.org.
pub(crate) async fn administrator(visited: &Visited) -> Browser<'_> {
    let ana = Browser::of(visited);
    let said = [("name", "Ana Hoxha"), ("address", "ana@example.org"), ("password", PASSWORD)];
    let answer = ana.post(&first_link(visited).await, &said).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    ana
}

/// The path of a link that a page shows once.
pub(crate) fn shown_link(answer: &Answer) -> String {
    let page = answer.text();
    let (_, rest) = page.split_once("class=\"passing\"><a href=\"").expect("a link to pass on");
    let link = rest.split('"').next().unwrap_or_default();
    link.strip_prefix(crate::harness::HERE).expect("of this site").to_owned()
}

/// Somebody who took an invitation to the seminar with this part.
pub(crate) async fn takes_part<'a>(by: &Browser<'a>, seminar: &str, part: &str, name: &str) -> Browser<'a> {
    let made = by.post(&format!("/seminars/{seminar}/invitations"), &[("role", part)]).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let one = Browser::of(by.visited);
    let address = format!("{}@example.org", name.to_lowercase());
    let said = [("name", name), ("address", address.as_str()), ("password", PASSWORD)];
    assert_eq!(one.post(&shown_link(&made), &said).await.status, 303);
    one
}
