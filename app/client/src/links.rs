//! A workshop's links: how they are kept, made and shown.

use shared::{
    protocol::{
        api::{self, ForRoles},
        control::Role,
    },
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

/// The row of a role's link.
pub fn row(links: &ForRoles<String>, role: Role) -> LinkRow {
    let (name, about) = match role {
        Role::Participant => (text::SHARE_PARTICIPANT, text::SHARE_PARTICIPANT_ABOUT),
        Role::Observer => (text::SHARE_OBSERVER, text::SHARE_OBSERVER_ABOUT),
        Role::Facilitator => (text::SHARE_FACILITATOR, text::SHARE_FACILITATOR_ABOUT),
    };
    LinkRow {
        role,
        name,
        about,
        link: links.of(role).clone(),
    }
}

/// The links to keep on this device after a facilitator has come in by a link. `role`: what the link lets one do;
/// `known`: the links that the device has already.
pub fn to_keep(
    origin: &str,
    route: &Route,
    role: Option<Role>,
    known: Option<ForRoles<String>>,
) -> Option<ForRoles<String>> {
    let (Route::Join { workshop, key }, Some(role)) = (route, role) else {
        return known;
    };
    if key.is_empty() {
        return known;
    }
    let mut kept = known.unwrap_or_default();
    *kept.of_mut(role) = api::link(origin, &workshop.as_str().into(), key);
    Some(kept)
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
    fn the_link_that_one_came_by_is_kept_beside_the_others() {
        let keep = |fragment: &str, role| {
            let route = Route::parse("/w/w1", fragment);
            to_keep("https://plaza.test", &route, role, Some(links())).unwrap()
        };
        let kept = keep("k=new", Some(Role::Facilitator));
        assert_eq!(kept.facilitator, "https://plaza.test/w/w1#k=new");
        assert_eq!(kept.participant, links().participant);
        // A facilitator who tries the participants' link keeps their own.
        let kept = keep("k=new", Some(Role::Participant));
        assert_eq!(kept.facilitator, links().facilitator);
        assert_eq!(
            row(&kept, Role::Participant).link,
            "https://plaza.test/w/w1#k=new"
        );
        assert_eq!(keep("", Some(Role::Facilitator)), links());
        assert_eq!(keep("k=new", None), links());
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
