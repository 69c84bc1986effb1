//! A list of people, as it is pasted or comes out of a spreadsheet.
//!
//! RFC 4180, with whatever stands between the cells that spreadsheets put there: a comma, a semicolon, a tab. Cells tell
//! by themselves what they are, in any order and in any of the languages: an address has its sign, roles and countries
//! have their names, and what is left is a name. A line that names the columns says so instead.

use crate::{accounts::part, words::Words};
use content::{accounts::Guest, roles::Part};
use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};
use encoding_rs::{Encoding, UTF_8};
use language::{Locale, fold};
use std::collections::HashMap;

/// The most people of one list.
pub(super) const MOST: usize = 500;
/// The most cells of a line.
const CELLS_MOST: usize = 30;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Which line of the text it is, from 1.
    pub(super) number: u64,
    /// Who is meant.
    pub(super) guest: Guest,
    /// What cannot be read of it.
    pub(super) odd: Option<Odd>,
    /// The line, as it is read again.
    pub(super) text: String,
}

/// What cannot be read of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// A cell of which it is not known what it is.
    Cell(String),
    /// All of it: more cells than anybody needs, or lines that a quotation made one, which is not closed.
    Whole,
}

/// A list that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) rows: Vec<Row>,
    /// The line that names the columns.
    pub(super) head: Option<String>,
    /// Names of columns that are not used.
    pub(super) left_out: Vec<String>,
}

/// Why a list was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// Its letters are of no encoding that says which it is.
    Letters,
    /// There is nobody on it.
    Empty,
    /// There are so many on it, more than [`MOST`].
    Long(usize),
}

/// The text of a file: UTF-8, or what its first bytes say (the Encoding Standard, 6.1).
pub(super) fn text(bytes: &[u8]) -> Result<String, Unread> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let text = bytes.get(mark..).and_then(|bytes| encoding.decode_without_bom_handling_and_without_replacement(bytes));
    text.filter(|text| !text.contains('\0')).map(|text| text.into_owned()).ok_or(Unread::Letters)
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Address,
    Role,
    Delegation,
    LeftOut,
}

/// What columns are called besides the words of the forms: what spreadsheets and registrations call them.
const NAMES: [&str; 18] = [
    "name",
    "first name",
    "given name",
    "last name",
    "surname",
    "family name",
    "ime",
    "prezime",
    "ime i prezime",
    "emri",
    "mbiemri",
    "nume",
    "prenume",
    "име",
    "презиме",
    "име и презиме",
    "full name",
    "participant",
];
const ADDRESSES: [&str; 8] = ["e-mail", "email", "mail", "address", "adresa", "адреса", "posta", "mejl"];
const ROLES: [&str; 4] = ["role", "part", "uloga", "roli"];
const DELEGATIONS: [&str; 5] = ["delegation", "country", "shteti", "zemlja", "tara"];

/// The words of all languages by which cells are known.
struct Known {
    columns: HashMap<String, Column>,
    roles: HashMap<String, Part>,
    countries: HashMap<String, String>,
}

impl Known {
    /// With the countries of a seminar.
    fn of(countries: &[String]) -> Self {
        let mut known = Self { columns: HashMap::new(), roles: HashMap::new(), countries: HashMap::new() };
        let named = [
            (Column::Name, &NAMES[..]),
            (Column::Address, &ADDRESSES),
            (Column::Role, &ROLES),
            (Column::Delegation, &DELEGATIONS),
        ];
        for (column, names) in named {
            known.columns.extend(names.iter().map(|name| (fold(name), column)));
        }
        known.roles.extend(Part::ALL.iter().map(|part| (fold(part.code()), *part)));
        known.countries.extend(countries.iter().map(|code| (fold(code), code.clone())));
        for words in Locale::ALL.map(Words) {
            let columns = [
                (words.their_name(), Column::Name),
                (words.e_mail(), Column::Address),
                (words.their_role(), Column::Role),
                (words.their_delegation(), Column::Delegation),
            ];
            known.columns.extend(columns.map(|(name, column)| (fold(name), column)));
            known.roles.extend(Part::ALL.iter().map(|is| (fold(part(words, *is)), *is)));
            for code in countries {
                let names = [Some(words.country_name(code)), words.short_name(code).map(str::to_owned)];
                known.countries.extend(names.into_iter().flatten().map(|name| (fold(&name), code.clone())));
            }
        }
        known
    }

