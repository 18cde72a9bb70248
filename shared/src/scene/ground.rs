//! The ground of a canvas, from its template.

use crate::draw::{
    Accent, Detail, Primitive, font,
    text_layout::{self, is_rtl},
    tokens::{self, Rgb},
};
use crate::{
    canvas::{Section, Template},
    geometry::{Point, Rect},
};

const RADIUS: f64 = 20.0;
const TITLE_SIZE: f64 = 56.0;
/// Section titles are as large as the longest of them allows, between these.
const SECTION_TITLE_SIZES: std::ops::RangeInclusive<f64> = 26.0..=36.0;
const PROMPT_SIZE: f64 = 24.0;
const GROUP_SIZE: f64 = 26.0;
const SMALL_SIZE: f64 = 22.0;
const INSET: f64 = 28.0;
const PROMPT_LINES: usize = 2;
/// Height of the band that carries a section's title and prompt.
pub const BAND_HEIGHT: f64 = 142.0;

/// Everything of the ground, from back to front.
pub fn primitives(template: &Template, zoom: f64) -> Vec<Primitive> {
    let mut list = Vec::new();
    if template.sections.is_empty() {
        return list;
    }
    let bounds = template.bounds();
    text(
        &mut list,
        zoom,
        &template.title,
        Point::new(0.0, 56.0),
        TITLE_SIZE,
        700,
        tokens::INK,
    );
    let title_size = section_title_size(template);
    for section in &template.sections {
        section_primitives(&mut list, template, section, title_size, zoom);
    }
    let credit = format!("{} {}", template.attribution, template.edition);
    let at = Point::new(0.0, bounds.y1 - 18.0);
    text(
        &mut list,
        zoom,
        credit.trim(),
        at,
        SMALL_SIZE,
        400,
        tokens::INK_MUTED,
    );
    list
}

fn section_primitives(
    list: &mut Vec<Primitive>,
    template: &Template,
    section: &Section,
    title_size: f64,
    zoom: f64,
) {
    let rect = template.section_rect(section);
    let group = template
        .groups
        .iter()
        .find(|group| group.id == section.group);
    let color = tokens::group(group.map_or("", |group| &group.color));
    list.push(Primitive::Fill {
        rect,
        radius: RADIUS,
        color: tokens::SURFACE,
    });
    let band = Rect::new(rect.x0, rect.y0, rect.x1, rect.y0 + BAND_HEIGHT);
    list.push(Primitive::Fill {
        rect: band,
        radius: RADIUS,
        color: color.tint,
    });
    list.push(Primitive::Stroke {
        rect,
        radius: RADIUS,
        width: 2.0,
        color: tokens::HAIRLINE,
    });
    let left = rect.x0 + INSET;
    let room = rect.width() - 2.0 * INSET;
    let title = numbered(section);
    let one_line = cut(&title, room / font::BOLD_WIDENING, title_size, 1).remove(0);
    text(
        list,
        zoom,
        &one_line,
        Point::new(left, rect.y0 + 52.0),
        title_size,
        700,
        tokens::INK,
    );
    let lines = cut(&section.prompt, room, PROMPT_SIZE, PROMPT_LINES);
    for (i, line) in lines.iter().enumerate() {
        let y = rect.y0 + 90.0 + i as f64 * PROMPT_SIZE * font::LINE_HEIGHT;
        let at = Point::new(left, y);
        text(list, zoom, line, at, PROMPT_SIZE, 400, tokens::INK);
    }
    // Only the first section of a group carries its name.
    if let Some(group) = group
        && template
            .sections
            .iter()
            .find(|other| other.group == group.id)
            .map(|other| &other.id)
            == Some(&section.id)
    {
        text(
            list,
            zoom,
            &group.title,
            Point::new(rect.x0, rect.y0 - 10.0),
            GROUP_SIZE,
            700,
            color.line,
        );
    }
}

/// A section's title with its number.
fn numbered(section: &Section) -> String {
    match section.number {
        Some(number) => format!("{number}  {}", section.title),
        None => section.title.clone(),
    }
}

/// The size of all section titles of a template: some languages have long words.
fn section_title_size(template: &Template) -> f64 {
    let fitting = template.sections.iter().map(|section| {
        let room = template.section_rect(section).width() - 2.0 * INSET;
        let width = font::width(&numbered(section)) * font::BOLD_WIDENING;
        (room / width).floor()
    });
    let (least, most) = SECTION_TITLE_SIZES.into_inner();
    fitting.fold(most, f64::min).max(least)
}

/// The lines of a text, at most this many: one that is cut says so with an ellipsis.
fn cut(text: &str, width: f64, size: f64, most: usize) -> Vec<String> {
    let lines = text_layout::layout(text, width, size).lines;
    let is_cut = lines.len() > most;
    let mut shown: Vec<String> = lines
        .into_iter()
        .take(most)
        .map(|line| text[line.range].to_owned())
        .collect();
    if let Some(last) = shown.last_mut().filter(|_| is_cut) {
        while font::width(last) + font::advance('…') > width / size && last.pop().is_some() {}
        last.truncate(last.trim_end().len());
        last.push('…');
    }
    shown
}

fn text(
    list: &mut Vec<Primitive>,
    zoom: f64,
    text: &str,
    at: Point,
    size: f64,
    weight: u16,
    color: Rgb,
) {
    match Detail::of_text(size, zoom) {
        Detail::Full => {
            list.push(Primitive::Text {
                at,
                size,
                weight,
                accent: Accent::default(),
                color,
                rtl: is_rtl(text),
                text: text.into(),
            });
        }
        Detail::Bars => {
            let rect = Rect::new(
                at.x,
                at.y - size * 0.6,
                at.x + font::width(text) * size,
                at.y,
            );
            list.push(Primitive::Fill {
                rect,
                radius: 0.0,
                color: tokens::HAIRLINE,
            });
        }
        Detail::Block => {}
    }
}

#[cfg(test)]
mod tests;
