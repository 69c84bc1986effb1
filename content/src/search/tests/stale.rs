//! What is found is what may be seen now, not what could be seen once.

use super::{AGAIN, Looking, page, seminar, session, values};
use crate::{
    gate::tests::marked::imported,
    store::trial::{TestStore, each},
};

/// A seminar in which Swati Pande speaks; `lines` are more about her, `more` about the session.
async fn spoken(test: &TestStore, name: &str, lines: &str, more: &str) {
    let by = "[[contributors]]\nperson = \"swati\"\nrole = \"expert\"";
    let files = [
        ("sessions/01-opening.md", session("Opening", &format!("{more}\n{by}"), "Welcome.")),
        ("people.toml", format!("[[person]]\nslug = \"swati\"\nname = \"{name}\"\n{lines}\n")),
    ];
    seminar(test, "tirana-2016", "", &files).await;
}

const OPENING: &str = "/seminars/tirana-2016/sessions/opening";

/// Waits until what was written last is in the index: a word that stands in it alone is found.
async fn settled(looking: &Looking<'_>, test: &TestStore, word: &str) {
    seminar(test, "sarajevo-2017", "", &[("challenges/last.md", page(word, "", ""))]).await;
    looking.until(word, 1, AGAIN).await;
}

#[tokio::test]
async fn a_session_is_found_by_who_speaks_at_it() {
    each(async |test| {
        spoken(test, "Swati Pande", "", "").await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.addresses("pande").await, ["/people/swati", OPENING]);
        // Under the Chatham House rule it is not, nor when the rule comes later.
        spoken(test, "Swati Pande", "", "chatham_house = true").await;
        settled(&looking, test, "first").await;
        assert_eq!(looking.addresses("pande").await, ["/people/swati"]);
        assert_eq!(looking.addresses("welcome").await, [OPENING]);
    })
    .await;
}

#[tokio::test]
async fn a_person_who_is_hidden_is_hidden_wherever_they_spoke() {
    each(async |test| {
        spoken(test, "Swati Pande", "", "").await;
        let looking = Looking::into(test).await;
        spoken(test, "Swati Pande", "visibility = \"team\"", "").await;
        settled(&looking, test, "first").await;
        assert_eq!(looking.addresses("pande").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_person_of_another_name_is_found_by_it_wherever_they_spoke() {
    each(async |test| {
        spoken(test, "Swati Pande", "", "").await;
        let looking = Looking::into(test).await;
        spoken(test, "Swati Kore", "", "").await;
        settled(&looking, test, "first").await;
        assert_eq!(looking.addresses("kore").await, ["/people/swati", OPENING]);
        assert_eq!(looking.addresses("pande").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_person_who_is_gone_is_gone_from_other_seminars_too() {
    each(async |test| {
        spoken(test, "Swati Pande", "", "").await;
        let by = "[[contributors]]\nperson = \"swati\"\nrole = \"expert\"";
        seminar(test, "chisinau-2018", "", &[("sessions/01-opening.md", session("Opening", by, "Welcome back."))])
            .await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.find("pande").await.total, 3);
        seminar(test, "tirana-2016", "", &[]).await;
        settled(&looking, test, "first").await;
        assert_eq!(looking.addresses("pande").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_thing_that_is_narrowed_is_found_no_more() {
    each(async |test| {
        let files = |lines: &str| [("practices/pairs.md", page("Lanterns", lines, "candles"))];
        seminar(test, "tirana-2016", "", &files("")).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.find("lanterns").await.total, 1);
        seminar(test, "tirana-2016", "", &files("visibility = \"members\"")).await;
        let found = looking.until("lanterns", 0, AGAIN).await;
        assert!(found.facets.iter().all(|facet| facet.values.is_empty()));
        seminar(test, "tirana-2016", "", &files("")).await;
        looking.until("lanterns", 1, AGAIN).await;
        // Its seminar takes it along.
        seminar(test, "tirana-2016", "status = \"draft\"", &files("")).await;
        looking.until("lanterns", 0, AGAIN).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_pruned_is_neither_found_nor_counted() {
    each(async |test| {
        let files = [
            ("practices/pairs.md", page("Lanterns", "countries = [\"AL\"]", "")),
            ("challenges/staff.md", page("Lanterns", "countries = [\"BA\"]", "")),
        ];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.find("lanterns").await.total, 2);
        seminar(test, "tirana-2016", "", &files[1..]).await;
        let found = looking.until("lanterns", 1, AGAIN).await;
        assert_eq!((values(&found, "kind"), values(&found, "country")), (vec![("challenge", 1)], vec![("BA", 1)]));
    })
    .await;
}

#[tokio::test]
async fn a_translation_that_is_withdrawn_is_found_no_more() {
    each(async |test| {
        let original = ("practices/pairs.md", page("Lanterns", "", ""));
        let albanian = ("practices/pairs.sq.md", page("Llamba", "status = \"machine\"", ""));
        seminar(test, "tirana-2016", "", &[original.clone(), albanian]).await;
        let looking = Looking::into(test).await;
        assert_eq!(looking.find("llamba").await.total, 1);
        seminar(test, "tirana-2016", "", &[original]).await;
        looking.until("llamba", 0, AGAIN).await;
        assert_eq!(values(&looking.find("lanterns").await, "language"), [("en", 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_seminar_that_is_renamed_is_filtered_by_its_new_name() {
    each(async |test| {
        let files = [("sessions/01-opening.md", session("Lanterns", "", ""))];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        seminar(test, "tirana", "formerly = \"tirana-2016\"", &files).await;
        settled(&looking, test, "first").await;
        assert_eq!(looking.addresses("lanterns").await, ["/seminars/tirana/sessions/opening"]);
        let found = looking.with(&[("q", "lanterns"), ("seminar", "tirana")]).await;
        assert_eq!((found.total, values(&found, "seminar")), (1, vec![("tirana", 1)]));
    })
    .await;
}

#[tokio::test]
async fn a_term_is_found_in_each_of_its_languages() {
    each(async |test| {
        let term = "[[term]]\nslug = \"nrm\"\ndefinition = \"A framework.\"\n[term.forms]\nen = [\"national referral mechanism\", \"NRM\"]\n\
            sq = [\"mekanizmi kombëtar i referimit\", \"MKR\"]\nsr = [\"национални механизам за упућивање\", \"НМУ\"]\n";
        imported(test, "glossary", &[("terms.toml".to_owned(), term.to_owned())]).await;
        let looking = Looking::into(test).await;
        for words in ["national referral", "NRM", "nrm", "mekanizmi", "MKR", "упућивање", "upucivanje", "NMU", "framework"] {
            let found = looking.find(words).await;
            assert_eq!(found.total, 1, "{words}");
            assert!(found.hits[0].address.starts_with("/glossary/nrm"), "{words}");
        }
    })
    .await;
}
