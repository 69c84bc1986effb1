//! The bundled seminars and the glossary.

use crate::{
    changes,
    folder::{Import, import},
    gate::Viewer,
    seminars,
    store::trial::{TestStore, each},
    texts::Reading,
    things::Kind,
};
use language::Locale;
use std::path::{Path, PathBuf};

fn bundled() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["glossary", "seminars/tirana-2016", "seminars/example"].map(|folder| here.join(folder)).into()
}

pub(super) async fn import_bundled(test: &TestStore) -> super::super::Imported {
    let import = import(
        &test.store,
        &Viewer::command_line(),
        &Import { folders: &bundled(), prune: false, dry_run: false, discard_edits: false, progress: &|_, _| () },
    )
    .await;
    import.expect("the store answers").unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

#[tokio::test]
async fn they_can_be_imported_and_importing_them_again_changes_nothing() {
    each(async |test| {
        let first = import_bundled(test).await;
        assert!(first.created > 100 && first.updated == 0 && first.unchanged == 0, "{first:?}");
        let number = changes::last(&test.store).await.expect("the store answers");
        assert_eq!(usize::try_from(number), Ok(first.created));

        let second = import_bundled(test).await;
        assert_eq!((second.created, second.updated, second.unchanged), (0, 0, first.created));
        assert_eq!(changes::last(&test.store).await.expect("the store answers"), number);
    })
    .await;
}

#[tokio::test]
async fn the_tirana_seminar_is_read_in_the_readers_language() {
    each(async |test| {
        import_bundled(test).await;
        let viewer = Viewer::anonymous();
        for locale in Locale::ALL {
            let page = seminars::seminar(&test.store, &viewer, Reading::in_locale(locale), "tirana-2016")
                .await
                .expect("the store answers")
                .expect("it is public");
            assert_eq!(page.contents.of(Kind::Session).count(), 4, "{locale:?}");
            assert_eq!(page.contents.of(Kind::Recommendation).count(), 5, "{locale:?}");
            assert_eq!(page.contributors.len(), 9, "{locale:?}");
            // Croatian has no translation: the original is shown.
            let tag = if locale == Locale::Croatian { "en" } else { locale.tag() };
            assert_eq!(page.text.tag, tag);
        }
    })
    .await;
}
