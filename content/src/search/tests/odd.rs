//! Whatever is typed has an answer, and whatever is shown is whole.

use super::{Asked, Looking, page, seminar, shown};
use crate::{
    search::{
        passage::{Snippet, Sought, cut},
        wanted::words,
    },
    store::trial::each,
    texts::Passage,
};
use language::Analyser;
use proptest::{collection::vec, prelude::*, sample::select};

#[tokio::test]
async fn odd_queries_have_answers() {
    each(async |test| {
        let files =
            [("practices/pairs.md", page("Guardians *in* pairs", "", "Nothing (much) to say: 😀 مرحبا AND so on."))];
        seminar(test, "tirana-2016", "", &files).await;
        let looking = Looking::into(test).await;
        let long = "x".repeat(10 * 1024);
        let many = (0..2000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        let deep = "(".repeat(5000);
        for words in [
            "",
            " ",
            "\"",
            "\"\"\"",
            "*",
            "***",
            "?",
            "~",
            "^",
            "()",
            ")(",
            "[]{}",
            "\\",
            "\\\\\\",
            "'",
            "--",
            "+-!&&||",
            ":",
            "/",
            "title:x",
            "audience:public",
            "audience:seminar/1/team",
            "AND OR NOT",
            "x AND",
            "a\0b",
            "\0",
            "\u{202e}abc",
            "مرحبا",
            "😀",
            "👩‍👩‍👧",
            "\u{fffd}",
            "\u{10ffff}",
            "<b>",
            "&amp;",
            "%00",
            "'; DROP TABLE thing; --",
            "a\tb\nc",
            "\u{301}",
            "ﷺ",
            "ß",
            "İ",
            "ŉ",
            &long,
            &many,
            &deep,
        ] {
            for page in ["1", "-1", "99999999999999999999"] {
                let found = looking.with(&[("q", words), ("page", page)]).await;
                assert!(found.total <= 2, "{words:?}");
            }
            // Past what an address can say, too.
            for page in [1, 2] {
                looking.ask(&Asked { q: words.to_owned(), page, ..Asked::default() }).await;
            }
            let odd = vec![words.to_owned()];
            let filtered = Asked {
                kind: odd.clone(),
                country: odd.clone(),
                theme: odd.clone(),
                language: odd.clone(),
                seminar: odd,
                page: 1,
                ..Asked::default()
            };
            looking.ask(&filtered).await;
        }
        assert_eq!(looking.find("😀 guardians").await.total, 1);
        assert_eq!(looking.find("\"guardians\" (pairs)").await.total, 1);
    })
    .await;
}

#[tokio::test]
async fn any_page_can_be_asked_for() {
    each(async |test| {
        seminar(test, "tirana-2016", "", &[("practices/pairs.md", page("Guardians", "", ""))]).await;
        let looking = Looking::into(test).await;
        let first = Asked { q: "guardians".to_owned(), ..Asked::default() };
        assert_eq!(looking.ask(&first).await.hits.len(), 1, "no page is the first");
        let last = Asked { page: usize::MAX, ..first };
        assert_eq!(looking.ask(&last).await.hits.len(), 0);
    })
    .await;
}

#[test]
fn a_number_or_an_address_with_points_in_it_is_shown_whole() {
    for (text, query, expected) in [
        ("About 1.000.000 children beg.", "children ", "About 1.000.000 [children] beg."),
        ("About 3.5 million children.", "million ", "About 3.5 [million] children."),
        ("See www.unhcr.org/begging for more.", "begging ", "See www.unhcr.org/[begging] for more."),
        ("One. Two beg. Three.", "beg ", "Two [beg]. Three."),
    ] {
        let passage = Passage { place: None, text: text.to_owned() };
        assert_eq!(shown(&cut(&[passage], Analyser::English, query).passage), expected);
    }
}

/// Texts with words of all sorts: what stands between two spaces may be one word or several.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-zë]{1,9}",
        1 => "[a-z]{40,90}",
        1 => "[a-z]{1,60}-[a-z]{1,60}-[a-z]{1,60}",
        2 => select(vec![
            "https://www.unhcr.org/begging?a=1.2", "e.g.", "U.N.", "U.S.A", "3.14", "1.000.000", "1,000", "10:30", "don't",
            "просјачење", "и/или", "NRM/SOP", "ana@example.org", "👩‍👩‍👧", "(2016)", "«Deca»", "„citat“", "e\u{301}e\u{301}",
        ]).prop_map(str::to_owned),
    ];
    let gap = select(vec![" ", " ", " ", ", ", ". ", "\n", "! ", "; ", "  "]);
    vec((word, gap), 1..70).prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

/// Whether a text may be cut at a place: at a space; or, within what has none for long, between two words.
fn may_be_cut(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let left = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let right = after.split(char::is_whitespace).next().unwrap_or_default();
    let between = || language::words(text).all(|word| at <= word.start || at >= word.end);
    left.is_empty() || right.is_empty() || (left.len() + right.len() > 60 && between())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_passage_marks_what_was_looked_for_and_cuts_no_word(text in texts(), which in any::<prop::sample::Index>()) {
        let all: Vec<_> = language::words(&text).map(|word| text[word.start..word.end].to_owned()).collect();
        prop_assume!(!all.is_empty());
        let looked_for = format!("{} ", which.get(&all));
        let passage = Passage { place: Some("here".into()), text: text.clone() };
        let Snippet { passage: pieces, place, quote, .. } = cut(&[passage], Analyser::English, &looked_for);
        prop_assert_eq!(place.as_deref(), Some("here"));
        // What leads there stands there, in whole words and in one line.
        if let Some(quote) = quote {
            let words = language::words(&quote).count();
            prop_assert!(text.contains(&quote) && !quote.contains('\n') && words <= 4, "{quote:?}");
            prop_assert!(quote.chars().count() <= 60 && words >= 3, "{quote:?}");
        }
        let words = words(&looked_for, Analyser::English);
        let sought = Sought::of(&words, &[], &[]);
        prop_assert!(pieces.iter().any(|piece| piece.hit), "{looked_for:?} is marked: {pieces:?}");
        for piece in &pieces {
            let is_cut = piece.text == "… " || piece.text == " …";
            let hits = language::words(&piece.text).all(|word| sought.which(&word.folded) != 0);
            prop_assert!(is_cut || !piece.hit || hits, "{piece:?}");
        }
        let shown: String =
            pieces.iter().filter(|piece| piece.text != "… " && piece.text != " …").map(|piece| piece.text.as_str()).collect();
        let text = text.replace('\n', " ");
        prop_assert!(shown.chars().count() <= 230, "{} characters", shown.chars().count());
        let whole = text.match_indices(&shown).any(|(at, _)| may_be_cut(&text, at) && may_be_cut(&text, at + shown.len()));
        prop_assert!(whole, "a word is cut: {shown:?}");
    }
}
