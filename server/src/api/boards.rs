//! What is done on a board.

use super::answer::{self, Call};
use crate::site::Site;
use app::boards::{sentence, status};
use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use content::boards::{self, Command, Id, Refusal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a command may be long, in bytes: a ballot on everything that can be on a board.
pub(super) const LONG_MOST: usize = 256 * 1024;

/// Something to be done on a board.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sent {
    /// 16 digits of 0 to 9 and a to f, at random: what is sent again under the same does nothing twice.
    #[schema(value_type = String, example = "3f0a91c2d45e6b78")]
    id: Id,
    /// What: `{"do": "write", "language": "sq", "text": "…"}`.
    #[schema(value_type = Object)]
    command: Command,
}

#[derive(Debug, Serialize, ToSchema)]
struct Done {
    /// The number of the last event of the board's log then.
    number: i64,
}

/// Does something on a board of a seminar in which one takes part.
#[utoipa::path(post, operation_id = "sendToBoard", path = "/seminars/{seminar}/boards/{board}/commands", tag = "boards",
    params(("seminar" = String, Path), ("board" = String, Path)), request_body(content = Sent),
    responses((status = 200, body = Done, description = "It is done, and stays so."), (status = 404)))]
pub(crate) async fn send(
    State(site): State<Site>,
    Path((seminar, board)): Path<(String, String)>,
    call: Call,
    Json(sent): Json<Sent>,
) -> Response {
    let asked = &call.asked;
    let done = async {
        let found = boards::board(&site.store, &asked.viewer, asked.reading, &seminar, &board).await?;
        let Some(page) = found else { return Ok(None) };
        let open = site.boards.open(&site.store, &asked.viewer, &page).await?;
        let (id, command) = (sent.id, sent.command.as_written());
        open.send(&site.store, &asked.viewer, &page.contents.seminar, (id, &command), Timestamp::now()).await.map(Some)
    };
    match done.await {
        // Who reads along is told of no such address, as by the forms.
        Ok(None | Some(Err(Refusal::Forbidden))) => call.answer::<Done>(Ok(None)),
        Ok(Some(Err(refusal))) => {
            let says = sentence(asked.words(), refusal);
            answer::problem_of(status(refusal), &says, Some(refusal.code()))
        }
        Ok(Some(Ok(number))) => Json(Done { number }).into_response(),
        Err(failure) => call.answer::<Done>(Err(failure)),
    }
}
