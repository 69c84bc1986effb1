//! Seminars in which every text has a word of its own, which says who may read it.

use crate::{
    folder::{Import, Imported, import},
    gate::{Viewer, Visibility},
    store::trial::TestStore,
};
use std::{collections::BTreeSet, fs};

/// Imports files as a folder of this name, and deletes what it holds no more.
pub(crate) async fn imported(test: &TestStore, name: &str, files: &[(String, String)]) -> Imported {
    let around = tempfile::tempdir().expect("a folder for the test");
    for (file, text) in files {
        let path = around.path().join(name).join(file);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let folders = [around.path().join(name)];
    let import = import(
        &test.store,
        &Viewer::command_line(),
        &Import { folders: &folders, prune: true, dry_run: false, discard_edits: false, progress: &|_, _| () },
    )
    .await;
    import.expect("the store answers").unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// A word that stands in one place and tells who may read it: those of this level, in this seminar.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Marker {
    pub(super) word: String,
    pub(super) level: Visibility,
    pub(super) seminar: String,
    pub(super) place: &'static str,
}

/// All markers there are.
#[derive(Debug, Default)]
pub(super) struct Markers(pub(super) Vec<Marker>);

impl Markers {
    fn mark(&mut self, seminar: &str, level: Visibility, place: &'static str) -> String {
        let word = format!("q{}{:04}z", level.code().chars().next().unwrap_or_default(), self.0.len());
        self.0.push(Marker { word: word.clone(), level, seminar: seminar.to_owned(), place });
        word
    }

    /// Those that stand in a text, in capital or small letters.
    pub(super) fn found(&self, text: &str) -> BTreeSet<&Marker> {
        let text = text.to_lowercase();
        let words: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        self.0.iter().filter(|marker| words.contains(marker.word.as_str())).collect()
    }
}

/// A seminar on its way to files.
pub(super) struct Marked<'a> {
    markers: &'a mut Markers,
    pub(super) slug: String,
    pub(super) files: Vec<(String, String)>,
    people: String,
    organisations: String,
}

impl<'a> Marked<'a> {
    /// `lines` go into the seminar's own file: its visibility, its status.
    pub(super) fn new(markers: &'a mut Markers, name: &str, level: Visibility, lines: &str) -> Self {
        let (people, organisations) = (String::new(), String::new());
        let mut this = Self { markers, slug: String::new(), files: Vec::new(), people, organisations };
        // The slug is a marker too, and what others are told apart by.
        this.slug = name.to_owned();
        this.slug = this.mark(level, "a seminar's slug");
        for marker in &mut this.markers.0 {
            if marker.seminar == name {
                marker.seminar.clone_from(&this.slug);
            }
        }
        let seminar = format!(
            "{}objectives = [\"{}\"]\nstarts = 2016-12-06\nends = 2016-12-07\ntime_zone = \"Europe/Tirane\"\n\
             place = \"{}\"\norganisers = [\"{}\"]\n{lines}\n[[sources]]\ntitle = \"{}\"\nurl = \"https://example.org/{}\"\n",
            this.said(level, "a seminar's own words"),
            this.mark(level, "an objective"),
            this.mark(level, "where a seminar is"),
            this.mark(level, "an organiser"),
            this.mark(level, "a source"),
            this.mark(level, "where a source is"),
        );
        this.page("seminar", &seminar, level);
        this
    }

    pub(super) fn mark(&mut self, level: Visibility, place: &'static str) -> String {
        self.markers.mark(&self.slug, level, place)
    }

    /// What every kind of thing says: title, summary, theme.
    fn said(&mut self, level: Visibility, place: &'static str) -> String {
        let (title, summary, theme) = (self.mark(level, place), self.mark(level, place), self.mark(level, "a theme"));
        format!("title = \"{title} everywhere\"\nsummary = \"{summary} one.\"\nthemes = [\"{theme}\"]\n")
    }

    /// A Markdown file and its translation into Albanian.
    fn page(&mut self, stem: &str, lines: &str, level: Visibility) {
        let (heading, body) = (self.mark(level, "a heading"), self.mark(level, "a text"));
        let page = format!("+++\n{lines}+++\n\n{body} everywhere.\n\n## {heading}\n\nEnough.\n");
        self.files.push((format!("{stem}.md"), page));
        let [title, summary, body] = ["a title", "a summary", "a text"].map(|place| self.mark(level, place));
        let lines = format!("title = \"{title}\"\nstatus = \"machine\"\nsummary = \"{summary}\"\n");
        self.files.push((format!("{stem}.sq.md"), format!("+++\n{lines}+++\n\n{body}\n")));
    }

    /// One of each kind. `own` is the visibility that each sets itself; `level` is what holds.
    pub(super) fn one_of_each(&mut self, level: Visibility, own: &str) -> Slugs {
        let slugs = Slugs {
            organisation: self.mark(level, "an organisation's slug"),
            person: self.mark(level, "a person's slug"),
            session: self.mark(level, "a session's slug"),
            challenge: self.mark(level, "a challenge's slug"),
            practice: self.mark(level, "a practice's slug"),
            recommendation: format!("{}-1", self.mark(level, "a recommendation's slug")),
        };
        self.organisation(&slugs, level, own);
        self.person(&slugs, level, own);
        let said = self.said(level, "a session");
        let (room, objective) = (self.mark(level, "a room"), self.mark(level, "an objective"));
        let lines = format!("{said}{own}kind = \"plenary\"\nroom = \"{room}\"\nobjective = \"{objective}\"\n");
        let lines = lines + &self.by(&[(level, &slugs.person)], level);
        self.page(&format!("sessions/01-{}", slugs.session), &lines, level);

        let lines = format!("{}{own}session = \"{}\"\n", self.said(level, "a challenge"), slugs.session);
        self.page(&format!("challenges/{}", slugs.challenge), &lines, level);

        let lines = format!("{}{own}session = \"{}\"\n", self.said(level, "a board"), slugs.session);
        let slug = self.mark(level, "a board's slug");
        self.page(&format!("boards/{slug}"), &lines, level);

        let said = self.said(level, "a practice");
        let evidence = self.mark(level, "what evidence there is");
        let lines = format!("{said}{own}evidence = \"{evidence}\"\nanswers = [\"{}\"]\n", slugs.challenge);
        let lines = lines + &self.by(&[(level, &slugs.person)], level);
        self.page(&format!("practices/{}", slugs.practice), &lines, level);
        self.recommendation(&slugs, level, own);
        self.materials(&slugs, level, own);
        slugs
    }

