//! Bold, italic, lists and links, on what is selected in the open text, or on the whole
//! text of what is selected.

use std::ops::Range;

use shared::{
    board::{Command, TextEdit, text_edit::utf16_len},
    draw::marks::{self, Format},
    object::Object,
    text::{self, Text},
};

use super::{Deed, Plan};
use crate::{Context, Effect, LinkAsked, part::Parts, text::list::toggled};

/// The texts that a format is for: each object with a stretch of its text, in UTF-16
/// units.
fn stretches<'a>(parts: &Parts, cx: &Context<'a>) -> Vec<(&'a Object, Range<u32>)> {
    if !cx.rights.writes {
        return Vec::new();
    }
    if let Some(object) = parts.writing.id().and_then(|id| cx.view.get(id)) {
        let whole = 0..utf16_len(&object.text);
        let chosen = cx.selected_text.clone().filter(|chosen| !chosen.is_empty());
        return vec![(object, chosen.unwrap_or(whole))];
    }
    parts
        .sel
        .objects(cx)
        .into_iter()
        .filter(|object| object.kind.features().has_text && !object.is_locked)
        .map(|object| (object, 0..utf16_len(&object.text)))
        .filter(|(_, stretch)| !stretch.is_empty())
        .collect()
}

/// Puts a mark on, or takes it off where it is everywhere already.
pub(crate) fn format(on: &Format, off: &Format, parts: &Parts, cx: &Context<'_>) -> Plan {
    let stretches = stretches(parts, cx);
    let is_on = stretches.iter().all(|(object, stretch)| {
        marks::covers(&object.marks, &TextEdit::within(&object.text, stretch), on)
    });
    let format = if is_on { off } else { on };
    let commands = stretches
        .into_iter()
        .map(|(object, stretch)| Command::Format(object.id.clone(), stretch, format.clone()));
    written(commands.collect())
}

/// Makes lists of lines, or lines of lists.
pub(crate) fn bullet(parts: &Parts, cx: &Context<'_>) -> Plan {
    let commands = stretches(parts, cx)
        .into_iter()
        .flat_map(|(object, stretch)| {
            let edits = toggled(&object.text, &stretch);
            edits
                .into_iter()
                .map(|edit| Command::EditText(object.id.clone(), edit))
        });
    written(commands.collect())
}

fn written(commands: Vec<Command>) -> Plan {
    if commands.is_empty() {
        return Plan::unused();
    }
    Plan::of([Deed::Write(commands)])
}

/// Asks where the chosen words are to lead.
pub(crate) fn ask_link(parts: &Parts, cx: &Context<'_>) -> Plan {
    let stretches = stretches(parts, cx);
    let [(object, stretch)] = &stretches[..] else {
        return Plan::unused();
    };
    let bytes = TextEdit::within(&object.text, stretch);
    let address = marks::pieces(&object.marks, &bytes).find_map(|(_, look)| look.link);
    let asked = LinkAsked {
        id: object.id.clone(),
        stretch: stretch.clone(),
        address: address.unwrap_or_default(),
    };
    Plan::of([Effect::AskLink(asked).into()])
}

/// Sets the link that was asked for; an empty address takes it off.
///
/// # Errors
/// What to tell the person where the address cannot be opened safely.
pub(crate) fn set_link(asked: LinkAsked, typed: &str) -> Result<Plan, Text> {
    let link = marks::safe_link(typed);
    if link.is_none() && !typed.trim().is_empty() {
        return Err(text::LINK_UNSAFE);
    }
    let command = Command::Format(asked.id, asked.stretch, Format::Link(link));
    Ok(written(vec![command]))
}

/// Opens the first link of the one selected object.
pub(crate) fn open_link(parts: &Parts, cx: &Context<'_>) -> Plan {
    match link_of_selected(parts, cx) {
        Some(link) => Plan::of([Effect::OpenLink(link).into()]),
        None => Plan::unused(),
    }
}

/// The first link of the one selected object.
pub(crate) fn link_of_selected(parts: &Parts, cx: &Context<'_>) -> Option<String> {
    let object = parts.sel.one(cx)?;
    marks::first_link(&object.text, &object.marks)
}