    /// What the columns hold, if a line names them.
    fn head(&self, record: &StringRecord) -> Option<Vec<Column>> {
        if record.len() > CELLS_MOST {
            return None;
        }
        let of = |cell: &str| self.columns.get(&fold(cell)).copied().unwrap_or(Column::LeftOut);
        let columns: Vec<Column> = record.iter().map(of).collect();
        // "Participant" alone is a role, and somebody may be called Ime: one column is known by more than its name.
        let known = columns.iter().filter(|column| **column != Column::LeftOut).count();
        let named = known > 1 || (known == 1 && record.len() == 1);
        (named && !record.iter().any(|cell| cell.contains('@'))).then_some(columns)
    }

    /// By its name; also in the definite form that Albanian has (`Shqipëria`). Moldovan is a surname.
    fn country(&self, folded: &str) -> Option<&String> {
        let ended = |name: &str| name.len() > 4 && folded.strip_prefix(name) == Some("a");
        let by_ending = || self.countries.iter().find(|(name, _)| ended(name)).map(|(_, code)| code);
        self.countries.get(folded).or_else(by_ending)
    }

    fn row(&self, record: &StringRecord, columns: Option<&[Column]>) -> Row {
        let mut guest =
            Guest { name: String::new(), address: String::new(), part: Part::Participant, delegation: None };
        let (mut odd, mut part) = (None, None);
        if record.len() > CELLS_MOST || record.iter().any(|cell| cell.contains(['\r', '\n'])) {
            return Row { number: 0, guest, odd: Some(Odd::Whole), text: String::new() };
        }
        for (place, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let folded = fold(cell);
            let (role, country) = (self.roles.get(&folded), self.country(&folded));
            let column = match columns {
                Some(columns) => columns.get(place).copied(),
                None if cell.contains('@') => Some(Column::Address),
                None if role.is_some() => Some(Column::Role),
                None if country.is_some() => Some(Column::Delegation),
                None => guest.name.is_empty().then_some(Column::Name),
            };
            match (column, role, country) {
                (Some(Column::LeftOut), ..) => {}
                (Some(Column::Name), ..) => guest.name = format!("{} {cell}", guest.name).trim().to_owned(),
                (Some(Column::Address), ..) if guest.address.is_empty() => addressed(&mut guest, cell),
                (Some(Column::Role), Some(role), _) if part.is_none() => part = Some(*role),
                (Some(Column::Delegation), _, Some(country)) if guest.delegation.is_none() => {
                    guest.delegation = Some(country.clone());
                }
                _ => odd = odd.or_else(|| Some(Odd::Cell(cell.to_owned()))),
            }
        }
        guest.part = part.unwrap_or(guest.part);
        Row { number: 0, guest, odd, text: String::new() }
    }
}

/// An address, alone or as it is copied out of a letter: `Ana Hoxha <ana@example.org>`.
fn addressed(guest: &mut Guest, cell: &str) {
    if !cell.contains('@') {
        guest.address = cell.to_owned();
        return;
    }
    let (address, name): (Vec<&str>, Vec<&str>) = cell.split_whitespace().partition(|word| word.contains('@'));
    guest.address = address.join(" ").trim_matches(['<', '>', '(', ')', ';', ',']).to_owned();
    if guest.name.is_empty() {
        guest.name = name.join(" ").trim_matches('"').to_owned();
    }
}

