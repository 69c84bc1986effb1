//! How cost grows: stores of 1, 10, 100 and 1,000 copies of the seminar.

use crate::{
    Failed,
    copies::{self, copy, empty, glossary, import},
    figure::{Figures, Goal},
};
use axum::{Router, body::to_bytes, http::Request};
use content::search::State;
use std::time::{Duration, Instant};
use tower::ServiceExt;

/// Folders that are imported at once.
const AT_ONCE: usize = 25;
/// Pages that are drawn for one figure.
const PAGES: usize = 300;

/// Pages, and among how many copies they are full: before that they cost less because they show less.
const SHOWN: [(&str, &str, usize); 4] = [
    ("session page", "/seminars/tirana-2016-0/sessions/nrm-compared", 1),
    ("challenges", "/challenges", 10),
    ("home", "/", 10),
    ("search page", "/search?q=victims+begging&seminar=tirana-2016-0", 1),
];

pub(crate) async fn measure(figures: &mut Figures, sizes: &[usize]) -> Result<(), Failed> {
    let mut first: [Option<Duration>; SHOWN.len()] = [None; SHOWN.len()];
    let mut first_import = None;
    for &size in sizes {
        let sited = empty().await?;
        import(&sited.store, &[glossary()]).await?;
        let mut importing = Duration::ZERO;
        for start in (0..size).step_by(AT_ONCE) {
            let folder = tempfile::tempdir()?;
            let numbers = start..(start + AT_ONCE).min(size);
            let folders = numbers.map(|number| copy(number, folder.path())).collect::<Result<Vec<_>, _>>()?;
            let began = Instant::now();
            import(&sited.store, &folders).await?;
            importing += began.elapsed();
        }
        let each = importing.as_secs_f64() / size as f64;
        let first_each = *first_import.get_or_insert(each);
        // The first copy alone pays for opening everything.
        let goal = if size > 10 { Goal::AtMost(1.3) } else { Goal::None };
        figures.add(
            &format!("import of one copy among {size}"),
            format!("{:.0} ms", each * 1e3),
            format!("{:.0} ms", first_each * 1e3),
            each / first_each,
            goal,
        );
        let (site, _following) = copies::site(&sited, 0).await?;
        let began = Instant::now();
        while sited.index.state() != State::Ready {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        println!("  indexed in {:.1} s", began.elapsed().as_secs_f64());
        let router = server::router(site);
        for ((name, path, full), first) in SHOWN.iter().zip(&mut first) {
            let took = drawn(&router, path).await?;
            if size < *full {
                println!("  {name} among {size} copies, not full yet: {} µs", took.as_micros());
                continue;
            }
            let first = *first.get_or_insert(took);
            let ratio = took.as_secs_f64() / first.as_secs_f64();
            // A search looks through more where there is more.
            let goal = if *name == "search page" { Goal::None } else { Goal::AtMost(1.3) };
            let micros = |took: Duration| format!("{} µs", took.as_micros());
            figures.add(&format!("{name} among {size} copies"), micros(took), micros(first), ratio, goal);
        }
        if let Some(resident) = resident() {
            let name = format!("resident among {size} copies, this client and {PAGES} pages included");
            figures.add(&name, format!("{:.0} MB", resident / 1e6), "100 MB", resident / 1e8, Goal::None);
        }
    }
    Ok(())
}

/// The median of drawing a page, its questions to the store included.
async fn drawn(router: &Router, path: &str) -> Result<Duration, Failed> {
    let mut took = Vec::with_capacity(PAGES);
    for _ in 0..PAGES {
        let request = Request::get(path).body(axum::body::Body::empty())?;
        let began = Instant::now();
        let answer = router.clone().oneshot(request).await?;
        let status = answer.status();
        to_bytes(answer.into_body(), 1 << 24).await?;
        took.push(began.elapsed());
        if !status.is_success() {
            return Err(format!("{path}: {status}").into());
        }
    }
    took.sort_unstable();
    Ok(took[took.len() / 2])
}

/// Bytes of this process in RAM, where the system tells (proc(5), statm).
fn resident() -> Option<f64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(statm.split_whitespace().nth(1)?.parse::<f64>().ok()? * 4096.0)
}
