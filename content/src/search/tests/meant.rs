//! What words mean to whom: names, function words, guesses and what is left out.

use super::{Looking, page, seminar, shown};
use crate::{
    gate::{Viewer, tests::marked::imported},
    search::{Asked, suggest},
    store::trial::each,
};
use language::Locale;

#[tokio::test]
async fn names_are_found_as_each_language_inflects_them() {
    each(async |test| {
        let person = |slug: &str, name: &str| format!("[[person]]\nslug = \"{slug}\"\nname = \"{name}\"\n");
        let people = [
            person("srna", "Sahiba Šrna"),
            person("hrnjak", "Jelena Hrnjak"),
            person("pande", "Swati Pande"),
            person("z", "Ognjen Zlatokosović"),
            person("r", "Ruxandra Popescu"),
            person("ana", "Ana Anastasijević"),
        ];
        let files = [
            ("people.toml", people.join("\n")),
            (
                "practices/about.md",
                page("O susretu", "language = \"bs\"", "Govorila je uz pomoć Jelene Hrnjak i drugih."),
            ),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        for (words, first) in [
            ("Srne", "srna"),
            ("Sahibe Srne", "srna"),
            ("Sahibom Šrnom", "srna"),
            ("Срни", "srna"),
            ("Jelene Hrnjak", "hrnjak"),
            ("Свати", "pande"),
            ("Свати Панде", "pande"),
            ("Zlatokosoviću", "z"),
            ("Огњена Златокосовића", "z"),
            ("Ruxandrei", "r"),
        ] {
            assert_eq!(looking.slugs(words).await.first().map(String::as_str), Some(first), "{words}");
        }
        let found = looking.find("Sahibe Srne").await;
        assert_eq!(found.hits.first().map(|hit| shown(&hit.title)).as_deref(), Some("[Sahiba] [Šrna]"));
        assert!(!looking.slugs("kind:person -Srne").await.contains(&"srna".to_owned()));
        // What stands as it was typed was not looked for as a beginning, and is not marked as one.
        let found = looking.find("Ana").await;
        assert_eq!(found.hits.first().map(|hit| shown(&hit.title)).as_deref(), Some("[Ana] Anastasijević"));
    })
    .await;
}

#[tokio::test]
async fn a_function_word_says_as_little_in_other_languages() {
    each(async |test| {
        let files = [
            ("practices/victims.md", page("On victims", "", "Of the victims there are more than the shelters hold.")),
            ("practices/the.md", page("Udruga The Lamp", "language = \"hr\"", "Nešto drugo.")),
            ("practices/marr.md", page("Marrja", "language = \"sq\"", "Ata marrin diçka.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.slugs("kind:practice the victims ").await, ["victims"]);
        assert_eq!(looking.slugs("kind:practice more victims ").await, ["victims"]);
        // Alone, it is what is looked for.
        assert!(looking.slugs("the ").await.contains(&"the".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_word_that_two_languages_have_is_the_readers() {
    each(async |test| {
        let files = [
            ("practices/list.md", page("List za predaju", "language = \"bs\"", "List, kratak list i još jedan list.")),
            ("practices/of.md", page("Interpreters", "", "There is a list of them, for every night of the week.")),
            ("practices/uk.md", page("Uklanjanje", "language = \"bs\"", "Uklanjanje organa.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.slugs("list").await, ["of", "list"]);
        assert_eq!(looking.reading(Locale::Bosnian).slugs("list").await, ["list", "of"]);
        // What stands for other words begins none.
        assert_eq!(looking.slugs("UK").await, [""; 0]);
        assert_eq!(looking.slugs("uk").await, ["uk"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_guessed_is_likely() {
    each(async |test| {
        let files = [
            ("practices/en.md", page("One", "", "A report of a shelter that was there.")),
            ("practices/bs.md", page("Dva", "language = \"bs\"", "Neki su bili rado viđeni, i jedna policija.")),
            ("practices/sr.md", page("Три", "language = \"sr\"", "Прошле су сесије за судије.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let instead = async |looking: &Looking<'_>, words: &str| looking.find(words).await.instead;
        assert_eq!(instead(&looking, "sheltr").await.as_deref(), Some("shelter"));
        // Not what says nothing, not with another first letter, and of a short word none of another language.
        for none in ["neni", "deport", "thet", "rado", "radi", "SHELTR", "rad1"] {
            assert_eq!(instead(&looking, none).await, None, "{none}");
        }
        // What is found in the other script is offered in the one that was typed.
        assert_eq!(instead(&looking, "сесије судје").await.as_deref(), Some("сесије судије"));
        assert_eq!(instead(&looking, "sesjie").await.as_deref(), Some("sesije"));
        let bosnian = looking.reading(Locale::Bosnian);
        assert_eq!(instead(&bosnian, "polixija").await.as_deref(), Some("policija"));
    })
    .await;
}

#[tokio::test]
async fn what_is_left_out_is_left_out_of_the_whole_thing() {
    each(async |test| {
        let files = [
            ("practices/one.md", page("Shelters", "", "A shelter with lamps.")),
            ("practices/one.sq.md", page("Strehëza", "status = \"human\"", "Një shelter, thotë dikush.")),
            ("practices/two.md", page("Doors", "", "A shelter with doors.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.slugs("shelter -lamps").await, ["two"]);
        assert_eq!(looking.slugs("kind:practice -lamps").await, ["two"], "with a filter, it lists what is left");
        assert_eq!(looking.slugs("-lamps").await, ["one"], "alone, it is a word");
        let asked = Asked::of([("q", "kind:practice -lamps")]);
        let suggested = suggest(&test.store, &looking.index, &Viewer::anonymous(), looking.reading, &asked).await;
        assert!(suggested.expect("the index answers").is_empty(), "it is no beginning of a title");
        // What an older text said is not held against the thing.
        let [_, (other, text), (doors, two)] = &files;
        let files =
            [("practices/one.md", page("Shelters", "", "A shelter.")), (*other, text.clone()), (*doors, two.clone())];
        seminar(test, "tirana-2016", "", &files).await;
        looking.until("shelter -lamps", 2, super::AGAIN).await;
    })
    .await;
}

#[tokio::test]
async fn a_quotation_makes_no_word_one_of_the_language_around_it() {
    each(async |test| {
        let term = "[[term]]\nslug = \"police\"\ndefinition = \"A force.\"\n[term.forms]\nen = [\"police\"]\nsq = [\"policia\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let english = "This is what the people of the town have said about it, and what was done with it there. ".repeat(3);
        let quoted = format!("{english}Kjo është një shenjë për policinë dhe për të gjithë ata që janë këtu. {english}");
        let files = [
            ("practices/quotes.md", page("Signs", "language = \"en\"", &quoted)),
            ("practices/force.md", page("Oficeri", "language = \"sq\"", "Oficeri i policisë, policia.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        // It stands in an English page alone, and is Albanian there: the term is what is meant.
        let found = looking.find("policinë ").await;
        assert_eq!((found.total, found.added.len()), (3, 1), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_left_out_is_no_form_of_another_language() {
    each(async |test| {
        let files = [
            ("practices/one.md", page("Shelters", "", "A shelter with lamps.")),
            ("practices/one.sq.md", page("Strehëza", "status = \"human\"", "Një shelter, thotë policia.")),
            ("practices/two.md", page("Doors", "", "A shelter with policies.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.slugs("shelter -policies").await, ["one"]);
        // What has another form of a word is not lacking.
        assert_eq!(looking.find("policisë ").await.missed, [""; 0]);
        assert_eq!(looking.find("lantern ").await.missed, ["lantern"]);
    })
    .await;
}

#[tokio::test]
async fn what_says_a_word_twice_is_found_by_all_of_it() {
    each(async |test| {
        let term = "[[term]]\nslug = \"abuse\"\ndefinition = \"Abuse.\"\n[term.forms]\n\
                    en = [\"abuse of a position of vulnerability\"]\nsq = [\"shpërdorimi i pozitës së cenueshmërisë\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let much = "Support before the need ends; it ends before support ends. ".repeat(3);
        let files = [
            ("practices/a.md", page("The need of support before it ends", "", &much)),
            ("practices/b.md", page("Support ends before the need ends", "", "Something else.")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.slugs("support ends before the need ends").await.first().map(String::as_str), Some("b"));
        let found = looking.find("abuse of a position of vulnerability").await;
        assert_eq!(found.added.len(), 1, "{found:?}");
        assert_eq!(found.hits.first().map(super::page_of), Some("/glossary/abuse"));
    })
    .await;
}

#[tokio::test]
async fn a_term_found_by_what_else_it_is_called_says_so() {
    each(async |test| {
        let term = "[[term]]\nslug = \"ngo\"\ndefinition = \"A body that is none of the state.\"\n[term.forms]\n\
                    en = [\"non-governmental organisation\", \"charity\"]\nhr = [\"nevladina organizacija\", \"udruga\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let files = [("practices/a.md", page("More charity, charity and charity", "", &"A charity. ".repeat(9)))];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let found = looking.find("charity").await;
        let first = found.hits.first().expect("it is found");
        assert_eq!((super::page_of(first), shown(&first.passage).as_str()), ("/glossary/ngo", "non-governmental organisation, [charity]"));
        let found = looking.reading(Locale::Croatian).find("udruge").await;
        let first = found.hits.first().expect("it is found");
        assert_eq!((super::page_of(first), shown(&first.passage).as_str()), ("/glossary/ngo", "nevladina organizacija, [udruga]"));
    })
    .await;
}
