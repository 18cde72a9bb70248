//! A list of lines becomes notes.

use shared::{
    board::{Command, NewNote},
    geometry::{Point, Rect, Vec2},
    object::sticky_note,
    scene::ground,
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{Context, Editor, Effect, notes::count};

/// The most notes one paste makes.
pub const NOTES_MAX: usize = 100;
const COLUMNS: usize = 5;
/// From one note of a grid to the next, in board units.
const STEP: f64 = sticky_note::SIDE + sticky_note::GAP;

impl Editor {
    /// Pastes text: each line becomes a note, or all of it one note.
    pub fn paste(&mut self, text: &str, as_one: bool, cx: &mut Context<'_>) -> Vec<Effect> {
        if cx.read_only {
            return vec![Effect::Toast("This link only reads.".into())];
        }
        let mut texts = if as_one {
            split_long(text.trim())
        } else {
            lines(text)
        };
        if texts.is_empty() {
            return Vec::new();
        }
        let too_many = texts.len().saturating_sub(NOTES_MAX);
        texts.truncate(NOTES_MAX);
        let places = self.paste_places(texts.len(), cx);
        let notes: Vec<NewNote> = texts
            .into_iter()
            .zip(places)
            .map(|(text, pos)| NewNote {
                id: (cx.new_id)(),
                pos,
                color: self.color,
                text,
                author: self.me.clone(),
            })
            .collect();
        let n = notes.len();
        self.select(notes.iter().map(|note| note.id.clone()));
        let mut effects = vec![
            Effect::Do(vec![Command::AddNotes(notes)]),
            Effect::Presence,
            Effect::Tools,
        ];
        let said = match (n, too_many) {
            (_, 1..) => format!(
                "Pasted {n} notes. {too_many} lines were left out: {NOTES_MAX} notes at once is the most."
            ),
            (2.., _) if !as_one => format!("Pasted {}. Ctrl+Shift+V pastes as one.", count(n)),
            _ => format!("Pasted {}.", count(n)),
        };
        effects.push(Effect::Toast(said));
        effects
    }

    /// A grid inside the section looked at, below what is there, or around the
    /// middle of the view. What is too much for a section overlaps rather than
    /// ends up in another.
    fn paste_places(&self, notes: usize, cx: &Context<'_>) -> Vec<Point> {
        let middle = self
            .cursor()
            .unwrap_or_else(|| self.camera.visible(self.viewport).center());
        let section = cx
            .template
            .section_at(middle)
            .map(|section| cx.template.section_rect(section));
        let Some(rect) = section else {
            let size = Vec2::new(COLUMNS.min(notes) as f64, notes.div_ceil(COLUMNS) as f64) * STEP;
            return grid(middle - size / 2.0, notes, COLUMNS.min(notes), STEP);
        };
        let room = Rect::new(
            rect.x0 + sticky_note::GAP,
            rect.y0 + ground::BAND_HEIGHT + sticky_note::GAP,
            rect.x1 - sticky_note::SIDE - sticky_note::GAP,
            rect.y1 - sticky_note::SIDE - sticky_note::GAP,
        );
        let used = cx.scene.touching(rect);
        let bottom = used
            .iter()
            .filter_map(|id| cx.scene.bounds(id))
            .map(|bounds| bounds.y1)
            .reduce(f64::max);
        let top = bottom
            .map_or(room.y0, |bottom| bottom + sticky_note::GAP)
            .min(room.y1);
        let columns = ((room.width() / STEP) as usize + 1).min(notes);
        let rows = notes.div_ceil(columns);
        let down = ((room.y1 - top) / rows.saturating_sub(1).max(1) as f64).min(STEP);
        grid(Point::new(room.x0, top), notes, columns, down)
    }
}

fn grid(origin: Point, notes: usize, columns: usize, down: f64) -> Vec<Point> {
    (0..notes)
        .map(|i| {
            let (column, row) = ((i % columns) as f64, (i / columns) as f64);
            (origin + Vec2::new(column * STEP, row * down)).round()
        })
        .collect()
}

/// The lines of a list, without their bullets and numbers; tabs become spaces.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(without_bullet)
        .filter(|line| !line.is_empty())
        .flat_map(|line| split_long(&line))
        .collect()
}

fn without_bullet(line: &str) -> String {
    let line = line.replace('\t', " ");
    let line = line.trim();
    let bare = line.trim_start_matches(['-', '*', '•', '–', '·', '◦', '▪']);
    if bare.len() < line.len() && (bare.starts_with(' ') || bare.is_empty()) {
        return bare.trim().to_owned();
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
        let pasted =
            "- Parking sensors\n\n\n• Bin routes\n2. Tree register\n-5 degrees\n2024 census\n";
        assert_eq!(
            lines(pasted),
            [
                "Parking sensors",
                "Bin routes",
                "Tree register",
                "-5 degrees",
                "2024 census"
            ]
        );
    }

    #[test]
    fn a_long_line_goes_on_in_the_next_note() {
        let long = "🚲".repeat(sticky_note::TEXT_MAX + 3);
        let notes = lines(&long);
        assert_eq!(notes.len(), 2);
        assert_eq!(notes.concat(), long);
    }
}
