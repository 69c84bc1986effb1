//! Dates, times and numbers.

use super::{Words, each, icu, of};
use icu_datetime::{
    DateTimeFormatter, DateTimeFormatterPreferences, NoCalendarFormatter,
    fieldsets::{MDE, T, YMD, YMDE},
    input::{Date as IcuDate, Time as IcuTime},
    preferences::HourCycle,
};
use icu_decimal::{DecimalFormatter, input::Decimal};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use language::Locale;
use std::sync::LazyLock;

type Dates<F> = LazyLock<Vec<(Locale, Option<DateTimeFormatter<F>>)>>;

static LONG: Dates<YMD> = LazyLock::new(|| each(|at| DateTimeFormatter::try_new(icu(at).into(), YMD::long()).ok()));
static DAYS: Dates<MDE> = LazyLock::new(|| each(|at| DateTimeFormatter::try_new(icu(at).into(), MDE::long()).ok()));
static WHOLE: Dates<YMDE> = LazyLock::new(|| each(|at| DateTimeFormatter::try_new(icu(at).into(), YMDE::long()).ok()));
static TIMES: LazyLock<Vec<(Locale, Option<NoCalendarFormatter<T>>)>> =
    LazyLock::new(|| each(|at| NoCalendarFormatter::try_new(by_24_hours(icu(at).into()), T::hm()).ok()));
static NUMBERS: LazyLock<Vec<(Locale, Option<DecimalFormatter>)>> =
    LazyLock::new(|| each(|at| DecimalFormatter::try_new(icu(at).into(), Default::default()).ok()));

/// As programmes are printed, also where a language's clock of every day has twelve hours.
fn by_24_hours(mut how: DateTimeFormatterPreferences) -> DateTimeFormatterPreferences {
    how.hour_cycle = Some(HourCycle::H23);
    how
}

/// A date as a language writes it, or as ISO 8601 does where the language's data is missing.
macro_rules! formatted {
    ($formats:ident, $locale:expr, $date:expr) => {{
        let part = |number: i8| u8::try_from(number).unwrap_or_default();
        let date = IcuDate::try_new_iso($date.year().into(), part($date.month()), part($date.day())).ok();
        match (of(&$formats, $locale).and_then(Option::as_ref), date) {
            (Some(format), Some(date)) => format.format(&date).to_string(),
            _ => $date.to_string(),
        }
    }};
}

impl Words {
    /// 6 December 2016
    pub fn date(self, date: Date) -> String {
        self.as_written(formatted!(LONG, self.0, date))
    }

    /// Tuesday 6 December
    pub fn day(self, date: Date) -> String {
        self.as_written(formatted!(DAYS, self.0, date))
    }

    /// Tuesday, 6 December 2016
    pub fn day_of_year(self, date: Date) -> String {
        match self.0 {
            // CLDR leaves the dot behind the day out.
            Locale::Bosnian => format!("{} {}.", self.day(date), date.year()),
            _ => self.as_written(formatted!(WHOLE, self.0, date)),
        }
    }

    /// 6–7 December 2016. All our languages put the day first.
    pub fn dates(self, from: Date, to: Date) -> String {
        if from == to {
            return self.date(to);
        }
        if (from.year(), from.month()) != (to.year(), to.month()) {
            return format!("{} – {}", self.date(from), self.date(to));
        }
        let dot = matches!(self.0, Locale::Bosnian | Locale::Croatian | Locale::SerbianLatin | Locale::SerbianCyrillic);
        format!("{}{}–\u{2060}{}", from.day(), if dot { "." } else { "" }, self.date(to))
    }

    /// What CLDR has otherwise than people write it: "06. децембар" in Serbian, and in Macedonian "г" without its dot.
    fn as_written(self, date: String) -> String {
        match self.0 {
            Locale::SerbianLatin | Locale::SerbianCyrillic => {
                let date = date.replace(" 0", " ");
                date.strip_prefix('0').map(str::to_owned).unwrap_or(date)
            }
            Locale::Macedonian if date.ends_with('г') => date + ".",
            _ => date,
        }
    }

