//! What the pages of a list look like.

use super::{
    Invited, Looked,
    list::{self, Odd, Row, Unread},
    will_do,
};
use crate::{
    accounts::{moment, part, sentence},
    asked::Asked,
    seminars::way,
    sheets::plain,
    ui::{Area, Crumb, Head, PhraseView, area, crumbs, document, file, hidden_area, leaf, settle},
    words::{Words, join},
};
use content::{
    accounts::{Checked, Guest, Refusal},
    things::Listed,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// The form, with what will happen where a list was looked at.
pub(super) fn list(asked: &Asked, seminar: &Listed, looked: Option<Looked>) -> impl IntoView + use<> {
    let words = asked.words();
    let head = Head { known: false, ..Head::new(words.invite_many(), words.invite_many_lead()) };
    let text = looked.as_ref().map(|looked| looked.text.clone()).unwrap_or_default();
    let refused = looked.as_ref().and_then(|looked| looked.found.as_ref().err()).map(|why| unread(words, *why));
    let look_again = looked.is_some();
    let seen = looked.filter(|looked| looked.found.is_ok()).map(|looked| seen(words, looked));
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way(words, seminar, vec![to_invitations(words, seminar)]))}<h1>{words.invite_many()}</h1><p class="kicker">{seminar.title.clone().view()}</p><p class="lead">{words.invite_many_lead()}</p></div>
        <div class="flow flow--loose">
            {seen}
            <section class="flow" aria-labelledby="the-list">
                <h2 id="the-list">{words.the_list()}</h2>
                {form(words, asked.path(), text, refused, look_again)}
            </section>
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

fn to_invitations(words: Words, seminar: &Listed) -> Crumb {
    (words.invite().to_owned(), None, Some(format!("{}/invitations", seminar.place.path())))
}

fn unread(words: Words, why: Unread) -> String {
    let most = u64::try_from(list::MOST).unwrap_or_default();
    match why {
        Unread::Letters => words.refused_list_letters().to_owned(),
        Unread::Empty => words.refused_list_empty().to_owned(),
        Unread::Long(usize::MAX) => words.refused_list_huge(most.to_string()),
        Unread::Long(count) => words.refused_list_long(count.to_string(), most.to_string()),
    }
}

fn form(words: Words, path: &str, text: String, refused: Option<String>, again: bool) -> impl IntoView + use<> {
    let path = path.to_owned();
    let summary = settle(words, refused.clone().map(|why| (Some("list"), why)).into_iter().collect());
    let people = Area {
        name: "list",
        label: words.people_one_a_line().to_owned(),
        hint: Some(words.list_hint()),
        value: text,
        refused,
        ..Area::default()
    };
    let hint = words.list_file_hint(list::MOST.to_string());
    let file = file("file", words.or_a_file().to_owned(), hint, ".csv,.txt,.tsv,text/csv,text/plain", None);
    view! {
        <form class="flow" method="post" action=path enctype="multipart/form-data" novalidate>
            {summary}
            {area(people)}
            {file}
            <p class="actions"><button class=if again { "button button--second" } else { "button" }>{words.see_what_happens()}</button></p>
        </form>
    }
}

/// What will happen: the lines to mend first.
fn seen(words: Words, looked: Looked) -> impl IntoView {
    let Looked { text, found, left_out } = looked;
    let lines = found.unwrap_or_default();
    let key = super::seen(&text, &lines);
    let (good, bad): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(row, checked)| will_do(row, checked));
    let left_out = (!left_out.is_empty()).then(|| {
        view! { <p class="quiet">{words.columns_left_out(join(words.0, &left_out))}</p> }
    });
    let mend = (!bad.is_empty()).then(|| {
        let count = words.lines_to_mend(count(bad.len()));
        let items: Vec<_> = bad.into_iter().map(|(row, checked)| faulty(words, row, checked)).collect();
        view! {
            <section class="flow" aria-labelledby="to-mend">
                <h2 id="to-mend">{count}</h2>
                <p>{words.lines_to_mend_help()}</p>
                <ul class="ledger">{items}</ul>
            </section>
        }
    });
    let invite = (!good.is_empty()).then(|| {
        let number = count(good.len());
        let items: Vec<_> =
            good.into_iter().map(|(row, checked)| one(words, &row.guest, remarks(words, checked))).collect();
        view! {
            <section class="flow" aria-labelledby="will-be">
                <h2 id="will-be">{words.will_be_invited(number)}</h2>
                <ul class="ledger">{items}</ul>
                <form method="post" enctype="multipart/form-data">
                    {hidden_area("list", &text)}
                    <input type="hidden" name="looked_at" value=key/>
                    <p class="actions"><button class="button">{words.make_links(number)}</button></p>
                </form>
            </section>
        }
    });
    view! { <div class="flow flow--loose">{left_out}{mend}{invite}</div> }
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}

