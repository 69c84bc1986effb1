//! `/seminars/{seminar}/boards/{board}`: the question, what was written, and the forms of whoever writes and leads.

use super::{
    cards, drafting, phase as stands, result,
    send::{Again, Form, STOP},
    sentence, sorting, take, voting,
};
use crate::{
    asked::Asked,
    render,
    seminars::{standing, way},
    sessions::zone,
    ui::{
        Area, Head, PhraseView, Strands, area, cell, crumbs, document, fact, facts, leaf, other_languages, prose,
        provenance, reachable,
    },
    words::Words,
};
use content::{
    boards::{
        self, Alike, Ballots, Board, BoardPage, Id, Looked, Names, Open, PROPOSALS_MOST, Phase, Refusal, Shown, Voting,
    },
    roles::Act,
    things::{self, Kind},
};
use jiff::Timestamp;
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

pub(crate) fn board() -> impl IntoView {
    let (seminar, slug) = (render::parameter("seminar"), render::parameter("board"));
    let former = (seminar.clone(), slug.clone());
    let again = use_context::<Again>();
    render::answer(
        move |asked| async move {
            let found = boards::board(&asked.store, &asked.viewer, asked.reading, &seminar, &slug).await?;
            let Some(page) = found else { return Ok(None) };
            let open = asked.boards.open(&asked.store, &asked.viewer, &page).await?;
            // After it: whoever wrote what is seen has a name by then.
            let looked = open.look();
            let names = open.names(&asked.store).await?;
            let sorts = open.writes() && looked.board.phase == Phase::Cluster;
            let alike = if sorts { Some(open.alike(&asked.index).await) } else { None };
            let voting = open.voting(&asked.store, &page.contents.seminar).await?;
            Ok(Some(draw(&asked, &page, (&open, looked, alike, voting), names, again)))
        },
        move |asked| async move {
            let (seminar, slug) = former;
            let place = things::former(&asked.store, &asked.viewer, Kind::Board, Some(&seminar), &slug).await?;
            Ok(place.map(|place| place.path()))
        },
    )
}

fn draw(
    asked: &Asked,
    page: &BoardPage,
    (open, looked, alike, voting): (&Open, Looked, Option<Arc<[Alike]>>, Voting),
    names: BTreeMap<i64, String>,
    again: Option<Again>,
) -> impl IntoView + use<> {
    let words = asked.words();
    let BoardPage { contents, board: listed, text, .. } = page;
    let (seminar, path) = (&contents.seminar, listed.place.path());
    let strands = Strands::of(&seminar.countries);
    let lang = (!text.own).then_some(text.tag);
    let Looked { board, count, number } = looked;
    let head = Head {
        lang,
        lines: strands.countries().len(),
        follows: Some((listed.place.slug.clone(), number)),
        ..Head::new(text.title.clone(), text.summary.clone())
    };
    let session = contents.parent(listed);
    let session = session.map(|session| view! { <a href=session.place.path()>{session.title.view()}</a> }.into_any());
    let edit = asked.viewer.may_in(Act::RunBoards, seminar).then(|| {
        view! { <p class="actions no-print"><a href=format!("{path}/edit")>{words.edit_board()}</a></p> }
    });
    let called = sorting::called(words, &board);
    let shown = cards::Shown {
        words,
        path: &path,
        strands: &strands,
        names: &names,
        leads: open.leads(),
        sorts: alike.is_some(),
        drafts: open.writes() && board.phase == Phase::Agree,
        called: &called,
        alike: alike.as_deref().unwrap_or_default(),
        again: again.as_ref(),
    };
    let reach = match board.phase {
        Phase::Gather if open.writes() => Some(form(words, &path, again.as_ref()).into_any()),
        Phase::Prioritise if open.writes() => Some(voting::handing_in(words, &board, &voting).into_any()),
        Phase::Cluster if shown.sorts => sorting::choices(&shown, &board).map(IntoAny::into_any),
        _ => None,
    };
    // What was typed stands in its field again, as far as there is one.
    let above = again.as_ref().filter(|again| match again.form {
        Form::Write => board.phase != Phase::Gather || reach.is_none(),
        Form::Change(card) => !board.cards.get(&card).is_some_and(|card| cards::is_changed(card, &board)),
        Form::Name(cluster) => !(shown.sorts && board.clusters.contains_key(&cluster)),
        Form::New => !shown.sorts,
        Form::Timer => !open.leads() || again.refusal != Refusal::Minutes,
        Form::Open => !open.leads() || again.refusal != Refusal::Dots,
        Form::Propose => !(shown.drafts && board.proposals.len() < PROPOSALS_MOST),
        Form::Amend(draft) => {
            let open = board.proposals.get(&draft).is_some_and(|proposal| proposal.published.is_none());
            !(shown.drafts && open)
        }
        Form::Vote | Form::Enter | Form::Press => true,
    });
    let above = above.map(|again| {
        // Of a ballot, why they object.
        let reasons = again.marks.iter().filter(|_| board.phase != Phase::Prioritise);
        let reasons: Vec<&str> = reasons.flat_map(|marks| marks.reasons.values()).map(String::as_str).collect();
        let drafted = again.drafted.iter().flat_map(|drafted| &drafted.said.addressees).map(String::as_str);
        let kept = [again.text.as_str()].into_iter().chain(reasons).chain(drafted).collect::<Vec<_>>().join("\n");
        let kept = (!kept.trim().is_empty() && again.form != Form::Open).then(|| {
            area(Area {
                name: "kept",
                label: words.card_kept().to_owned(),
                value: kept,
                fixed: true,
                ..Area::default()
            })
        });
        view! { <div class="note" role="alert"><p>{sentence(words, again.refusal)}</p>{kept}</div> }
    });
    let votes = board.phase == Phase::Prioritise;
    let turnout =
        votes.then(|| view! { <p class="quiet" id="turnout">{words.vote_turnout(voting.turnout as u64)}</p> });
    let ballot = (votes && open.writes()).then(|| voting::ballot(&shown, &board, &voting));
    let files = take::files(words).map(|(name, says)| {
        let file = format!("{}-{name}", listed.place.slug);
        view! { <li><a href=format!("{path}/{name}") download=file>{says}</a></li> }
    });
    let taken = (board.phase != Phase::Ahead).then(|| {
        view! {
            <h2 class="marginalia__heading no-print">{words.take_along()}</h2>
            <ul class="marginalia__list no-print">{files.collect_view()}</ul>
        }
    });
    let inside = view! {
        <article>
            <div class="title">
                {crumbs(words.you_are_in(), way(words, seminar, vec![
                    (words.boards().to_owned(), None, Some(format!("{}/boards", seminar.place.path()))),
                ]))}
                <h1 class="question" lang=lang>{text.title.clone()}</h1>
                <p class="lead" lang=lang>{text.summary.clone()}</p>
                {edit}
            </div>
            <div class="spread">
                <div class="read">
                    {standing(words, contents)}
                    {above}
                    {phases(words, board.phase)}
                    {timer(words, page, &board)}
                    {open.leads().then(|| leading(&shown, page, &board, &voting))}
                    {provenance(asked, text)}
                    {prose(text)}
                    {state(words, page, open, &board)}
                    {turnout}
                    {ballot}
                    {cards::own(&shown, &board)}
                </div>
                <aside class="marginalia" aria-label=words.about_board()>
                    {facts(vec![fact(words.belongs_to(), session)])}
                    {other_languages(asked, text)}
                    {taken}
                </aside>
            </div>
            {drafting::drafts(&shown, &board, open.writes())}
            {result::result(&shown, &board)}
            {cards::all(&shown, &board, count)}
        </article>
    };
    let main = match reach {
        Some(reach) => reachable(&strands.numbers(), inside, reach),
        None => leaf(&strands.numbers(), "leaf", inside),
    };
    document(asked, head, main)
}

