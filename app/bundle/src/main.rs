//! Builds the browser's half of Plenary into `target/site`: wasm, scripts, styles, fonts and icons under names that
//! change with their content, compressed beside themselves, and `manifest.json`, which says what is called what.
//!
//! `bundle --styles` makes everything but the wasm anew, for `make dev`.

mod files;
mod style;
mod wasm;

use files::Site;
use serde_json::json;
use std::{collections::BTreeMap, fs, path::Path};

type Failed = Box<dyn std::error::Error>;

/// Fonts that pages preload, by the script that they are for.
const PRELOADED: [(&str, &str); 3] = [
    ("latin", "brygada-1918-latin-wght-normal"),
    ("latin-extended", "brygada-1918-latin-ext-a-wght-normal"),
    ("cyrillic", "brygada-1918-cyrillic-wght-normal"),
];

fn main() -> Result<(), Failed> {
    let styles_only = std::env::args().any(|argument| argument == "--styles");
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let built = Path::new(&target).join("site-build");
    let wasm = if styles_only { wasm::last(&built)? } else { wasm::build(Path::new(&target), &built)? };

    let mut site = Site::empty("target/site")?;
    let wasm_address = site.add("app.wasm", &wasm.wasm)?;
    let bindings = site.add("app.js", wasm.bindings.as_bytes())?;
    let script = include_str!("islands.js").replace("./app.js", &bindings).replace("./app.wasm", &wasm_address);
    let islands = site.add("islands.js", script.as_bytes())?;

    let leave = site.add("leave.js", include_bytes!("leave.js"))?;
    let follow = site.add("follow.js", include_bytes!("follow.js"))?;

    let mut fonts = BTreeMap::new();
    let style = style::build("style", |font| {
        let address = site.add(font, &fs::read(format!("style/fonts/{font}"))?)?;
        if let Some((script, _)) = PRELOADED.iter().find(|(_, name)| font.starts_with(name)) {
            fonts.insert(*script, address.clone());
        }
        Ok(address)
    })?;
    let style = site.add("plenary.css", style.as_bytes())?;
    let icon = site.add("favicon.svg", &fs::read("style/icons/favicon.svg")?)?;
    let share = site.add("share.png", &fs::read("style/icons/share.png")?)?;
    site.finish(&json!({
        "wasm": wasm_address, "bindings": bindings, "islands": islands, "leave": leave, "follow": follow, "style": style, "icon": icon,
        "share": share, "fonts": fonts,
    }))
}