fn faulty(words: Words, row: Row, checked: Checked) -> impl IntoView {
    let why = match (row.odd, checked.fault) {
        (Some(Odd::Cell(cell)), _) => words.refused_cell(cell.chars().take(80).collect::<String>()),
        (Some(Odd::Whole), _) => words.refused_line_whole().to_owned(),
        (None, Some(Refusal::NameEmpty)) => words.refused_guest_empty().to_owned(),
        (None, fault) => sentence(words, fault.unwrap_or(Refusal::Unknown)),
    };
    let text: String = row.text.chars().take(200).collect();
    view! {
        <li class="ledger__item">
            <p class="ledger__title">{text}</p>
            <p class="ledger__meta"><span>{words.line_number(row.number)}</span></p>
            <p>{why}</p>
        </li>
    }
}

fn remarks(words: Words, checked: Checked) -> Vec<&'static str> {
    [(checked.waits, words.invitation_ends()), (checked.namesake, words.name_is_in())]
        .into_iter()
        .filter_map(|(holds, remark)| holds.then_some(remark))
        .collect()
}

fn one(words: Words, guest: &Guest, remarks: Vec<&'static str>) -> impl IntoView + use<> {
    let Guest { name, address, part: is, delegation } = guest.clone();
    let (title, address) = if name.is_empty() { (address, None) } else { (name, Some(address)) };
    let address = address.filter(|address| !address.is_empty()).map(|address| view! { <span>{address}</span> });
    let country = delegation.map(|country| view! { <span>{words.country_name(&country)}</span> });
    let remarks: Vec<_> = remarks.into_iter().map(|remark| view! { <p class="quiet">{remark}</p> }).collect();
    view! {
        <li class="ledger__item">
            <p class="ledger__title">{title}</p>
            <p class="ledger__meta"><span>{part(words, is)}</span>{country}{address}</p>
            {remarks}
        </li>
    }
}

/// The links, shown once, and the lines that are still to be mended.
pub(super) fn invited(
    asked: &Asked,
    seminar: &Listed,
    invited: Vec<Invited>,
    left: String,
    until: Timestamp,
) -> impl IntoView + use<> {
    let words = asked.words();
    let title = words.links_ready(count(invited.len()));
    let head = Head { known: false, ..Head::new(title.clone(), "") };
    let table = Area {
        name: "table",
        label: words.links_as_table().to_owned(),
        hint: Some(words.links_as_table_hint()),
        value: table(words, &invited),
        fixed: true,
        ..Area::default()
    };
    let rows = invited.iter().map(|Invited { row, link, sent }| {
        let guest = &row.guest;
        let sent = sent.then(|| view! { <p>{words.link_sent(guest.address.clone())}</p> });
        let title = if guest.name.is_empty() { guest.address.clone() } else { guest.name.clone() };
        view! {
            <li class="ledger__item">
                <p class="ledger__title">{title}</p>
                <p class="ledger__meta"><span>{part(words, guest.part)}</span></p>
                <p>{link.clone()}</p>
                {sent}
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    let left = (!left.is_empty()).then(|| {
        view! {
            <section class="flow" aria-labelledby="left">
                <h2 id="left">{words.lines_left()}</h2>
                {form(words, asked.path(), left, None, true)}
            </section>
        }
    });
    let inside = view! {
        <div class="title">{crumbs(words.you_are_in(), way(words, seminar, vec![to_invitations(words, seminar)]))}<h1>{title}</h1><p class="lead">{words.links_ready_help(moment(words, until))}</p></div>
        <div class="flow flow--loose">
            {area(table)}
            <ul class="ledger">{rows}</ul>
            {left}
        </div>
    };
    document(asked, head, leaf(&[], "leaf", inside))
}

/// The links for a spreadsheet or a mailing.
fn table(words: Words, invited: &[Invited]) -> String {
    // Tabs are what spreadsheets of every language take apart when they are pasted.
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    let head = [words.their_name(), words.e_mail(), words.their_role(), words.their_delegation(), words.link()];
    let mut written = writer.write_record(head);
    for Invited { row, link, .. } in invited {
        let Guest { name, address, part: is, delegation } = &row.guest;
        let country = delegation.as_deref().map(|code| words.country_name(code)).unwrap_or_default();
        let cells = [plain(name), plain(address), part(words, *is).to_owned(), country, link.clone()];
        written = written.and_then(|()| writer.write_record(cells));
    }
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
