//! A list of lines becomes notes.

use shared::{
    board::{Command, NewObject, TextEdit},
    draw::text_layout,
    geometry::{Point, Rect},
    id::ObjectId,
    object::{Kind, sticky_note},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{Context, Editor, Effect, say::plural};

/// The most notes one paste makes.
pub(crate) const NOTES_MAX: usize = 100;
const COLUMNS: usize = 5;
const STEP: f64 = sticky_note::SIDE + sticky_note::GAP;

impl Editor {
    /// Pastes text: each line becomes a note, or all of it one note.
    pub fn paste(&mut self, text: &str, as_one: bool, cx: &mut Context<'_>) -> Vec<Effect> {
        if cx.read_only {
            return vec![Effect::Toast("This link only reads.".into())];
        }
        let (mut texts, was_split) = if as_one {
            let texts = split_long(text.trim());
            let was_split = texts.len() > 1;
            (texts, was_split)
        } else {
            let lines = lines(text);
            let texts: Vec<String> = lines.iter().flat_map(|line| split_long(line)).collect();
            let was_split = texts.len() > lines.len();
            (texts, was_split)
        };
        if texts.is_empty() {
            return Vec::new();
        }
        let too_many = texts.len().saturating_sub(NOTES_MAX);
        texts.truncate(NOTES_MAX);
        let mut effects = self.abandon().effects;
        effects.extend(self.stop_editing(cx));
        self.nudging = false;
        if let Some(filled) = self.fill_selected(&texts, cx) {
            effects.extend(filled);
            return effects;
        }
        let kind = self.models.kind(sticky_note::NAME);
        let places = self.paste_places(&texts, &kind, cx);
        let notes: Vec<NewObject> = texts
            .into_iter()
            .zip(places)
            .map(|(text, pos)| {
                NewObject::new((cx.new_id)(), pos, kind.clone(), text, self.me.clone())
            })
            .collect();
        let n = notes.len();
        self.select(notes.iter().map(|note| note.id.clone()));
        effects.extend([self.add(notes, cx), Effect::Presence]);
        let mut said = said(n, too_many, as_one);
        if was_split {
            let most = sticky_note::TEXT_MAX;
            said += &format!(" What was longer than {most} characters goes on in the next note.");
        }
        effects.push(Effect::Toast(said));
        effects
    }

    /// A note from a list rather than from the board: in a section, or beside everything.
    pub fn write_in(
        &mut self,
        section: Option<&str>,
        text: &str,
        cx: &mut Context<'_>,
    ) -> Vec<Effect> {
        let texts = split_long(text.trim());
        if cx.read_only || texts.is_empty() {
            return Vec::new();
        }
        let kind = self.models.kind(sticky_note::NAME);
        let section = section.and_then(|id| cx.template.sections.iter().find(|s| s.id == id));
        let places = match (section, cx.scene.content_bounds()) {
            (Some(section), _) => in_section(&texts, &kind, cx.template.section_rect(section), cx),
            (None, content) => {
                let ground = cx.template.bounds();
                let all = content.map_or(ground, |content| content.union(ground));
                let origin = Point::new(all.x0, all.y1 + sticky_note::GAP);
                let tops = row_tops(&texts, &kind, 1);
                grid(texts.len(), 1, origin, &tops)
            }
        };
        let notes = texts.into_iter().zip(places).map(|(text, pos)| {
            NewObject::new((cx.new_id)(), pos, kind.clone(), text, self.me.clone())
        });
        let notes = notes.collect();
        vec![self.add(notes, cx), Effect::Announce("Note added".into())]
    }

    /// With empty notes selected, the lines go into them in order, if there are enough.
    fn fill_selected(&mut self, texts: &[String], cx: &Context<'_>) -> Option<Vec<Effect>> {
        let order = cx.scene.reading_order(cx.view, cx.template);
        let is_empty_note = |id: &&ObjectId| {
            let object = cx.view.get(id).filter(|_| self.selection.contains(*id));
            object.is_some_and(|object| {
                matches!(object.kind, Kind::StickyNote(_)) && object.text.is_empty()
            })
        };
        let empty: Vec<&ObjectId> = order.iter().filter(is_empty_note).collect();
        if texts.len() > empty.len() || empty.len() != self.selection.len() {
            return None;
        }
        let fill = |(id, text): (&&ObjectId, &String)| {
            let edit = TextEdit::between("", text)?;
            Some(Command::EditText((*id).clone(), edit))
        };
        let commands = empty.iter().zip(texts).filter_map(fill).collect();
        let said = format!("Filled {}.", plural(texts.len(), "note"));
        Some(vec![Effect::Do(commands), Effect::Toast(said)])
    }

    /// Where the notes go: in a section below what is there, else around the
    /// pointer or the middle of the view.
    fn paste_places(&self, texts: &[String], kind: &Kind, cx: &Context<'_>) -> Vec<Point> {
        let middle = self
            .cursor()
            .unwrap_or_else(|| self.camera.visible(self.viewport).center());
        if let Some(section) = cx.template.section_at(middle) {
            return in_section(texts, kind, cx.template.section_rect(section), cx);
        }
        let columns = COLUMNS.min(texts.len());
        let tops = row_tops(texts, kind, columns);
        let height = tops.last().map_or(STEP, |top| top + STEP);
        let origin = Point::new(
            middle.x - columns as f64 * STEP / 2.0,
            middle.y - height / 2.0,
        );
        grid(texts.len(), columns, origin, &tops)
    }
}

/// A grid that stays in a section: as many columns as it has room for, below
/// the notes that are there; where that would lead out at the bottom, its rows
/// move up over each other.
fn in_section(texts: &[String], kind: &Kind, rect: Rect, cx: &Context<'_>) -> Vec<Point> {
    let room = ((rect.width() - sticky_note::GAP) / STEP) as usize;
    let columns = room.max(1).min(texts.len());
    let mut tops = row_tops(texts, kind, columns);
    let first = rect.y0 + shared::scene::ground::BAND_HEIGHT + sticky_note::GAP;
    let last = (rect.y1 - STEP).max(first);
    let below = cx
        .scene
        .touching(rect)
        .iter()
        .filter_map(|id| cx.scene.bounds(id))
        .filter(|bounds| bounds.x0 < rect.x1 - 1.0 && bounds.x1 > rect.x0 + 1.0)
        .map(|bounds| bounds.y1 + sticky_note::GAP)
        .reduce(f64::max);
    let height = tops.last().copied().unwrap_or_default();
    let top = below.unwrap_or(first).min(last - height).max(first);
    if height > last - top {
        let squeeze = (last - top) / height;
        tops.iter_mut().for_each(|row| *row *= squeeze);
    }
    let origin = Point::new(rect.x0 + sticky_note::GAP, top);
    grid(texts.len(), columns, origin, &tops)
}

/// The top of each row, from the first: rows are as high as their highest note.
fn row_tops(texts: &[String], kind: &Kind, columns: usize) -> Vec<f64> {
    let heights = texts.chunks(columns).map(|row| {
        row.iter()
            .map(|text| height_of(text, kind))
            .fold(sticky_note::SIDE, f64::max)
    });
    let mut top = 0.0;
    heights
        .map(|height| {
            let here = top;
            top += height + sticky_note::GAP;
            here
        })
        .collect()
}

fn height_of(text: &str, kind: &Kind) -> f64 {
    let size = kind.default_size();
    let set = kind.text_box(size);
    set.map_or(size.height, |set| {
        text_layout::fit(text, size, &set).size.height
    })
}

fn grid(notes: usize, columns: usize, origin: Point, tops: &[f64]) -> Vec<Point> {
    (0..notes)
        .map(|i| {
            let x = origin.x + (i % columns) as f64 * STEP;
            let y = origin.y + tops.get(i / columns).copied().unwrap_or_default();
            Point::new(x, y).round()
        })
        .collect()
}

fn said(n: usize, too_many: usize, as_one: bool) -> String {
    let mut said = match n {
        2.. if !as_one && too_many == 0 => {
            format!("Pasted {}. Ctrl+Shift+V pastes as one.", plural(n, "note"))
        }
        _ => format!("Pasted {}.", plural(n, "note")),
    };
    if too_many > 0 {
        let left_out = if too_many == 1 {
            "1 line was".to_owned()
        } else {
            format!("{too_many} lines were")
        };
        said += &format!(" {left_out} left out: {NOTES_MAX} notes at once is the most.");
    }
    said
}

/// The lines of a list, without their bullets and numbers; tabs become spaces.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(without_bullet)
        .filter(|line| !line.is_empty())
        .collect()
}

