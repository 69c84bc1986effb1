//! Markdown's elements written as HTML.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::address::Leads;
use crate::footnotes::{Footnotes, mention_id, note_id};
use crate::headings::{self, Headings};
use crate::plain;
use crate::raw::{AWAY, CELL_CENTER, CELL_LEFT, CELL_RIGHT, Raw, heading_name, within};
use crate::sanitise::{BACK, DONE, FOOTNOTES, HEADING_LINK, LANGUAGE, MENTION, TABLE, TASK, sanitise};
use crate::syntax::{self, Located};
use crate::writer::Writer;
use crate::{Options, Refusal, Rendered};

/// Renders a text. See the crate's own documentation for what it may hold.
///
/// # Errors
///
/// Fails where the text is longer than [`MOST_BYTES`](crate::MOST_BYTES), nested deeper than
/// [`MOST_LEVELS`](crate::MOST_LEVELS) or has more elements than
/// [`MOST_ELEMENTS`](crate::MOST_ELEMENTS).
pub fn render(markdown: &str, options: &Options) -> Result<Rendered, Refusal> {
    let source = syntax::prepared(markdown)?;
    let mut renderer = Renderer::new(&source, options);
    renderer.pieces(&mut syntax::events(&source))?;
    renderer.footnotes()?;
    let html = sanitise(&renderer.to.finish());
    let headings = renderer.headings.found;
    let plain = plain::read(html.as_str(), &headings);
    Ok(Rendered { html, headings, passages: plain.passages, links: plain.links, images: plain.images })
}

struct Renderer<'m> {
    source: &'m str,
    options: &'m Options,
    raw: Raw<'m>,
    to: Writer,
    headings: Headings,
    footnotes: Footnotes<'m>,
    table: Table,
}

/// Where the renderer is in a table.
#[derive(Default)]
struct Table {
    columns: Vec<Alignment>,
    /// The index of the cell in its row.
    cell: usize,
    blank: bool,
    in_head: bool,
    in_body: bool,
}

type Pieces<'p, 'm> = &'p mut dyn Iterator<Item = Located<'m>>;

impl<'m> Renderer<'m> {
    fn new(source: &'m str, options: &'m Options) -> Self {
        Self {
            source,
            options,
            raw: Raw { heading_offset: options.heading_offset, id_prefix: &options.id_prefix },
            to: Writer::default(),
            headings: Headings::default(),
            footnotes: Footnotes::default(),
            table: Table::default(),
        }
    }

