//! Boards that are made and changed in the browser.
