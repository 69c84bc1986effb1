//! An organiser edits a programme in the browser; two of them, files, and forms that are not whole.

use crate::{
    browser::{Browser, administrator, takes_part},
    forms::{as_it_stands, post, texts, with},
    harness::{Answer, Visited, bundled, story, until},
    html::Page,
};

const SEMINAR: &str = "/seminars/example";
const SESSION: &str = "panel-first-contact";

#[test]
fn a_session_is_edited_and_says_so_everywhere_and_no_import_takes_it_back() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let organiser = takes_part(&ana, "example", "organiser", "Ion").await;
        let others = [
            takes_part(&ana, "example", "facilitator", "Vera").await,
            takes_part(&ana, "example", "participant", "Mira").await,
            takes_part(&ana, "tirana-2016", "organiser", "Sead").await,
            Browser::of(&visited),
        ];
        let at = format!("{SEMINAR}/sessions/{SESSION}");
        let edit = format!("{at}/edit");
        let link = |page: &Answer| Page::of(page).attributes("main a", "href").contains(&edit);
        let page = organiser.get(&edit).await;
        assert_eq!((page.status.as_u16(), page.headers["cache-control"].as_bytes()), (200, &b"no-store"[..]));
        assert!(
            link(&organiser.get(&at).await) && !link(&others[0].get(&at).await) && !link(&others[3].get(&at).await)
        );
        let form = as_it_stands(&Page::of(&page), "main form");
        let typed =
            [("title", "Who & <what> is there"), ("starts", "12:00"), ("text", "Zwyndoria **spoke**.\r\n\r\nMore.")];
        for eve in &others {
            for address in [&edit, &format!("{SEMINAR}/programme/edit"), &format!("{SEMINAR}/programme/new")] {
                assert_eq!(eve.get(address).await.status, 404, "{address}");
                assert_eq!(post(eve, address, &with(&form, &typed)).await.status, 404, "{address}");
            }
        }
        // As it stands nothing changes.
        let version = organiser.get(&edit).await.text().to_owned();
        assert_eq!(post(&organiser, &edit, &form).await.status, 303);
        assert_eq!(organiser.get(&edit).await.text(), version);

        // A preview keeps what was typed and saves nothing.
        let preview = post(&organiser, &edit, &with(&with(&form, &typed), &[("act", "preview")])).await;
        assert_eq!(preview.status, 200);
        assert!(preview.text().contains("Zwyndoria <strong>spoke</strong>"));
        assert_eq!(
            as_it_stands(&Page::of(&preview), "main form"),
            with(&with(&form, &typed), &[("text", "Zwyndoria **spoke**.\n\nMore.")])
        );
        assert!(!others[3].get(&at).await.text().contains("Zwyndoria"));

        let saved = post(&organiser, &edit, &with(&form, &typed)).await;
        assert_eq!(
            (saved.status.as_u16(), saved.header("location")),
            (303, format!("{SEMINAR}/programme/edit#session-{SESSION}").as_str())
        );
        let nobody = &others[3];
        let page = nobody.get(&at).await;
        assert!(
            page.text().contains("Who &amp; &lt;what&gt; is there") && page.text().contains("Zwyndoria <strong>spoke")
        );
        assert!(
            nobody
                .get(&format!("{SEMINAR}/programme.ics"))
                .await
                .text()
                .contains("DTSTART;TZID=Europe/Skopje:20260915T120000")
        );
        until("search finds it", async || nobody.get("/search?q=zwyndoria").await.text().contains(&at)).await;
        // The second of two is told, and has both.
        let second = post(&ana, &edit, &with(&form, &[("title", "Mine"), ("room", "Kitchen")])).await;
        assert_eq!(second.status, 422);
        let page = Page::of(&second);
        assert!(
            second.text().contains("Somebody changed this meanwhile")
                && second.text().contains("Now: Who &amp; &lt;what&gt; is there")
        );
        assert_eq!(page.attributes("#title", "value"), ["Mine"]);
        let again = as_it_stands(&page, "main form");
        assert_eq!(post(&ana, &edit, &again).await.status, 303);
        assert!(nobody.get(&at).await.text().contains("Kitchen"));

        visited.import(&[bundled("seminars/example")]).await;
        assert!(nobody.get(&at).await.text().contains("<h1>Mine</h1>"));
    });
}

