//! Marks on stretches of a text: bold, italic, links. A mark never changes how wide a
//! text is, so that lines break the same with and without it.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use serde::{Deserialize, Serialize};

/// The longest address that a link may have, in bytes.
pub const LINK_MAX: usize = 2_000;
/// The name of bold in shared texts; its value is true.
pub const BOLD: &str = "b";
/// The name of italic in shared texts; its value is true.
pub const ITALIC: &str = "i";
/// The name of a link in shared texts; its value is an address.
pub const LINK: &str = "a";

/// How a stretch of text looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Bold.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    /// Italic.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub italic: bool,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A stretch of text with a look of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// How it looks.
    pub look: Look,
}

/// A mark to be put on a stretch of text, or taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Bold or not.
    Bold(bool),
    /// Italic or not.
    Italic(bool),
    /// A link to an address that [`safe_link`] has answered, or none.
    Link(Option<String>),
}

impl Format {
    fn is_on(&self, look: &Look) -> bool {
        match self {
            Self::Bold(on) => look.bold == *on,
            Self::Italic(on) => look.italic == *on,
            Self::Link(link) => look.link == *link,
        }
    }
}

/// Whether every character of a stretch has this mark already.
pub fn covers(runs: &[Run], stretch: &Range<usize>, format: &Format) -> bool {
    pieces(runs, stretch).all(|(_, look)| format.is_on(&look))
}

/// A stretch cut where the look changes: every byte of it is in one piece, in order.
pub fn pieces<'a>(
    runs: &'a [Run],
    stretch: &Range<usize>,
) -> impl Iterator<Item = (Range<usize>, Look)> + 'a {
    let (mut at, end) = (stretch.start, stretch.end);
    let mut runs = runs
        .iter()
        .filter(move |run| run.range.end > at && run.range.start < end)
        .peekable();
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let start = at;
        let Some(run) = runs.peek() else {
            at = end;
            return Some((start..end, Look::default()));
        };
        if run.range.start > start {
            at = run.range.start.min(end);
            return Some((start..at, Look::default()));
        }
        at = run.range.end.min(end);
        let look = run.look.clone();
        runs.next();
        Some((start..at, look))
    })
}

/// The marks of a text with the addresses in it as links too.
pub fn with_found_links(text: &str, runs: &[Run]) -> Vec<Run> {
    let may_have = ["://", "mailto:", "www."].iter().any(|s| text.contains(s));
    if !may_have {
        return runs.to_vec();
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    let found: Vec<(Range<usize>, String)> = finder
        .links(text)
        .filter(|link| link.as_str().contains(':') || link.as_str().starts_with("www."))
        .filter_map(|link| Some((link.start()..link.end(), safe_link(link.as_str())?)))
        .collect();
    let mut merged = Vec::new();
    let mut plain_from = 0;
    for (range, address) in found {
        merged.extend(runs_of(runs, plain_from..range.start));
        for (piece, mut look) in pieces(runs, &range) {
            look.link.get_or_insert_with(|| address.clone());
            merged.push(Run { range: piece, look });
        }
        plain_from = range.end;
    }
    merged.extend(runs_of(runs, plain_from..text.len()));
    merged
}

fn runs_of(runs: &[Run], stretch: Range<usize>) -> Vec<Run> {
    pieces(runs, &stretch)
        .filter(|(_, look)| *look != Look::default())
        .map(|(range, look)| Run { range, look })
        .collect()
}

/// The first link of a text.
pub fn first_link(text: &str, runs: &[Run]) -> Option<String> {
    with_found_links(text, runs)
        .into_iter()
        .find_map(|run| run.look.link)
}

/// An address as a link that may be opened: http, https and mailto only; without a scheme
/// https is meant. `None` for anything else.
pub fn safe_link(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let has_odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"');
    if typed.is_empty() || typed.len() > LINK_MAX || typed.contains(has_odd) {
        return None;
    }
    let lower = typed.to_ascii_lowercase();
    let rest = ["http://", "https://", "mailto:"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme));
    match rest {
        Some(rest) => (!rest.is_empty()).then(|| typed.to_owned()),
        // A colon before any slash is some other scheme, or a port; neither is guessed at.
        None if lower
            .split('/')
            .next()
            .is_some_and(|host| host.contains(':')) =>
        {
            None
        }
        None if lower.starts_with('/') => None,
        None if lower.contains('@') && !lower.contains('/') => Some(format!("mailto:{typed}")),
        None => lower
            .split('/')
            .next()
            .is_some_and(|host| host.contains('.') && !host.starts_with('.'))
            .then(|| format!("https://{typed}")),
    }
}

