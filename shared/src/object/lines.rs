//! Draws an object's laid out lines: as text, or as bars from further away.

use super::Painted;
use crate::{
    draw::{
        Accent, Align, Detail, Primitive, TextBox, font, marks,
        text_layout::{Layout, Line},
        tokens::{self, Rgb},
    },
    geometry::{Point, Rect},
};

/// The lines of a layout in an object's box, each with its top left corner.
pub(crate) fn placed<'a>(
    rect: Rect,
    layout: &'a Layout,
    set: &TextBox,
) -> impl Iterator<Item = (Point, &'a Line)> + use<'a> {
    let set = *set;
    let (left, right) = (rect.x0 + set.padding_x, rect.x1 - set.padding_x);
    let mut top = rect.y0 + set.padding_y;
    if set.is_centered {
        let room = rect.height() - 2.0 * set.padding_y;
        top += ((room - layout.height()) / 2.0).max(0.0);
    }
    layout.lines.iter().enumerate().map(move |(i, line)| {
        let spare = right - left - line.width;
        let before = match (set.align, line.rtl) {
            (Align::Center, _) => spare / 2.0,
            (Align::Start, false) | (Align::End, true) => 0.0,
            (Align::End, false) | (Align::Start, true) => spare,
        };
        let y = top + i as f64 * layout.size * font::LINE_HEIGHT;
        (Point::new(left + before, y), line)
    })
}

/// Draws the lines of an object in its box.
pub(super) fn paint(list: &mut Vec<Primitive>, at: &Painted<'_>, set: &TextBox, color: Rgb) {
    let layout = at.layout;
    let runs = if at.detail == Detail::Full {
        marks::with_found_links(at.text, at.marks)
    } else {
        Vec::new()
    };
    for (corner, line) in placed(at.rect, layout, set) {
        if at.detail == Detail::Full {
            paint_line(list, at.text, &runs, layout, (corner, line), color);
        } else if at.detail == Detail::Bars && line.width > 0.0 {
            let middle = corner.y + layout.size * 0.4;
            let (from, to) = (corner.x, corner.x + line.width);
            list.push(Primitive::Fill {
                rect: Rect::new(from, middle, to, middle + layout.size * 0.5),
                radius: 0.0,
                color: tokens::INK_MUTED,
            });
        }
    }
}

/// One line, in pieces where its look changes.
fn paint_line(
    list: &mut Vec<Primitive>,
    text: &str,
    runs: &[marks::Run],
    layout: &Layout,
    (corner, line): (Point, &Line),
    color: Rgb,
) {
    let baseline = corner.y + layout.size * font::ASCENT;
    let mut along = 0.0;
    for (range, look) in marks::pieces(runs, &line.range) {
        let piece = &text[range];
        let x = if line.rtl {
            corner.x + line.width - along
        } else {
            corner.x + along
        };
        along += font::width(piece) * layout.size;
        list.push(Primitive::Text {
            at: Point::new(x, baseline),
            size: layout.size,
            weight: 400,
            accent: Accent {
                bold: look.bold,
                italic: look.italic,
                underlined: look.link.is_some(),
            },
            color,
            rtl: line.rtl,
            text: piece.into(),
        });
    }
}
