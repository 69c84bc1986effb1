//! The built site is part of the binary, also where it is built after the binary was.

use std::{env, fs, io};

fn main() -> io::Result<()> {
    // A debug build reads the folder as it runs, if it was there as it was compiled.
    fs::create_dir_all("../target/site")?;
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../target/site/manifest.json");
    }
    Ok(())
}
