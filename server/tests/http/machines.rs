//! What other programs read: the calendar, the feed, the site map, and what robots are told. Read with parsers that
//! know nothing of what wrote them.

use crate::{
    crawl::mapped,
    fixture,
    harness::{HERE, Visited, bundled, story},
};
use ical::{
    parser::ical::component::{IcalCalendar, IcalEvent, IcalTimeZoneTransition},
    property::Property,
};
use std::{collections::BTreeSet, fs};

const ATOM: &str = "http://www.w3.org/2005/Atom";

async fn calendar(seminar: &str, query: &str) -> (String, IcalCalendar) {
    calendar_of(Visited::shared().await, seminar, query).await
}

async fn calendar_of(visited: &Visited, seminar: &str, query: &str) -> (String, IcalCalendar) {
    let address = format!("/seminars/{seminar}/programme.ics{query}");
    let answer = visited.get(&address).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type")),
        (200, "text/calendar; charset=utf-8"),
        "{address}"
    );
    assert!(answer.header("content-disposition").contains(&format!("filename=\"{seminar}.ics\"")), "{address}");
    let text = answer.text().to_owned();
    let calendars: Vec<_> = ical::IcalParser::new(text.as_bytes())
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{address}: {error}\n{text}"));
    let [calendar] =
        <[IcalCalendar; 1]>::try_from(calendars).unwrap_or_else(|all| panic!("{address}: {} calendars", all.len()));
    (text, calendar)
}

fn property(event: &IcalEvent, name: &str) -> String {
    let found: Vec<_> = event.properties.iter().filter(|property| property.name == name).collect();
    assert!(found.len() <= 1, "{name} stands there {} times", found.len());
    found.first().and_then(|property| property.value.clone()).unwrap_or_default()
}

/// The moment of a property in UTC, by the rules that the calendar gives for its time zone.
fn moment(calendar: &IcalCalendar, event: &IcalEvent, name: &str) -> Option<jiff::Timestamp> {
    let property = event.properties.iter().find(|property| property.name == name)?;
    let at = |text: &str| jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", text).expect("a date and a time");
    let here = at(property.value.as_deref()?);
    let zone = &property.params.as_ref()?.iter().find(|(name, _)| name == "TZID").expect("a time zone").1[0];
    let value = |properties: &[Property], name: &str| {
        properties.iter().find(|property| property.name == name).and_then(|property| property.value.clone())
    };
    let rules = calendar.timezones.iter().find(|rules| value(&rules.properties, "TZID").as_ref() == Some(zone));
    let changes = rules.expect("the rules of the zone").transitions.iter();
    let began = |change: &&IcalTimeZoneTransition| at(&value(&change.properties, "DTSTART").expect("a start"));
    let change = changes.filter(|change| began(change) <= here).max_by_key(began).expect("a rule for the moment");
    let offset = value(&change.properties, "TZOFFSETTO").expect("an offset");
    let minutes = offset[1..3].parse::<i64>().expect("hours") * 60 + offset[3..5].parse::<i64>().expect("minutes");
    let ahead = jiff::SignedDuration::from_mins(if offset.starts_with('-') { -minutes } else { minutes });
    Some(jiff::tz::TimeZone::UTC.to_timestamp(here - ahead).expect("a moment"))
}

/// RFC 5545, 3.3.11.
fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

#[test]
fn what_a_seminar_is_called_does_not_divide_its_calendar() {
    story(async {
        let visited = Visited::new().await;
        let root = tempfile::tempdir().expect("a folder");
        let session = "+++\ntitle = \"S\"\nkind = \"panel\"\nstarts = 2026-05-04T09:00:00\n+++\n";
        let folder = fixture::small(root.path(), "odd", &[("sessions/01-s.md", session)]);
        let file = folder.join("seminar.md");
        let text = fs::read_to_string(&file).expect("a seminar");
        fs::write(&file, text.replace("A small seminar", "T BEGIN:VEVENT x")).expect("written");
        visited.import(&[folder]).await;
        let (text, calendar) = calendar_of(&visited, "odd", "").await;
        assert!(text.contains("\r\nNAME:T BEGIN:VEVENT x\r\n"), "{text}");
        assert_eq!((calendar.timezones.len(), calendar.events.len()), (1, 2));
    });
}

