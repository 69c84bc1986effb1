//! The style sheets, in the order of their layers, as one file that Safari 15.4 and Chrome 99 understand.

use crate::Failed;
use lightningcss::{
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet},
    targets::{Browsers, Targets},
    values::url::Url,
    visit_types,
    visitor::{Visit, VisitTypes, Visitor},
};
use std::fs;

const FLOOR: Browsers = Browsers {
    safari: Some(15 << 16 | 4 << 8),
    ios_saf: Some(15 << 16 | 4 << 8),
    chrome: Some(99 << 16),
    android: None,
    edge: None,
    firefox: None,
    ie: None,
    opera: None,
    samsung: None,
};

/// The sheets of `order.txt`, one after another. `font` is given the name of each font and says its address.
pub(crate) fn build(folder: &str, font: impl FnMut(&str) -> Result<String, Failed>) -> Result<String, Failed> {
    let order = fs::read_to_string(format!("{folder}/order.txt"))?;
    let sheets = order.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let source = sheets
        .map(|sheet| fs::read_to_string(format!("{folder}/{sheet}")).map_err(|error| format!("{sheet}: {error}")))
        .collect::<Result<String, _>>()?;
    let mut sheet = StyleSheet::parse(&source, ParserOptions::default()).map_err(|error| error.to_string())?;
    sheet.visit(&mut Fonts(font))?;
    let targets = Targets::from(FLOOR);
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(|error| error.to_string())?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..Default::default() })?.code;
    // Chrome 103 reads `not (min-width: …)` as "never": write `(width <= 59.99rem)`, not `(width < 60rem)`.
    if printed.contains("@media not (") || printed.contains("and not (") {
        return Err("a media query was lowered to `not (…)`, which older browsers read as never".into());
    }
    Ok(printed)
}

struct Fonts<F>(F);

impl<'i, F: FnMut(&str) -> Result<String, Failed>> Visitor<'i> for Fonts<F> {
    type Error = Failed;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(URLS)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), Failed> {
        if let Some(font) = url.url.strip_prefix("fonts/") {
            url.url = (self.0)(font)?.into();
        }
        Ok(())
    }
}
