//! The start page and the join page: what is missing, and what is kept of a link.

use shared::protocol::api::ForRoles;

/// What is wrong with a workshop's title, for the person.
///
/// # Errors
/// The sentence to show.
pub fn check_title(title: &str) -> Result<(), &'static str> {
    if title.trim().is_empty() {
        return Err("Please give the workshop a title.");
    }
    Ok(())
}

/// What is wrong with a name, for the person.
///
/// # Errors
/// The sentence to show.
pub fn check_name(name: &str) -> Result<(), &'static str> {
    if name.trim().is_empty() {
        return Err("Please type your name.");
    }
    Ok(())
}

/// The links to keep on this device after somebody has joined with a key: a facilitator's
/// own, so that it can be shared from the canvas, unless the device knows the links.
pub fn links_to_keep(
    origin: &str,
    workshop: &str,
    role: &str,
    key: &str,
    has_links: bool,
) -> Option<ForRoles<String>> {
    if role != "facilitator" || key.is_empty() || has_links {
        return None;
    }
    Some(ForRoles {
        facilitator: format!("{origin}/w/{workshop}#k={key}"),
        participant: String::new(),
        observer: String::new(),
    })
}