#[test]
fn a_calendar_is_as_its_standard_says() {
    story(async {
        let mut long = Vec::new();
        for seminar in ["tirana-2016", "example", fixture::HALF] {
            for query in ["", "?lang=mk", "?lang=sr-Latn", "?lang=ro"] {
                let (text, calendar) = calendar(seminar, query).await;
                assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{seminar}");
                assert_eq!(
                    text.matches('\n').count(),
                    text.matches("\r\n").count(),
                    "{seminar}: a line ends without CR"
                );
                assert!(!text.replace("\r\n", "").contains('\r'), "{seminar}: CR within a line");
                let over = text.split("\r\n").filter(|line| line.len() > 75);
                long.extend(over.map(|line| format!("{seminar}{query}: {} octets in {line:?}", line.len())));
                assert!(!text.contains("VALARM"), "a calendar is the reader's own");
                let own = |name: &str| {
                    calendar
                        .properties
                        .iter()
                        .find(|property| property.name == name)
                        .and_then(|property| property.value.clone())
                };
                assert_eq!(own("VERSION").as_deref(), Some("2.0"));
                assert!(own("PRODID").is_some_and(|maker| !maker.is_empty()));
                let uids: BTreeSet<String> = calendar.events.iter().map(|event| property(event, "UID")).collect();
                assert!(!calendar.events.is_empty() && uids.len() == calendar.events.len(), "{uids:?}");
                for event in &calendar.events {
                    assert!(event.alarms.is_empty());
                    for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] {
                        assert!(!property(event, name).is_empty(), "{seminar}: no {name} in {event:?}");
                    }
                    assert!(property(event, "DTSTAMP").ends_with('Z'));
                    let url = property(event, "URL");
                    let path = url.strip_prefix(HERE).unwrap_or_else(|| panic!("{url} is elsewhere"));
                    assert_eq!(Visited::shared().await.get(path).await.status, 200, "{url}");
                }
            }
        }
        assert!(long.is_empty(), "lines longer than 75 octets:\n{}", long.join("\n"));
    });
}

#[test]
fn sessions_are_at_the_hour_of_the_clock_on_the_wall() {
    story(async {
        let (_, calendar) = calendar("example", "").await;
        let folder = bundled("seminars/example/sessions");
        let (mut timed, mut breaks) = (0, 0);
        for entry in fs::read_dir(folder).expect("sessions").flatten() {
            let name = entry.file_name().into_string().expect("a name");
            if name.matches('.').count() > 1 {
                continue;
            }
            let slug = name.trim_end_matches(".md").split_once('-').map(|(_, slug)| slug).expect("a number and a slug");
            let text = fs::read_to_string(entry.path()).expect("a session");
            let field = |name: &str| {
                text.lines()
                    .find_map(|line| line.strip_prefix(&format!("{name} = ")))
                    .map(|value| value.trim_matches('"').to_owned())
            };
            let event =
                calendar.events.iter().find(|event| property(event, "URL").ends_with(&format!("/sessions/{slug}")));
            let hidden = field("visibility").is_some_and(|visibility| visibility != "public");
            if field("kind").as_deref() == Some("break") || hidden {
                assert!(event.is_none(), "{slug} is in the calendar");
                breaks += 1;
                continue;
            }
            let event = event.unwrap_or_else(|| panic!("{slug} is not in the calendar"));
            assert_eq!(unescaped(&property(event, "SUMMARY")), field("title").expect("a title"), "{slug}");
            for (end, line) in [("DTSTART", "starts"), ("DTEND", "ends")] {
                let Some(clock) = field(line) else { continue };
                assert_eq!(property(event, end), clock.replace(['-', ':'], ""), "{slug} {line}");
                // Skopje in September: two hours before Greenwich.
                let wanted: jiff::Timestamp = format!("{clock}+02").parse().expect("a moment");
                assert_eq!(moment(&calendar, event, end), Some(wanted), "{slug} {line}");
                timed += 1;
            }
        }
        assert!(timed > 10 && breaks > 3, "{timed} times, {breaks} breaks");
        let whole = calendar
            .events
            .iter()
            .find(|event| property(event, "URL").ends_with("/seminars/example"))
            .expect("the seminar");
        assert_eq!((property(whole, "DTSTART"), property(whole, "DTEND")), ("20260915".into(), "20260918".into()));
    });
}

