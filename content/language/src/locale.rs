//! Which languages there are, which a reader reads, and the tags that name them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that texts are written in, whatever its script.
///
/// Serialised as its [code](Self::code); ordered as in [`ALL`](Self::ALL).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English, the language of last resort.
    #[serde(rename = "en")]
    English,
    /// Albanian, Gheg and Tosk alike.
    #[serde(rename = "sq")]
    Albanian,
    /// Bosnian.
    #[serde(rename = "bs")]
    Bosnian,
    /// Croatian.
    #[serde(rename = "hr")]
    Croatian,
    /// Serbian, and Montenegrin with it, in either script.
    #[serde(rename = "sr")]
    Serbian,
    /// Romanian, as in Romania and in Moldova.
    #[serde(rename = "ro")]
    Romanian,
    /// Macedonian.
    #[serde(rename = "mk")]
    Macedonian,
}

/// A code or tag that names none of the languages or locales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown;

impl fmt::Display for Unknown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not the tag of a known language")
    }
}

impl std::error::Error for Unknown {}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 7] =
        [Self::English, Self::Albanian, Self::Bosnian, Self::Croatian, Self::Serbian, Self::Romanian, Self::Macedonian];

    /// The ISO 639-1 code, which is also the BCP 47 tag: `en`, `sq`, `bs`, `hr`, `sr`, `ro`, `mk`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Albanian => "sq",
            Self::Bosnian => "bs",
            Self::Croatian => "hr",
            Self::Serbian => "sr",
            Self::Romanian => "ro",
            Self::Macedonian => "mk",
        }
    }

    /// The language of a tag as people and browsers send it (`sq-AL`, `sr_Latn`, `mo`); see
    /// [`Locale::from_tag`]. [`FromStr`] takes only the codes themselves.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Locale::from_tag(tag).map(Locale::language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.code())
    }
}

/// Reads a [code](Language::code) back, exactly as written; fails with [`Unknown`] on all else.
impl FromStr for Language {
    type Err = Unknown;

    fn from_str(code: &str) -> Result<Self, Unknown> {
        Self::ALL.into_iter().find(|language| language.code() == code).ok_or(Unknown)
    }
}

/// What a reader reads: a language and, for Serbian, a script.
///
/// Serialised as its [tag](Self::tag); ordered as in [`ALL`](Self::ALL).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Bosnian in Latin letters.
    #[serde(rename = "bs")]
    Bosnian,
    /// Croatian.
    #[serde(rename = "hr")]
    Croatian,
    /// Macedonian.
    #[serde(rename = "mk")]
    Macedonian,
    /// Romanian.
    #[serde(rename = "ro")]
    Romanian,
    /// Albanian.
    #[serde(rename = "sq")]
    Albanian,
    /// Serbian in Latin letters.
    #[serde(rename = "sr-Latn")]
    SerbianLatin,
    /// Serbian in Cyrillic letters.
    #[serde(rename = "sr-Cyrl")]
    SerbianCyrillic,
}

impl Locale {
    /// Every locale in the order of a menu: English, then by tag, the two Serbians side by side.
    pub const ALL: [Self; 8] = [
        Self::English,
        Self::Bosnian,
        Self::Croatian,
        Self::Macedonian,
        Self::Romanian,
        Self::Albanian,
        Self::SerbianLatin,
        Self::SerbianCyrillic,
    ];

