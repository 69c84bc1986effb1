//! A programme as a picture in which its sessions are moved: by dragging, or by the arrow keys.

mod grid;
pub mod island;
