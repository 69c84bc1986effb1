//! Makes one function of each word in `locales/`: `search() -> &'static str`, `welcome(name) -> String`,
//! `finds(count: u64) -> String`, so that the compiler checks keys and arguments. A word that a language lacks is
//! English, and cargo warns of it; a test fails where one is missing. Serbian Latin is derived from the Cyrillic.

use std::{collections::BTreeMap, env, error::Error, fmt::Write, fs, path::Path};

/// Variants of `language::Locale`, and the file each is read from.
const LOCALES: [(&str, &str); 8] = [
    ("English", "en"),
    ("Albanian", "sq"),
    ("Bosnian", "bs"),
    ("Croatian", "hr"),
    ("SerbianLatin", "sr"),
    ("SerbianCyrillic", "sr"),
    ("Romanian", "ro"),
    ("Macedonian", "mk"),
];
/// Ends of keys that are plural forms, and the categories of Unicode CLDR they stand for.
const FORMS: [(&str, &str); 3] = [("_one", "One"), ("_few", "Few"), ("_other", "_")];
/// Beginnings of keys that are looked up by a code at run time as well.
const CODED: [&str; 3] = ["country_", "short_country_", "theme_"];

type Words = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    let mut read = Vec::new();
    for (locale, file) in LOCALES {
        let text = fs::read_to_string(format!("locales/{file}.toml")).unwrap_or_default();
        let mut words: Words = toml::from_str(&text).map_err(|error| format!("locales/{file}.toml: {error}"))?;
        if locale == "SerbianLatin" {
            words.values_mut().for_each(|word| *word = language::latin(word));
        }
        read.push((locale, words));
    }
    let mut code = String::from("impl Words {\n");
    let english = &read[0].1;
    let mut names: Vec<&str> = english.keys().map(|key| name(key, english)).collect();
    names.dedup();
    for name in &names {
        function(&mut code, name, &read)?;
    }
    for prefix in CODED {
        lookup(&mut code, prefix, &names)?;
    }
    code.push_str("}\n");
    writeln!(
        code,
        "/// What each language's file lacks.\n#[cfg(test)]\npub(crate) const MISSING: &[&str] = &{:?};",
        missing(&read)
    )?;
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?)
}

/// The function's name: without the ending of a plural form.
fn name<'a>(key: &'a str, english: &Words) -> &'a str {
    FORMS
        .iter()
        .filter_map(|(end, _)| key.strip_suffix(end))
        .find(|stem| english.contains_key(&format!("{stem}_other")) && english.contains_key(&format!("{stem}_one")))
        .unwrap_or(key)
}

fn function(code: &mut String, name: &str, read: &[(&str, Words)]) -> Result<(), Box<dyn Error>> {
    let english = &read[0].1;
    let plural = !english.contains_key(name);
    let sample = english.get(name).or_else(|| english.get(&format!("{name}_other"))).ok_or("a word")?;
    let arguments = arguments(sample);
    let mut parameters = String::new();
    for argument in &arguments {
        let kind = if plural && *argument == "count" { "u64" } else { "impl std::fmt::Display" };
        write!(parameters, ", {argument}: {kind}")?;
    }
    let result = if arguments.is_empty() { "&'static str" } else { "String" };
    let choice = if plural { "(self.0, self.category(count))" } else { "self.0" };
    writeln!(
        code,
        "    /// {}\n    pub fn {name}(self{parameters}) -> {result} {{\n        match {choice} {{",
        sample.replace('\n', " ")
    )?;
    let mut lacking = false;
    for (locale, words) in read {
        let forms: Vec<(&String, String)> = if plural {
            let form = |(end, form): &(&str, &str)| {
                let form = if *form == "_" { "_".to_owned() } else { format!("PluralCategory::{form}") };
                Some((words.get(&format!("{name}{end}"))?, format!("(Locale::{locale}, {form})")))
            };
            FORMS.iter().filter_map(form).collect()
        } else {
            words.get(name).map(|text| (text, format!("Locale::{locale}"))).into_iter().collect()
        };
        lacking |= forms.is_empty();
        for (text, pattern) in forms {
            if self::arguments(text).iter().any(|argument| !arguments.contains(argument)) {
                return Err(format!("{locale}, `{name}`: an argument that the English has not").into());
            }
            let value = if arguments.is_empty() {
                format!("{text:?}")
            } else {
                format!("format!({:?})", text.replace("{{ ", "{").replace(" }}", "}"))
            };
            writeln!(code, "            {pattern} => {value},")?;
        }
    }
    if lacking {
        writeln!(code, "            _ => Words(Locale::English).{name}({}),", arguments.join(", "))?;
    }
    writeln!(code, "        }}\n    }}")?;
    Ok(())
}

/// `country_by_code(code)` for all `country_…`.
fn lookup(code: &mut String, prefix: &str, names: &[&str]) -> Result<(), Box<dyn Error>> {
    let function = prefix.trim_end_matches('_');
    let key = |end: &str| if prefix == "theme_" { end.replace('_', "-") } else { end.to_uppercase() };
    writeln!(
        code,
        "    /// The word for a code, if there is one.\n    pub fn {function}_by_code(self, code: &str) -> Option<&'static str> {{"
    )?;
    writeln!(code, "        match code {{")?;
    for name in names {
        if let Some(end) = name.strip_prefix(prefix) {
            writeln!(code, "            {:?} => Some(self.{name}()),", key(end))?;
        }
    }
    writeln!(code, "            _ => None,\n        }}\n    }}")?;
    if prefix == "country_" || prefix == "theme_" {
        let codes: Vec<String> = names.iter().filter_map(|name| name.strip_prefix(prefix)).map(key).collect();
        writeln!(
            code,
            "    /// All codes for which there is a word.\n    pub const {}_CODES: &[&str] = &{codes:?};",
            function.to_uppercase()
        )?;
    }
    Ok(())
}

fn arguments(text: &str) -> Vec<&str> {
    let mut arguments: Vec<&str> = text.split("{{ ").skip(1).filter_map(|part| part.split(" }}").next()).collect();
    let mut seen = Vec::new();
    arguments.retain(|argument| {
        !seen.contains(argument) && {
            seen.push(*argument);
            true
        }
    });
    arguments
}

/// `sq: search`, for each word that a file lacks or has and English has not.
fn missing(read: &[(&str, Words)]) -> Vec<String> {
    let english = &read[0].1;
    let mut missing = Vec::new();
    for ((locale, words), (_, file)) in read.iter().zip(LOCALES) {
        for key in english.keys().filter(|key| !words.contains_key(*key)) {
            missing.push(format!("{file}: {key}"));
        }
        for key in words.keys().filter(|key| !english.contains_key(*key)) {
            if !key.strip_suffix("_few").is_some_and(|stem| english.contains_key(&format!("{stem}_other"))) {
                missing.push(format!("{file}: {key} is not in English"));
            }
        }
        if *locale != "English" && missing.len() > 3 {
            println!("cargo::warning=locales/{file}.toml lacks words, which are shown in English");
        }
    }
    missing
}
