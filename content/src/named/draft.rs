//! A person or an organisation as a form has them. A field that comes back as it was shown is left as it is stored.

use crate::{
    edits::{self, Why, line, needed, sentences, settle},
    folder::{Details, Written, is_address, is_country},
};
use serde::Serialize;

/// The fields of their form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What they are called.
    Name,
    /// What a person does, what an organisation is.
    About,
    /// For whom a person works.
    Organisation,
    /// The short form of an organisation's name.
    Abbreviation,
    /// The address of an organisation's site.
    Site,
    /// Where they are from.
    Country,
}

/// Something that will not do.
pub type Fault = edits::Fault<Field>;

/// A person or an organisation as a form has them. All but the name may be empty; what only the other has is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What they are called.
    pub name: String,
    /// What a person does, in a line; what an organisation is.
    pub about: String,
    /// The slug of the organisation for which a person works.
    pub organisation: String,
    /// The short form of an organisation's name.
    pub abbreviation: String,
    /// The address of an organisation's site.
    pub site: String,
    /// A country's code.
    pub country: String,
}

/// What a draft is read by: slugs of organisations.
pub(crate) struct Around<'a>(pub(crate) &'a [String]);

impl Draft {
    fn text(&self, shown: &Self, thing: &mut Written, faults: &mut Vec<Fault>) {
        let is_person = matches!(thing.details, Details::Person(_));
        let Some(text) = thing.texts.first_mut() else { return };
        if self.name != shown.name || shown.name.is_empty() {
            settle(faults, Field::Name, needed(&self.name), |name| text.title = name);
        }
        if self.about != shown.about {
            let about =
                if is_person { line(&self.about).map(Option::unwrap_or_default) } else { sentences(&self.about) };
            settle(faults, Field::About, about, |about| text.summary = about);
        }
    }
}

impl edits::Draft for Draft {
    type Field = Field;
    type Around<'a> = Around<'a>;

    fn of(thing: &Written, _: &Around<'_>) -> Self {
        let text = thing.texts.first();
        let draft = Self {
            name: text.map(|text| text.title.clone()).unwrap_or_default(),
            about: text.map(|text| text.summary.clone()).unwrap_or_default(),
            country: thing.countries.first().cloned().unwrap_or_default(),
            ..Self::default()
        };
        match &thing.details {
            Details::Organisation(details) => Self {
                abbreviation: details.abbreviation.clone().unwrap_or_default(),
                site: details.url.clone().unwrap_or_default(),
                ..draft
            },
            _ => Self { organisation: thing.works_for().unwrap_or_default().to_owned(), ..draft },
        }
    }

    fn onto(&self, shown: &Self, thing: &mut Written, around: &Around<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.text(shown, thing, &mut faults);
        if self.organisation != shown.organisation && matches!(thing.details, Details::Person(_)) {
            let organisation = match self.organisation.as_str() {
                "" => Ok(None),
                slug if around.0.iter().any(|known| known == slug) => Ok(Some(slug)),
                _ => Err(Why::Odd),
            };
            settle(&mut faults, Field::Organisation, organisation, |slug| thing.work_for(slug));
        }
        if let Details::Organisation(details) = &mut thing.details {
            if self.abbreviation != shown.abbreviation {
                settle(&mut faults, Field::Abbreviation, line(&self.abbreviation), |short| {
                    details.abbreviation = short
                });
            }
            if self.site != shown.site {
                settle(&mut faults, Field::Site, site(&self.site), |site| details.url = site);
            }
        }
        if self.country != shown.country {
            settle(&mut faults, Field::Country, country(&self.country), |country| thing.come_from(country));
        }
        faults
    }
}

fn country(code: &str) -> Result<Option<String>, Why> {
    match code {
        "" => Ok(None),
        code if is_country(code) => Ok(Some(code.to_owned())),
        _ => Err(Why::Odd),
    }
}

fn site(text: &str) -> Result<Option<String>, Why> {
    let site = sentences(text)?;
    match site.as_str() {
        "" => Ok(None),
        site if is_address(site) => Ok(Some(site.to_owned())),
        _ => Err(Why::Odd),
    }
}
