//! What the parts of the page around the board ask of the canvas.

use editor::{LinkAsked, Refusal, Side, input::Mods};
use shared::{
    board::{Command, Step, TextEdit},
    id::ObjectId,
    object::sticky_note,
    text,
};
use unicode_segmentation::UnicodeSegmentation;

use super::core::Core;
use crate::{Dirty, Effect, Offer, Part, Pasted, world::World, writing};

/// A window no wider than this, in pixels, is a phone's.
const PHONE_PX: f64 = 600.0;

/// Pastes what was pasted: as Plaza's objects where it is some, otherwise as text.
pub(crate) fn paste(pasted: &Pasted, core: &mut Core, world: &mut World<'_>) -> Dirty {
    core.edit(world, |editor, cx| {
        editor.paste_clipboard(&pasted.json, &pasted.text, cx)
    })
}

/// Takes the offer at the end of a connector.
pub(crate) fn accept(kind: Option<&'static str>, core: &mut Core, world: &mut World<'_>) -> Dirty {
    let Some(Offer { from, at, .. }) = world.tab.panels.take_offer() else {
        return Dirty::NOTHING;
    };
    Dirty::PANELS | core.edit(world, |editor, cx| editor.accept_offer(from, at, kind, cx))
}

/// Puts a link on words, or says why not.
pub(crate) fn set_link(
    asked: LinkAsked,
    typed: &str,
    core: &mut Core,
    world: &mut World<'_>,
) -> Dirty {
    match core.with_editor(world, |editor, cx| editor.set_link(asked, typed, cx)) {
        Ok(effects) => world.tab.panels.close(Part::Link) | core.carry_out(effects, world),
        Err(why) => world.tab.telling.tell(why, world.now_ms),
    }
}

/// Another text for an object, from the outline.
pub(crate) fn rewrite(id: ObjectId, text: &str, core: &mut Core, world: &mut World<'_>) -> Dirty {
    let Some(object) = core.documents().view().get(&id) else {
        let gone = text::SAY_GONE;
        return world.tab.telling.tell(gone, world.now_ms);
    };
    if object.is_locked {
        return world.tab.telling.tell(Refusal::Locked.text(), world.now_ms);
    }
    if !core.rights(world).writes {
        return Dirty::NOTHING;
    }
    let text: String = text.graphemes(true).take(sticky_note::TEXT_MAX).collect();
    match TextEdit::between(&object.text, &text) {
        Some(edit) => core.command(&Command::EditText(id, edit), Step::New, world),
        None => Dirty::NOTHING,
    }
}

/// A note of the list was chosen.
pub(crate) fn choose(id: &ObjectId, core: &mut Core, world: &mut World<'_>) -> Dirty {
    let mut dirty = core.edit(world, |editor, cx| editor.choose(id, cx));
    if world.platform.window_width() <= PHONE_PX {
        // The outline covers the board there.
        dirty |= world.tab.panels.close(Part::Outline);
    }
    dirty
}

/// A key in the text box.
pub(crate) fn text_key(key: &str, mods: Mods, core: &mut Core, world: &mut World<'_>) -> Dirty {
    core.set_used(false);
    if core.writing().is_none_or(writing::Writing::is_composing) {
        return Dirty::NOTHING;
    }
    let side = match (key, mods.ctrl, mods.shift) {
        ("Escape", ..) => {
            let dirty = stop_writing(core, world);
            world.platform.carry_out(Effect::FocusBoard);
            return dirty;
        }
        ("Enter", false, false) => {
            if !writing::continue_list(world.platform.text()) {
                return Dirty::NOTHING;
            }
            let dirty = core.typed(world);
            core.set_used(true);
            return dirty;
        }
        ("Tab", false, false) => Side::Next,
        ("Tab", false, true) => Side::Previous,
        ("Enter", true, false) => Side::Below,
        ("Enter", true, true) => Side::Above,
        _ => return Dirty::NOTHING,
    };
    let rtl = writing::is_rtl(world.platform.text());
    let reply = core.with_editor(world, |editor, cx| editor.go_beside(side, rtl, cx));
    core.reply(reply, world)
}

/// The text that is written is done.
pub(crate) fn stop_writing(core: &mut Core, world: &mut World<'_>) -> Dirty {
    core.edit(world, |editor, cx| editor.stop_editing(cx))
}
