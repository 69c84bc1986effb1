//! Every part of a page says in which language it is: a seminar in Serbian, of which every field has Cyrillic letters,
//! read in English and in Latin letters.

use crate::{
    fixture,
    harness::{Visited, story, until},
    html::Page,
};
use scraper::ElementRef;
use std::collections::BTreeSet;

const FILES: [(&str, &str); 9] = [
    (
        "seminar.md",
        "+++\ntitle = \"Семинар у Нишу\"\nlanguage = \"sr\"\nsummary = \"О препознавању.\"\nstarts = 2026-05-04\n\
        ends = 2026-05-05\ntime_zone = \"Europe/Belgrade\"\nplace = \"Ниш\"\ncountries = [\"RS\", \"ME\"]\n\
        reference = \"NIS\"\norganisers = [\"Центар\"]\nobjectives = [\"Разумети\"]\nthemes = [\"training\"]\n\n\
        [[contributors]]\nperson = \"ana\"\nrole = \"expert\"\ntitle = \"Стручњакиња\"\n\n\
        [[sources]]\ntitle = \"Извештај\"\nurl = \"https://example.org/\"\n+++\n\n## Увод\n\nТекст.\n",
    ),
    (
        "sessions/01-prva.md",
        "+++\ntitle = \"Прва\"\nsummary = \"Кратко.\"\nkind = \"group-work\"\nstarts = 2026-05-04T09:00:00\n\
        ends = 2026-05-04T10:00:00\nroom = \"Сала\"\nobjective = \"Циљ\"\n\n\
        [[contributors]]\nperson = \"ana\"\nrole = \"speaker\"\ntitle = \"Уводна реч\"\n+++\n\nТекст.\n",
    ),
    ("materials/list.md", "+++\ntitle = \"Лист\"\nsummary = \"Један лист.\"\nsession = \"prva\"\n+++\n\nТекст.\n"),
    (
        "practices/praksa.md",
        "+++\ntitle = \"Пракса\"\nsummary = \"Како.\"\nevidence = \"Мало доказа.\"\nanswers = [\"izazov\"]\n\
        countries = [\"RS\"]\n\n[[contributors]]\nperson = \"ana\"\nrole = \"author\"\ntitle = \"Писала\"\n+++\n\n\
        ## Учињено {#done}\n\nТекст.\n",
    ),
    (
        "challenges/izazov.md",
        "+++\ntitle = \"Изазов\"\nsummary = \"Тешко.\"\nsession = \"prva\"\ncountries = [\"RS\"]\n+++\n\nТекст.\n",
    ),
    (
        "recommendations/nis-1.md",
        "+++\ntitle = \"Обучити\"\nsummary = \"Свe.\"\nsession = \"prva\"\nanswers = [\"izazov\"]\n\
        addressees = [\"Министарство\"]\nlead = \"Влада\"\nindicator = \"Број обука\"\nresponse = \"Прихваћено\"\n\n\
        [[progress]]\ndate = 2026-06-01\nby = \"centar\"\ntext = \"Почело је.\"\n+++\n\nТекст.\n",
    ),
    (
        "people.toml",
        "[[person]]\nslug = \"ana\"\nname = \"Ана Петровић\"\nrole = \"Судија\"\norganisation = \"centar\"\ncountry = \"RS\"\n",
    ),
    (
        "organisations.toml",
        "[[organisation]]\nslug = \"centar\"\nname = \"Центар\"\nabout = \"Помаже.\"\ncountry = \"RS\"\n",
    ),
    (
        "comparison.toml",
        "title = \"Упоредо\"\nsummary = \"Две земље.\"\n\n[[topic]]\nslug = \"obuka\"\ntitle = \"Обука\"\n\n\
        [[topic.cell]]\ncountries = [\"RS\"]\ntext = \"Постоји\"\nconfidence = \"stated\"\nsource = \"Записник\"\n",
    ),
];