fn without_bullet(line: &str) -> String {
    let line = line.replace('\t', " ");
    let line = line.trim();
    let bare =
        line.trim_start_matches(['-', '*', '+', '•', '–', '—', '·', '◦', '▪', '●', '○', '‣']);
    if bare.len() < line.len() && (bare.starts_with(char::is_whitespace) || bare.is_empty()) {
        return without_box(bare.trim()).to_owned();
    }
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < line.len()
        && let Some(rest) = digits.strip_prefix(['.', ')'])
        && rest.starts_with(' ')
    {
        return rest.trim().to_owned();
    }
    line.to_owned()
}

/// A list item without the box that is ticked when it is done.
fn without_box(item: &str) -> &str {
    ["[ ] ", "[x] ", "[X] "]
        .into_iter()
        .find_map(|ticked| item.strip_prefix(ticked))
        .map_or(item, str::trim)
}

/// What is longer than a note takes goes on in the next: nothing is lost.
fn split_long(text: &str) -> Vec<String> {
    let graphemes: Vec<&str> = text.graphemes(true).collect();
    graphemes
        .chunks(sticky_note::TEXT_MAX)
        .map(<[&str]>::concat)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_go_and_negative_numbers_stay() {
        let pasted = "- Parking sensors\n\n\n• Bin routes\n2. Tree register\n-5 degrees\n2024 census\n- [ ] Ask the\tlibrary\r\n  12)  Trams\n--\n";
        assert_eq!(
            lines(pasted),
            [
                "Parking sensors",
                "Bin routes",
                "Tree register",
                "-5 degrees",
                "2024 census",
                "Ask the library",
                "Trams"
            ]
        );
    }

    #[test]
    fn a_long_line_goes_on_in_the_next_note() {
        let long = "🚲".repeat(sticky_note::TEXT_MAX + 3);
        let notes = split_long(&long);
        assert_eq!(notes.len(), 2);
        assert_eq!(notes.concat(), long);
    }
}
