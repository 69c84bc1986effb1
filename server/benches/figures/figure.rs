//! Figures, as a table and as JSON.

use crate::Failed;
use serde::Serialize;
use std::fs;

/// What a figure has to be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// The ratio is at least this.
    AtLeast(f64),
    /// The ratio is at most this.
    AtMost(f64),
    /// It is told, and nothing is asked of it.
    None,
}

#[derive(Serialize)]
struct Figure {
    name: String,
    measured: String,
    against: String,
    ratio: f64,
    goal: String,
    holds: bool,
}

/// All figures of a run.
#[derive(Default)]
pub(crate) struct Figures(Vec<Figure>);

impl Figures {
    /// Notes one and prints it.
    pub(crate) fn add(
        &mut self,
        name: &str,
        measured: impl Into<String>,
        against: impl Into<String>,
        ratio: f64,
        goal: Goal,
    ) {
        let (goal, holds) = match goal {
            Goal::AtLeast(least) => (format!("≥ {least}"), ratio >= least),
            Goal::AtMost(most) => (format!("≤ {most}"), ratio <= most),
            Goal::None => (String::new(), true),
        };
        let figure =
            Figure { name: name.to_owned(), measured: measured.into(), against: against.into(), ratio, goal, holds };
        let mark = if figure.holds { " " } else { "✗" };
        println!(
            "{mark} {:<46} {:>26} {:>30} {:>9.3} {:>8}",
            figure.name, figure.measured, figure.against, figure.ratio, figure.goal
        );
        self.0.push(figure);
    }

    /// Writes them down in a file in `target`, if they are all there are.
    pub(crate) fn finish(self, file: &str, whole: bool) -> Result<(), Failed> {
        let missed = self.0.iter().filter(|figure| !figure.holds).count();
        println!("\n{} figures, {missed} short of their goal", self.0.len());
        if whole {
            let to = format!("{}/../target/{file}", env!("CARGO_MANIFEST_DIR"));
            fs::write(to, serde_json::to_string_pretty(&self.0)?)?;
            println!("Written to target/{file}");
        }
        Ok(())
    }
}
