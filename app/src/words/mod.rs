//! The words of the interface, and how dates, numbers and lists are written, in the reader's language.

mod dates;
mod lists;

pub use lists::{join, sort_by_key};

use content::{
    edits::Why,
    people::Role,
    practices::Maturity,
    recommendations::{Status, Urgency},
    seminars::Stage,
    sessions::Form,
    things::Kind,
};
use icu_locale_core::{Locale as IcuLocale, locale};
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use language::{Language, Locale};
use std::sync::LazyLock;

/// The words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Locale);

mod generated {
    use super::{Locale, PluralCategory, Words};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// What ICU calls a locale of ours. English puts the day first, as all the others do.
fn icu(locale: Locale) -> IcuLocale {
    match locale {
        Locale::English => locale!("en-GB"),
        Locale::Albanian => locale!("sq"),
        Locale::Bosnian => locale!("bs"),
        Locale::Croatian => locale!("hr"),
        Locale::SerbianLatin => locale!("sr-Latn"),
        Locale::SerbianCyrillic => locale!("sr"),
        Locale::Romanian => locale!("ro"),
        Locale::Macedonian => locale!("mk"),
    }
}

/// One value for each locale, made when it is first needed.
fn each<T>(make: impl Fn(Locale) -> T) -> Vec<(Locale, T)> {
    Locale::ALL.into_iter().map(|locale| (locale, make(locale))).collect()
}

fn of<T>(each: &[(Locale, T)], locale: Locale) -> Option<&T> {
    each.iter().find(|(other, _)| *other == locale).map(|(_, value)| value)
}

static PLURALS: LazyLock<Vec<(Locale, Option<PluralRules>)>> = LazyLock::new(|| {
    each(|locale| {
        // CLDR has no rules of its own for Serbian in Latin, and the root's would be wrong.
        let locale = if locale == Locale::SerbianLatin { Locale::SerbianCyrillic } else { locale };
        PluralRules::try_new(icu(locale).into(), PluralRulesOptions::default()).ok()
    })
});

impl Words {
    fn category(self, count: u64) -> PluralCategory {
        of(&PLURALS, self.0).and_then(Option::as_ref).map_or(PluralCategory::Other, |rules| rules.category_for(count))
    }

    /// A country's name.
    pub fn country_name(self, code: &str) -> String {
        self.country_by_code(code).unwrap_or(code).to_owned()
    }

    /// A country's name where there is little room, if it has a short one.
    pub fn short_name(self, code: &str) -> Option<&'static str> {
        self.short_country_by_code(code)
    }

    /// A theme's name. One that has none here is its slug, with spaces.
    pub fn theme_name(self, slug: &str) -> String {
        self.theme_by_code(slug).map_or_else(|| slug.replace('-', " "), str::to_owned)
    }

