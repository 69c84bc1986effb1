//! `/dev/gallery`: the pieces of `ui` in all their states, for eyes, axe and screenshots. No release build has it.

use crate::{
    asked::Asked,
    ui::{Head, Strands, asking, crumbs, document, fact, facts, keyed, leaf, maturity, status, sure, voice},
};
use content::{comparisons::Confidence, practices::Maturity, recommendations::Status};
use leptos::prelude::*;

/// As many delegations as there are lines.
const COUNTRIES: [&str; 6] = ["AL", "BA", "MD", "MK", "RO", "RS"];

pub(crate) fn gallery(asked: &Asked) -> AnyView {
    let words = asked.words();
    let countries = COUNTRIES.map(str::to_owned);
    let strands = Strands::of(&countries);
    let statuses = [None].into_iter().chain(Status::ALL.iter().copied().map(Some));
    let statuses = statuses.flat_map(|at| [false, true].map(|big| view! { <p>{status(words, at, big)}</p> }));
    let confidences = Confidence::ALL.iter().map(|confidence| view! { <p>{sure(words, *confidence)}</p> });
    let ladders = [None].into_iter().chain(Maturity::ALL.iter().copied().map(Some));
    let ladders = ladders.map(|at| maturity(words, at).into_any());
    let voices = countries.iter().map(|country| view! { <li>{voice(words, &strands, country)}</li> });
    let way = vec![(words.seminars().to_owned(), None, Some("/seminars".to_owned()))];
    let parts: [(&str, AnyView); 8] = [
        ("crumbs", crumbs(words.you_are_in(), way).into_any()),
        ("voice", view! { <ul class="voices">{voices.collect_view()}</ul> }.into_any()),
        ("keyed", keyed(words, &strands, &countries).into_any()),
        ("status", statuses.collect_view().into_any()),
        ("sure", confidences.collect_view().into_any()),
        ("maturity", ladders.collect_view().into_any()),
        ("facts", facts(vec![fact(words.seminars(), Some("Tirana")), fact(words.countries(), Some("3"))]).into_any()),
        ("asking", asking(words.search_all(), words.search(), "", false).into_any()),
    ];
    let parts = parts.map(|(name, part)| {
        view! {
            <section class="section section--near" aria-labelledby=name>
                <div class="section__head"><h2 class="section__heading" id=name>{name}</h2></div>
                {part}
            </section>
        }
    });
    let inside = view! { <div class="title"><h1>"ui"</h1></div>{parts.collect_view()} };
    let head = Head { known: false, lines: COUNTRIES.len(), ..Head::new("ui", "") };
    document(asked, head, leaf(&strands.numbers(), "leaf", inside))
}