/// A site with two seminars, so that they show among the filters of search.
async fn serbian() -> Visited {
    let (visited, root) = (Visited::empty().await, tempfile::tempdir().expect("a folder"));
    // Slugs are the identity of things: the second seminar has none besides its own.
    let folders = [("nis-2026", &FILES[..]), ("nis-2027", &FILES[..1])];
    visited.import(&folders.map(|(slug, files)| fixture::small(root.path(), slug, files))).await;
    until("it is found", async || visited.is_searchable()).await;
    visited
}

/// Words with Cyrillic letters and the language that the page says they are in; the choice of languages aside.
fn cyrillic(page: &Page) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for element in page.all("html, html *") {
        let mut around = element.ancestors().filter_map(ElementRef::wrap);
        if around.any(|outer| outer.attr("id") == Some("languages")) || element.value().name() == "script" {
            continue;
        }
        // A title is words of two languages, or it is in the language it begins with.
        let begins = element.text().next().and_then(|text| text.chars().next());
        if element.value().name() == "title" && begins.is_some_and(|c| c.is_ascii()) {
            continue;
        }
        let own = element.children().filter_map(|child| child.value().as_text().map(|text| text.to_string()));
        let said = element.attr("aria-label").into_iter().chain(element.attr("title")).map(str::to_owned);
        let with_itself = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
        let lang = with_itself.filter_map(|element| element.attr("lang")).next().unwrap_or_default().to_owned();
        let letters = |text: &String| text.contains(|c| matches!(c, '\u{400}'..='\u{4ff}'));
        found.extend(own.chain(said).filter(letters).map(|text| (text, lang.clone())));
    }
    found
}

/// Every page that links lead to.
async fn pages(visited: &Visited, lang: &str) -> Vec<(String, Page)> {
    let mut ahead =
        vec!["/".to_owned(), "/people".to_owned(), "/search?q=tekst".to_owned(), "/search?q=Ana".to_owned()];
    let mut known: BTreeSet<String> = ahead.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(address) = ahead.pop() {
        let answer = visited.get_with(&address, &[("cookie", &format!("language={lang}"))]).await;
        if answer.status != 200 || !answer.is_page() {
            continue;
        }
        let page = Page::of(&answer);
        for link in page.links(&address) {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if !link.contains("text=") && known.insert(link.clone()) {
                ahead.push(link);
            }
        }
        pages.push((address, page));
    }
    pages
}

#[test]
fn every_part_says_in_which_language_it_is() {
    story(async {
        let visited = serbian().await;
        let pages = pages(&visited, "en").await;
        assert!(pages.len() > 20, "{:?}", pages.iter().map(|(address, _)| address).collect::<Vec<_>>());
        let all: Vec<_> = pages
            .iter()
            .flat_map(|(address, page)| cyrillic(page).into_iter().map(move |found| (address, found)))
            .collect();
        let unsaid: Vec<_> = all.iter().filter(|(_, (_, lang))| lang != "sr-Cyrl").collect();
        assert!(unsaid.is_empty(), "{unsaid:#?}");
        for word in [
            "Ниш",
            "Центар",
            "Стручњакиња",
            "Извештај",
            "Сала",
            "Уводна реч",
            "Мало доказа.",
            "Писала",
            "Министарство",
            "Влада",
            "Број обука",
            "Прихваћено",
            "Почело је.",
            "Судија",
            "Записник",
            "Ана Петровић",
        ] {
            assert!(all.iter().any(|(_, (text, _))| text.contains(word)), "{word} is on no page");
        }
    });
}

#[test]
fn who_reads_serbian_in_latin_letters_meets_no_others() {
    story(async {
        let visited = serbian().await;
        let mut others = Vec::new();
        for (address, page) in pages(&visited, "sr-Latn").await {
            others.extend(cyrillic(&page).into_iter().map(|(text, _)| (address.clone(), text)));
        }
        assert!(others.is_empty(), "{others:#?}");
    });
}
