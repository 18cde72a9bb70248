//! Which language the page has.

/// The language that the client has inside.
pub const ENGLISH: &str = "en";

/// A language that has a file: its code, and the path of the file.
pub type File<'a> = (&'a str, &'a str);

/// The languages with a file, as the page lists them: `de=/texts/de-….txt …`.
pub fn files(listed: &str) -> Vec<File<'_>> {
    let pairs = listed.split(' ');
    pairs.filter_map(|pair| pair.split_once('=')).collect()
}

/// The language that an address asks for: `?lang=de`. That becomes the person's choice.
pub fn asked<'a>(query: &'a str, files: &[File<'_>]) -> Option<&'a str> {
    let pairs = query.trim_start_matches('?').split('&');
    let mut codes = pairs.filter_map(|pair| pair.strip_prefix("lang="));
    codes.find(|code| is_there(code, files))
}

/// The language to begin with: the one that the person chose, else the first that the
/// browser asks for and that there is, else English.
pub fn preferred(
    chosen: Option<String>,
    browser: impl IntoIterator<Item = String>,
    files: &[File<'_>],
) -> String {
    if let Some(chosen) = chosen.filter(|chosen| is_there(chosen, files)) {
        return chosen;
    }
    let mut codes = browser.into_iter().map(|language| {
        let code = language.split('-').next();
        code.unwrap_or_default().to_ascii_lowercase()
    });
    let found = codes.find(|code| is_there(code, files));
    found.unwrap_or_else(|| ENGLISH.to_owned())
}

fn is_there(code: &str, files: &[File<'_>]) -> bool {
    code == ENGLISH || files.iter().any(|(known, _)| *known == code)
}