    /// 09:00
    pub fn time(self, at: Timestamp, zone: &TimeZone) -> String {
        let at = zone.to_datetime(at);
        let part = |number: i8| u8::try_from(number).unwrap_or_default();
        let time = IcuTime::try_new(part(at.hour()), part(at.minute()), 0, 0).ok();
        let format = of(&TIMES, self.0).and_then(Option::as_ref);
        match (format, time) {
            (Some(format), Some(time)) => format.format(&time).to_string(),
            _ => format!("{:02}:{:02}", at.hour(), at.minute()),
        }
    }

    /// A whole number with the separators of the language.
    pub fn number(self, number: u64) -> String {
        self.decimal(Decimal::from(number))
    }

    /// A number of tenths, as a number with one decimal.
    pub fn tenths(self, tenths: u64) -> String {
        let mut decimal = Decimal::from(tenths);
        decimal.multiply_pow10(-1);
        self.decimal(decimal)
    }

    fn decimal(self, decimal: Decimal) -> String {
        match of(&NUMBERS, self.0).and_then(Option::as_ref) {
            Some(format) => format.format(&decimal).to_string(),
            None => decimal.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let (first, last) = (date(2016, 12, 6), date(2016, 12, 7));
        for (locale, wanted) in [
            (
                Locale::English,
                ["6 December 2016", "Tuesday 6 December", "Tuesday, 6 December 2016", "6–7 December 2016"],
            ),
            (Locale::Albanian, ["6 dhjetor 2016", "e martë, 6 dhjetor", "e martë, 6 dhjetor 2016", "6–7 dhjetor 2016"]),
            (
                Locale::Bosnian,
                ["6. decembar 2016.", "utorak, 6. decembar", "utorak, 6. decembar 2016.", "6.–7. decembar 2016."],
            ),
            (
                Locale::Croatian,
                ["6. prosinca 2016.", "utorak, 6. prosinca", "utorak, 6. prosinca 2016.", "6.–7. prosinca 2016."],
            ),
            (
                Locale::SerbianLatin,
                ["6. decembar 2016.", "utorak 6. decembar", "utorak 6. decembar 2016.", "6.–7. decembar 2016."],
            ),
            (
                Locale::SerbianCyrillic,
                ["6. децембар 2016.", "уторак 6. децембар", "уторак 6. децембар 2016.", "6.–7. децембар 2016."],
            ),
            (
                Locale::Romanian,
                ["6 decembrie 2016", "marți, 6 decembrie", "marți, 6 decembrie 2016", "6–7 decembrie 2016"],
            ),
            (
                Locale::Macedonian,
                ["6 декември 2016 г.", "вторник, 6 декември", "вторник, 6 декември 2016 г.", "6–7 декември 2016 г."],
            ),
        ] {
            let words = Words(locale);
            let written = [words.date(first), words.day(first), words.day_of_year(first), words.dates(first, last)];
            // Spaces that do not break, and a mark that forbids a break, look like what they stand for.
            let written = written.map(|date| date.replace('\u{2060}', "").replace(['\u{202f}', '\u{a0}'], " "));
            assert_eq!(written, wanted, "{locale:?}");
        }
    }

    #[test]
    fn a_range_over_months_or_years_names_both_and_one_day_is_named_once() {
        let words = Words(Locale::English);
        let range = |from, to| words.dates(from, to);
        assert_eq!(range(date(2016, 12, 6), date(2016, 12, 6)), "6 December 2016");
        assert_eq!(range(date(2016, 11, 30), date(2016, 12, 2)), "30 November 2016 – 2 December 2016");
        assert_eq!(range(date(2016, 12, 31), date(2017, 1, 1)), "31 December 2016 – 1 January 2017");
        assert_eq!(Words(Locale::SerbianCyrillic).date(date(2016, 12, 10)), "10. децембар 2016.");
    }
}