/// Marks as they may have come from anywhere: in order, apart, within the text, on whole
/// characters, links safe.
pub fn sane(text: &str, runs: Vec<Run>) -> Vec<Run> {
    let mut end = 0;
    let mut sane = Vec::new();
    for mut run in runs {
        let Range { start, end: to } = run.range;
        let is_whole = start >= end && start < to && text.get(start..to).is_some();
        run.look.link = run.look.link.as_deref().and_then(safe_link);
        if is_whole && run.look != Look::default() {
            end = to;
            sane.push(run);
        }
    }
    sane
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(range: Range<usize>) -> Run {
        Run {
            range,
            look: Look {
                bold: true,
                ..Look::default()
            },
        }
    }

    #[test]
    fn a_stretch_is_cut_where_the_look_changes() {
        let runs = [bold(2..5), bold(8..9)];
        let cut = |stretch: Range<usize>| -> Vec<_> {
            pieces(&runs, &stretch)
                .map(|(range, look)| (range, look.bold))
                .collect()
        };
        assert_eq!(
            cut(0..10),
            [
                (0..2, false),
                (2..5, true),
                (5..8, false),
                (8..9, true),
                (9..10, false)
            ]
        );
        assert_eq!(cut(3..4), [(3..4, true)]);
        assert_eq!(cut(5..5), []);
    }

    #[test]
    fn a_mark_covers_only_where_it_is_everywhere() {
        let runs = [bold(2..5)];
        assert!(covers(&runs, &(2..5), &Format::Bold(true)));
        assert!(!covers(&runs, &(1..5), &Format::Bold(true)));
        assert!(covers(&runs, &(0..2), &Format::Bold(false)));
    }

    #[test]
    fn addresses_in_a_text_are_links() {
        let text = "see https://data.example.org/sets, www.example.org and ftp://example.org.";
        let links: Vec<_> = with_found_links(text, &[])
            .into_iter()
            .map(|run| (text[run.range.clone()].to_owned(), run.look.link.unwrap()))
            .collect();
        assert_eq!(
            links,
            [
                (
                    "https://data.example.org/sets".to_owned(),
                    "https://data.example.org/sets".to_owned()
                ),
                (
                    "www.example.org".to_owned(),
                    "https://www.example.org".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn what_is_marked_stays_marked_around_found_links() {
        let text = "bold https://a.org bold";
        let runs = with_found_links(text, &[bold(0..text.len())]);
        assert!(runs.iter().all(|run| run.look.bold));
        assert_eq!(runs.iter().filter(|run| run.look.link.is_some()).count(), 1);
        assert_eq!(runs.last().unwrap().range.end, text.len());
    }

    #[test]
    fn only_safe_addresses_become_links() {
        for (typed, link) in [
            ("https://a.org/x?y=1", Some("https://a.org/x?y=1")),
            (" HTTP://A.org ", Some("HTTP://A.org")),
            ("mailto:a@b.org", Some("mailto:a@b.org")),
            ("a@b.org", Some("mailto:a@b.org")),
            ("a.org/path", Some("https://a.org/path")),
            ("javascript:alert(1)", None),
            ("JAVASCRIPT://a.org/%0aalert(1)", None),
            ("data:text/html,x", None),
            ("vbscript:x", None),
            ("https://a.org/ x", None),
            ("//a.org", None),
            ("word", None),
            ("", None),
        ] {
            assert_eq!(safe_link(typed).as_deref(), link, "{typed:?}");
        }
    }

    #[test]
    fn marks_from_elsewhere_are_made_sane() {
        let text = "né";
        let link = Run {
            range: 0..1,
            look: Look {
                link: Some("javascript:x".into()),
                ..Look::default()
            },
        };
        let runs = vec![link, bold(0..2), bold(0..3), bold(1..3), bold(9..12)];
        assert_eq!(sane(text, runs), [bold(0..3)]);
    }
}
