//! A session page kept ready, drawn anew, and a search page, against the same bytes from memory.

use crate::{
    Failed,
    copies::{self, empty, glossary, import, tirana},
    figure::{Figures, Goal},
    load::{Load, load},
};
use axum::{Router, body::Bytes, http::header, routing::get};
use content::search::State;
use server::Listening;
use std::{net::SocketAddr, time::Duration};
use tokio_util::sync::CancellationToken;

const SESSION: &str = "/seminars/tirana-2016/sessions/nrm-compared";
const SEARCH: &str = "/search?q=victims+begging";
const ROUNDS: usize = 3;

/// Serves a router on a port of its own.
pub(crate) async fn serve(router: Router) -> Result<(SocketAddr, CancellationToken), Failed> {
    let listening = Listening::on(([127, 0, 0, 1], 0).into()).await?;
    let address = listening.address()?;
    let ending = CancellationToken::new();
    tokio::spawn(server::serve(listening, router, ending.clone()));
    Ok((address, ending))
}

/// The load is made by plain threads: the runtime's own are the server's.
pub(crate) async fn loaded(address: SocketAddr, path: &'static str) -> Result<Load, Failed> {
    let done = tokio::task::spawn_blocking(move || load(address, path).map_err(|error| error.to_string())).await?;
    Ok(done?)
}

pub(crate) async fn measure(figures: &mut Figures) -> Result<(), Failed> {
    let sited = empty().await?;
    import(&sited.store, &[glossary(), tirana()]).await?;
    let (kept, _following) = copies::site(&sited, 64 << 20).await?;
    while sited.index.state() != State::Ready {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (kept_at, _ending) = serve(server::router(kept)).await?;
    // The same site without room to keep a page.
    let other = copies::Sited { store: sited.store.clone(), index: sited.index.clone(), _folder: tempfile::tempdir()? };
    let (drawn, following) = copies::site(&other, 0).await?;
    // One follower of the index is enough.
    drop(following);
    let (drawn_at, _ending) = serve(server::router(drawn)).await?;

    for (name, path, goal_kept, goal_drawn) in
        [("session page", SESSION, Some(0.7), 0.05), ("search page", SEARCH, None, 0.02)]
    {
        let page = page(kept_at, path).await?;
        let length = page.len();
        let same = Router::new().route(
            "/static",
            get(move || async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.clone()) }),
        );
        let (same_at, _ending) = serve(same).await?;
        // A machine has slower and faster minutes: what is compared lies side by side, and the middle one counts.
        let (mut kept, mut drawn) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let same = loaded(same_at, "/static").await?;
            if goal_kept.is_some() {
                kept.push((loaded(kept_at, path).await?, same));
            }
            drawn.push((loaded(drawn_at, path).await?, same));
        }
        if let Some(goal) = goal_kept {
            let name = format!("{name}, kept ready ({} KB)", length / 1000);
            tell(figures, &name, kept, goal);
        }
        tell(figures, &format!("{name}, drawn anew"), drawn, goal_drawn);
    }
    Ok(())
}

/// The middle of some rounds, each of a load and of what it is held against.
fn tell(figures: &mut Figures, name: &str, mut rounds: Vec<(Load, Load)>, goal: f64) {
    let ratio = |(load, same): &(Load, Load)| load.rate / same.rate;
    rounds.sort_by(|one, other| ratio(one).total_cmp(&ratio(other)));
    let Some(middle) = rounds.get(rounds.len() / 2) else { return };
    let said = |load: &Load| format!("{:.0}/s, p99 {:.1} ms", load.rate, load.p99.as_secs_f64() * 1e3);
    let against = format!("static {}", said(&middle.1));
    figures.add(name, said(&middle.0), against, ratio(middle), Goal::AtLeast(goal));
}

async fn page(address: SocketAddr, path: &'static str) -> Result<Bytes, Failed> {
    let page = tokio::task::spawn_blocking(move || -> std::io::Result<Vec<u8>> {
        let mut stream = std::net::TcpStream::connect(address)?;
        let mut buffer = vec![0; 1 << 18];
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        let filled = crate::load::ask(&mut stream, request.as_bytes(), &mut buffer)?;
        let head = buffer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_default() + 4;
        Ok(buffer[head..filled].to_vec())
    });
    Ok(page.await??.into())
}
