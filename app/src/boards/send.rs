//! What the forms of a board send.

use super::drafted::Drafted;
use crate::{
    asked::Asked,
    errors::Error,
    forms::{self, Typed},
    render,
};
use axum::{
    Extension,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::boards::{self, Ballot, Command, Hand, How, Id, LETTERS_MOST, Method, Refusal, Stance, Wording};
use jiff::Timestamp;
use language::Language;
use std::collections::BTreeMap;

/// A form of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In which a card is written.
    Write,
    /// In which one is changed.
    Change(Id),
    /// In which a cluster is called something.
    Name(Id),
    /// In which one is made.
    New,
    /// In which the clock is set.
    Timer,
    /// In which a vote begins.
    Open,
    /// In which one votes.
    Vote,
    /// In which a vote is entered for somebody.
    Enter,
    /// In which a draft of a recommendation is made.
    Propose,
    /// In which one is changed.
    Amend(Id),
    /// A button.
    Press,
}

/// What was sent and not done.
#[derive(Clone, Debug)]
pub(super) struct Again {
    pub(super) form: Form,
    pub(super) text: String,
    /// The cards that were chosen.
    pub(super) chosen: Vec<Id>,
    /// What was marked on a ballot.
    pub(super) marks: Option<Marks>,
    /// What was typed of a draft.
    pub(super) drafted: Option<Drafted>,
    pub(super) refusal: Refusal,
}

/// What every form of a board sends: the id of what it wants done, so that a form which is sent twice does it once.
#[derive(Debug, Default)]
pub(super) struct Sent {
    id: String,
    pub(super) text: String,
    /// The phase to go on to, or where cards go: [`NEW`], [`LOOSE`], or the id of a cluster.
    to: String,
    minutes: String,
    cluster: String,
    cards: Vec<String>,
    method: String,
    dots: String,
    ballot: String,
    marks: Marks,
    pub(super) drafted: Drafted,
}

/// A ballot as it was marked.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) marks: BTreeMap<Id, String>,
    pub(super) reasons: BTreeMap<Id, String>,
    /// How it came, and of whom, where it is entered for somebody.
    pub(super) hand: Option<String>,
    pub(super) group: Option<String>,
    pub(super) seat: Option<String>,
}

/// A cluster that is not there yet.
pub(super) const NEW: &str = "new";
/// No clock any more.
pub(super) const STOP: &str = "stop";
/// No cluster.
pub(super) const LOOSE: &str = "loose";

pub(super) type Fields = Typed<Vec<(String, String)>>;

impl Sent {
    pub(super) fn of(Typed(fields): Fields) -> Self {
        let mut sent = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "id" => sent.id = value,
                "text" => sent.text = value,
                "to" => sent.to = value,
                "minutes" => sent.minutes = value,
                "cluster" => sent.cluster = value,
                "card" => sent.cards.push(value),
                "method" => sent.method = value,
                "dots" => sent.dots = value,
                "ballot" => sent.ballot = value,
                "hand" => sent.marks.hand = Some(value),
                "group" => sent.marks.group = Some(value).filter(|value| !value.is_empty()),
                "seat" => sent.marks.seat = Some(value).filter(|value| !value.is_empty()),
                name if sent.drafted.take(name, &value) => {}
                name => sent.marks.take(name, value),
            }
        }
        sent.drafted.said.text.clone_from(&sent.text);
        sent
    }

    fn marked(&self, asked: &Asked) -> Option<Ballot> {
        self.marks.ballot(self.method.parse().ok()?, asked.reading.locale.language())
    }

    fn chosen(&self) -> Option<Vec<Id>> {
        self.cards.iter().map(|card| card.parse().ok()).collect()
    }
}

