//! `comparison.toml`

use super::{Cell, Confidence, Details, Topic};
use crate::folder::{Fields, Table};
use std::collections::BTreeSet;

pub(crate) fn read(fields: &mut Fields<'_>) -> Details {
    let mut slugs = BTreeSet::new();
    let topics = fields.tables("topic").into_iter().filter_map(|mut topic| {
        let (slug, title) = (topic.needed("slug", Fields::slug), topic.needed("title", Fields::line));
        if let Some(slug) = &slug
            && !slugs.insert(slug.clone())
        {
            topic.wrong("slug", format!("another topic has the slug `{slug}`"));
        }
        let mut known = BTreeSet::new();
        let cells: Vec<Option<Cell>> =
            topic.tables("cell").into_iter().map(|cell| read_cell(cell, &mut known)).collect();
        topic.done();
        Some(Topic { slug: slug?, title: title?, cells: cells.into_iter().flatten().collect() })
    });
    Details { topics: topics.collect() }
}

fn read_cell(mut cell: Fields<'_>, known: &mut BTreeSet<String>) -> Option<Cell> {
    let countries = cell.countries("countries");
    if countries.is_empty() {
        cell.wrong("countries", "name the countries of which this is known");
    }
    for country in countries.iter().filter(|country| !known.insert((*country).clone())) {
        cell.wrong("countries", format!("this topic says something of {country} twice"));
    }
    let text = cell.needed("text", Fields::sentences);
    let confidence = cell.needed("confidence", |cell, name| cell.one_of(name, Confidence::CODES));
    let (source, date) = (cell.line("source"), cell.date("date"));
    cell.done();
    Some(Cell { countries, text: text?, confidence: confidence?, source, date })
}

pub(crate) fn write(details: &Details, table: &mut Table) {
    for topic in &details.topics {
        let mut row = Table::new();
        row.text("slug", Some(&topic.slug));
        row.text("title", Some(&topic.title));
        for cell in &topic.cells {
            let mut entry = Table::new();
            entry.list("countries", &cell.countries);
            entry.text("text", Some(&cell.text));
            entry.text("confidence", Some(cell.confidence.code()));
            entry.text("source", cell.source.as_deref());
            entry.date("date", cell.date);
            row.entry("cell", entry);
        }
        table.entry("topic", row);
    }
}