    /// A language's name in this language.
    pub fn language_name(self, language: Language) -> &'static str {
        match language {
            Language::English => self.language_en(),
            Language::Albanian => self.language_sq(),
            Language::Bosnian => self.language_bs(),
            Language::Croatian => self.language_hr(),
            Language::Serbian => self.language_sr(),
            Language::Romanian => self.language_ro(),
            Language::Macedonian => self.language_mk(),
        }
    }

    /// What one thing of a kind is called.
    pub fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Seminar => self.this_kind_seminar(),
            Kind::Session => self.session(),
            Kind::Material => self.material(),
            Kind::Practice => self.practice(),
            Kind::Challenge => self.challenge(),
            Kind::Recommendation => self.recommendation(),
            Kind::Board => self.board(),
            Kind::Comparison => self.comparison(),
            Kind::Person => self.person(),
            Kind::Organisation => self.organisation(),
            Kind::Term => self.term(),
        }
    }

    fn this_kind_seminar(self) -> &'static str {
        self.facet_seminar()
    }

    /// What things of a kind are called.
    pub fn kinds(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Seminar => self.kinds_seminar(),
            Kind::Session => self.kinds_session(),
            Kind::Material => self.kinds_material(),
            Kind::Practice => self.kinds_practice(),
            Kind::Challenge => self.kinds_challenge(),
            Kind::Recommendation => self.kinds_recommendation(),
            Kind::Board => self.kinds_board(),
            Kind::Comparison => self.kinds_comparison(),
            Kind::Person => self.kinds_person(),
            Kind::Organisation => self.kinds_organisation(),
            Kind::Term => self.kinds_term(),
        }
    }

    /// What a field says now, that somebody else changed.
    pub(crate) fn now(self, value: String) -> String {
        self.holds_now(if value.is_empty() { self.holds_nothing().to_owned() } else { value })
    }

    /// Why what was typed will not do, as a sentence that says what to do. `odd`: where it cannot be read.
    pub(crate) fn why(self, why: Why, odd: String) -> String {
        let number = |most: usize| self.number(u64::try_from(most).unwrap_or_default());
        match why {
            Why::Missing => self.fault_missing().to_owned(),
            Why::Long(most) => self.fault_long(number(most)),
            Why::Many(most) => self.fault_many(number(most)),
            Why::Odd => odd,
            Why::Outside(from, to) => self.fault_outside(self.dates(from, to)),
            Why::Strands(sessions) => self.fault_strands(u64::try_from(sessions).unwrap_or_default()),
            Why::Skipped => self.fault_skipped().to_owned(),
            Why::Backwards => self.fault_backwards().to_owned(),
            Why::Reserved => self.fault_reserved().to_owned(),
            Why::Open => self.fault_open().to_owned(),
            Why::Heavy => self.fault_heavy().to_owned(),
        }
    }

    /// How far a seminar has come.
    pub fn stage(self, stage: Stage) -> &'static str {
        match stage {
            Stage::Draft => self.stage_draft(),
            Stage::Open => self.stage_open(),
            Stage::Running => self.stage_running(),
            Stage::Closed => self.stage_closed(),
            Stage::Archived => self.stage_archived(),
        }
    }

    /// What happens in a session.
    pub fn form(self, form: Form) -> &'static str {
        match form {
            Form::Plenary => self.form_plenary(),
            Form::Presentation => self.form_presentation(),
            Form::Panel => self.form_panel(),
            Form::GroupWork => self.form_group_work(),
            Form::Break => self.form_break(),
        }
    }

    /// What somebody did.
    pub fn role(self, role: Role) -> &'static str {
        match role {
            Role::Organiser => self.role_organiser(),
            Role::Chair => self.role_chair(),
            Role::Speaker => self.role_speaker(),
            Role::Moderator => self.role_moderator(),
            Role::Facilitator => self.role_facilitator(),
            Role::Expert => self.role_expert(),
            Role::Author => self.role_author(),
        }
    }

    /// How far a practice has proved itself.
    pub fn maturity_word(self, maturity: Maturity) -> &'static str {
        match maturity {
            Maturity::Innovation => self.maturity_innovation(),
            Maturity::Promising => self.maturity_promising(),
            Maturity::Good => self.maturity_good(),
            Maturity::Policy => self.maturity_policy(),
        }
    }

    /// How far a recommendation has come.
    pub fn status(self, status: Option<Status>) -> &'static str {
        match status {
            None => self.status_none(),
            Some(Status::NotStarted) => self.status_not_started(),
            Some(Status::Planned) => self.status_planned(),
            Some(Status::Ongoing) => self.status_ongoing(),
            Some(Status::PartlyDone) => self.status_partly_done(),
            Some(Status::Done) => self.status_done(),
            Some(Status::Blocked) => self.status_blocked(),
            Some(Status::Superseded) => self.status_superseded(),
        }
    }

    /// How strongly a recommendation is put.
    pub fn urgency_word(self, urgency: Urgency) -> &'static str {
        match urgency {
            Urgency::Urge => self.urgency_urge(),
            Urgency::Consider => self.urgency_consider(),
            Urgency::Invite => self.urgency_invite(),
        }
    }

    /// The name of a facet of search.
    pub fn facet(self, name: &str) -> &'static str {
        match name {
            "kind" => self.facet_kind(),
            "country" => self.facet_country(),
            "theme" => self.facet_theme(),
            "language" => self.facet_language(),
            "year" => self.facet_year(),
            _ => self.facet_seminar(),
        }
    }

    /// A number of bytes.
    pub fn bytes(self, size: u64) -> String {
        match size {
            0..1000 => self.bytes_b(size),
            1000..1_000_000 => self.bytes_kb(self.number(size.div_ceil(1000))),
            1_000_000..1_000_000_000 => self.bytes_mb(self.tenths(size.div_ceil(100_000))),
            _ => self.bytes_gb(self.tenths(size.div_ceil(100_000_000))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_what_it_is_read_in_best() {
        let told = |size| Words(Locale::English).bytes(size);
        assert_eq!((told(5).as_str(), told(4_100).as_str()), ("5 bytes", "5 KB"));
        assert_eq!((told(52_428_800).as_str(), told(25_776_300_000).as_str()), ("52.5 MB", "25.8 GB"));
    }

    #[test]
    fn every_language_has_every_word() {
        assert_eq!(generated::MISSING, [""; 0]);
    }

    #[test]
    fn plurals_follow_each_language() {
        let finds = |locale, counts: &[u64]| counts.iter().map(|count| Words(locale).finds(*count)).collect::<Vec<_>>();
        assert_eq!(finds(Locale::English, &[0, 1, 2]), ["0 finds", "1 find", "2 finds"]);
        for locale in [Locale::Bosnian, Locale::Croatian, Locale::SerbianLatin, Locale::SerbianCyrillic] {
            let words = finds(locale, &[1, 2, 5, 11, 21, 22, 25]);
            let without = |word: &String| word.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
            let words: Vec<String> = words.iter().map(without).collect();
            assert_eq!(words[0], words[4], "{locale:?}: 1 and 21");
            assert_eq!(words[1], words[5], "{locale:?}: 2 and 22");
            assert_eq!((&words[2], &words[2]), (&words[3], &words[6]), "{locale:?}: 5, 11 and 25");
            assert_ne!(words[0], words[2], "{locale:?}: 1 and 5");
        }
        let romanian = finds(Locale::Romanian, &[1, 2, 19, 20, 101, 119, 120]);
        assert!(romanian[3].contains(" de ") && romanian[6].contains(" de "), "{romanian:?}");
        assert!(romanian[..3].iter().chain(&romanian[4..6]).all(|text| !text.contains(" de ")), "{romanian:?}");
        let macedonian = finds(Locale::Macedonian, &[1, 21, 11, 2]);
        assert_eq!(macedonian[0].replace('1', ""), macedonian[1].replace("21", ""));
        assert_eq!(macedonian[2].replace("11", ""), macedonian[3].replace('2', ""));
    }
}
