//! `make bench`: what Plenary costs, each figure a ratio of two things measured in this run.
//!
//! Prints a table and writes `target/bench.json`: a list of objects with `name`, `measured`, `against`, `ratio`, `goal`
//! and `holds`. `--quick` leaves the largest stores out; names of parts (`serving`, `growth`) leave the other parts out.
#![expect(clippy::print_stdout, reason = "it prints a table")]

mod copies;
mod figure;
mod growth;
mod hostile;
mod load;
mod memory;
mod people;
mod serving;
mod throughput;
mod wire;

use figure::Figures;
use std::error::Error;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failed = Box<dyn Error>;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let named: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| *name == part);
    let mut figures = Figures::default();
    if wanted("serving") {
        serving::measure(&mut figures).await?;
    }
    if wanted("people") {
        people::measure(&mut figures).await?;
    }
    if wanted("memory") {
        memory::measure(&mut figures)?;
    }
    if wanted("wire") {
        wire::measure(&mut figures).await?;
    }
    if wanted("hostile") {
        hostile::measure(&mut figures)?;
    }
    if wanted("throughput") {
        throughput::measure(&mut figures).await?;
    }
    if wanted("growth") {
        growth::measure(&mut figures, if quick { &[1, 10] } else { &[1, 10, 100, 1000] }).await?;
    }
    figures.finish("bench.json", named.is_empty())
}