#[test]
fn a_seminar_may_go_on_while_the_clocks_are_changed() {
    story(async {
        let (visited, root) = (Visited::empty().await, tempfile::tempdir().expect("a folder"));
        let session = |day: &str, hours: &str| {
            let (from, to) = hours.split_once('-').expect("two hours");
            let end = if to.is_empty() { String::new() } else { format!("ends = {day}T{to}:00\n") };
            format!("+++\ntitle = \"x\"\nkind = \"plenary\"\nstarts = {day}T{from}:00\n{end}+++\n")
        };
        let files = [
            ("sessions/01-before.md", session("2026-03-28", "09:00-10:30")),
            ("sessions/02-across.md", session("2026-03-29", "01:30-03:30")),
            ("sessions/03-after.md", session("2026-03-30", "09:00-10:30")),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let folder = fixture::small(root.path(), "clocks-2026", &files);
        let text = fs::read_to_string(folder.join("seminar.md")).expect("a seminar");
        let text = text.replace("2026-05-04", "2026-03-28").replace("2026-05-05", "2026-03-30");
        fs::write(folder.join("seminar.md"), text).expect("written");
        visited.import(&[folder]).await;
        let (_, calendar) = calendar_of(&visited, "clocks-2026", "").await;
        let found = |slug: &str| {
            let event = calendar.events.iter().find(|event| property(event, "URL").ends_with(slug)).expect("a session");
            ["DTSTART", "DTEND"].map(|name| moment(&calendar, event, name).map(|at| at.to_string()).unwrap_or_default())
        };
        assert_eq!(found("/before"), ["2026-03-28T08:00:00Z", "2026-03-28T09:30:00Z"]);
        assert_eq!(found("/across"), ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"]);
        assert_eq!(found("/after"), ["2026-03-30T07:00:00Z", "2026-03-30T08:30:00Z"]);
    });
}

#[test]
fn a_session_of_which_the_day_alone_is_known_takes_the_day() {
    story(async {
        let (text, calendar) = calendar("tirana-2016", "").await;
        let whole = calendar
            .events
            .iter()
            .find(|event| property(event, "URL").ends_with("/seminars/tirana-2016"))
            .expect("the seminar");
        assert_eq!((property(whole, "DTSTART"), property(whole, "DTEND")), ("20161206".into(), "20161208".into()));
        let dated = calendar.events.iter().filter(|event| !property(event, "DTSTART").contains('T')).count();
        assert_eq!(text.matches(";VALUE=DATE:").count(), 2 * dated);
    });
}

#[test]
fn the_feed_is_as_its_standard_says() {
    story(async {
        let visited = Visited::shared().await;
        for query in ["", "?lang=sq", "?lang=sr-Cyrl"] {
            let answer = visited.get(&format!("/feed.xml{query}")).await;
            assert_eq!(
                (answer.status.as_u16(), answer.header("content-type")),
                (200, "application/atom+xml; charset=utf-8")
            );
            let xml = roxmltree::Document::parse(answer.text()).expect("XML");
            let feed = xml.root_element();
            assert!(feed.has_tag_name((ATOM, "feed")));
            assert!(
                feed.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).is_some_and(|lang| !lang.is_empty())
            );
            let child = |node: roxmltree::Node<'_, '_>, name: &str| {
                node.children()
                    .find(|child| child.has_tag_name((ATOM, name)))
                    .and_then(|child| child.text())
                    .unwrap_or_default()
                    .to_owned()
            };
            let moment = |text: &str| text.parse::<jiff::Timestamp>().unwrap_or_else(|error| panic!("{text}: {error}"));
            let author = feed.children().find(|child| child.has_tag_name((ATOM, "author"))).expect("an author");
            assert!(!child(author, "name").is_empty() && !child(feed, "title").is_empty());
            let own = feed
                .children()
                .filter(|child| child.has_tag_name((ATOM, "link")) && child.attribute("rel") == Some("self"));
            assert_eq!(
                own.filter_map(|link| link.attribute("href").map(str::to_owned)).collect::<Vec<_>>(),
                [format!("{HERE}/feed.xml")]
            );
            let newest = moment(&child(feed, "updated"));
            let mut ids = BTreeSet::from([child(feed, "id")]);
            let entries: Vec<_> = feed.children().filter(|child| child.has_tag_name((ATOM, "entry"))).collect();
            assert!(entries.len() > 10, "{} entries", entries.len());
            for entry in entries {
                let id = child(entry, "id");
                assert!(id.starts_with(HERE) && ids.insert(id.clone()), "{id} twice, or elsewhere");
                assert!(moment(&child(entry, "updated")) <= newest, "{id} is newer than the feed");
                assert!(!child(entry, "title").is_empty(), "{id}");
                let link = entry
                    .children()
                    .find(|child| child.has_tag_name((ATOM, "link")))
                    .and_then(|link| link.attribute("href"))
                    .expect("a link");
                let path = link.strip_prefix(HERE).expect("a link to this site");
                assert_eq!(visited.get(path).await.status, 200, "{link}");
            }
        }
    });
}

#[test]
fn the_site_map_is_as_its_standard_says() {
    story(async {
        let visited = Visited::shared().await;
        let places = mapped(visited).await;
        assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len(), "a place twice");
        for place in &places {
            assert_eq!(visited.get(place).await.status, 200, "{place}");
            assert!(!place.contains(['?', '#', '&', '<']), "{place}");
        }
        let answer = visited.get("/sitemap.xml").await;
        assert_eq!(answer.header("content-type"), "application/xml; charset=utf-8");
        let xml = roxmltree::Document::parse(answer.text()).expect("XML");
        for changed in xml.descendants().filter(|node| node.tag_name().name() == "lastmod") {
            let date = changed.text().unwrap_or_default();
            assert!(date.parse::<jiff::civil::Date>().is_ok(), "{date}");
        }
        for part in ["0", "1", "9999", "99999999999999999999", "-1", "abc", ""] {
            let answer = visited.get(&format!("/sitemap.xml?part={part}")).await;
            assert_eq!(answer.status, 200, "{part}");
            roxmltree::Document::parse(answer.text()).unwrap_or_else(|error| panic!("{part}: {error}"));
        }
    });
}

#[test]
fn robots_are_told_where_the_map_is_and_what_need_not_be_read() {
    story(async {
        let answer = Visited::shared().await.get("/robots.txt").await;
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        let lines: Vec<&str> = answer.text().lines().collect();
        assert!(
            lines.contains(&"User-agent: *") && lines.contains(&&*format!("Sitemap: {HERE}/sitemap.xml")),
            "{lines:?}"
        );
        let kept_out: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("Disallow: ")).collect();
        for place in mapped(Visited::shared().await).await {
            assert!(
                !kept_out.iter().any(|prefix| place.starts_with(prefix)),
                "{place} is in the map and kept from robots"
            );
        }
    });
}
