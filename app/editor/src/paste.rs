//! A list of lines becomes notes.

use shared::{
    board::{Command, NewNote},
    geometry::Point,
    object::sticky_note,
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{Context, Editor, Effect, notes::count};

/// The most notes one paste makes.
pub const NOTES_MAX: usize = 100;
const COLUMNS: usize = 5;

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
        let origin = self.paste_origin(texts.len(), cx);
        let step = sticky_note::SIDE + sticky_note::GAP;
        let columns = COLUMNS.min(texts.len());
        let notes: Vec<NewNote> = texts
            .into_iter()
            .enumerate()
            .map(|(i, text)| NewNote {
                id: (cx.new_id)(),
                pos: Point::new(
                    origin.x + (i % columns) as f64 * step,
                    origin.y + (i / columns) as f64 * step,
                ),
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

    /// Below what is in the section looked at, or around the middle of the view.
    fn paste_origin(&self, notes: usize, cx: &Context<'_>) -> Point {
        let middle = self
            .cursor()
            .unwrap_or_else(|| self.camera.visible(self.viewport).center());
        let step = sticky_note::SIDE + sticky_note::GAP;
        if let Some(section) = cx.template.section_at(middle) {
            let rect = cx.template.section_rect(section);
            let top = rect.y0 + shared::scene::ground::BAND_HEIGHT + sticky_note::GAP;
            let used = cx
                .scene
                .touching(rect)
                .iter()
                .filter_map(|id| cx.scene.bounds(id))
                .map(|b| b.y1)
                .reduce(f64::max);
            return Point::new(
                rect.x0 + sticky_note::GAP,
                used.map_or(top, |bottom| bottom + sticky_note::GAP),
            )
            .round();
        }
        let columns = COLUMNS.min(notes) as f64;
        let rows = notes.div_ceil(COLUMNS) as f64;
        Point::new(
            middle.x - columns * step / 2.0,
            middle.y - rows * step / 2.0,
        )
        .round()
    }
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
