//! The workshops that a browser remembers.

use serde::{Deserialize, Serialize};
use shared::{authority, protocol::api::Me};

/// So many are remembered.
const KNOWN_MAX: usize = 50;

/// A workshop that was created or joined in this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its title, as it was known last.
    pub title: String,
}

/// The list with a workshop at its beginning.
pub fn remember(mut known: Vec<Known>, id: &str, title: &str) -> Vec<Known> {
    known.retain(|known| known.id != id);
    let first = Known {
        id: id.to_owned(),
        title: title.to_owned(),
    };
    known.insert(0, first);
    known.truncate(KNOWN_MAX);
    known
}

/// Whether a workshop's links go from a device with somebody who leaves it: they were theirs to use, and nobody's who
/// is `left`.
pub fn links_go(leaving: &Me, left: &[Me]) -> bool {
    let may = |me: &Me| authority::may_facilitate(me.role);
    may(leaving) && !left.iter().any(may)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::protocol::control::Role;

    #[test]
    fn links_go_with_the_last_who_may_use_them() {
        let me = |role| Me {
            id: "me".into(),
            name: "Ana".into(),
            organisation: String::new(),
            external: false,
            role,
            color: 0,
        };
        let (runs, takes_part) = (me(Role::Facilitator), me(Role::Participant));
        assert!(links_go(&runs, &[]));
        assert!(links_go(&runs, std::slice::from_ref(&takes_part)));
        assert!(!links_go(&runs, std::slice::from_ref(&runs)));
        // Whoever created the workshop has not joined yet, but tried the participants' link.
        assert!(!links_go(&takes_part, &[]));
    }

    #[test]
    fn the_last_one_comes_first_once_and_with_its_present_title() {
        let known = remember(Vec::new(), "a", "Parking");
        let known = remember(known, "b", "Waste");
        let known = remember(known, "a", "Parking 2");
        let listed: Vec<(&str, &str)> = known
            .iter()
            .map(|known| (known.id.as_str(), known.title.as_str()))
            .collect();
        assert_eq!(listed, [("a", "Parking 2"), ("b", "Waste")]);
        let many = (0..80).fold(known, |known, n| remember(known, &n.to_string(), "x"));
        assert_eq!(many.len(), KNOWN_MAX);
    }
}
