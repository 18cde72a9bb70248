//! What a canvas is drawn on, and where its sections lie.

use serde::{Deserialize, Serialize};

use crate::geometry::{Point, Rect};

/// A titled box of the ground, in which notes are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Stable identifier, unique in its template.
    pub id: String,
    /// Its number on the canvas, where the canvas numbers its sections.
    #[serde(default)]
    pub number: Option<u32>,
    /// Title as printed.
    pub title: String,
    /// One short question.
    pub prompt: String,
    /// More questions, shown on demand.
    #[serde(default)]
    pub ask_more: String,
    /// The id of the [`Group`] it belongs to.
    pub group: String,
    /// Column, from 0.
    pub column: u32,
    /// Row, from 0.
    pub row: u32,
    /// Columns it spans.
    #[serde(default = "one")]
    pub column_span: u32,
}

/// Sections that are worked on together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Stable identifier, unique in its template.
    pub id: String,
    /// Name as shown.
    pub title: String,
    /// The colour token it is drawn in: `know`, `explore`, `plan`, `integrate`.
    pub color: String,
}

/// What a canvas is drawn on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// The kind of canvas, e.g. `ethics_canvas`.
    pub id: String,
    /// Title as shown.
    pub title: String,
    /// Its edition, where it has one.
    #[serde(default)]
    pub edition: String,
    /// Who to thank, shown on the canvas and in every export.
    pub attribution: String,
    /// Licence of the texts.
    pub license: String,
    /// The language of the texts (BCP 47).
    pub language: String,
    /// Width and height of one cell, in board units.
    pub cell: (f64, f64),
    /// Space between cells, in board units.
    pub gap: f64,
    /// Groups, in order of use.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Sections, in reading order. Empty for a blank board.
    #[serde(default)]
    pub sections: Vec<Section>,
}

fn one() -> u32 {
    1
}

/// Height of the strip above the sections that carries the canvas's title.
pub const HEADER_HEIGHT: f64 = 120.0;
/// The ground of a board without sections: what "fit to view" shows when it is empty.
pub const BLANK_GROUND: Rect = Rect::new(0.0, 0.0, 1600.0, 1000.0);

impl Template {
    /// Where a section lies, in board space.
    pub fn section_rect(&self, section: &Section) -> Rect {
        let (width, height) = self.cell;
        let x = f64::from(section.column) * (width + self.gap);
        let y = HEADER_HEIGHT + f64::from(section.row) * (height + self.gap);
        let span = f64::from(section.column_span);
        Rect::new(x, y, x + width * span + self.gap * (span - 1.0), y + height)
    }

    /// The section at a point, if one is there.
    pub fn section_at(&self, point: Point) -> Option<&Section> {
        self.sections
            .iter()
            .find(|section| self.section_rect(section).contains(point))
    }

    /// The whole ground, header and attribution included, in board space.
    pub fn bounds(&self) -> Rect {
        self.sections
            .iter()
            .map(|section| self.section_rect(section))
            .reduce(|a, b| a.union(b))
            .map_or(BLANK_GROUND, |rect| {
                Rect::new(rect.x0, 0.0, rect.x1, rect.y1 + 60.0)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas;

    #[test]
    fn a_point_knows_its_section_and_sections_do_not_overlap() {
        let ethics = canvas::template_in(canvas::ETHICS_CANVAS, "en").unwrap();
        for section in &ethics.sections {
            let center = ethics.section_rect(section).center();
            assert_eq!(ethics.section_at(center).map(|s| &s.id), Some(&section.id));
        }
        assert!(
            ethics.section_at(Point::new(10.0, 10.0)).is_none(),
            "the header is no section"
        );
    }
}
