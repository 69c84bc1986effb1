//! `/help/roles`: who may do what.

use crate::{
    accounts::{part, platform},
    asked::asked,
    ui::{Head, document, from_home, leaf},
    words::{Words, join},
};
use content::roles::{Act, Part, Platform};
use leptos::prelude::*;

pub(crate) fn roles() -> impl IntoView {
    let asked = asked();
    let words = asked.words();
    let items = Act::ALL.iter().map(|&act| {
        let on: Vec<String> =
            Platform::ALL.iter().filter(|role| role.may(act)).map(|role| platform(words, *role).to_owned()).collect();
        let within: Vec<String> =
            Part::ALL.iter().filter(|role| role.may(act)).map(|role| part(words, *role).to_owned()).collect();
        let who = [(words.on_the_platform(), on), (words.in_a_seminar(), within)];
        let who = who.into_iter().filter(|(_, roles)| !roles.is_empty()).map(|(place, roles)| {
            view! { <div class="terms__item"><dt class="terms__language">{place}</dt><dd>{join(words.0, &roles)}</dd></div> }
        });
        view! {
            <li class="ledger__item">
                <h2 class="ledger__title">{named(words, act)}</h2>
                <dl class="terms">{who.collect_view()}</dl>
            </li>
        }
    });
    let items = items.collect_view();
    let inside = view! {
        <div class="title">{from_home(words.you_are_in())}<h1>{words.roles_title()}</h1><p class="lead">{words.roles_lead()}</p></div>
        <ul class="ledger">{items}</ul>
    };
    document(&asked, Head::new(words.roles_title(), words.roles_lead()), leaf(&[], "leaf", inside))
}

fn named(words: Words, act: Act) -> &'static str {
    match act {
        Act::ReadMembers => words.act_read_members(),
        Act::ReadParticipants => words.act_read_participants(),
        Act::ReadEarly => words.act_read_early(),
        Act::ReadTeam => words.act_read_team(),
        Act::MakeSeminars => words.act_make_seminars(),
        Act::EditSeminar => words.act_edit_seminar(),
        Act::EditMaterials => words.act_edit_materials(),
        Act::EditComparison => words.act_edit_comparison(),
        Act::RunBoards => words.act_run_boards(),
        Act::WriteCards => words.act_write_cards(),
        Act::WriteNotes => words.act_write_notes(),
        Act::EditNotes => words.act_edit_notes(),
        Act::EditProgramme => words.act_edit_programme(),
        Act::SetVisibility => words.act_set_visibility(),
        Act::GiveParts => words.act_give_parts(),
        Act::PostNotices => words.act_post_notices(),
        Act::ManageAccounts => words.act_manage_accounts(),
        Act::ReadMissed => words.act_read_missed(),
        Act::ReadAudit => words.act_read_audit(),
        Act::ReadHealth => words.act_read_health(),
        Act::SetRetention => words.act_set_retention(),
        Act::SetUp => words.act_set_up(),
    }
}