/// Reads a list for a seminar of these countries.
pub(super) fn read(text: &str, countries: &[String]) -> Result<List, Unread> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    // The sign between cells that is on the most of the first lines.
    let first: Vec<&str> = lines.take(10).collect();
    let on = |sign: char| first.iter().filter(|line| line.contains(sign)).count();
    let between = [('\t', b'\t'), (';', b';'), (',', b',')].into_iter().rev().max_by_key(|(sign, _)| on(*sign));
    let between = between.map_or(b',', |(_, byte)| byte);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(between)
        .from_reader(text.as_bytes());
    let known = Known::of(countries);
    let (mut list, mut columns, mut count) = (List::default(), None, 0_usize);
    for record in reader.records() {
        let record = record.map_err(|_| Unread::Letters)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        count += 1;
        if count == 1
            && let Some(named) = known.head(&record)
        {
            let left_out = record.iter().zip(&named).filter(|(_, column)| **column == Column::LeftOut);
            list.left_out = left_out.map(|(name, _)| name.to_owned()).filter(|name| !name.is_empty()).collect();
            list.head = Some(written(&record, between));
            columns = Some(named);
            count = 0;
        } else if count <= MOST {
            let (number, line) = (number(text, &record), written(&record, between));
            list.rows.push(Row { number, text: line, ..known.row(&record, columns.as_deref()) });
        }
    }
    match count {
        0 => Err(Unread::Empty),
        count if count > MOST => Err(Unread::Long(count)),
        _ => Ok(list),
    }
}

/// Which line of the text it is. The reader takes the empty ones before it for its beginning.
fn number(text: &str, record: &StringRecord) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let from = usize::try_from(position.byte()).unwrap_or_default();
    let before = text.get(from..).unwrap_or_default().bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + before.filter(|byte| *byte == b'\n').count() as u64
}

