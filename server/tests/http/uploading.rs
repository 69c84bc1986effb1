//! Materials with files are added and changed in the browser.

use crate::{
    browser::{Browser, administrator, takes_part},
    forms::{Part, as_it_stands, send_parts, send_raw, with},
    harness::{Answer, Visited, story},
    html::Page,
};
use axum::body::{Body, Bytes};

const MATERIALS: &str = "/seminars/example/materials";

type Fields = Vec<(String, String)>;

/// Sends a form as it was typed, with a file.
async fn send(
    visited: &Visited,
    by: &Browser<'_>,
    address: &str,
    fields: &Fields,
    file: Option<(&str, &[u8])>,
) -> Answer {
    let mut parts: Vec<Part<'_>> = fields.iter().map(|(name, value)| (name.as_str(), None, value.as_bytes())).collect();
    let (name, bytes) = file.unwrap_or(("", b""));
    parts.insert(parts.len() / 2, ("bytes", Some(name), bytes));
    send_parts(visited, by, address, &parts).await
}

fn link(answer: &Answer) -> String {
    let page = Page::of(answer);
    let links = page.attributes("main a[download]", "href");
    links.into_iter().next().unwrap_or_default()
}

#[test]
fn an_expert_adds_a_file_replaces_it_and_takes_it_away() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let expert = takes_part(&ana, "example", "expert", "Vera").await;
        let nobody = Browser::of(&visited);
        assert!(expert.get(MATERIALS).await.text().contains("/materials/new"));
        assert!(!nobody.get(MATERIALS).await.text().contains("/materials/new"));
        let new = format!("{MATERIALS}/new");
        let sent = as_it_stands(&Page::of(&expert.get(&new).await), "form[enctype]");
        let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nslides";
        // A file says how it is called where nobody does.
        let typed = with(&sent, &[("summary", "To <take> along.")]);
        let made = send(&visited, &expert, &new, &typed, Some(("Slides_of day 1.pdf", pdf))).await;
        assert_eq!(
            (made.status.as_u16(), made.header("location")),
            (303, format!("{MATERIALS}/slides-of-day-1").as_str())
        );
        let place = format!("{MATERIALS}/slides-of-day-1");
        let shown = nobody.get(&place).await;
        assert!(shown.text().contains("To &lt;take&gt; along."), "{}", shown.text());
        let first = link(&shown);
        let got = nobody.get(&first).await;
        assert_eq!(
            (got.status.as_u16(), &got.body[..], got.header("content-type")),
            (200, &pdf[..], "application/pdf")
        );

        let edit = format!("{place}/edit");
        let page = Page::of(&expert.get(&edit).await);
        let sent = as_it_stands(&page, "form[enctype]");
        // Without a file of its own it keeps the one it has.
        let typed = with(&sent, &[("title", "Slides of the first day")]);
        assert_eq!(send(&visited, &expert, &edit, &typed, None).await.status, 303);
        assert_eq!(link(&nobody.get(&place).await), first);
        let again = send(&visited, &expert, &edit, &with(&sent, &[("summary", "Late.")]), None).await;
        assert!(again.status == 422 && again.text().contains("Slides of the first day"));
        // Having seen it, they may, and with the file that it has.
        let sent = as_it_stands(&Page::of(&again), "form[enctype]");
        assert_eq!(send(&visited, &expert, &edit, &with(&sent, &[("summary", "In time.")]), None).await.status, 303);
        assert_eq!(link(&nobody.get(&place).await), first);

        let sent = as_it_stands(&Page::of(&expert.get(&edit).await), "form[enctype]");
        let other = b"%PDF-1.7\nother";
        assert_eq!(send(&visited, &expert, &edit, &sent, Some(("Slides.pdf", other))).await.status, 303);
        let second = link(&nobody.get(&place).await);
        assert_eq!(&nobody.get(&second).await.body[..], &other[..]);
        assert_eq!(nobody.get(&first).await.status, 404, "what it held before is nobody's any more");

        let sent = as_it_stands(&Page::of(&expert.get(&edit).await), "form[enctype]");
        let without = with(&sent, &[("without", "on"), ("text", "A page.")]);
        assert_eq!(send(&visited, &expert, &edit, &without, None).await.status, 303);
        assert_eq!((link(&nobody.get(&place).await).as_str(), nobody.get(&second).await.status.as_u16()), ("", 404));

        let page = Page::of(&expert.get(&edit).await);
        let remove = as_it_stands(&page, "form.section");
        let remove: Vec<(&str, &str)> = remove.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(expert.post(&format!("{place}/remove"), &remove).await.status, 303);
        assert_eq!(expert.get(&place).await.status, 404);
    });
}

