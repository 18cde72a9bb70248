//! A list of lines becomes notes.

use shared::{
    board::{Command, NewObject, TextEdit},
    draw::text_layout,
    geometry::{Point, Rect},
    id::ObjectId,
    object::{Kind, sticky_note},
    sort,
    text::{self, Phrase},
};
use unicode_segmentation::UnicodeSegmentation;

use super::{Deed, Plan, note};
use crate::{
    Context, Effect,
    part::{Parts, selection::Selection},
};

/// The most notes one paste makes.
pub(crate) const NOTES_MAX: usize = 100;
/// Pasted notes lie in at most this many columns.
const COLUMNS: usize = 5;
/// From one column or row to the next, in board units.
const STEP: f64 = sticky_note::SIDE + sticky_note::GAP;

/// Text that is to become notes.
pub(crate) struct Lines {
    texts: Vec<String>,
    /// Something was longer than a note takes.
    was_split: bool,
    /// All of it was to be one note.
    as_one: bool,
}

/// What a text becomes: each line a note, or all of it one. `None` where there is nothing.
pub(crate) fn read(text: &str, as_one: bool) -> Option<Lines> {
    let (texts, was_split) = if as_one {
        let texts = split_long(text.trim());
        let was_split = texts.len() > 1;
        (texts, was_split)
    } else {
        let lines = lines(text);
        let texts: Vec<String> = lines.iter().flat_map(|line| split_long(line)).collect();
        let was_split = texts.len() > lines.len();
        (texts, was_split)
    };
    (!texts.is_empty()).then_some(Lines {
        texts,
        was_split,
        as_one,
    })
}

/// Notes of these lines, or the lines in the empty notes that are selected.
pub(crate) fn paste(lines: Lines, parts: &Parts, cx: &mut Context<'_>) -> Plan {
    let Lines {
        mut texts,
        was_split,
        as_one,
    } = lines;
    let too_many = texts.len().saturating_sub(NOTES_MAX);
    texts.truncate(NOTES_MAX);
    if let Some(filled) = fill_selected(&texts, &parts.sel, cx) {
        return filled;
    }
    let kind = parts.hand.model(sticky_note::NAME);
    let places = paste_places(&texts, &kind, parts, cx);
    let notes = new_notes(texts, places, &kind, parts, cx);
    let mut said = said(notes.len(), too_many, as_one);
    if was_split {
        said.push(text::say_split(sticky_note::TEXT_MAX));
    }
    Plan::of([
        Deed::Select(sort::set(notes.iter().map(|note| note.id.clone()))),
        Deed::Write(note::add(notes, cx)),
        Effect::Presence.into(),
        Deed::show(Phrase::Sentences(said)),
    ])
}

/// A note from a list rather than from the board: in a section, or beside everything.
pub(crate) fn write_in(
    section: Option<&str>,
    text: &str,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Plan {
    let texts = split_long(text.trim());
    if texts.is_empty() {
        return Plan::nothing();
    }
    let kind = parts.hand.model(sticky_note::NAME);
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
    let notes = new_notes(texts, places, &kind, parts, cx);
    Plan::of([
        Deed::Write(note::add(notes, cx)),
        Deed::say(text::SAY_NOTE_ADDED),
    ])
}

fn new_notes(
    texts: Vec<String>,
    places: Vec<Point>,
    kind: &Kind,
    parts: &Parts,
    cx: &mut Context<'_>,
) -> Vec<NewObject> {
    let notes = texts.into_iter().zip(places).map(|(text, pos)| {
        NewObject::new((cx.new_id)(), pos, kind.clone(), text, parts.me.clone())
    });
    notes.collect()
}

/// With empty notes selected, the lines go into them in order, if there are enough.
fn fill_selected(texts: &[String], sel: &Selection, cx: &Context<'_>) -> Option<Plan> {
    let order = cx.scene.reading_order(cx.view, cx.template);
    let is_empty_note = |id: &&ObjectId| {
        let object = cx.view.get(id).filter(|_| sel.contains(id));
        object.is_some_and(|object| {
            matches!(object.kind, Kind::StickyNote(_)) && object.text.is_empty()
        })
    };
    let empty: Vec<&ObjectId> = order.iter().filter(is_empty_note).collect();
    if texts.len() > empty.len() || empty.len() != sel.ids().len() {
        return None;
    }
    let fill = |(id, text): (&&ObjectId, &String)| {
        let edit = TextEdit::between("", text)?;
        Some(Command::EditText((*id).clone(), edit))
    };
    let commands = empty.iter().zip(texts).filter_map(fill).collect();
    let said = text::say_filled(text::object_notes(texts.len()));
    Some(Plan::of([Deed::Write(commands), Deed::show(said)]))
}

/// Where the notes go: in a section below what is there, else around the
/// pointer or the middle of the view.
fn paste_places(texts: &[String], kind: &Kind, parts: &Parts, cx: &Context<'_>) -> Vec<Point> {
    let middle = parts.cursor_or_middle();
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

/// What is said of so many notes, in sentences.
fn said(n: usize, too_many: usize, as_one: bool) -> Vec<Phrase> {
    let mut said = vec![text::say_pasted(text::object_notes(n))];
    if too_many > 0 {
        said.push(text::say_lines_left_out(too_many, NOTES_MAX));
    } else if n > 1 && !as_one {
        said.push(text::SAY_PASTE_AS_ONE.into());
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
