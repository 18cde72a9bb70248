//! A workshop's links: how they are kept, made and shown.

use shared::{
    protocol::{api::ForRoles, control::Role},
    text::{self, Text},
};

use crate::Route;

/// The link of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// What it lets one do.
    pub role: Role,
    /// What it is called.
    pub name: Text,
    /// Whom it is for.
    pub about: Text,
    /// The link; empty where this device does not know it.
    pub link: String,
}

/// The row of a role's link. The facilitators' carries the others: a second facilitator can share them too, which the
/// server, having only hashes, could not tell.
pub fn row(links: &ForRoles<String>, role: Role) -> LinkRow {
    let (name, about, link) = match role {
        Role::Participant => (
            text::SHARE_PARTICIPANT,
            text::SHARE_PARTICIPANT_ABOUT,
            links.participant.clone(),
        ),
        Role::Observer => (
            text::SHARE_OBSERVER,
            text::SHARE_OBSERVER_ABOUT,
            links.observer.clone(),
        ),
        Role::Facilitator => (
            text::SHARE_FACILITATOR,
            text::SHARE_FACILITATOR_ABOUT,
            with_others(links),
        ),
    };
    LinkRow {
        role,
        name,
        about,
        link,
    }
}

fn with_others(links: &ForRoles<String>) -> String {
    if links.facilitator.is_empty() {
        return String::new();
    }
    let mut link = links.facilitator.clone();
    for (name, other) in [("p", &links.participant), ("o", &links.observer)] {
        if let Some(key) = key_of(other) {
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
    // What other links say of keys is not to be believed, and an old link says nothing of newer ones.
    if role == Role::Facilitator {
        for (kept, key) in [
            (&mut kept.participant, participant),
            (&mut kept.observer, observer),
        ] {
            if kept.is_empty() {
                *kept = link(key);
            }
        }
    }
    *kept.of_mut(role) = link(key);
    Some(kept)
}

/// The key in a link.
pub fn key_of(link: &str) -> Option<&str> {
    let (_, fragment) = link.split_once("#k=")?;
    fragment.split('&').next()
}

/// Whether links lead nowhere from another computer.
pub fn is_only_here(links: &ForRoles<String>) -> bool {
    let all = [&links.participant, &links.facilitator, &links.observer];
    all.into_iter().any(|link| is_of_this_computer(link))
}

fn is_of_this_computer(link: &str) -> bool {
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
        let link = row(&links(), Role::Facilitator).link;
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
        // An old one does not take the place of links that are known.
        let route = Route::parse("/w/w1", "k=fff&p=old&o=old");
        let kept = to_keep("https://plaza.test", &route, role, Some(links()));
        assert_eq!(kept, Some(links()));
        let no_key = Route::parse("/w/w1", "");
        assert_eq!(to_keep("x", &no_key, None, Some(links())), Some(links()));
        // A facilitator who tries the participants' link keeps their own.
        let role = Some(Role::Participant);
        let kept = to_keep("https://plaza.test", &route, role, Some(links())).unwrap();
        assert_eq!(kept.facilitator, links().facilitator);
        assert_eq!(kept.participant, "https://plaza.test/w/w1#k=new");
    }

    #[test]
    fn a_link_that_is_not_known_is_empty_whatever_others_are() {
        let some = ForRoles {
            facilitator: String::new(),
            ..links()
        };
        assert_eq!(row(&some, Role::Facilitator).link, "");
        assert_eq!(row(&some, Role::Observer).link, links().observer);
        assert_eq!(key_of("https://plaza.test/w/w1#k=fff&p=ppp"), Some("fff"));
        assert_eq!(key_of(""), None);
    }

    #[test]
    fn a_link_of_this_computer_is_told_from_one_that_others_reach() {
        for here in [
            "http://localhost:8080/w/x",
            "http://127.0.0.1:80/",
            "http://[::1]:8080/w/x",
            "http://127.1.2.3/w",
        ] {
            assert!(is_of_this_computer(here), "{here}");
        }
        for there in [
            "https://plaza.test/w/x",
            "http://192.168.1.5:8080/w",
            "http://localhost.evil.test/",
        ] {
            assert!(!is_of_this_computer(there), "{there}");
        }
    }
}