#[test]
fn what_will_not_do_is_told_beside_its_field_and_nothing_is_lost() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let edit = format!("{SEMINAR}/sessions/{SESSION}/edit");
        let form = as_it_stands(&Page::of(&ana.get(&edit).await), "main form");
        let typed =
            [("title", " "), ("day", "soon"), ("person-0", "nobody-there"), ("text", "</textarea><script>x</script>")];
        let refused = post(&ana, &edit, &with(&form, &typed)).await;
        assert_eq!(refused.status, 422);
        let page = Page::of(&refused);
        assert_eq!(page.attributes("[aria-invalid=true]", "id"), ["title", "day", "person-0"]);
        assert_eq!(as_it_stands(&page, "main form"), with(&form, &typed));
        assert!(!refused.text().contains("<script>x"));
        // What is not whole is not taken, whatever is missing; and what is there twice is taken once.
        for missing in ["text", "was", "person-0", "room", "kind"] {
            let half: Vec<_> = form.iter().filter(|(name, _)| name != missing).cloned().collect();
            assert_eq!(post(&ana, &edit, &half).await.status, 400, "{missing}");
        }
        let twice = [form.clone(), with(&form, &[("title", "Second")])].concat();
        assert_eq!(post(&ana, &edit, &twice).await.status, 303);
        assert!(!ana.get(&edit).await.text().contains("Second"));
        for odd in ["", "x", "0000000000000000", "\u{202e}"] {
            assert_eq!(post(&ana, &edit, &with(&form, &[("was", odd), ("title", "Forged")])).await.status, 422);
        }
        let long = "д".repeat(600_000);
        let heavy = post(&ana, &edit, &with(&form, &[("text", &long)])).await;
        assert_eq!(heavy.status, 422);
        assert!(heavy.text().contains("Divide this text") && heavy.text().contains(&long));
        assert!(!ana.get(&edit).await.text().contains("Forged"));
        // One that is gone meanwhile: what was typed for it stands in the form of a new one.
        let gone = post(&ana, &format!("{SEMINAR}/sessions/gone/edit"), &with(&form, &[("title", "Kept")])).await;
        let page = Page::of(&gone);
        assert_eq!((gone.status.as_u16(), page.attributes("#title", "value")), (422, vec!["Kept".to_owned()]));
        let new = format!("{SEMINAR}/programme/new");
        assert_eq!(page.attributes("main form", "action"), [new.as_str()]);
        assert_eq!(post(&ana, &new, &as_it_stands(&page, "main form")).await.status, 303);
        let many: Vec<_> = (0..10_001).map(|at| (format!("x-{at}"), String::new())).chain(form.clone()).collect();
        assert_eq!(post(&ana, &edit, &many).await.status, 400);
        for odd in ["sessions/nothing/edit", "sessions/%00/edit", "sessions/-/edit"] {
            let status = ana.get(&format!("{SEMINAR}/{odd}")).await.status.as_u16();
            assert!(matches!(status, 400 | 404), "{odd}: {status}");
        }
    });
}

#[test]
fn times_are_changed_side_by_side_and_clashes_are_shown() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let nobody = Browser::of(&visited);
        let edit = format!("{SEMINAR}/programme/edit");
        let page = Page::of(&ana.get(&edit).await);
        let form = as_it_stands(&page, "form.flow");
        let slugs = page.attributes("input[name^=session-]", "value");
        let order = async || Page::of(&ana.get(&edit).await).attributes("input[name^=session-]", "value");
        assert_eq!(texts(&page, ".note--care .note__title"), Vec::<String>::new());
        // The second begins while the first goes on, in its room.
        let saved = post(&ana, &edit, &with(&form, &[("starts-1", "09:30")])).await;
        assert_eq!(saved.status, 303);
        let shown = ana.get(&edit).await;
        assert!(shown.text().contains("are both in this room: Lake Hall"));
        // One who looked before: what they did not touch is not taken back, and what both touched is told.
        let late = post(&ana, &edit, &with(&form, &[("room-2", "Garden")])).await;
        assert_eq!(late.status, 303);
        assert!(ana.get(&edit).await.text().contains("value=\"09:30\""));
        let late = post(&ana, &edit, &with(&form, &[("starts-1", "10:00"), ("room-3", "Attic")])).await;
        assert_eq!(late.status, 422);
        assert!(late.text().contains("Now: 2026-09-15, 09:30–11:00, Lake Hall"));
        let page = Page::of(&late);
        assert_eq!(
            (page.attributes("#starts-1", "value"), page.attributes("#room-3", "value")),
            (vec!["10:00".to_owned()], vec!["Attic".to_owned()])
        );
        assert!(!nobody.get(&format!("{SEMINAR}/programme")).await.text().contains("Attic"), "none or all");
        let again = as_it_stands(&page, "form.flow");
        assert_eq!(post(&ana, &edit, &again).await.status, 303);
        assert!(nobody.get(&format!("{SEMINAR}/programme")).await.text().contains("Attic"));

        // It comes first by its time; and one without a time by its button.
        let page = Page::of(&ana.get(&edit).await);
        let form = as_it_stands(&page, "form.flow");
        let moved = with(&form, &[("starts-1", "08:00"), ("ends-1", "08:30")]);
        assert_eq!(post(&ana, &edit, &moved).await.status, 303);
        assert_eq!(order().await[..2], [slugs[1].clone(), slugs[0].clone()]);
        let page = Page::of(&ana.get(&edit).await);
        let form = as_it_stands(&page, "form.flow");
        let both = page.attributes("button[name=up][value$=open-hour-with-authors]", "value").concat();
        let up = with(&form, &[("up", both.as_str()), ("room-0", "Porch")]);
        let answer = post(&ana, &edit, &up).await;
        assert!(answer.header("location").ends_with("#session-open-hour-with-authors"));
        let now = order().await;
        let place = |list: &[String]| list.iter().position(|slug| slug == "open-hour-with-authors");
        assert_eq!(place(&now).map(|at| at + 1), place(&slugs));
        assert!(
            nobody.get(&format!("{SEMINAR}/programme")).await.text().contains("Porch"),
            "what was typed is saved too"
        );
        // The same button once more: it is told, what was typed with it is saved, and nothing stands in the way of the next.
        let form = as_it_stands(&Page::of(&ana.get(&edit).await), "form.flow");
        let late = post(&ana, &edit, &with(&form, &[("up", both.as_str()), ("room-1", "Cellar")])).await;
        assert!(late.status == 422 && late.text().contains("Somebody changed this meanwhile"));
        let again = as_it_stands(&Page::of(&late), "form.flow");
        assert_eq!(post(&ana, &edit, &with(&again, &[("room-1", "Tower")])).await.status, 303);
        assert_eq!(order().await, now);
        assert!(ana.get(&edit).await.text().contains("Tower"));
        for odd in [&[("session-0", "nothing")][..], &[("up", "nothing")], &[("up", both.as_str())], &[("was-0", "x")]]
        {
            let sent = with(&as_it_stands(&Page::of(&ana.get(&edit).await), "form.flow"), odd);
            let status = post(&ana, &edit, &sent).await.status.as_u16();
            assert!(matches!(status, 303 | 404 | 422), "{odd:?}: {status}");
        }
        assert_eq!(post(&ana, &edit, &[("session-0".to_owned(), "opening".to_owned())]).await.status, 400);
        assert_eq!(order().await, now);
    });
}

