//! Bold, italic, lists and links, on what is selected in the open text, or on the whole
//! text of what is selected.

use std::ops::Range;

use shared::{
    board::{Command, TextEdit, text_edit::utf16_len},
    draw::marks::{self, Format},
    id::ObjectId,
    object::Object,
};

use crate::{Context, Editor, Effect, Reply, text::list};

/// A link that is asked for: where it is to stand, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkAsked {
    /// In the text of which object.
    pub id: ObjectId,
    /// Where in it, in UTF-16 units.
    pub stretch: Range<u32>,
    /// Its address; empty for a new one.
    pub address: String,
}

impl Editor {
    /// The texts that a format is for: each object with a stretch of its text, in UTF-16
    /// units.
    fn stretches<'a>(&self, cx: &Context<'a>) -> Vec<(&'a Object, Range<u32>)> {
        if cx.read_only {
            return Vec::new();
        }
        if let Some(object) = self.editing().and_then(|id| cx.view.get(id)) {
            let whole = 0..utf16_len(&object.text);
            let chosen = cx.selected_text.clone().filter(|chosen| !chosen.is_empty());
            return vec![(object, chosen.unwrap_or(whole))];
        }
        self.selected(cx)
            .into_iter()
            .filter(|object| object.kind.features().has_text && !object.is_locked)
            .map(|object| (object, 0..utf16_len(&object.text)))
            .filter(|(_, stretch)| !stretch.is_empty())
            .collect()
    }

    /// Puts a mark on, or takes it off where it is everywhere already.
    pub(crate) fn format(&mut self, on: &Format, off: &Format, cx: &Context<'_>) -> Reply {
        let stretches = self.stretches(cx);
        let is_on = stretches.iter().all(|(object, stretch)| {
            marks::covers(&object.marks, &TextEdit::within(&object.text, stretch), on)
        });
        let format = if is_on { off } else { on };
        let commands = stretches
            .into_iter()
            .map(|(object, stretch)| Command::Format(object.id.clone(), stretch, format.clone()));
        self.write_step(commands.collect())
    }

    /// Makes lists of lines, or lines of lists.
    pub(crate) fn bullet(&mut self, cx: &Context<'_>) -> Reply {
        let commands = self
            .stretches(cx)
            .into_iter()
            .flat_map(|(object, stretch)| {
                let edits = list::toggled(&object.text, &stretch);
                edits
                    .into_iter()
                    .map(|edit| Command::EditText(object.id.clone(), edit))
            });
        let commands = commands.collect();
        self.write_step(commands)
    }

    fn write_step(&mut self, commands: Vec<Command>) -> Reply {
        if commands.is_empty() {
            return Reply::unused();
        }
        self.mark_other_step();
        Reply::used([Effect::Do(commands)])
    }

    /// Asks where the chosen words are to lead.
    pub(crate) fn ask_link(&mut self, cx: &Context<'_>) -> Reply {
        let stretches = self.stretches(cx);
        let [(object, stretch)] = &stretches[..] else {
            return Reply::unused();
        };
        let bytes = TextEdit::within(&object.text, stretch);
        let address = marks::pieces(&object.marks, &bytes).find_map(|(_, look)| look.link);
        Reply::used([Effect::AskLink(LinkAsked {
            id: object.id.clone(),
            stretch: stretch.clone(),
            address: address.unwrap_or_default(),
        })])
    }

    /// Sets the link that was asked for; an empty address takes it off.
    ///
    /// # Errors
    /// What to tell the person where the address cannot be opened safely.
    pub fn set_link(
        &mut self,
        asked: LinkAsked,
        typed: &str,
        cx: &Context<'_>,
    ) -> Result<Vec<Effect>, &'static str> {
        let link = marks::safe_link(typed);
        if link.is_none() && !typed.trim().is_empty() {
            return Err("Links begin with https://, http:// or mailto:");
        }
        if cx.read_only {
            return Ok(Vec::new());
        }
        let command = Command::Format(asked.id, asked.stretch, Format::Link(link));
        Ok(self.write_step(vec![command]).effects)
    }

    /// Opens the first link of what is selected.
    pub(crate) fn open_link(&self, cx: &Context<'_>) -> Reply {
        let link = self.only_selected(cx).and_then(first_link);
        match link {
            Some(link) => Reply::used([Effect::OpenLink(link)]),
            None => Reply::unused(),
        }
    }

    /// Whether the one selected object has a link to open.
    pub fn has_link(&self, cx: &Context<'_>) -> bool {
        self.only_selected(cx).and_then(first_link).is_some()
    }
}

fn first_link(object: &Object) -> Option<String> {
    marks::first_link(&object.text, &object.marks)
}
