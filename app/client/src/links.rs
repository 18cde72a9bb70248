//! A workshop's links: how they are kept, made and shown.

use shared::{
    protocol::api::ForRoles,
    text::{self, Text},
};

use crate::Route;

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// What it is called.
    pub name: Text,
    /// Whom it is for.
    pub about: Text,
    /// The link.
    pub link: String,
}

/// The links that everybody may see, where they are known.
pub fn open_rows(links: &ForRoles<String>) -> Vec<LinkRow> {
    let row = |name, about, link: &String| LinkRow {
        name,
        about,
        link: link.clone(),
    };
    let all = [
        row(
            text::SHARE_PARTICIPANT,
            text::SHARE_PARTICIPANT_ABOUT,
            &links.participant,
        ),
        row(
            text::SHARE_OBSERVER,
            text::SHARE_OBSERVER_ABOUT,
            &links.observer,
        ),
    ];
    all.into_iter().filter(|row| !row.link.is_empty()).collect()
}

/// The facilitators' link, where it is known. It carries the others: a second facilitator
/// can share them too, which the server, having only hashes, could not tell.
pub fn facilitator_row(links: &ForRoles<String>) -> Option<LinkRow> {
    (!links.facilitator.is_empty()).then(|| LinkRow {
        name: text::SHARE_FACILITATOR,
        about: text::SHARE_FACILITATOR_ABOUT,
        link: with_others(links),
    })
}

fn with_others(links: &ForRoles<String>) -> String {
    let mut link = links.facilitator.clone();
    for (name, other) in [("p", &links.participant), ("o", &links.observer)] {
        if let Some((_, key)) = other.split_once("#k=") {
            link.push_str(&format!("&{name}={key}"));
        }
    }
    link
}

/// The links to keep on this device after somebody has joined as a facilitator by a link.
/// `known`: those that the device has already.
pub fn to_keep(
    origin: &str,
    route: &Route,
    known: Option<ForRoles<String>>,
) -> Option<ForRoles<String>> {
    let Route::Join {
        workshop,
        key,
        participant,
        observer,
    } = route
    else {
        return known;
    };
    if key.is_empty() {
        return known;
    }
    let link = |key: &str| match key {
        "" => String::new(),
        key => format!("{origin}/w/{workshop}#k={key}"),
    };
    let known = known.unwrap_or_default();
    let or = |fresh: String, known: String| if fresh.is_empty() { known } else { fresh };
    Some(ForRoles {
        facilitator: link(key),
        participant: or(link(participant), known.participant),
        observer: or(link(observer), known.observer),
    })
}

/// Whether links that begin like this lead nowhere from another computer.
pub fn is_only_here(link: &str) -> bool {
    let (_, rest) = link.split_once("://").unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(inside) => inside.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.ends_with(".localhost") || host == "::1" || host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> ForRoles<String> {
        let link = |key: &str| format!("https://plaza.test/w/w1#k={key}");
        ForRoles {
            facilitator: link("fff"),
            participant: link("ppp"),
            observer: link("ooo"),
        }
    }

    #[test]
    fn a_facilitators_link_carries_the_others_to_a_second_facilitator() {
        let link = facilitator_row(&links()).unwrap().link;
        assert_eq!(link, "https://plaza.test/w/w1#k=fff&p=ppp&o=ooo");
        let (_, fragment) = link.split_once('#').unwrap();
        let route = Route::parse("/w/w1", fragment);
        let kept = to_keep("https://plaza.test", &route, None);
        assert_eq!(kept, Some(links()));
    }

    #[test]
    fn what_a_link_does_not_say_stays_known() {
        let route = Route::parse("/w/w1", "k=new");
        let kept = to_keep("https://plaza.test", &route, Some(links())).unwrap();
        assert_eq!(kept.facilitator, "https://plaza.test/w/w1#k=new");
        assert_eq!(kept.participant, links().participant);
        let no_key = Route::parse("/w/w1", "");
        assert_eq!(to_keep("x", &no_key, Some(links())), Some(links()));
    }

    #[test]
    fn links_that_are_not_known_are_left_out() {
        let mut some = links();
        some.observer = String::new();
        let shown = open_rows(&some);
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].name, text::SHARE_PARTICIPANT);
        some.facilitator = String::new();
        assert_eq!(facilitator_row(&some), None);
    }

    #[test]
    fn a_link_of_this_computer_is_told_from_one_that_others_reach() {
        for here in [
            "http://localhost:8080/w/x",
            "http://127.0.0.1:80/",
            "http://[::1]:8080/w/x",
            "http://127.1.2.3/w",
        ] {
            assert!(is_only_here(here), "{here}");
        }
        for there in [
            "https://plaza.test/w/x",
            "http://192.168.1.5:8080/w",
            "http://localhost.evil.test/",
        ] {
            assert!(!is_only_here(there), "{there}");
        }
    }
}