#[test]
fn a_session_is_made_and_is_there_for_whom_the_seminar_is() {
    story(async {
        let visited = Visited::new().await;
        let ana = administrator(&visited).await;
        let nobody = Browser::of(&visited);
        let new = format!("{SEMINAR}/programme/new");
        let form = as_it_stands(&Page::of(&ana.get(&new).await), "main form");
        let empty = post(&ana, &new, &form).await;
        assert!(empty.status == 422 && empty.text().contains("Title: Fill this in."));
        let typed = [("title", "Шта смо научили"), ("day", "2026-09-17"), ("starts", "14:00"), ("ends", "13:00")];
        let refused = post(&ana, &new, &with(&form, &typed)).await;
        assert!(refused.text().contains("Let it end after it starts."));
        let saved =
            post(&ana, &new, &with(&as_it_stands(&Page::of(&refused), "main form"), &[("ends", "15:00")])).await;
        let slug = "sta-smo-naucili";
        assert_eq!(
            (saved.status.as_u16(), saved.header("location")),
            (303, format!("{SEMINAR}/programme/edit#session-{slug}").as_str())
        );
        assert!(nobody.get(&format!("{SEMINAR}/sessions/{slug}")).await.text().contains("Шта смо научили"));
        assert!(nobody.get(&format!("{SEMINAR}/programme")).await.text().contains(slug));
        assert!(ana.get("/admin/audit").await.text().contains("make session"));
        // What was made here can be taken away here, by who has seen what it says, once; what came with files cannot.
        let at = format!("{SEMINAR}/sessions/{slug}");
        let page = Page::of(&ana.get(&format!("{at}/edit")).await);
        let remove = as_it_stands(&page, "form[action$=remove]");
        let (nowhere, filed) = (Browser::of(&visited), format!("{SEMINAR}/sessions/{SESSION}"));
        assert_eq!(post(&nowhere, &format!("{at}/remove"), &remove).await.status, 404);
        assert_eq!(ana.post(&format!("{at}/remove"), &[("was", "x")]).await.header("location"), format!("{at}/edit"));
        let page = Page::of(&ana.get(&format!("{filed}/edit")).await);
        assert!(page.all("form[action$=remove]").is_empty());
        let version = page.attributes("input[name=was]", "value").concat();
        assert_eq!(ana.post(&format!("{filed}/remove"), &[("was", &version)]).await.status, 404);
        assert_eq!(post(&ana, &format!("{at}/remove"), &remove).await.status, 303);
        assert_eq!(post(&ana, &format!("{at}/remove"), &remove).await.status, 404);
        assert_eq!(
            (nobody.get(&at).await.status, nobody.get(&filed).await.status),
            (404.try_into().expect("a status"), 200.try_into().expect("a status"))
        );
        assert!(ana.get("/admin/audit").await.text().contains("take session away"));
    });
}
