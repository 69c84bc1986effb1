//! `make bench`: what Plenary costs, each figure a ratio of two things measured in this run.
//!
//! Prints a table and writes `target/bench.json`: a list of objects with `name`, `measured`, `against`, `ratio`, `goal`
//! and `holds`. `--quick` leaves the largest stores out.
#![expect(clippy::print_stdout, reason = "it prints a table")]

mod copies;
mod figure;
mod growth;
mod hostile;
mod load;
mod memory;
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
    let quick = std::env::args().any(|argument| argument == "--quick");
    let mut figures = Figures::default();
    serving::measure(&mut figures).await?;
    memory::measure(&mut figures)?;
    wire::measure(&mut figures).await?;
    hostile::measure(&mut figures)?;
    throughput::measure(&mut figures).await?;
    growth::measure(&mut figures, if quick { &[1, 10] } else { &[1, 10, 100, 1000] }).await?;
    figures.finish()
}