    /// The BCP 47 tag, fit for a `lang` attribute; Serbian names its script.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::SerbianLatin => "sr-Latn",
            Self::SerbianCyrillic => "sr-Cyrl",
            _ => self.language().code(),
        }
    }

    /// The language read.
    #[must_use]
    pub const fn language(self) -> Language {
        match self {
            Self::English => Language::English,
            Self::Bosnian => Language::Bosnian,
            Self::Croatian => Language::Croatian,
            Self::Macedonian => Language::Macedonian,
            Self::Romanian => Language::Romanian,
            Self::Albanian => Language::Albanian,
            Self::SerbianLatin | Self::SerbianCyrillic => Language::Serbian,
        }
    }

    /// The language's name for itself, in its own script, with a capital as a menu shows it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Bosnian => "Bosanski",
            Self::Croatian => "Hrvatski",
            Self::Macedonian => "Македонски",
            Self::Romanian => "Română",
            Self::Albanian => "Shqip",
            Self::SerbianLatin => "Srpski",
            Self::SerbianCyrillic => "Српски",
        }
    }

    /// The languages a reader reads next best, best first, where there is nothing in their own.
    ///
    /// Bosnian, Croatian and Serbian are understood by each other's readers; everyone is offered
    /// English last. A reader of English has nothing to fall back on.
    #[must_use]
    pub const fn fallbacks(self) -> &'static [Language] {
        match self {
            Self::Bosnian => &[Language::Croatian, Language::Serbian, Language::English],
            Self::Croatian => &[Language::Bosnian, Language::Serbian, Language::English],
            Self::SerbianLatin | Self::SerbianCyrillic => &[Language::Bosnian, Language::Croatian, Language::English],
            Self::Albanian | Self::Macedonian | Self::Romanian => &[Language::English],
            Self::English => &[],
        }
    }

    /// The locale of a language tag as people, browsers and operating systems send it.
    ///
    /// Takes BCP 47 tags in any case, with `_` for `-`, old and three-letter codes (ISO 639), and
    /// POSIX names (`sr_RS.UTF-8@latin`). Serbian is Cyrillic where no script is given, except
    /// in Montenegro; Montenegrin (`cnr`) and Serbo-Croatian (`sh`) are Serbian in Latin letters
    /// unless they say otherwise; Moldovan (`mo`) is Romanian. `None` for other languages and
    /// for what is no tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let (tag, modifier) = tag.trim().split_once('@').map_or((tag.trim(), ""), |(tag, modifier)| (tag, modifier));
        let tag = tag.split_once('.').map_or(tag, |(tag, _)| tag);
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next()?;
        let language = [
            (Language::English, &["en", "eng"][..]),
            (Language::Albanian, &["sq", "sqi", "alb", "als", "aln"]),
            (Language::Bosnian, &["bs", "bos"]),
            (Language::Croatian, &["hr", "hrv", "scr"]),
            (Language::Serbian, &["sr", "srp", "scc", "sh", "hbs", "cnr"]),
            (Language::Romanian, &["ro", "ron", "rum", "mo", "mol"]),
            (Language::Macedonian, &["mk", "mkd", "mac"]),
        ]
        .into_iter()
        .find(|(_, codes)| codes.iter().any(|code| code.eq_ignore_ascii_case(primary)))?
        .0;
        let mut latin = ["sh", "hbs", "cnr"].iter().any(|code| code.eq_ignore_ascii_case(primary));
        let mut named = match modifier {
            "latin" => Some(true),
            "cyrillic" => Some(false),
            _ => None,
        };
        let mut over = false;
        for part in parts {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            // A single letter opens an extension or private use, where subtags mean other things.
            over |= part.len() == 1;
            if over {
                continue;
            }
            latin |= part.eq_ignore_ascii_case("me");
            // Wherever it stands: Windows once wrote sr-SP-Latn.
            if part.eq_ignore_ascii_case("latn") {
                named = Some(true);
            } else if part.eq_ignore_ascii_case("cyrl") {
                named = Some(false);
            }
        }
        Some(match language {
            Language::English => Self::English,
            Language::Albanian => Self::Albanian,
            Language::Bosnian => Self::Bosnian,
            Language::Croatian => Self::Croatian,
            Language::Romanian => Self::Romanian,
            Language::Macedonian => Self::Macedonian,
            Language::Serbian if named.unwrap_or(latin) => Self::SerbianLatin,
            Language::Serbian => Self::SerbianCyrillic,
        })
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.tag())
    }
}

/// Reads a [tag](Locale::tag) back, exactly as written; fails with [`Unknown`] on all else.
/// [`Locale::from_tag`] is the lenient one.
impl FromStr for Locale {
    type Err = Unknown;

    fn from_str(tag: &str) -> Result<Self, Unknown> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag).ok_or(Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_tags_come_back() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
            assert_eq!(Language::parse(language.code()), Some(language));
            let json = serde_json::to_string(&language).expect("JSON");
            assert_eq!(json, format!("\"{language}\""));
            assert_eq!(serde_json::from_str::<Language>(&json).expect("JSON"), language);
            assert!(Locale::ALL.iter().any(|locale| locale.language() == language));
        }
        for locale in Locale::ALL {
            assert_eq!(locale.tag().parse(), Ok(locale));
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
            let json = serde_json::to_string(&locale).expect("JSON");
            assert_eq!(json, format!("\"{locale}\""));
            assert_eq!(serde_json::from_str::<Locale>(&json).expect("JSON"), locale);
        }
        assert!(Language::ALL.is_sorted() && Locale::ALL.is_sorted());
        assert!("EN".parse::<Language>().is_err() && "sr".parse::<Locale>().is_err());
    }

    #[test]
    fn tags_as_people_send_them() {
        use Locale::*;
        for (tag, locale) in [
            ("SR", SerbianCyrillic),
            ("sr-RS", SerbianCyrillic),
            ("sr-Latn-RS", SerbianLatin),
            ("SR_LATN_rs", SerbianLatin),
            ("sr-SP-Latn", SerbianLatin),
            ("sr-ME", SerbianLatin),
            ("sr-Cyrl-ME", SerbianCyrillic),
            ("sr-x-latn", SerbianCyrillic),
            ("sr_RS.UTF-8@latin", SerbianLatin),
            ("sr_RS.UTF-8", SerbianCyrillic),
            ("sh", SerbianLatin),
            ("sh-BA", SerbianLatin),
            ("sh-Cyrl", SerbianCyrillic),
            ("cnr", SerbianLatin),
            ("cnr-Cyrl-ME", SerbianCyrillic),
            ("mo", Romanian),
            ("ro-MD", Romanian),
            ("mk-MK", Macedonian),
            ("bs-Cyrl-BA", Bosnian),
            ("sqi", Albanian),
            ("en-GB-u-hc-h23", English),
            (" hr_HR ", Croatian),
        ] {
            assert_eq!(Locale::from_tag(tag), Some(locale), "{tag}");
        }
        for tag in
            ["", "-", "de", "srn", "english", "en--GB", "en-", "e", "x-sr", "sr latn", "ср", "en-toolongsubtag", "*"]
        {
            assert_eq!(Locale::from_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn fallbacks_end_with_english_and_leave_out_the_own() {
        for locale in Locale::ALL {
            assert!(!locale.fallbacks().contains(&locale.language()));
            assert!(locale == Locale::English || locale.fallbacks().ends_with(&[Language::English]));
        }
    }
}
