//! Dates, times and numbers.

use super::{Words, each, icu, of};
use icu_datetime::{
    DateTimeFormatter, NoCalendarFormatter,
    fieldsets::{MDE, T, YMD, YMDE},
    input::{Date as IcuDate, Time as IcuTime},
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
    LazyLock::new(|| each(|at| NoCalendarFormatter::try_new(icu(at).into(), T::hm()).ok()));
static NUMBERS: LazyLock<Vec<(Locale, Option<DecimalFormatter>)>> =
    LazyLock::new(|| each(|at| DecimalFormatter::try_new(icu(at).into(), Default::default()).ok()));

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
        formatted!(LONG, self.0, date)
    }

    /// Tuesday 6 December
    pub fn day(self, date: Date) -> String {
        formatted!(DAYS, self.0, date)
    }

    /// Tuesday, 6 December 2016
    pub fn day_of_year(self, date: Date) -> String {
        formatted!(WHOLE, self.0, date)
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
