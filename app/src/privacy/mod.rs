//! `/privacy`: what this site keeps of people, as it does in fact.

use crate::{
    asked::asked,
    ui::{Head, document, from_home, leaf},
};
use content::accounts::{KNOWN, LONGEST, Purpose, UNUSED};
use jiff::SignedDuration;
use leptos::prelude::*;

pub(crate) fn privacy() -> impl IntoView {
    let asked = asked();
    let words = asked.words();
    let days = |lasts: SignedDuration| (lasts.as_hours() / 24).to_string();
    let sections = [
        ("readers", words.privacy_readers(), words.privacy_readers_text().to_owned()),
        ("accounts", words.privacy_accounts(), words.privacy_accounts_text(days(UNUSED), days(LONGEST), days(KNOWN))),
        ("seats", words.privacy_seats(), words.privacy_seats_text().to_owned()),
        ("written", words.privacy_written(), words.privacy_written_text().to_owned()),
        ("named", words.privacy_named(), words.privacy_named_text().to_owned()),
        ("notes", words.privacy_notes(), words.privacy_notes_text().to_owned()),
        (
            "long",
            words.privacy_long(),
            words.privacy_long_text(days(Purpose::Invite.lasts()), Purpose::SignIn.lasts().as_hours().to_string()),
        ),
        ("leaving", words.privacy_leave(), words.privacy_leave_text(asked.leave_to.to_string())),
        ("yours", words.privacy_yours(), words.privacy_yours_text().to_owned()),
    ];
    let sections = sections.map(|(id, title, text)| {
        view! { <section class="flow" aria-labelledby=id><h2 id=id>{title}</h2><p>{text}</p></section> }
    });
    let contact =
        if asked.contact.is_empty() { words.privacy_no_contact().to_owned() } else { asked.contact.to_string() };
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
    document(&asked, Head::new(words.privacy(), words.privacy_lead()), leaf(&[], "leaf", inside))
}
