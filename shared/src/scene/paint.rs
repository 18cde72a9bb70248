//! An object's primitives.

use super::{Line, Place};
use crate::{
    draw::{Dash, Detail, Fitted, Primitive, route, tokens},
    geometry::{BezPath, Rect},
    object::{Connector, Kind, Object, Painted},
};

/// Width of a connector's line, in board units.
pub const LINE_WIDTH: f64 = 2.0;

/// How far shadows and the heads of connectors reach beyond what they belong to, in board
/// units. Whoever looks for what lies in a part of the board, or spoils one, adds it: what
/// reached further would leave traces.
pub const REACH: f64 = 12.0;

/// Corner radius of the ground on which a label stands, in board units.
const LABEL_RADIUS: f64 = 4.0;
/// How much of a line's height above and below its words is empty, as a share of the text size.
const LABEL_INSET: f64 = 0.1;

/// Draws an object where it lies.
///
/// `author` is the name written at its foot, where it is to be shown.
pub fn object(
    list: &mut Vec<Primitive>,
    object: &Object,
    fitted: &Fitted,
    place: Place,
    detail: Detail,
    author: Option<&str>,
) {
    let painted = Painted {
        rect: place.rect,
        text: &object.text,
        marks: &object.marks,
        layout: &fitted.text,
        detail,
        author,
    };
    if place.angle == 0.0 {
        object.kind.paint(list, &painted);
    } else {
        let mut turned = Vec::new();
        object.kind.paint(&mut turned, &painted);
        list.push(Primitive::Turned {
            center: place.rect.center(),
            degrees: place.angle,
            list: turned,
        });
    }
}

/// Draws a connector: its line broken where the label stands, its heads, its label on a
/// ground of its own.
pub fn line(
    list: &mut Vec<Primitive>,
    object: &Object,
    fitted: &Fitted,
    line: &Line,
    detail: Detail,
) {
    let Kind::Connector(connector) = &object.kind else {
        return;
    };
    let has_label = line.label.area() > 0.0 && detail > Detail::Block;
    let path = if detail > Detail::Block {
        line.broken_path()
    } else {
        line.route.path.clone()
    };
    stroke(list, path, None, connector.dash);
    if detail > Detail::Block {
        heads(list, connector, line);
    }
    if has_label {
        // It reads on whatever lies below, and is no larger than its words: parallel
        // connectors stand close to each other.
        let words = fitted.text.height() - 2.0 * LABEL_INSET * fitted.text.size;
        let inset = (line.label.height() - words) / 2.0;
        list.push(Primitive::Fill {
            rect: line.label.inset((0.0, -inset)),
            radius: LABEL_RADIUS,
            color: tokens::BOARD,
        });
        let painted = Painted {
            rect: line.label,
            text: &object.text,
            marks: &object.marks,
            layout: &fitted.text,
            detail,
            author: None,
        };
        object.kind.paint(list, &painted);
    }
}

fn heads(list: &mut Vec<Primitive>, connector: &Connector, line: &Line) {
    let ends = [
        (
            line.route.start,
            -line.route.start_direction,
            connector.start_head,
        ),
        (line.route.end, line.route.end_direction, connector.end_head),
    ];
    for (tip, direction, head) in ends {
        if let Some(path) = route::head(tip, direction, head, LINE_WIDTH) {
            let fill = head.is_filled().then_some(tokens::INK_MUTED);
            stroke(list, path, fill, Dash::Solid);
        }
    }
}

fn stroke(list: &mut Vec<Primitive>, path: BezPath, fill: Option<tokens::Rgb>, dash: Dash) {
    list.push(Primitive::Path {
        path,
        fill,
        stroke: Some((tokens::INK_MUTED, LINE_WIDTH)),
        dash,
    });
}

/// What of the board one line needs, its heads included.
pub fn line_bounds(line: &Line) -> Rect {
    line.route.bounds().union(line.label).inflate(REACH, REACH)
}

#[cfg(test)]
mod tests;