fn phases(words: Words, now: Phase) -> impl IntoView {
    let items = Phase::ALL.iter().map(|&phase| {
        let class = if phase < now { "phases__one phases__one--past" } else { "phases__one" };
        view! { <li class=class aria-current=(phase == now).then_some("step")>{stands(words, phase)}</li> }
    });
    view! { <ol class="phases" aria-label=words.phases()>{items.collect_view()}</ol> }
}

/// Until when the clock runs; a script counts down. At the end a page that is open looks again.
fn timer(words: Words, page: &BoardPage, board: &Board) -> Option<impl IntoView + use<>> {
    let until = Timestamp::from_millisecond(board.until?).ok()?;
    if until <= Timestamp::now() {
        return Some(view! { <p class="timer"><strong>{words.timer_over()}</strong></p> }.into_any());
    }
    let at = words.time(until, &zone(&page.contents));
    let until = until.as_millisecond().to_string();
    Some(view! { <p class="timer" data-until=until><strong>{words.timer_until(at)}</strong><span class="timer__left" role="timer"></span></p> }.into_any())
}

/// What whoever leads the work can have happen next.
fn leading(shown: &cards::Shown<'_>, page: &BoardPage, board: &Board, voting: &Voting) -> impl IntoView + use<> {
    let (words, path, now) = (shown.words, shown.path, board.phase);
    let (close, again) = ((Phase::Closed, words.board_close()), (Phase::Gather, words.board_reopen()));
    let agree = (Phase::Agree, words.board_agree());
    let sort_again = (Phase::Cluster, words.board_sort_again());
    let ways = match now {
        Phase::Ahead => vec![(Phase::Gather, words.board_begin())],
        Phase::Gather => vec![(Phase::Cluster, words.board_sort()), close],
        Phase::Cluster => vec![agree, close, again],
        Phase::Prioritise => vec![(Phase::Agree, words.vote_end()), (Phase::Cluster, words.vote_back())],
        Phase::Agree => vec![close, sort_again],
        Phase::Closed => vec![agree, sort_again, again],
    };
    let forgets = (ways.iter().any(|(to, _)| *to == Phase::Closed) && page.details.names == Names::Anonymous)
        .then(|| view! { <p class="small quiet">{words.board_close_forgets()}</p> });
    let timed = (!matches!(now, Phase::Ahead | Phase::Closed)).then(|| clock(words, path, board, shown.again));
    let before = matches!(now, Phase::Gather | Phase::Cluster | Phase::Agree | Phase::Closed);
    let opening = before.then(|| voting::opening(shown, board));
    let entering = (now == Phase::Prioritise).then(|| voting::entering(shown, board, voting));
    // What usually comes next; after sorting that is a vote.
    let next = match now {
        Phase::Ahead => Some(Phase::Gather),
        Phase::Gather => Some(Phase::Cluster),
        Phase::Prioritise => Some(Phase::Agree),
        Phase::Agree => Some(Phase::Closed),
        Phase::Cluster | Phase::Closed => None,
    };
    let ways = ways.into_iter().map(|(to, word)| {
        let class = if next == Some(to) { "button" } else { "button button--second" };
        view! { <button class=class name="to" value=to.code()>{word}</button> }
    });
    view! {
        <form class="flow flow--snug no-print" method="post" action=format!("{path}/phase")>
            <input type="hidden" name="id" value=Id::fresh().to_string()/>
            <p class="actions">{ways.collect_view()}</p>
            {forgets}
        </form>
        {opening}
        {entering}
        {timed}
    }
}

