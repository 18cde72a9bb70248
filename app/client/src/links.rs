//! A workshop's links, as they are shown.

use shared::protocol::api::ForRoles;

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// What it is called.
    pub label: &'static str,
    /// The same within a sentence.
    pub name: &'static str,
    /// Whom it is for.
    pub what: &'static str,
    /// The link.
    pub link: String,
}

/// The links that are known, in their order.
pub fn rows(links: &ForRoles<String>) -> Vec<LinkRow> {
    let row = |label, name, what, link: &String| LinkRow {
        label,
        name,
        what,
        link: link.clone(),
    };
    let all = [
        row(
            "Facilitator link",
            "facilitator link",
            "For you and a co-facilitator. Keep it to yourselves.",
            &links.facilitator,
        ),
        row(
            "Participant link",
            "participant link",
            "For everyone who takes part.",
            &links.participant,
        ),
        row(
            "Observer link",
            "observer link",
            "For people who only watch.",
            &links.observer,
        ),
    ];
    let is_known = |row: &LinkRow| !row.link.is_empty();
    all.into_iter().filter(is_known).collect()
}

/// The link of which a QR code is shown: that of the participants, where it is known.
pub fn scanned(links: &ForRoles<String>) -> Option<&str> {
    Some(links.participant.as_str()).filter(|link| !link.is_empty())
}