#[test]
fn a_file_stays_with_a_form_that_will_not_do() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let new = format!("{MATERIALS}/new");
        let sent = as_it_stands(&Page::of(&ana.get(&new).await), "form[enctype]");
        let typed = with(&sent, &[("title", "Kept"), ("summary", &"x".repeat(2001))]);
        let refused = send(&visited, &ana, &new, &typed, Some(("<b>&kept.txt", b"kept"))).await;
        assert!(refused.status == 422 && refused.text().contains("&lt;b>&amp;kept.txt"), "{}", refused.text());
        let again = as_it_stands(&Page::of(&refused), "form[enctype]");
        // Nobody else can use what their form remembers.
        let vera = takes_part(&ana, "example", "organiser", "Vera").await;
        let taken = send(&visited, &vera, &new, &with(&again, &[("summary", "")]), None).await;
        assert!(taken.status == 422 && taken.text().contains("Choose the file again."), "{}", taken.text());
        // Whoever does not want it any more goes on without it.
        let link_alone = [("summary", ""), ("link", "https://example.org"), ("without", "on")];
        let alone = send(&visited, &ana, &new, &with(&again, &link_alone), None).await;
        assert!(alone.status == 303 && link(&ana.get(alone.header("location")).await).is_empty());
        let mended = send(&visited, &ana, &new, &with(&again, &[("title", "Kept here"), ("summary", "")]), None).await;
        assert_eq!(mended.status, 303, "{}", mended.text());
        let place = mended.header("location").to_owned();
        assert_eq!(&ana.get(&link(&ana.get(&place).await)).await.body[..], b"kept");
        // A preview keeps it too.
        let sent = as_it_stands(&Page::of(&ana.get(&format!("{place}/edit")).await), "form[enctype]");
        let looked = with(&sent, &[("act", "preview"), ("text", "**Bold**")]);
        let looked = send(&visited, &ana, &format!("{place}/edit"), &looked, Some(("next.txt", b"next"))).await;
        assert!(looked.status == 200 && looked.text().contains("<strong>Bold</strong>"));
        assert!(looked.text().contains("next.txt"));
    });
}

