//! Draws an object's laid out lines: as text, or as bars from further away.

use super::Painted;
use crate::{
    draw::{
        Align, Detail, Primitive, TextBox, font,
        tokens::{self, Rgb},
    },
    geometry::{Point, Rect},
};

/// Draws the lines of an object in its box.
pub(super) fn paint(list: &mut Vec<Primitive>, at: &Painted<'_>, set: &TextBox, color: Rgb) {
    let Painted { rect, layout, .. } = at;
    let (left, right) = (rect.x0 + set.padding_x, rect.x1 - set.padding_x);
    let mut top = rect.y0 + set.padding_y;
    if set.is_centered {
        let room = rect.height() - 2.0 * set.padding_y;
        top += ((room - layout.height()) / 2.0).max(0.0);
    }
    for line in &layout.lines {
        let spare = right - left - line.width;
        let before = match (set.align, line.rtl) {
            (Align::Center, _) => spare / 2.0,
            (Align::Start, false) | (Align::End, true) => 0.0,
            (Align::End, false) | (Align::Start, true) => spare,
        };
        let x0 = left + before;
        if at.detail == Detail::Full {
            let start = if line.rtl { x0 + line.width } else { x0 };
            let text = &at.text[line.range.clone()];
            if !text.is_empty() {
                list.push(Primitive::Text {
                    at: Point::new(start, top + layout.size * font::ASCENT),
                    size: layout.size,
                    weight: 400,
                    color,
                    rtl: line.rtl,
                    text: text.to_owned(),
                });
            }
        } else if at.detail == Detail::Bars && line.width > 0.0 {
            let middle = top + layout.size * 0.4;
            list.push(Primitive::Fill {
                rect: Rect::new(x0, middle, x0 + line.width, middle + layout.size * 0.5),
                radius: 0.0,
                color: tokens::INK_MUTED,
            });
        }
        top += layout.size * font::LINE_HEIGHT;
    }
}
