//! What other programs read: calendar, feed, site map.

mod calendar;
mod feed;
mod sitemap;
pub(crate) mod speculation;

pub(crate) use calendar::calendar;
pub(crate) use feed::feed;
pub(crate) use sitemap::{robots, sitemap};