impl Marks {
    fn take(&mut self, name: &str, value: String) {
        let of = |prefixes: [&str; 2]| {
            let id = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)?.strip_prefix('-'));
            id.and_then(|id| id.parse::<Id>().ok())
        };
        if let Some(id) = of(["entered-why", "why"]) {
            self.reasons.insert(id, value);
        } else if let Some(id) = of(["entered", "mark"]).filter(|_| !value.is_empty()) {
            self.marks.insert(id, value);
        }
    }

    /// What is marked for something.
    pub(super) fn mark(&self, id: Id) -> Option<&str> {
        self.marks.get(&id).map(String::as_str)
    }

    /// Why they object to it.
    pub(super) fn reason(&self, id: Id) -> &str {
        self.reasons.get(&id).map_or("", String::as_str)
    }

    /// Whether the reason will not do.
    pub(super) fn lacks(&self, id: Id) -> bool {
        let reason = self.reason(id).trim();
        reason.is_empty() || reason.chars().count() > LETTERS_MOST
    }

    /// As a ballot; none: it cannot be read.
    fn ballot(&self, method: Method, reader: Language) -> Option<Ballot> {
        let numbers = || self.marks.iter().map(|(id, mark)| Some((*id, mark.parse().ok()?))).collect::<Option<_>>();
        let stance = |(id, mark): (&Id, &String)| {
            let text = self.reason(*id);
            let stance = match mark.as_str() {
                "agree" => Stance::Agree,
                "aside" => Stance::Aside,
                "object" => Stance::Object {
                    reason: Wording { language: boards::written_in(text, reader), text: text.to_owned() },
                },
                _ => return None,
            };
            Some((*id, stance))
        };
        Some(match method {
            Method::Dots => Ballot::Dots(numbers()?),
            Method::Score => Ballot::Score(numbers()?),
            Method::Ranked => Ballot::Ranked(numbers()?),
            Method::Consent => Ballot::Consent(self.marks.iter().map(stance).collect::<Option<_>>()?),
        })
    }
}

/// Has everybody vote.
pub(super) async fn open(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    // Whatever else was typed is no such number of dots.
    let dots = sent.dots.trim().parse().unwrap_or(u8::MAX);
    let method: Option<Method> = sent.method.parse().ok();
    // Where nobody lays any, it is no matter what stands there.
    let dots = if method == Some(Method::Dots) { dots } else { How::default().dots };
    let command = method.map(|method| Command::Open { how: How { method, dots } });
    let sent = Sent { text: sent.dots.clone(), ..sent };
    done(asked, (&seminar, &board), sent, Form::Open, command).await
}

/// Votes, or votes something else.
pub(super) async fn vote(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let command = sent.marked(&asked).map(|ballot| Command::Vote { ballot });
    done(asked, (&seminar, &board), sent, Form::Vote, command).await
}

/// Enters a vote that came on paper, or for somebody.
pub(super) async fn enter(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let hand = sent.marks.hand.as_deref().and_then(|hand| hand.parse().ok());
    let command = sent.marked(&asked).zip(hand).map(|(ballot, hand)| {
        let group = sent.marks.group.clone().filter(|_| hand == Hand::Paper);
        let seat = sent.marks.seat.as_ref().filter(|_| hand == Hand::Proxy).and_then(|seat| seat.parse().ok());
        Command::Enter { hand, group, seat, ballot }
    });
    done(asked, (&seminar, &board), sent, Form::Enter, command).await
}

/// Takes back a vote that was entered.
pub(super) async fn discard(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let command = sent.ballot.parse().ok().map(|ballot| Command::Discard { ballot });
    done(asked, (&seminar, &board), sent, Form::Press, command).await
}

/// Goes on to another phase, or back.
pub(super) async fn phase(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let command = sent.to.parse().ok().map(|to| Command::Move { to });
    done(asked, (&seminar, &board), sent, Form::Press, command).await
}

