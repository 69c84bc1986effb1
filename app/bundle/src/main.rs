//! Plenary.
fn main() {}
