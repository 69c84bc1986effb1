//! `plenary import`

use super::{Data, Failed, say};
use clap::Args;
use content::{
    folder::{self, Problem},
    gate::Viewer,
};
use indicatif::ProgressBar;
use serde_json::json;
use std::{io::IsTerminal, path::PathBuf};

#[derive(Debug, Args)]
#[command(after_help = "Example: plenary import content/glossary content/seminars/tirana-2016")]
pub(crate) struct Import {
    /// Folders, each of a seminar (with a seminar.md) or of a glossary (TOML files with [[term]])
    #[arg(required = true, value_name = "PATH")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    data: Data,
    /// Delete what the folders hold no more
    #[arg(long)]
    prune: bool,
    /// Have what the folders say hold, whatever was edited in the browser
    #[arg(long)]
    discard_edits: bool,
    /// Say what would happen, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(import: Import) -> Result<(), Failed> {
    for folder in &import.folders {
        if !folder.is_dir() {
            return Err(format!("{} is not a folder", folder.display()).into());
        }
    }
    let store = import.data.open().await?;
    let bar = bar(import.json);
    let progress = |done: usize, total: usize| {
        bar.set_length(u64::try_from(total).unwrap_or_default());
        bar.set_position(u64::try_from(done).unwrap_or_default());
    };
    let what = folder::Import {
        folders: &import.folders,
        prune: import.prune,
        discard_edits: import.discard_edits,
        dry_run: import.dry_run,
        progress: &progress,
    };
    let done = folder::import(&store, &Viewer::command_line(), &what).await;
    bar.finish_and_clear();
    let done = match done? {
        Ok(done) => done,
        Err(problems) if import.json => {
            say(json!({ "problems": problems }));
            return Err(counted(&problems).into());
        }
        Err(problems) => return Err(listed(&problems).into()),
    };
    if import.json {
        say(serde_json::to_string(&done)?);
        return Ok(());
    }
    let would = if import.dry_run { "Would be: " } else { "" };
    let deleted = if done.deleted > 0 { format!(", {} deleted", done.deleted) } else { String::new() };
    say(format_args!("{would}{} new, {} changed, {} as before{deleted}", done.created, done.updated, done.unchanged));
    if !done.kept.is_empty() {
        say("Who may see these was set in the browser, and stays so; the folder says something else:");
        for (kind, slug) in &done.kept {
            say(format_args!("  {} {slug}", kind.code()));
        }
    }
    if !done.edited.is_empty() {
        say(match import.discard_edits {
            true => "These were edited in the browser, and are as the folder says from now on:",
            false => {
                "These were edited in the browser, and stay so (with --discard-edits, what the folder says holds):"
            }
        });
        for kept in &done.edited {
            let since = if kept.since { ", and the folder has changed there since" } else { "" };
            let goes = if kept.goes { "; it goes, since the folder is in that language itself" } else { "" };
            let fixed = if kept.fixed { "; it stays as here, since somebody has begun with it" } else { "" };
            say(format_args!("  {} {}, {}{since}{goes}{fixed}", kept.kind.code(), kept.slug, kept.field));
            say(format_args!("    here:   {}", kept.here));
            say(format_args!("    folder: {}", kept.files));
        }
    }
    if !done.missing.is_empty() && done.deleted == 0 {
        say("In the store and in the folder no more (--prune deletes them):");
        for (kind, slug) in &done.missing {
            say(format_args!("  {} {slug}", kind.code()));
        }
    }
    if !done.stayed.is_empty() {
        say(
            "In the folder no more, and edited or begun in the browser or named by what was: they stay, but for --prune --discard-edits:",
        );
        for (kind, slug) in &done.stayed {
            say(format_args!("  {} {slug}", kind.code()));
        }
    }
    Ok(())
}

/// A bar for somebody who waits at a terminal.
fn bar(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(0) }
}

fn counted(problems: &[Problem]) -> String {
    match problems.len() {
        1 => "nothing was imported: one thing is wrong".to_owned(),
        count => format!("nothing was imported: {count} things are wrong"),
    }
}

fn listed(problems: &[Problem]) -> String {
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    format!("{}.\n\n{}", counted(problems), all.join("\n\n"))
}