    fn organisation(&mut self, slugs: &Slugs, level: Visibility, own: &str) {
        let [name, about, short, url] = ["an organisation's name", "what it is", "its abbreviation", "its site"]
            .map(|place| self.mark(level, place));
        self.organisations.push_str(&format!(
            "[[organisation]]\nslug = \"{}\"\nname = \"{name} everywhere\"\nabout = \"{about}\"\nabbreviation = \"{short}\"\n\
             url = \"https://example.org/{url}\"\n{own}\n",
            slugs.organisation
        ));
    }

    fn person(&mut self, slugs: &Slugs, level: Visibility, own: &str) {
        let (name, role) = (self.mark(level, "a person's name"), self.mark(level, "what they do"));
        self.people.push_str(&format!(
            "[[person]]\nslug = \"{}\"\nname = \"{name} everywhere\"\nrole = \"{role}\"\norganisation = \"{}\"\n{own}\n",
            slugs.person, slugs.organisation
        ));
    }

    fn recommendation(&mut self, slugs: &Slugs, level: Visibility, own: &str) {
        let said = self.said(level, "a recommendation");
        let [lead, indicator, response, addressee, progress, evidence] =
            ["who leads", "an indicator", "a response", "an addressee", "what was done", "where it is seen"]
                .map(|place| self.mark(level, place));
        let lines = format!(
            "{said}{own}lead = \"{lead}\"\nindicator = \"{indicator}\"\nresponse = \"{response}\"\n\
             addressees = [\"{addressee}\"]\nanswers = [\"{}\"]\nsession = \"{}\"\n[[progress]]\ndate = 2017-03-14\n\
             by = \"{}\"\ntext = \"{progress}\"\nevidence = \"https://example.org/{evidence}\"\n",
            slugs.challenge, slugs.session, slugs.organisation
        );
        self.page(&format!("recommendations/{}", slugs.recommendation), &lines, level);
    }

    /// A page, a link and a file: of the session, of the practice, of the seminar.
    fn materials(&mut self, slugs: &Slugs, level: Visibility, own: &str) {
        let url = self.mark(level, "where a link leads");
        let file = format!("{}.txt", self.mark(level, "a file's name"));
        for lines in [
            format!("session = \"{}\"\n", slugs.session),
            format!("practice = \"{}\"\nurl = \"https://example.org/{url}\"\n", slugs.practice),
            format!("file = \"files/{file}\"\n"),
        ] {
            let lines = format!("{}{own}{lines}", self.said(level, "a material"));
            let slug = self.mark(level, "a material's slug");
            self.page(&format!("materials/{slug}"), &lines, level);
        }
        let bytes = self.mark(level, "the bytes of a file");
        self.files.push((format!("files/{file}"), bytes));
    }

    /// A comparison: a seminar has one.
    pub(super) fn comparison(&mut self, level: Visibility, own: &str) {
        let said = self.said(level, "a comparison");
        let [slug, topic, cell, source] =
            ["a topic's slug", "a topic", "a cell", "its source"].map(|place| self.mark(level, place));
        let text = format!(
            "{said}{own}[[topic]]\nslug = \"{slug}\"\ntitle = \"{topic}\"\n[[topic.cell]]\ncountries = [\"AL\"]\n\
             text = \"{cell}\"\nconfidence = \"stated\"\nsource = \"{source}\"\n"
        );
        self.files.push(("comparison.toml".to_owned(), text));
    }

    /// Contributions to something that may be read at `level`: whoever may not see the person sees no contribution.
    pub(super) fn by(&mut self, people: &[(Visibility, &str)], level: Visibility) -> String {
        let by = |(of, person): &(Visibility, &str)| {
            let title = self.mark(level.max(*of), "with what somebody contributed");
            format!("[[contributors]]\nperson = \"{person}\"\nrole = \"speaker\"\ntitle = \"{title}\"\n")
        };
        people.iter().map(by).collect()
    }

    /// A page of its own making.
    pub(super) fn also(&mut self, stem: &str, level: Visibility, lines: &str) {
        let lines = self.said(level, "something more") + lines;
        self.page(stem, &lines, level);
    }

    pub(super) fn done(mut self) -> (String, Vec<(String, String)>) {
        self.files.push(("people.toml".to_owned(), self.people));
        self.files.push(("organisations.toml".to_owned(), self.organisations));
        (self.slug, self.files)
    }
}

/// What one of each kind is called.
pub(super) struct Slugs {
    pub(super) organisation: String,
    pub(super) person: String,
    pub(super) session: String,
    pub(super) challenge: String,
    pub(super) practice: String,
    pub(super) recommendation: String,
}
