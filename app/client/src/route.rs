//! Addresses: what the path says, and back.

use shared::{id::WorkshopId, protocol::limits};

/// A place in the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Where a workshop is created.
    Start,
    /// Where one joins.
    Join {
        /// The workshop's id.
        workshop: String,
        /// The key of the link; empty where the address carries none.
        key: String,
    },
    /// A canvas.
    Canvas {
        /// The workshop's id.
        workshop: String,
        /// The canvas's id.
        canvas: String,
    },
    /// No such place.
    Unknown,
}

impl Route {
    /// Reads a path and a fragment, also as mail and chat mangle them: `#` written as
    /// `%23`, signs of the sentence around the link, spaces and line ends in it.
    pub fn parse(path: &str, fragment: &str) -> Self {
        let whole = unescaped(&format!("{path}#{}", fragment.trim_start_matches('#')));
        let whole: String = whole.chars().filter(|c| !is_break(*c)).collect();
        let (path, fragment) = whole.split_once('#').unwrap_or((&whole, ""));
        let path = path.split(['?', '&']).next().unwrap_or_default();
        let parts: Vec<&str> = path
            .split('/')
            .map(|part| part.trim_matches(|c| !is_of_id(c)))
            .filter(|part| !part.is_empty())
            .collect();
        match parts.as_slice() {
            [] => Self::Start,
            ["w" | "W", workshop] => Self::Join {
                workshop: id_in(workshop, WORKSHOP_CHARS),
                key: key_in(fragment),
            },
            ["w" | "W", workshop, "c", canvas] => Self::Canvas {
                workshop: (*workshop).to_owned(),
                canvas: (*canvas).to_owned(),
            },
            _ => Self::Unknown,
        }
    }

    /// The path. Never the key: an address may be shown on a shared screen.
    pub fn path(&self) -> String {
        match self {
            Self::Start | Self::Unknown => "/".into(),
            Self::Join { workshop, .. } => format!("/w/{workshop}"),
            Self::Canvas { workshop, canvas } => format!("/w/{workshop}/c/{canvas}"),
        }
    }

    /// The workshop's id; empty where it is of none.
    pub fn workshop(&self) -> String {
        match self {
            Self::Join { workshop, .. } | Self::Canvas { workshop, .. } => workshop.clone(),
            Self::Start | Self::Unknown => String::new(),
        }
    }

    /// The key of a link; empty where there is none.
    pub fn key(&self) -> String {
        match self {
            Self::Join { key, .. } => key.clone(),
            _ => String::new(),
        }
    }

    /// Where one comes in again who has been in a workshop.
    pub fn join(workshop: &str) -> Self {
        Self::Join {
            workshop: workshop.to_owned(),
            key: String::new(),
        }
    }

    /// Whether a key is as long as keys are: a shorter one was cut off on its way.
    pub fn is_whole(key: &str) -> bool {
        key.chars().count() == KEY_CHARS
    }

    /// Whether it is a canvas of this workshop.
    pub fn is_canvas_of(&self, id: &str) -> bool {
        matches!(self, Self::Canvas { workshop, .. } if workshop == id)
    }

    /// The path with `?debug` where the address has it.
    pub fn address(&self, is_debugging: bool) -> String {
        let query = if is_debugging { "?debug" } else { "" };
        format!("{}{query}", self.path())
    }

    /// Whether the query of an address asks for the log.
    pub fn asks_to_debug(query: &str) -> bool {
        let mut parts = query.trim_start_matches('?').split('&');
        parts.any(|part| part == "debug" || part.starts_with("debug="))
    }
}

/// How often a link may have been escaped on its way.
const ESCAPED_MAX: usize = 3;
/// Characters of a workshop's id.
const WORKSHOP_CHARS: usize = chars_of(WorkshopId::RANDOM_BYTES);
/// Characters of a link's key.
const KEY_CHARS: usize = chars_of(limits::KEY_BYTES);

/// Characters of random bytes as base64 without padding.
const fn chars_of(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// What ids and keys are made of.
fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// What breaks a link in two without being seen, or in a line's end.
fn is_break(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

/// The id at the beginning of a text: what comes after it is of the sentence around it.
fn id_in(text: &str, chars: usize) -> String {
    let id = text.chars().take_while(|c| is_of_id(*c));
    id.take(chars).collect()
}

/// The key in a fragment. Mail that writes `=` as `=3D` makes it two characters longer.
fn key_in(fragment: &str) -> String {
    let (_, key) = fragment.split_once("k=").unwrap_or_default();
    let quoted = key.strip_prefix("3D");
    let quoted = quoted.map(|key| id_in(key, KEY_CHARS));
    quoted
        .filter(|key| Route::is_whole(key))
        .unwrap_or_else(|| id_in(key, KEY_CHARS))
}

/// A text with its escapes read, as often as it was escaped.
fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ESCAPED_MAX {
        if !text.contains('%') {
            break;
        }
        text = unescaped_once(&text);
    }
    text
}

fn unescaped_once(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |at: usize| {
            after
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "aBcD_efGh-12aBcD_efGh0";
    const KEY: &str = "QWxhZGRpbjpvcGVuIHNl_-";

    fn joins(path: &str, fragment: &str) -> (String, String) {
        match Route::parse(path, fragment) {
            Route::Join { workshop, key } => (workshop, key),
            other => panic!("{path}{fragment}: {other:?}"),
        }
    }

    #[test]
    fn links_are_read_as_mail_and_chat_mangle_them() {
        let good = (ID.to_owned(), KEY.to_owned());
        for (path, fragment) in [
            (format!("/w/{ID}"), format!("#k={KEY}")),
            (format!("/w/{ID}/"), format!("#k={KEY}")),
            (format!("/w/{ID}%23k={KEY}"), String::new()),
            (format!("/w/{ID}%2523k%253D{KEY}"), String::new()),
            (format!("/w/{ID}%23k={KEY}."), String::new()),
            (format!("/w/{ID}"), format!("#k={KEY}.")),
            (format!("/w/{ID}"), format!("#k={KEY})")),
            (format!("/w/{ID}"), format!("#k={KEY}>")),
            (format!("/w/{ID}"), format!("#k={KEY}%3E")),
            (format!("/w/{ID}"), format!("#k={KEY}%20")),
            (format!("/w/{ID}"), format!("#k%3D{KEY}")),
            (format!("/w/{ID}"), format!("#k={KEY}&data=05%7C02")),
            (format!("/w/{ID}"), format!("#k={KEY}_")),
            (
                format!("/w/{ID}"),
                format!("#k={}%0A {}", &KEY[..9], &KEY[9..]),
            ),
            (
                format!("/w/{ID}"),
                format!("#k={}\u{200b}{}", &KEY[..9], &KEY[9..]),
            ),
            (format!("/w/{ID}&amp;"), format!("#amp;k={KEY}\u{201d}")),
            (format!("/%20w/{ID}"), format!("#k={KEY}")),
            (format!("/W/{ID}"), format!("#k={KEY}")),
            (format!("/w/{ID}"), format!("#k=3D{KEY}")),
        ] {
            assert_eq!(joins(&path, &fragment), good, "{path}{fragment}");
        }
    }

    #[test]
    fn what_is_missing_is_known_to_be_missing() {
        assert_eq!(joins("/w/w1", ""), ("w1".into(), String::new()));
        assert_eq!(joins("/w/w1", "#x=1").1, "");
        assert_eq!(Route::parse("/", "#k=x"), Route::Start);
        assert_eq!(Route::parse("/x/y/z", ""), Route::Unknown);
        assert_eq!(Route::parse("/w/%", ""), Route::Unknown);
    }
}