    fn pieces(&mut self, pieces: Pieces<'_, 'm>) -> Result<(), Refusal> {
        while let Some((piece, at)) = pieces.next() {
            match piece {
                Event::Start(Tag::TableCell) => {
                    // A corner with nothing in it heads no column.
                    self.table.blank =
                        self.source.get(at).is_some_and(|cell| cell.trim_matches(['|', ' ', '\t']).is_empty());
                    self.start_cell()?;
                }
                Event::Start(tag) => self.start(tag, pieces)?,
                Event::End(tag) => self.end(tag)?,
                Event::Text(text) => self.to.text(&text)?,
                Event::Code(text) => {
                    self.to.open("code", &[])?;
                    self.to.text(&text)?;
                    self.to.close();
                }
                Event::Html(html) | Event::InlineHtml(html) => self.raw.write(&html, &mut self.to)?,
                Event::FootnoteReference(label) => self.mention(&label)?,
                Event::SoftBreak => self.to.text("\n")?,
                Event::HardBreak => {
                    self.to.open("br", &[])?;
                    self.to.text("\n")?;
                }
                Event::Rule => {
                    self.to.open("hr", &[])?;
                    self.to.text("\n")?;
                }
                Event::TaskListMarker(done) => self.task(done)?,
                Event::InlineMath(text) | Event::DisplayMath(text) => self.to.text(&text)?,
            }
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'m>, pieces: Pieces<'_, 'm>) -> Result<(), Refusal> {
        match tag {
            Tag::Paragraph => self.to.open("p", &[]),
            Tag::Heading { level, .. } => self.heading(level, pieces),
            Tag::BlockQuote(_) => self.to.open("blockquote", &[]),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => self.html_block(pieces),
            Tag::List(None) => self.to.open("ul", &[]),
            Tag::List(Some(1)) => self.to.open("ol", &[]),
            Tag::List(Some(first)) => self.to.open("ol", &[("start", &first.to_string())]),
            Tag::Item => self.to.open("li", &[]),
            Tag::FootnoteDefinition(label) => {
                self.footnotes.define(&label, pieces);
                Ok(())
            }
            Tag::Table(columns) => self.start_table(columns),
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.cell = 0;
                self.to.open("thead", &[])?;
                self.to.open("tr", &[])
            }
            Tag::TableRow => {
                self.table.cell = 0;
                if !std::mem::replace(&mut self.table.in_body, true) {
                    self.to.open("tbody", &[])?;
                }
                self.to.open("tr", &[])
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.to.open("em", &[]),
            Tag::Strong => self.to.open("strong", &[]),
            Tag::Strikethrough => self.to.open("del", &[]),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title),
            Tag::Image { dest_url, title, .. } => self.image(&dest_url, &title, pieces),
            // Parts of syntax that is not turned on.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.to.open_without_tags(),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Refusal> {
        match tag {
            TagEnd::CodeBlock => self.to.close(),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.to.close();
            }
            TagEnd::Table => {
                if std::mem::take(&mut self.table.in_body) {
                    self.to.close();
                }
                self.to.close();
            }
            TagEnd::TableCell => self.table.cell += 1,
            _ => {}
        }
        self.to.close();
        let is_inline =
            matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::TableCell);
        if is_inline { Ok(()) } else { self.to.text("\n") }
    }

    fn heading(&mut self, level: HeadingLevel, pieces: Pieces<'_, 'm>) -> Result<(), Refusal> {
        let mut content: Vec<_> =
            pieces.take_while(|(piece, _)| !matches!(piece, Event::End(TagEnd::Heading(_)))).collect();
        let given_id = headings::take_id(&mut content, self.source);
        let words = headings::words(&content);
        let is_link = !words.is_empty() && !content.iter().any(|(piece, _)| may_hold_link(piece));
        let name = heading_name(level as u8, self.options.heading_offset);
        let level = name.as_bytes()[1] - b'0';
        let id = self.headings.add(level, words, given_id.as_deref(), &self.options.id_prefix);
        self.to.open(name, &[("id", &id)])?;
        if is_link {
            self.to.open("a", &[("class", HEADING_LINK), ("href", &format!("#{id}"))])?;
        }
        self.pieces(&mut content.into_iter())?;
        if is_link {
            self.to.close();
        }
        self.to.close();
        self.to.text("\n")?;
        Ok(())
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Result<(), Refusal> {
        self.to.open("pre", &[])?;
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        match language {
            Some(language) => self.to.open("code", &[("class", &format!("{LANGUAGE}{language}"))]),
            None => self.to.open("code", &[]),
        }
    }

    /// A block of HTML comes in lines, and its tags may stretch over several.
    fn html_block(&mut self, pieces: Pieces<'_, 'm>) -> Result<(), Refusal> {
        let mut html = String::new();
        for (piece, _) in pieces {
            match piece {
                Event::Html(line) | Event::Text(line) => html.push_str(&line),
                _ => break,
            }
        }
        self.raw.write(&html, &mut self.to)?;
        self.to.show();
        Ok(())
    }

    /// A table scrolls by itself where it is too wide, so it takes the focus, and so has a name:
    /// that of the heading above it.
    fn start_table(&mut self, columns: Vec<Alignment>) -> Result<(), Refusal> {
        self.table = Table { columns, ..Table::default() };
        match self.headings.found.last() {
            Some(heading) => self.to.open(
                "div",
                &[("class", TABLE), ("tabindex", "0"), ("role", "group"), ("aria-labelledby", &heading.id)],
            )?,
            None => self.to.open("div", &[("class", TABLE)])?,
        }
        self.to.open("table", &[])
    }

    fn start_cell(&mut self) -> Result<(), Refusal> {
        let name = if self.table.in_head && !self.table.blank { "th" } else { "td" };
        let class = match self.table.columns.get(self.table.cell) {
            Some(Alignment::Left) => CELL_LEFT,
            Some(Alignment::Center) => CELL_CENTER,
            Some(Alignment::Right) => CELL_RIGHT,
            Some(Alignment::None) | None => return self.to.open(name, &[]),
        };
        self.to.open(name, &[("class", class)])
    }

    fn start_link(&mut self, kind: LinkType, address: &str, title: &str) -> Result<(), Refusal> {
        let mut address = percent_encoded(address);
        if kind == LinkType::Email {
            address.insert_str(0, "mailto:");
        }
        let leads = Leads::of(&address);
        if !leads.may_be_followed() {
            return self.to.open_without_tags();
        }
        if leads == Leads::Within {
            address = within(&address, &self.options.id_prefix);
        }
        let mut attributes = vec![("href", address.as_str())];
        if !title.is_empty() {
            attributes.push(("title", title));
        }
        if leads.leaves() {
            attributes.push(("rel", AWAY));
        }
        self.to.open("a", &attributes)
    }

    /// An image from elsewhere would tell that server of each reader, so it is a link.
    fn image(&mut self, address: &str, title: &str, pieces: Pieces<'_, 'm>) -> Result<(), Refusal> {
        let words = alternative_text(pieces);
        let encoded = percent_encoded(address);
        let leads = Leads::of(&encoded);
        if leads == Leads::Near {
            let mut attributes = vec![("src", encoded.as_str()), ("alt", &words), ("loading", "lazy")];
            if !title.is_empty() {
                attributes.push(("title", title));
            }
            return self.to.open("img", &attributes);
        }
        if leads.leaves() && !self.to.in_link() {
            self.start_link(LinkType::Inline, address, title)?;
            self.to.text(if words.is_empty() { address } else { &words })?;
            self.to.close();
        } else {
            self.to.text(&words)?;
        }
        Ok(())
    }

    /// A character rather than a form control, which would need a label and could not be used.
    fn task(&mut self, done: bool) -> Result<(), Refusal> {
        let class = if done { format!("{TASK} {DONE}") } else { TASK.to_owned() };
        self.to.open("span", &[("class", &class)])?;
        self.to.text(if done { "\u{2611}" } else { "\u{2610}" })?;
        self.to.close();
        self.to.text(" ")?;
        Ok(())
    }

    fn mention(&mut self, label: &str) -> Result<(), Refusal> {
        let prefix = &self.options.id_prefix;
        let number = self.footnotes.number(label);
        self.to.open("sup", &[("class", MENTION)])?;
        let is_link = !self.to.in_link();
        if is_link {
            let id = mention_id(prefix, number, self.footnotes.link(number));
            let address = format!("#{}", note_id(prefix, number));
            self.to.open("a", &[("id", &id), ("href", &address), ("role", "doc-noteref")])?;
        }
        self.to.text(&number.to_string())?;
        if is_link {
            self.to.close();
        }
        self.to.close();
        Ok(())
    }

    /// The footnotes that the text or another footnote mentions.
    fn footnotes(&mut self) -> Result<(), Refusal> {
        let mut number = 1;
        while let Some(mut content) = self.footnotes.take(number) {
            if number == 1 {
                self.to.open("ol", &[("class", FOOTNOTES)])?;
            }
            self.to.open("li", &[("id", &note_id(&self.options.id_prefix, number))])?;
            // The way back stands at the end of the last paragraph, where there is one.
            let ends_in_paragraph = matches!(content.last(), Some((Event::End(TagEnd::Paragraph), _)));
            if ends_in_paragraph {
                content.pop();
            }
            self.pieces(&mut content.into_iter())?;
            if !ends_in_paragraph {
                self.to.open("p", &[])?;
            }
            self.ways_back(number)?;
            self.to.close();
            self.to.close();
            self.to.text("\n")?;
            number += 1;
        }
        if number > 1 {
            self.to.close();
        }
        Ok(())
    }

    /// Links back to where a footnote is mentioned: ↩ 1, ↩ 1.2, ↩ 1.3.
    fn ways_back(&mut self, number: usize) -> Result<(), Refusal> {
        for link in 1..=self.footnotes.links(number) {
            let address = format!("#{}", mention_id(&self.options.id_prefix, number, link));
            self.to.text(" ")?;
            self.to.open("a", &[("class", BACK), ("href", &address), ("role", "doc-backlink")])?;
            self.to.text(&if link == 1 { format!("↩ {number}") } else { format!("↩ {number}.{link}") })?;
            self.to.close();
        }
        Ok(())
    }
}

/// Whether the piece makes a link, so that it cannot stand in another.
fn may_hold_link(piece: &Event<'_>) -> bool {
    matches!(
        piece,
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::FootnoteReference(_) | Event::InlineHtml(_)
    )
}

/// The text of an image, up to its end.
fn alternative_text(pieces: Pieces<'_, '_>) -> String {
    let mut content = Vec::new();
    let mut images = 1;
    for (piece, range) in pieces {
        match piece {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            _ => {}
        }
        if images == 0 {
            break;
        }
        content.push((piece, range));
    }
    headings::words(&content)
}

/// The address with whatever may not stand in one percent-encoded, as CommonMark's examples are.
fn percent_encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    pulldown_cmark_escape::escape_href(&mut encoded, address).expect("a string can be written to");
    // The function escapes for HTML as well, which is the writer's task.
    encoded.replace("&#x27;", "'").replace("&amp;", "&")
}
