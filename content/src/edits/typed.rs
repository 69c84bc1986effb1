//! What is typed into a form, read within the bounds that files have, so that what is exported can be imported again.

use crate::{
    folder::{LINE_MOST, LIST_MOST, Related, Ring, SENTENCES_MOST, Spot},
    things::Kind,
};
use jiff::civil::{Date, Time};
use std::{collections::BTreeSet, str::FromStr};

/// Why something that was typed will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is needed.
    Missing,
    /// It is longer than so many letters.
    Long(usize),
    /// It has more lines or entries than so many.
    Many(usize),
    /// It cannot be read as what it should be.
    Odd,
    /// The seminar is held from one day to another, and this is none of them.
    Outside(Date, Date),
    /// So many sessions would be on days that are none of the seminar's any more.
    Strands(usize),
    /// The clocks are put forward over it.
    Skipped,
    /// It ends before it starts.
    Backwards,
    /// It is for others to decide: it changes who may see what.
    Reserved,
    /// It would take in what stands after it: it opens something that it does not close, or begins another part.
    Open,
    /// It is too long for a text, has too many parts, or they lie too deep in each other.
    Heavy,
}

/// Something that will not do: which field, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault<F> {
    /// What.
    pub field: F,
    /// Why.
    pub why: Why,
}

/// Puts what was read where it belongs, or notes why it will not do.
pub(crate) fn settle<F, T>(faults: &mut Vec<Fault<F>>, field: F, read: Result<T, Why>, put: impl FnOnce(T)) {
    match read {
        Ok(read) => put(read),
        Err(why) => faults.push(Fault { field, why }),
    }
}

/// Without the empty lines before it and the space after it: what stands before the first words of a text in Markdown may
/// mean something.
pub(crate) fn stripped(text: &str) -> &str {
    let text = text.trim_end();
    let before: usize = text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    &text[before..]
}

fn bounded(text: &str, most: usize) -> Result<String, Why> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > most {
        Err(Why::Long(most))
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        Err(Why::Odd)
    } else {
        Ok(text)
    }
}

/// One line; none where it is empty.
pub(crate) fn line(text: &str) -> Result<Option<String>, Why> {
    let text = bounded(text, LINE_MOST)?;
    if text.contains('\n') { Err(Why::Odd) } else { Ok(Some(text).filter(|text| !text.is_empty())) }
}

/// The session in which a thing is to lie; none: in its seminar. `moves`: that may be said of it at all, since who sees a thing
/// follows from where it lies.
pub(crate) fn session(typed: &str, sessions: &[String], moves: bool) -> Result<Option<Related>, Why> {
    match typed {
        _ if !moves => Err(Why::Reserved),
        "" => Ok(None),
        slug if sessions.iter().any(|session| session == slug) => {
            Ok(Some(Related { ring: Ring::Of, kind: Kind::Session, slug: slug.to_owned(), spot: Spot::default() }))
        }
        _ => Err(Why::Odd),
    }
}

/// One line that has to be there.
pub(crate) fn needed(text: &str) -> Result<String, Why> {
    line(text)?.ok_or(Why::Missing)
}

/// A few sentences; may be empty.
pub(crate) fn sentences(text: &str) -> Result<String, Why> {
    bounded(text, SENTENCES_MOST)
}

/// An entry of a list in each line; empty lines are none.
pub(crate) fn lines(text: &str, most: usize) -> Result<Vec<String>, Why> {
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| bounded(line, most))
        .collect::<Result<_, _>>()?;
    if lines.len() > LIST_MOST { Err(Why::Many(LIST_MOST)) } else { Ok(lines) }
}

/// What was chosen of a list, where that is something else than what was shown: in its order of before, what is new after
/// it, each once. A form sends its choices in an order of its own, perhaps twice.
pub(crate) fn chosen(
    typed: &[String],
    shown: &[String],
    may: impl Fn(&str) -> bool,
) -> Option<Result<Vec<String>, Why>> {
    let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
    if set(typed) == set(shown) {
        return None;
    }
    let mut taken: Vec<String> = Vec::new();
    for one in shown.iter().chain(typed).filter(|one| typed.contains(one)) {
        if !shown.contains(one) && !may(one) {
            return Some(Err(Why::Odd));
        }
        if !taken.contains(one) {
            taken.push(one.clone());
        }
    }
    Some(if taken.len() > LIST_MOST { Err(Why::Many(LIST_MOST)) } else { Ok(taken) })
}

/// The day that was typed: `2016-12-06`, as a file can say it too.
pub(crate) fn date(text: &str) -> Result<Date, Why> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Why::Missing);
    }
    let day = Date::from_str(text).ok().filter(|day| (1..9999).contains(&day.year()) && day.to_string() == text);
    day.ok_or(Why::Odd)
}

/// A time of day: `9:05`, `09:05`, `9.05`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let (hour, rest) = text.split_once([':', '.'])?;
    let minute = rest.split([':', '.']).next()?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// What is left of a file for its text, in bytes, when the longest of its fields stand before it.
const TEXT_MOST: u64 = crate::folder::TEXT_MOST - 64 * 1024;

/// A text in Markdown; may be empty.
pub(crate) fn markdown(text: &str) -> Result<String, Why> {
    let text = stripped(text).replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Why::Odd);
    }
    if text.is_empty() {
        return Ok(text);
    }
    let fits = u64::try_from(text.len()).is_ok_and(|bytes| bytes <= TEXT_MOST);
    if !fits || markup::render(&text, &crate::texts::markup_options()).is_err() {
        return Err(Why::Heavy);
    }
    Ok(format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_entries_of_a_list() {
        assert_eq!(lines(" One \r\n\r\n\tTwo\n", 300), Ok(vec!["One".to_owned(), "Two".to_owned()]));
        assert_eq!(lines("", 300), Ok(Vec::new()));
        assert_eq!(lines("abcd\nabc", 3), Err(Why::Long(3)));
        assert_eq!(lines("a\u{1b}b", 300), Err(Why::Odd));
        assert_eq!(lines(&"a\n".repeat(LIST_MOST + 1), 300), Err(Why::Many(LIST_MOST)));
    }

    #[test]
    fn what_is_chosen_stays_in_its_order_and_stands_once() {
        let list = |codes: &str| codes.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let taken = |typed: &str| chosen(&list(typed), &list("MD AL"), |code| code == "BA");
        assert_eq!(taken("AL MD"), None);
        assert_eq!(taken("AL BA MD MD"), Some(Ok(list("MD AL BA"))));
        assert_eq!(taken("BA BA"), Some(Ok(list("BA"))));
        assert_eq!(taken(""), Some(Ok(Vec::new())));
        assert_eq!(taken("MD XX"), Some(Err(Why::Odd)));
    }

    #[test]
    fn a_line_is_one_and_a_text_is_drawn() {
        assert_eq!(line("  "), Ok(None));
        assert_eq!(needed("  "), Err(Why::Missing));
        assert_eq!(line("a\nb"), Err(Why::Odd));
        assert_eq!(sentences("a\r\nb"), Ok("a\nb".to_owned()));
        assert_eq!(markdown(" \n\r\n  - One \r\n  - Two "), Ok("  - One \n  - Two\n".to_owned()));
        assert_eq!(markdown(&"a".repeat(crate::folder::TEXT_MOST as usize)), Err(Why::Heavy));
    }
}