#[test]
fn what_is_no_file_or_no_form_and_who_may_not_changes_nothing() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let new = format!("{MATERIALS}/new");
        let sent = as_it_stands(&Page::of(&ana.get(&new).await), "form[enctype]");
        let typed = with(&sent, &[("title", "Odd")]);
        let before = ana.get(MATERIALS).await.unmarked();
        let long = vec![b'a'; 50 * 1024 * 1024 + 1];
        let program = [b"MZ\x90\0", &[0; 60][..]].concat();
        for (name, bytes, told) in [
            ("a.txt", &long[..], "Choose a smaller file"),
            ("a.txt", b"", "there is nothing in this one"),
            (".htaccess", b"a", "shorter, plain name"),
            ("a.pdf", &program, "this one is a program"),
            ("a.pdf", b"text", "not what the end of its name says"),
        ] {
            let refused = send(&visited, &ana, &new, &typed, Some((name, bytes))).await;
            assert_eq!(refused.status, 422, "{name} {told}");
            assert!(refused.text().contains(told) && refused.text().contains("value=\"Odd\""), "{name} {told}");
        }
        let both = with(&sent, &[("title", "Odd"), ("link", "https://example.org")]);
        assert_eq!(send(&visited, &ana, &new, &both, Some(("a.txt", b"a"))).await.status, 422);
        let made_up = with(&sent, &[("title", "Odd"), ("file", "0123/secret.pdf"), ("kept", "0123\n1\n2\n3\n4")]);
        assert_eq!(send(&visited, &ana, &new, &made_up, None).await.status, 422);
        // Half a form, none, one that breaks off, and more than anything may be.
        let half: Fields = typed.iter().take(3).cloned().collect();
        assert_eq!(send(&visited, &ana, &new, &half, None).await.status, 400);
        let kind = "multipart/form-data; boundary=part";
        for (kind, body) in [
            ("application/x-www-form-urlencoded", &b"title=Odd"[..]),
            (kind, b"--part\r\nContent-Disposition: form-data; name=\"bytes\"; filename=\"a.txt\"\r\n\r\nhalf"),
            (kind, b""),
        ] {
            let refused = send_raw(&visited, &ana, &new, kind, body.to_vec()).await;
            assert_eq!(refused.status, 400, "{kind} {}", body.len());
        }
        let piece = || Ok::<_, std::io::Error>(Bytes::from_static(&[b'a'; 65_536]));
        let two = [("bytes", Some("a.txt"), &b"a"[..]), ("bytes", Some("b.txt"), b"b")];
        assert_eq!(send_parts(&visited, &ana, &new, &two).await.status, 400);
        let endless = futures::stream::iter(std::iter::repeat_with(piece).take(4_000));
        assert!(send_raw(&visited, &ana, &new, kind, Body::from_stream(endless)).await.status.is_client_error());

        let others = [
            takes_part(&ana, "example", "participant", "Mira").await,
            takes_part(&ana, "example", "observer", "Ion").await,
            takes_part(&ana, "tirana-2016", "organiser", "Sead").await,
            Browser::of(&visited),
        ];
        let edit = format!("{MATERIALS}/background-reading/edit");
        for other in &others {
            for address in [&new, &edit] {
                assert_eq!(other.get(address).await.status, 404, "{address}");
                let refused = send(&visited, other, address, &typed, Some(("a.txt", b"a"))).await;
                assert_eq!(refused.status, 404, "{address}");
            }
        }
        assert_eq!(ana.get(MATERIALS).await.unmarked(), before);
    });
}

#[test]
fn a_material_that_was_taken_away_while_somebody_typed_is_made_anew_with_the_file_that_came() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let new = format!("{MATERIALS}/new");
        let sent = as_it_stands(&Page::of(&ana.get(&new).await), "form[enctype]");
        let made = send(&visited, &ana, &new, &with(&sent, &[("title", "Notes")]), Some(("one.txt", b"one"))).await;
        assert_eq!(made.status, 303);
        let page = Page::of(&ana.get(&format!("{MATERIALS}/notes/edit")).await);
        let (typed, remove) = (as_it_stands(&page, "form[enctype]"), as_it_stands(&page, "form.section"));
        let remove: Vec<(&str, &str)> = remove.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(ana.post(&format!("{MATERIALS}/notes/remove"), &remove).await.status, 303);
        let edit = format!("{MATERIALS}/notes/edit");
        let typed = with(&typed, &[("summary", "Mine.")]);
        let told = send(&visited, &ana, &edit, &typed, Some(("two.txt", b"two"))).await;
        let page = Page::of(&told);
        assert!(told.status == 422 && told.text().contains("Mine.") && told.text().contains("two.txt"));
        let anew = page.attributes("form[enctype]", "action");
        assert_eq!(anew, [new.as_str()]);
        let saved = send(&visited, &ana, &anew[0], &as_it_stands(&page, "form[enctype]"), None).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert_eq!(&ana.get(&link(&ana.get(saved.header("location")).await)).await.body[..], b"two");
        let nobody = Browser::of(&visited);
        assert_eq!(send(&visited, &nobody, &edit, &typed, None).await.status, 404);
    });
}