/// A line of the list, as it is read again.
fn written(record: &StringRecord, between: u8) -> String {
    let mut writer = WriterBuilder::new().delimiter(between).from_writer(Vec::new());
    let line = writer.write_record(record).ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8_lossy(&line).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries() -> Vec<String> {
        ["AL", "BA", "MD"].map(str::to_owned).to_vec()
    }

    fn told(text: &str) -> Vec<(String, String, Part, String, Option<String>)> {
        let list = read(text, &countries()).expect("a list");
        let of = |row: Row| {
            let Guest { name, address, part, delegation } = row.guest;
            let odd = row.odd.map(|odd| match odd {
                Odd::Cell(cell) => cell,
                Odd::Whole => "all of it".to_owned(),
            });
            (name, address, part, delegation.unwrap_or_default(), odd)
        };
        list.rows.into_iter().map(of).collect()
    }

    fn one(name: &str, address: &str, part: Part, country: &str) -> (String, String, Part, String, Option<String>) {
        (name.to_owned(), address.to_owned(), part, country.to_owned(), None)
    }

    #[test]
    fn cells_tell_what_they_are_in_any_order_sign_and_language() {
        let ana = one("Ana Hoxha", "ana@example.org", Part::Expert, "AL");
        for line in [
            "Ana Hoxha, ana@example.org, expert, Albania",
            "albania;Expert;ana@example.org;Ana Hoxha",
            "Ana Hoxha\tana@example.org\tЕксперт\tАлбанија\t\t",
            "\u{feff}\"Ana Hoxha\", Shqipëria, EKSPERT, ana@example.org\r\n",
            "Ana Hoxha <ana@example.org>, stručnjak, AL",
            "\n\n  Ana Hoxha ana@example.org ;Stručnjak;Albanija\n\n",
        ] {
            assert_eq!(told(line), std::slice::from_ref(&ana), "{line}");
        }
        // A name with a comma, and one alone.
        assert_eq!(told("\"Hoxha, Ana\",ana@example.org")[0].0, "Hoxha, Ana");
        assert_eq!(told("Hoxha, Ana;ana@example.org;MD")[0].0, "Hoxha, Ana");
        assert_eq!(told("Ion Popa"), [one("Ion Popa", "", Part::Participant, "")]);
    }

    #[test]
    fn what_is_not_known_is_named_and_no_line_is_guessed() {
        let rows = told("Ana, director, ana@example.org\nIon, Serbia\nMira, m@example.org, n@example.org");
        let odd: Vec<_> = rows.iter().map(|row| row.4.as_deref()).collect();
        assert_eq!(odd, [Some("director"), Some("Serbia"), Some("n@example.org")]);
        let rows = told("Ana, expert, observer\nIon, Albania, Moldova");
        let odd: Vec<_> = rows.iter().map(|row| row.4.as_deref()).collect();
        assert_eq!(odd, [Some("observer"), Some("Moldova")]);
        // An address that is mistyped is no name, and does not go unseen.
        let mistyped = told("Name;E-mail\nAna;ana(at)example.org\n;ana.example.org");
        let addresses: Vec<_> = mistyped.iter().map(|row| (row.0.as_str(), row.1.as_str())).collect();
        assert_eq!(addresses, [("Ana", "ana(at)example.org"), ("", "ana.example.org")]);
        let numbers = read("\n\nAna\n\n\nIon\n", &countries()).expect("a list").rows;
        assert_eq!(numbers.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 6]);
    }

    #[test]
    fn a_surname_is_no_country() {
        assert_eq!(told("Ion, Moldovan")[0].4.as_deref(), Some("Moldovan"));
    }

    #[test]
    fn a_line_that_names_the_columns_says_what_they_hold() {
        let list = read(
            "Prezime;Ime;Organizacija;E-mail;Uloga\nHodžić;Amra;IOM;amra@example.org;posmatrač\n;;IOM;x@example.org;šef\n",
            &countries(),
        )
        .expect("a list");
        assert_eq!(list.left_out, ["Organizacija"]);
        assert_eq!(list.head.as_deref(), Some("Prezime;Ime;Organizacija;E-mail;Uloga"));
        let [amra, other] = &list.rows[..] else { panic!("two lines") };
        assert_eq!((amra.guest.name.as_str(), amra.guest.part), ("Hodžić Amra", Part::Observer));
        assert_eq!((amra.odd.clone(), amra.number), (None, 2));
        assert_eq!(other.odd, Some(Odd::Cell("šef".to_owned())));
        assert_eq!(other.text, ";;IOM;x@example.org;šef");
        // Nobody is taken for the names of columns.
        assert_eq!(told("Ime Prezime, participant").len(), 1);
    }

    #[test]
    fn files_are_read_in_the_encoding_that_they_say() {
        let line = "Ђорђе;đ@example.org";
        let bytes = |encode: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
            mark.into_iter().chain(line.encode_utf16().flat_map(encode)).collect()
        };
        let utf_8: Vec<u8> = b"\xef\xbb\xbf".iter().copied().chain(line.bytes()).collect();
        for file in [line.into(), utf_8, bytes(u16::to_le_bytes, [0xff, 0xfe]), bytes(u16::to_be_bytes, [0xfe, 0xff])] {
            assert_eq!(text(&file).as_deref(), Ok(line));
        }
        // Windows-1250, UTF-16 that does not say so, half a letter, a picture.
        for file in [&b"Hod\x9ei\xe6"[..], b"A\0n\0a\0", b"\xff\xfeA", b"\x89PNG\r\n\x1a\n\0"] {
            assert_eq!(text(file), Err(Unread::Letters), "{file:?}");
        }
    }

    #[test]
    fn lists_are_as_long_as_they_may_be() {
        assert_eq!(read("", &[]), Err(Unread::Empty));
        assert_eq!(read(" ,\n\n , ,\n", &[]), Err(Unread::Empty));
        assert_eq!(read("Name, e-mail\n", &[]), Err(Unread::Empty));
        let lines = |count: usize| (0..count).map(|number| format!("Ana {number}\n")).collect::<String>();
        assert_eq!(read(&lines(MOST), &[]).map(|list| list.rows.len()), Ok(MOST));
        assert_eq!(read(&lines(100_000), &[]), Err(Unread::Long(100_000)));
        // A quotation that is never closed is one line, and nobody's name.
        let open = read("\"Ana\nIon\nMira", &[]).expect("a list");
        assert_eq!(open.rows.iter().map(|row| row.odd.clone()).collect::<Vec<_>>(), [Some(Odd::Whole)]);
        // However many cells a line has.
        let wide = read(&("ime,".repeat(1_000_000) + "\n" + &"a,".repeat(1_000_000)), &[]).expect("a list");
        assert_eq!(wide.rows.iter().filter(|row| row.odd == Some(Odd::Whole)).count(), 2);
    }
}
