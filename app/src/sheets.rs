//! Tables for spreadsheets.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io;

/// A cell that no spreadsheet takes for a formula (OWASP, CSV Injection).
pub(crate) fn plain(cell: &str) -> String {
    match cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// A table as CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know that.
pub(crate) fn csv(head: &[&str], rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| plain(cell)))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// The same as a workbook (Office Open XML, ECMA-376). A cell is text there, whatever it begins with.
pub(crate) fn workbook(head: &[&str], widths: &[f64], rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    book(head, widths, rows).map_err(io::Error::other)
}

fn book(head: &[&str], widths: &[f64], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (bold, wrap) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let sheet = book.add_worksheet();
    for (column, (name, width)) in (0..).zip(head.iter().zip(widths)) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            sheet.write_string_with_format(line, column, cell, &wrap)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::{csv, plain, workbook};

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "  =cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1", "\t=1"] {
            assert!(plain(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(plain("1 = 1"), "1 = 1");
        let bytes = csv(&["A", "B"], &[vec!["=1".to_owned(), "two \"words\",\nя".to_owned()]]).expect("written");
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), "\u{feff}A,B\r\n'=1,\"two \"\"words\"\",\nя\"\r\n");
    }

    #[test]
    fn a_workbook_is_one() {
        let bytes =
            workbook(&["A"], &[10.0], &[vec!["=1".to_owned()], vec!["\u{1F600} я".to_owned()]]).expect("written");
        assert!(bytes.starts_with(b"PK"));
    }
}
