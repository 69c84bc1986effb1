//! What it costs that each finds only what they may see: somebody with a part in each of some seminars, whose materials are
//! for those who take part, against whoever sees everything, of whom the gate asks nothing. Three seminars are what somebody
//! has who goes to many; with a hundred the statement names a hundred audiences.

use crate::{
    Failed,
    figure::{Figures, Goal},
    made::{self, Made},
    ready, search,
};
use content::{
    folder::{self, Import},
    gate::{Audience, Viewer},
    store::{Location, Store},
};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use std::time::{Duration, Instant};

const SEMINARS: [usize; 2] = [3, 100];
/// Searches that are timed, of each.
const SEARCHES: usize = 400;

pub(crate) async fn measure(figures: &mut Figures, made: &Made, size: usize) -> Result<(), Failed> {
    for seminars in SEMINARS {
        of(figures, made, size, seminars).await?;
    }
    Ok(())
}

async fn of(figures: &mut Figures, made: &Made, size: usize, count: usize) -> Result<(), Failed> {
    let data = tempfile::tempdir()?;
    let store = Store::open(data.path(), &Location::Embedded).await?;
    let mut folders = Vec::new();
    for (number, part) in made.documents(size).chunks(size.div_ceil(count)).enumerate() {
        let folder = data.path().join(format!("gated-{number}"));
        made::write_for("participants", &folder, number, part)?;
        folders.push(folder);
    }
    let import = Import { folders: &folders, prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () };
    folder::import(&store, &Viewer::command_line(), &import).await?.map_err(|problems| format!("{problems:?}"))?;
    let (index, following) = ready(&store, data.path()).await;

    let db = Database::connect(format!("sqlite://{}", data.path().join("plenary.sqlite3").display())).await?;
    let asked = Statement::from_string(DbBackend::Sqlite, "SELECT id FROM thing WHERE kind = 'seminar'");
    let seminars = db.query_all_raw(asked).await?.into_iter().map(|row| row.try_get_by_index::<i64>(0));
    let seminars = seminars.collect::<Result<Vec<_>, _>>()?;
    assert_eq!(seminars.len(), count, "each is there");
    let takes_part = Viewer::of(seminars.into_iter().map(Audience::Participants));
    let sees_all = Viewer::command_line();

    // One after the other, so that whatever else the machine does meets both alike.
    let (mut gated, mut ungated) = (Vec::new(), Vec::new());
    for (number, query) in made.queries(50 + SEARCHES).iter().enumerate() {
        let mut took = [Duration::ZERO; 2];
        let mut found = [0; 2];
        for turn in 0..2 {
            let which = (turn + number) % 2;
            let viewer = if which == 0 { &takes_part } else { &sees_all };
            let began = Instant::now();
            found[which] = search(&store, &index, viewer, query).await?;
            took[which] = began.elapsed();
        }
        assert_eq!(found[0], found[1], "they see the same: {query}");
        // The first open everything.
        if number >= 50 {
            gated.push(took[0]);
            ungated.push(took[1]);
        }
    }
    for times in [&mut gated, &mut ungated] {
        times.sort_unstable();
    }
    for (name, at) in [("p50", 0.5), ("p99", 0.99)] {
        let of = |times: &[Duration]| times[((times.len() - 1) as f64 * at) as usize].as_secs_f64() * 1e3;
        let said = |millis: f64| format!("{millis:.2} ms");
        let (gated, ungated) = (of(&gated), of(&ungated));
        let title = format!("search in {size} for one of {count} seminars, {name}, against for whom all is");
        figures.add(&title, said(gated), said(ungated), gated / ungated, Goal::AtMost(1.1));
    }
    following.abort();
    Ok(())
}
