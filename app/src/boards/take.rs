//! A board to take along: what whoever asks may see of it, as files.

use super::sorting::called;
use crate::{asked::Asked, edits::listed, errors::Error, forms, render, sheets, words::Words};
use axum::{
    Extension,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use content::{
    boards::{self, Board, BoardPage, By, Card, Id, Phase, Tally},
    recommendations::reference,
    store::Failure,
};
use serde_json::json;
use std::{collections::BTreeMap, fmt::Write};

/// The names of the files, and their kinds.
pub(super) const FILES: [(&str, &str); 4] = [
    ("cards.csv", "text/csv; charset=utf-8"),
    ("cards.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("board.md", "text/markdown; charset=utf-8"),
    ("log.json", "application/json"),
];

/// The names of the files, and what each is in words.
pub(super) fn files(words: Words) -> impl Iterator<Item = (&'static str, &'static str)> {
    let says = [words.take_csv(), words.take_xlsx(), words.take_markdown(), words.take_log()];
    FILES.into_iter().map(|(name, _)| name).zip(says)
}

/// One of them.
pub(super) async fn take(
    Extension(asked): Extension<Asked>,
    Path((seminar, slug)): Path<(String, String)>,
    (name, kind): (&'static str, &'static str),
) -> Response {
    match written(&asked, (&seminar, &slug), name).await {
        Ok(Some(bytes)) => {
            let disposition = format!("attachment; filename=\"{slug}-{name}\"");
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Ok(None) => render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

async fn written(asked: &Asked, (seminar, slug): (&str, &str), file: &str) -> Result<Option<Vec<u8>>, Failure> {
    let found = boards::board(&asked.store, &asked.viewer, asked.reading, seminar, slug).await?;
    let Some(page) = found else { return Ok(None) };
    let open = asked.boards.open(&asked.store, &asked.viewer, &page).await?;
    let board = open.look().board;
    let names = open.names(&asked.store).await?;
    let words = asked.words();
    Ok(Some(match file {
        "log.json" => {
            let (names, events) = (names.iter().map(|(key, name)| json!({ "author": key, "name": name })), open.log());
            let log = json!({
                "board": page.board.place.path(),
                "question": page.text.title,
                "how": page.details,
                "authors": names.collect::<Vec<_>>(),
                "events": events,
            });
            format!("{log:#}").into_bytes()
        }
        "board.md" => markdown(words, &page, &board, &names).into_bytes(),
        _ => {
            let head = [
                words.cluster(),
                words.vote_place(),
                words.card(),
                words.language(),
                words.their_delegation(),
                words.card_author(),
            ];
            let rows = rows(words, &board, &names);
            let table = if file == "cards.csv" {
                sheets::csv(&head, &rows)
            } else {
                sheets::workbook(&head, &[28.0, 10.0, 60.0, 14.0, 24.0, 24.0], &rows)
            };
            table?
        }
    }))
}

/// The cards that stand before the room, cluster by cluster, and the loose ones at the end, each with how that is called.
fn sorted(words: Words, board: &Board) -> Vec<(String, Vec<(Id, &Card)>)> {
    let cards = board.in_order();
    let clusters = called(words, board).into_iter().map(|(id, called)| (Some(id), called.text));
    let clusters = clusters.chain([(None, words.loose_cards().to_owned())]);
    let lie = |cluster| cards.iter().filter(move |(_, card)| card.stands() && card.cluster == cluster);
    clusters.map(|(cluster, called)| (called, lie(cluster).copied().collect())).collect()
}

fn delegation(words: Words, card: &Card) -> String {
    card.says.group.as_deref().map(|country| words.country_name(country)).unwrap_or_default()
}

fn author(card: &Card, names: &BTreeMap<i64, String>) -> String {
    if let By::Author(key) = card.by { names.get(&key).cloned().unwrap_or_default() } else { String::new() }
}

fn rows(words: Words, board: &Board, names: &BTreeMap<i64, String>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (called, cards) in sorted(words, board) {
        let name = if board.clusters.is_empty() { String::new() } else { called };
        rows.extend(cards.into_iter().map(|(id, card)| {
            let language = words.language_name(card.says.language).to_owned();
            vec![
                name.clone(),
                place(board, (id, card)),
                card.says.text.clone(),
                language,
                delegation(words, card),
                author(card, names),
            ]
        }));
    }
    rows
}

/// The place that a vote has given a card, or the cluster in which it lies.
fn place(board: &Board, (id, card): (Id, &Card)) -> String {
    let choice = card.cluster.unwrap_or(id);
    let weighed = told(board).and_then(|tally| tally.weighed.iter().find(|one| one.choice == choice));
    weighed.map(|one| one.place.to_string()).unwrap_or_default()
}

/// What came of the vote, where it is over.
fn told(board: &Board) -> Option<&Tally> {
    board.tally.as_ref().filter(|_| board.phase >= Phase::Agree)
}

fn markdown(words: Words, page: &BoardPage, board: &Board, names: &BTreeMap<i64, String>) -> String {
    let mut text = format!("# {}\n", plain(&page.text.title));
    for (called, cards) in sorted(words, board).into_iter().filter(|(_, cards)| !cards.is_empty()) {
        if !board.clusters.is_empty() {
            let _ = write!(text, "\n## {}\n", plain(&called));
        }
        text.push('\n');
        for (_, card) in cards {
            let of = [delegation(words, card), author(card, names)];
            let of: Vec<String> = of.iter().filter(|of| !of.is_empty()).map(|of| plain(of)).collect();
            let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
            let _ = writeln!(text, "- {}{of}", plain(&card.says.text));
        }
    }
    if let Some(tally) = told(board).filter(|tally| !tally.weighed.is_empty()) {
        let _ = write!(text, "\n## {}\n\n{}\n\n", plain(words.result()), words.vote_turnout(tally.cast as u64));
        for one in &tally.weighed {
            let name = plain(&choice_called(words, board, one.choice));
            let _ = writeln!(text, "- {}: {name} ({})", one.place, super::result::total(words, tally, one));
        }
    }
    if board.phase >= Phase::Agree && !board.proposals.is_empty() {
        let _ = write!(text, "\n## {}\n\n", plain(words.drafts()));
        for (_, draft) in board.proposals_in_order() {
            let facts = [
                (words.urgency(), draft.urgency.map(|urgency| words.urgency_word(urgency).to_owned())),
                (words.addressed_to(), Some(draft.addressees.join("; ")).filter(|list| !list.is_empty())),
                (
                    words.themes(),
                    Some(listed(&draft.themes, |theme| words.theme_name(theme))).filter(|list| !list.is_empty()),
                ),
                (words.draft_from(), draft.of.map(|of| choice_called(words, board, of))),
                (words.recommendation(), draft.published.as_deref().map(reference)),
            ];
            let facts = facts.into_iter().filter_map(|(word, says)| Some(format!("  - {word}: {}\n", plain(&says?))));
            let _ = write!(text, "- {}\n{}", plain(&draft.text.text), facts.collect::<String>());
        }
    }
    text
}

/// What there was a vote on, as far as it stands there still.
fn choice_called(words: Words, board: &Board, id: Id) -> String {
    let cluster = called(words, board).into_iter().find(|(other, _)| *other == id).map(|(_, called)| called.text);
    let card = || board.cards.get(&id).filter(|card| card.stands()).map(|card| card.says.text.clone());
    cluster.or_else(card).unwrap_or_else(|| words.result_gone().to_owned())
}

/// A line in which nothing is Markdown (CommonMark, 2.4): every sign that may mean something is escaped.
fn plain(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for (at, sign) in line.char_indices() {
        let first = line[..at].chars().all(|before| before.is_ascii_digit());
        let opens = matches!(sign, '+' | '-' | '=' | '.' | ')') && first;
        if opens || matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|') {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_was_written_is_no_markdown() {
        for (line, escaped) in [
            ("Shelters, for men (and boys)!", "Shelters, for men (and boys)!"),
            ("# Not a heading", "\\# Not a heading"),
            ("- none", "\\- none"),
            ("12. twelve. and on", "12\\. twelve. and on"),
            ("[a](javascript:b) <b>*c*</b>", "\\[a\\](javascript:b) \\<b\\>\\*c\\*\\</b\\>"),
        ] {
            assert_eq!(plain(line), escaped);
        }
    }
}
