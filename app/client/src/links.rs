//! A workshop's links: how they are kept, made and shown.

use shared::{
    protocol::{api::ForRoles, control::Role},
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

/// The links to keep on this device after a facilitator has come in by a link, which may be
/// another than the facilitators'. `role`: what the link lets one do; `known`: the links that
/// the device has already.
pub fn to_keep(
    origin: &str,
    route: &Route,
    role: Option<Role>,
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
    let Some(role) = role.filter(|_| !key.is_empty()) else {
        return known;
    };
    let link = |key: &str| match key {
        "" => String::new(),
        key => format!("{origin}/w/{workshop}#k={key}"),
    };
    let mut kept = known.unwrap_or_default();
    let keep = |kept: &mut String, key: &str| {
        if !key.is_empty() {
            *kept = link(key);
        }
    };
    // What other links say of keys is not to be believed.
    if role == Role::Facilitator {
        keep(&mut kept.participant, participant);
        keep(&mut kept.observer, observer);
    }
    let of_role = match role {
        Role::Facilitator => &mut kept.facilitator,
        Role::Participant => &mut kept.participant,
        Role::Observer => &mut kept.observer,
    };
    keep(of_role, key);
    Some(kept)
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
        let kept = to_keep("https://plaza.test", &route, Some(Role::Facilitator), None);
        assert_eq!(kept, Some(links()));
    }

    #[test]
    fn what_a_link_does_not_say_stays_known() {
        let route = Route::parse("/w/w1", "k=new");
        let role = Some(Role::Facilitator);
        let kept = to_keep("https://plaza.test", &route, role, Some(links())).unwrap();
        assert_eq!(kept.facilitator, "https://plaza.test/w/w1#k=new");
        assert_eq!(kept.participant, links().participant);
        let no_key = Route::parse("/w/w1", "");
        assert_eq!(to_keep("x", &no_key, None, Some(links())), Some(links()));
        // A facilitator who tries the participants' link keeps their own.
        let role = Some(Role::Participant);
        let kept = to_keep("https://plaza.test", &route, role, Some(links())).unwrap();
        assert_eq!(kept.facilitator, links().facilitator);
        assert_eq!(kept.participant, "https://plaza.test/w/w1#k=new");
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
