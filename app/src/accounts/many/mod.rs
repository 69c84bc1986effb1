//! `/seminars/{seminar}/invitations/many`: links for a whole list of people, after a look at what will happen.

mod draw;
mod list;

use self::list::{List, Row, Unread};
use super::invite::held;
use crate::{asked::Asked, errors::Error, forms, letters, render};
use axum::{
    Extension,
    extract::{FromRequest, Multipart, Path, Request, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use content::{
    accounts::{self, Checked, Outcome, Purpose, Refusal, Token},
    things::Listed,
};
use jiff::Timestamp;
use leptos::prelude::*;

/// The longest form, in bytes: a list that is much too long is still told so.
pub(super) const BODY_MOST: usize = 8 * 1024 * 1024;

/// What was looked at.
#[derive(Clone, Debug)]
struct Looked {
    /// The list, as it was sent.
    text: String,
    found: Result<Vec<(Row, Checked)>, Unread>,
    left_out: Vec<String>,
}

impl Looked {
    /// What could not be read.
    fn not(text: String, why: Unread) -> Self {
        Self { text, found: Err(why), left_out: Vec::new() }
    }
}

/// What was seen: a list, and what would come of it.
fn seen(text: &str, lines: &[(Row, Checked)]) -> String {
    let outcome: Vec<_> = lines.iter().map(|(row, checked)| (row.odd.is_some(), checked)).collect();
    accounts::key(&format!("{text}\0{outcome:?}"))
}

/// Who is invited, with the link that is shown once.
#[derive(Debug)]
struct Invited {
    row: Row,
    link: String,
    /// It was sent to their address, too.
    sent: bool,
}

#[derive(Default)]
struct Sent {
    text: String,
    file: Vec<u8>,
    /// What was seen, where it is to be done: by its hash.
    looked_at: String,
}

pub(crate) fn many() -> impl IntoView {
    render::secret();
    let slug = render::parameter("seminar");
    let looked = use_context::<Looked>();
    render::answer(
        move |asked| async move {
            let seminar = held(&asked, &slug).await?;
            Ok(seminar.map(|seminar| draw::list(&asked, &seminar, looked)))
        },
        render::nowhere_else,
    )
}

/// Looks at a list, or invites those on it.
pub(super) async fn post(Extension(asked): Extension<Asked>, Path(slug): Path<String>, request: Request) -> Response {
    // Before the list is read, which may be long.
    let seminar = match held(&asked, &slug).await {
        Ok(Some(seminar)) => seminar,
        Ok(None) => return render::error(asked, Error::NotFound).await.into_response(),
        Err(failure) => return forms::failed(asked, failure).await,
    };
    let mut typed = Sent::default();
    let sent = match Multipart::from_request(request, &()).await {
        Ok(form) => read(form, &mut typed).await.map_err(|error| error.status()),
        Err(refused) => Err(refused.status()),
    };
    let sent = match sent {
        Ok(()) => typed,
        // So long that nobody counts it: what was read of it until then, which may be nothing, is there again.
        Err(StatusCode::PAYLOAD_TOO_LARGE) => {
            let looked = Looked::not(typed.text, Unread::Long(usize::MAX));
            return forms::drawn_again(asked, StatusCode::PAYLOAD_TOO_LARGE, looked).await;
        }
        Err(_) => return render::error(asked, Error::Unreadable).await.into_response(),
    };
    match done(&asked, &seminar, sent).await {
        Ok(Ok(Done::Looked(looked))) => {
            let well = if looked.found.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            forms::drawn_again(asked, well, looked).await
        }
        Ok(Ok(Done::Invited(invited, left, until))) => {
            render::drawn(asked.clone(), move || draw::invited(&asked, &seminar, invited, left, until))
                .await
                .into_response()
        }
        Ok(Err(refusal)) => super::not_theirs(asked, refusal).await,
        Err(failure) => forms::failed(asked, failure).await,
    }
}

async fn read(mut form: Multipart, sent: &mut Sent) -> Result<(), MultipartError> {
    while let Some(field) = form.next_field().await? {
        match field.name().unwrap_or_default() {
            "list" => sent.text = field.text().await?,
            "file" => sent.file = field.bytes().await?.to_vec(),
            "looked_at" => sent.looked_at = field.text().await?,
            _ => {}
        }
    }
    Ok(())
}

enum Done {
    Looked(Looked),
    /// Who is invited, the lines that are not, and until when the links hold.
    Invited(Vec<Invited>, String, Timestamp),
}

async fn done(asked: &Asked, seminar: &Listed, sent: Sent) -> Outcome<Done> {
    let now = Timestamp::now();
    let refused = |text: String, why| Done::Looked(Looked::not(text, why));
    // Browsers send what is in a field with line ends of their own (HTML, 4.10.22.4).
    let in_lines = |text: String| text.replace("\r\n", "\n").replace('\r', "\n");
    let text = match list::text(&sent.file) {
        Ok(file) if file.trim().is_empty() => in_lines(sent.text.clone()),
        Ok(file) => in_lines(file),
        Err(why) => return Ok(Ok(refused(sent.text, why))),
    };
    let List { rows, head, left_out } = match list::read(&text, &seminar.countries) {
        Ok(list) => list,
        // What is much too long is on its sender's disk.
        Err(why) => return Ok(Ok(refused(sent.text, why))),
    };
    let guests: Vec<_> = rows.iter().map(|row| row.guest.clone()).collect();
    let checked = async || accounts::check_guests(&asked.store, &asked.viewer, seminar, &guests, now).await;
    let before = match checked().await? {
        Ok(checked) => checked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let lines: Vec<(Row, Checked)> = rows.into_iter().zip(before).collect();
    // Only what was seen is done: not twice, and not where something has changed since.
    if !sent.file.is_empty() || sent.looked_at != seen(&text, &lines) {
        return Ok(Ok(Done::Looked(Looked { text, found: Ok(lines), left_out })));
    }
    let will = lines.iter().filter(|(row, checked)| will_do(row, checked)).map(|(row, _)| row.guest.clone());
    let will: Vec<_> = will.collect();
    let tokens = match accounts::invite_guests(&asked.store, &asked.viewer, seminar, &will, now).await? {
        Ok(tokens) => tokens,
        Err(refusal @ Refusal::Forbidden) => return Ok(Err(refusal)),
        // Something has changed just now: it is there to be seen.
        Err(_) => match checked().await? {
            Ok(checked) => {
                let lines = lines.into_iter().zip(checked).map(|((row, _), checked)| (row, checked)).collect();
                return Ok(Ok(Done::Looked(Looked { text, found: Ok(lines), left_out })));
            }
            Err(refusal) => return Ok(Err(refusal)),
        },
    };
    let (good, bad): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(row, checked)| will_do(row, checked));
    let until = Purpose::Invite.until(now);
    let invite = |((row, _), token): ((Row, Checked), Token)| {
        let (guest, path) = (&row.guest, format!("/invitations/{}", token.reveal()));
        let sent = !guest.address.is_empty()
            && asked.post.send(letters::invitation(asked, &guest.address, &guest.name, &path, until));
        Invited { link: format!("{}{path}", asked.public_url), sent, row }
    };
    let invited = good.into_iter().zip(tokens).map(invite).collect();
    let left = bad.into_iter().map(|(row, _)| row.text);
    let left: Vec<String> = if left.len() == 0 { Vec::new() } else { head.into_iter().chain(left).collect() };
    Ok(Ok(Done::Invited(invited, left.join("\n"), until)))
}

/// Whether somebody is invited by a line.
fn will_do(row: &Row, checked: &Checked) -> bool {
    row.odd.is_none() && checked.fault.is_none()
}
