//! `/privacy`: what this site keeps of people, as it does in fact.

use crate::{
    asked::Asked,
    render,
    retention::lasts,
    settings,
    ui::{Head, document, from_home, leaf},
    words::Words,
};
use content::{
    accounts::{KNOWN, LONGEST, Purpose, UNUSED},
    retention::{self, Kind, Periods},
    settings::Settings,
};
use jiff::SignedDuration;
use leptos::prelude::*;

pub(crate) fn privacy() -> impl IntoView {
    render::answer(
        |asked| async move {
            let periods = retention::periods(&asked.store).await?;
            let settings = settings::hold(&asked).await?;
            Ok(Some(draw(&asked, &periods, settings)))
        },
        render::nowhere_else,
    )
}

/// For how long: what this site was set to.
fn long(words: Words, periods: &Periods) -> Vec<String> {
    let of = |kind| periods.months(kind).map(|months| lasts(words, months));
    let accounts = of(Kind::Accounts)
        .map_or_else(|| words.privacy_accounts_stay().to_owned(), |long| words.privacy_accounts_go(long));
    let guests =
        of(Kind::Guests).map_or_else(|| words.privacy_guests_stay().to_owned(), |long| words.privacy_guests_go(long));
    let notes =
        of(Kind::Notes).map_or_else(|| words.privacy_notes_stay().to_owned(), |long| words.privacy_notes_go(long));
    let links = words.privacy_long_text(days(Purpose::Invite.lasts()), Purpose::SignIn.lasts().as_hours().to_string());
    vec![links, accounts, guests, notes, words.privacy_copies().to_owned()]
}

fn days(lasts: SignedDuration) -> String {
    (lasts.as_hours() / 24).to_string()
}

fn draw(asked: &Asked, periods: &Periods, Settings { contact, leave_to }: Settings) -> impl IntoView + use<> {
    let words = asked.words();
    let sections = [
        ("readers", words.privacy_readers(), vec![words.privacy_readers_text().to_owned()]),
        (
            "accounts",
            words.privacy_accounts(),
            [words.privacy_accounts_text(days(UNUSED), days(LONGEST), days(KNOWN))]
                .into_iter()
                .chain(asked.post.is_there().then(|| words.privacy_letters().to_owned()))
                .collect(),
        ),
        ("seats", words.privacy_seats(), vec![words.privacy_seats_text().to_owned()]),
        ("written", words.privacy_written(), vec![words.privacy_written_text().to_owned()]),
        (
            "boards",
            words.privacy_boards(),
            vec![words.privacy_boards_text().to_owned(), words.privacy_votes_text().to_owned()],
        ),
        ("named", words.privacy_named(), vec![words.privacy_named_text().to_owned()]),
        ("notes", words.privacy_notes(), vec![words.privacy_notes_text().to_owned()]),
        ("long", words.privacy_long(), long(words, periods)),
        ("leaving", words.privacy_leave(), vec![words.privacy_leave_text(leave_to)]),
        ("yours", words.privacy_yours(), vec![words.privacy_yours_text().to_owned()]),
    ];
    let sections = sections.map(|(id, title, texts)| {
        let texts = texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
        view! { <section class="flow" aria-labelledby=id><h2 id=id>{title}</h2>{texts}</section> }
    });
    let contact = if contact.is_empty() { words.privacy_no_contact().to_owned() } else { contact };
    // Nobody else has one to go to.
    let own = asked.viewer.who().map(|_| view! { <p><a href="/account">{words.your_account()}</a></p> });
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.privacy()}</h1><p class="lead">{words.privacy_lead()}</p></div>
        <div class="flow flow--loose">
            <section class="flow" aria-labelledby="who"><h2 id="who">{words.privacy_who()}</h2><p>{contact}</p></section>
            {sections.collect_view()}
            {own}
        </div>
    };
    document(asked, Head::new(words.privacy(), words.privacy_lead()), leaf(&[], "leaf", inside))
}
