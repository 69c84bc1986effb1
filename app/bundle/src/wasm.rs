//! Cargo, then wasm-bindgen as a library. `wasm-opt` would save 2 % of what travels: left out.

use crate::Failed;
use std::{fs, path::Path, process::Command};
use wasm_bindgen_cli_support::Bindgen;

/// The islands.
pub(crate) struct Wasm {
    pub(crate) wasm: Vec<u8>,
    pub(crate) bindings: String,
}

/// Builds them, and keeps what came of it in `built`.
pub(crate) fn build(target: &Path, built: &Path) -> Result<Wasm, Failed> {
    // Not `env!("CARGO")`: that would skip rustup's choice of toolchain.
    run(Command::new("cargo")
        .args(["rustc", "--package=app", "--lib", "--crate-type=cdylib", "--features=hydrate"])
        .args(["--target=wasm32-unknown-unknown", "--profile=wasm-release"]))?;
    Bindgen::new()
        .input_path(target.join("wasm32-unknown-unknown/wasm-release/app.wasm"))
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(built)?;
    last(built)
}

/// What was built last.
pub(crate) fn last(built: &Path) -> Result<Wasm, Failed> {
    let read = |name: &str| {
        let path = built.join(name);
        fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    Ok(Wasm { wasm: read("app_bg.wasm")?, bindings: String::from_utf8(read("app.js")?)? })
}

fn run(command: &mut Command) -> Result<(), Failed> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}