/// Has a clock run, or none.
pub(super) async fn timer(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let typed = sent.minutes.trim().parse().ok().filter(|minutes| *minutes > 0);
    // Whatever else was typed is no such number of minutes.
    let minutes = if sent.to == STOP { 0 } else { typed.unwrap_or(u16::MAX) };
    let sent = Sent { text: sent.minutes.clone(), ..sent };
    done(asked, (&seminar, &board), sent, Form::Timer, Some(Command::Time { minutes })).await
}

/// Writes a card.
pub(super) async fn write(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let language = boards::written_in(&sent.text, asked.reading.locale.language());
    let command = Command::Write { language, text: sent.text.clone() };
    done(asked, (&seminar, &board), sent, Form::Write, Some(command)).await
}

/// Has a card say something else.
pub(super) async fn rewrite(
    Extension(asked): Extension<Asked>,
    Path((seminar, board, card)): Path<(String, String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let card: Option<Id> = card.parse().ok();
    let language = boards::written_in(&sent.text, asked.reading.locale.language());
    let command = card.map(|card| Command::Edit { card, language, text: sent.text.clone() });
    done(asked, (&seminar, &board), sent, card.map_or(Form::Press, Form::Change), command).await
}

/// Takes a card back, hides it, or shows it again.
pub(super) async fn at_card(
    Extension(asked): Extension<Asked>,
    Path((seminar, board, card, act)): Path<(String, String, String, String)>,
    fields: Fields,
) -> Response {
    let does: fn(Id) -> Command = match act.as_str() {
        "withdraw" => |card| Command::Withdraw { card },
        "hide" => |card| Command::Hide { card },
        "show" => |card| Command::Show { card },
        _ => return render::error(asked, Error::NotFound).await.into_response(),
    };
    done(asked, (&seminar, &board), Sent::of(fields), Form::Press, card.parse().ok().map(does)).await
}

/// Puts cards into a cluster, a new one, or none.
pub(super) async fn sort(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let command = sent.chosen().and_then(|cards| match sent.to.as_str() {
        NEW => Some(Command::Cluster { cards, name: None }),
        LOOSE => Some(Command::Sort { cards, cluster: None }),
        to => to.parse().ok().map(|cluster| Command::Sort { cards, cluster: Some(cluster) }),
    });
    done(asked, (&seminar, &board), sent, Form::Press, command).await
}

/// Makes a cluster that is called something, before anything lies in it.
pub(super) async fn cluster(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let command = Command::Cluster { cards: Vec::new(), name: Some(name(&asked, &sent)) };
    done(asked, (&seminar, &board), sent, Form::New, Some(command)).await
}

/// Calls a cluster something.
pub(super) async fn rename(
    Extension(asked): Extension<Asked>,
    Path((seminar, board, cluster)): Path<(String, String, String)>,
    fields: Fields,
) -> Response {
    let (sent, cluster) = (Sent::of(fields), cluster.parse::<Id>().ok());
    let command = cluster.map(|cluster| Command::Name { cluster, name: name(&asked, &sent) });
    done(asked, (&seminar, &board), sent, cluster.map_or(Form::Press, Form::Name), command).await
}

/// Makes a cluster part of another, or takes it apart.
pub(super) async fn merge(
    Extension(asked): Extension<Asked>,
    Path((seminar, board)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let sent = Sent::of(fields);
    let into = if sent.to == LOOSE { Some(None) } else { sent.to.parse().ok().map(Some) };
    let command = sent.cluster.parse().ok().zip(into).map(|(cluster, into)| Command::Merge { cluster, into });
    done(asked, (&seminar, &board), sent, Form::Press, command).await
}

fn name(asked: &Asked, sent: &Sent) -> Wording {
    let language = boards::written_in(&sent.text, asked.reading.locale.language());
    Wording { language, text: sent.text.clone() }
}

pub(super) async fn done(
    asked: Asked,
    (seminar, slug): (&str, &str),
    sent: Sent,
    form: Form,
    command: Option<Command>,
) -> Response {
    let to = format!("/seminars/{seminar}/boards/{slug}");
    let id = sent.id.parse().ok().zip(command.as_ref()).map(|(id, command): (Id, _)| id.of_form(command));
    let done = async {
        let found = boards::board(&asked.store, &asked.viewer, asked.reading, seminar, slug).await?;
        let Some(page) = found else { return Ok(None) };
        let open = asked.boards.open(&asked.store, &asked.viewer, &page).await?;
        let (Some(id), Some(command)) = (id, &command) else { return Ok(Some(None)) };
        let home = &page.contents.seminar;
        match open.send(&asked.store, &asked.viewer, home, (id, command), Timestamp::now()).await? {
            // Who reads along, or may not lead, has no such form.
            Err(Refusal::Forbidden) => Ok(None),
            done => Ok(Some(Some(done))),
        }
    };
    match done.await {
        Ok(Some(Some(Ok(_)))) => forms::to(&format!("{to}{}", place(command.as_ref(), id))),
        Ok(Some(Some(Err(refusal)))) => {
            let chosen = sent.chosen().unwrap_or_default();
            let marks = matches!(form, Form::Vote | Form::Enter).then_some(sent.marks);
            let drafted = matches!(form, Form::Propose | Form::Amend(_)).then_some(sent.drafted);
            let again = Again { form, chosen, marks, drafted, text: sent.text, refusal };
            forms::drawn_again(Asked { address: to.into(), ..asked }, status(refusal), again).await
        }
        Ok(Some(None)) => render::error(asked, Error::Unreadable).await.into_response(),
        Ok(None) => render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => forms::failed(asked, failure).await,
    }
}

/// Where on the page whoever sorts goes on.
fn place(command: Option<&Command>, id: Option<Id>) -> String {
    match (command, id) {
        (Some(Command::Cluster { .. }), Some(cluster)) => format!("#cluster-{cluster}"),
        (Some(Command::Vote { .. }), _) => "#your-vote".to_owned(),
        (Some(Command::Enter { .. } | Command::Discard { .. }), _) => "#entering".to_owned(),
        (Some(Command::Propose { .. }), Some(draft)) => format!("#draft-{draft}"),
        (Some(Command::Amend { proposal, .. } | Command::Publish { proposal }), _) => format!("#draft-{proposal}"),
        (Some(Command::Drop { .. }), _) => "#drafts".to_owned(),
        (Some(Command::Name { cluster, .. }), _) => format!("#cluster-{cluster}"),
        (Some(Command::Sort { .. } | Command::Merge { .. }), _) => "#all-cards".to_owned(),
        _ => String::new(),
    }
}

/// The status of an answer that says so (RFC 9110, 15.5).
pub fn status(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::Fast => StatusCode::TOO_MANY_REQUESTS,
        Refusal::NotNow
        | Refusal::NotThere
        | Refusal::Full
        | Refusal::Many
        | Refusal::Taken
        | Refusal::NoCluster
        | Refusal::ManyClusters
        | Refusal::NoChoices
        | Refusal::ManyChoices
        | Refusal::OtherVote
        | Refusal::NoProposal
        | Refusal::ManyProposals
        | Refusal::Changed
        | Refusal::Published
        | Refusal::Rehearsal
        | Refusal::HasVoted => StatusCode::CONFLICT,
        Refusal::Forbidden
        | Refusal::Empty
        | Refusal::Long
        | Refusal::Odd
        | Refusal::NoneChosen
        | Refusal::AtOnce
        | Refusal::Minutes
        | Refusal::NameEmpty
        | Refusal::NameLong
        | Refusal::Dots
        | Refusal::ManyDots
        | Refusal::Mark
        | Refusal::NoReason
        | Refusal::ReasonLong
        | Refusal::NoMarks
        | Refusal::ProposalEmpty
        | Refusal::ProposalLong
        | Refusal::AddresseeEmpty
        | Refusal::AddresseeLong
        | Refusal::ManyAddressees
        | Refusal::Nobody => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
