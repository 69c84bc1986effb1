//! An address as a picture for cameras.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Light around the picture, in squares: cameras need four (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// A QR code that says `text`; nothing where the text is longer than one can say.
pub(crate) fn picture(text: &str, label: &'static str) -> Option<impl IntoView + use<>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (at, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        // Writing to a string does not fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    let all = width + 2 * QUIET;
    // Dark on light, by day and by night: some cameras read nothing else.
    Some(view! {
        <svg class="door__picture" viewBox=format!("0 0 {all} {all}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=all.to_string() height=all.to_string() fill="#fff"/>
            <path d=path fill="#000"/>
        </svg>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_and_a_book_does_not() {
        let draw = |text: &str| picture(text, "A picture").map(|view| view.to_html());
        let drawn = draw("https://seminars.example.org/join/ACDEFHJK").expect("it fits");
        assert!(drawn.contains("<path d=\"M4 4h1v1h-1z"), "{drawn:.200}");
        assert!(draw(&"a".repeat(5000)).is_none());
    }
}
