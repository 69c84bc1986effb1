//! What a term says to search besides its definition: its forms, in each language a document of its own.

use super::Details;
use crate::search::found::More;
use language::Language;

pub(crate) fn more(details: Details) -> More {
    let mut more = More::default();
    for forms in details.forms {
        let mut names = forms.forms.into_iter();
        let Some(term) = names.next() else { continue };
        match forms.language {
            Language::English => more.names.extend(names),
            language => more.also.push((language.code().to_owned(), term, names.collect())),
        }
    }
    more
}
