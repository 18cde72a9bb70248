//! An object's primitives.

use super::{Detail, NoteLayout, Primitive, font, tokens};
use crate::{
    geometry::{Point, Rect, Vec2},
    object::{Kind, Object, StickyNote, sticky_note},
};

const AUTHOR_SIZE: f64 = 11.0;

/// Draws an object, moved by `offset`.
///
/// `author` is the name written at its foot, where it is to be shown.
pub fn object(
    list: &mut Vec<Primitive>,
    object: &Object,
    layout: &NoteLayout,
    detail: Detail,
    offset: Vec2,
    author: Option<&str>,
) {
    let origin = object.pos + offset;
    let rect = Rect::from_origin_size(origin, (sticky_note::SIDE, layout.height));
    match &object.kind {
        Kind::StickyNote(note) => sticky(list, note, layout, rect, detail, author),
        Kind::Unknown(name) => {
            list.push(Primitive::Fill {
                rect,
                radius: 8.0,
                color: tokens::SURFACE,
            });
            list.push(Primitive::Stroke {
                rect,
                radius: 8.0,
                width: 2.0,
                color: tokens::INK_MUTED,
            });
            if detail == Detail::Full {
                let text = format!("Something newer ({name})");
                line(list, origin + Vec2::new(16.0, 32.0), 14.0, false, &text);
            }
        }
    }
}

fn sticky(
    list: &mut Vec<Primitive>,
    note: &StickyNote,
    layout: &NoteLayout,
    rect: Rect,
    detail: Detail,
    author: Option<&str>,
) {
    let color = tokens::paper(note.color);
    if detail == Detail::Block {
        list.push(Primitive::Fill {
            rect,
            radius: 0.0,
            color,
        });
        return;
    }
    list.push(Primitive::Paper { rect, color });
    let text = &layout.text;
    let left = rect.x0 + sticky_note::PADDING;
    let right = rect.x1 - sticky_note::PADDING;
    for (i, at) in text.lines.iter().enumerate() {
        let top = rect.y0 + sticky_note::PADDING + i as f64 * text.size * font::LINE_HEIGHT;
        if detail == Detail::Full {
            let baseline = top + text.size * font::ASCENT;
            let start = Point::new(if at.rtl { right } else { left }, baseline);
            line(list, start, text.size, at.rtl, &note.text[at.range.clone()]);
        } else if at.width > 0.0 {
            let middle = top + text.size * 0.4;
            let x0 = if at.rtl { right - at.width } else { left };
            let bar = Rect::new(x0, middle, x0 + at.width, middle + text.size * 0.5);
            list.push(Primitive::Fill {
                rect: bar,
                radius: 0.0,
                color: tokens::INK_MUTED,
            });
        }
    }
    if let (Detail::Full, Some(author)) = (detail, author) {
        list.push(Primitive::Text {
            at: Point::new(left, rect.y1 - 7.0),
            size: AUTHOR_SIZE,
            weight: 400,
            color: tokens::INK,
            rtl: false,
            text: author.to_owned(),
        });
    }
}

fn line(list: &mut Vec<Primitive>, at: Point, size: f64, rtl: bool, text: &str) {
    if !text.is_empty() {
        list.push(Primitive::Text {
            at,
            size,
            weight: 400,
            color: tokens::INK,
            rtl,
            text: text.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests;