/// Where the clock is set, anew too, and stopped.
fn clock(words: Words, path: &str, board: &Board, again: Option<&Again>) -> impl IntoView + use<> {
    let again = again.filter(|again| again.form == Form::Timer && again.refusal == Refusal::Minutes);
    let (typed, refused) = again.map(|again| (again.text.clone(), sentence(words, again.refusal))).unzip();
    let typed = typed.unwrap_or_else(|| "5".to_owned());
    let stop = board.until.map(|_| {
        view! { <button class="button button--second button--small" name="to" value=STOP>{words.timer_stop()}</button> }
    });
    view! {
        <details class="no-print" id="set-timer" open=again.is_some() || board.until.is_some()>
            <summary>{words.timer_set()}</summary>
            <form class="flow flow--snug" method="post" action=format!("{path}/timer") novalidate>
                <input type="hidden" name="id" value=Id::fresh().to_string()/>
                {cell("minutes".to_owned(), words.timer_minutes(), "number", typed, refused)}
                <p class="actions"><button class="button button--second button--small">{words.timer_start()}</button>{stop}</p>
            </form>
        </details>
    }
}

/// What one has to know now.
fn state(words: Words, page: &BoardPage, open: &Open, board: &Board) -> Option<impl IntoView + use<>> {
    let says = match board.phase {
        Phase::Ahead => vec![words.board_waits().to_owned()],
        Phase::Closed => return None,
        Phase::Gather | Phase::Cluster | Phase::Prioritise | Phase::Agree if !open.writes() => {
            vec![words.board_reads_along().to_owned()]
        }
        Phase::Gather => told(words, page, board).into_iter().map(str::to_owned).collect(),
        Phase::Cluster => vec![words.sort_lead().to_owned()],
        Phase::Prioritise => voting::told(words, board),
        Phase::Agree => vec![words.agree_lead().to_owned()],
    };
    let says = says.into_iter().map(|says| view! { <p>{says}</p> });
    Some(view! { <div class="flow flow--snug">{says.collect_view()}</div> })
}

/// What is told before anybody writes.
fn told(words: Words, page: &BoardPage, board: &Board) -> Vec<&'static str> {
    let names = match page.details.names {
        Names::Anonymous => words.told_anonymous(),
        Names::Signed if page.quiet || board.quiet => words.told_signed_team(),
        Names::Signed => words.told_signed(),
    };
    let shown = match page.details.shown {
        Shown::AtEnd => words.told_at_end(),
        Shown::AtOnce => words.told_at_once(),
    };
    let votes = match page.details.ballots() {
        Ballots::Secret => words.told_votes_secret(),
        Ballots::Open => words.told_votes_open(),
    };
    vec![names, shown, votes]
}

/// Where a card is written: under the thumb.
fn form(words: Words, path: &str, again: Option<&Again>) -> impl IntoView + use<> {
    let again = again.filter(|again| again.form == Form::Write);
    let text = Area {
        name: "text",
        label: words.your_card().to_owned(),
        hint: Some(words.card_hint()),
        value: again.map(|again| again.text.clone()).unwrap_or_default(),
        refused: again.map(|again| sentence(words, again.refusal)),
        lang: Some(words.0.tag()),
        rows: Some(2),
        ..Area::default()
    };
    view! {
        <form class="reach no-print" id="write" method="post" action=format!("{path}/cards") novalidate>
            <input type="hidden" name="id" value=Id::fresh().to_string()/>
            {area(text)}
            <button class="button reach__button">{words.put_card()}</button>
        </form>
    }
}
