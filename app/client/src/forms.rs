//! The start page and the join page: what is missing, what is kept of a link, and where one
//! goes once one has joined.

use shared::{
    protocol::{
        Refusal,
        api::{Joined, Me},
        line,
    },
    text::{self, Phrase},
};

use crate::Route;

/// Whether a workshop's title can be sent.
///
/// # Errors
/// Why not: what the server would say.
pub fn check_title(title: &str) -> Result<(), Refusal> {
    if line::clean_title(title).is_empty() {
        return Err(Refusal::TitleMissing);
    }
    Ok(())
}

/// Whether a name can be sent.
///
/// # Errors
/// Why not: what the server would say.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    if line::clean_name(name).is_empty() {
        return Err(Refusal::NameMissing);
    }
    Ok(())
}

/// Who comes in at once at an address without a key: whoever was here in this tab and has to
/// come in again, otherwise the only one who has joined in this browser.
pub fn comes_in<'a>(known: &'a [Me], of_tab: Option<&'a Me>, is_back: bool) -> Option<&'a Me> {
    match (of_tab, known) {
        (Some(me), _) if is_back => Some(me),
        (_, [only]) if !is_back => Some(only),
        _ => None,
    }
}

/// Where one goes once one has joined: to the first canvas.
///
/// # Errors
/// What to tell the person.
pub fn first_canvas(joined: &Joined) -> Result<Route, Phrase> {
    let mut canvases = joined.workshop.canvases.iter();
    let first = canvases.find(|canvas| !canvas.archived);
    let canvas = first.ok_or(text::JOIN_NO_CANVAS)?;
    Ok(Route::Canvas {
        workshop: joined.workshop.id.to_string(),
        canvas: canvas.id.to_string(),
    })
}
