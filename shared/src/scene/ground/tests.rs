use super::*;
use crate::canvas;

fn texts(template: &Template, zoom: f64) -> Vec<(String, Point, f64, u16)> {
    primitives(template, zoom)
        .into_iter()
        .filter_map(|primitive| match primitive {
            Primitive::Text {
                text,
                at,
                size,
                weight,
                ..
            } => Some((text.english(), at, size, weight)),
            _ => None,
        })
        .collect()
}

fn ethics(language: &str) -> Template {
    canvas::template_in(canvas::ETHICS_CANVAS, language).unwrap()
}

#[test]
fn every_word_of_the_ethics_canvas_is_shown_and_inside_in_every_language() {
    for (language, _) in canvas::LANGUAGES {
        shows_every_word(&ethics(language));
    }
}

fn shows_every_word(template: &Template) {
    let texts = texts(template, 1.0);
    for (text, ..) in &texts {
        let is_cut = text.ends_with('…');
        assert!(!is_cut, "too long for its section: {text}");
    }
    let all: String = texts.iter().map(|(text, ..)| format!("{text} ")).collect();
    for section in &template.sections {
        assert!(all.contains(&section.title), "{}", section.title);
        assert!(all.contains(&section.prompt), "{}", section.prompt);
    }
    for group in &template.groups {
        assert!(all.contains(&group.title), "{}", group.title);
    }
    assert!(all.contains(&template.attribution));
    let bounds = template.bounds();
    for (text, at, size, weight) in &texts {
        let bold = if *weight == 700 {
            font::BOLD_WIDENING
        } else {
            1.0
        };
        let right = at.x + font::width(text) * size * bold;
        assert!(bounds.contains(*at) && right <= bounds.x1, "{text}");
    }
}

#[test]
fn titles_are_large_where_they_are_short_and_no_smaller_than_prompts() {
    assert_eq!(section_title_size(&ethics("en")), 36.0);
    for (language, _) in canvas::LANGUAGES {
        let template = ethics(language);
        assert!(section_title_size(&template) > PROMPT_SIZE, "{language}");
        for group in &template.groups {
            let width = font::width(&group.title) * GROUP_SIZE * font::BOLD_WIDENING;
            assert!(width <= template.cell.0, "{}", group.title);
        }
    }
}

#[test]
fn from_afar_text_becomes_bars_and_then_nothing() {
    let template = ethics("en");
    assert!(texts(&template, 0.02).is_empty());
    let bars = |zoom| {
        primitives(&template, zoom)
            .iter()
            .filter(|p| matches!(p, Primitive::Fill { radius, .. } if *radius == 0.0))
            .count()
    };
    assert_eq!(bars(1.0), 0);
    assert!(bars(0.1) > 0);
}

#[test]
fn what_is_cut_says_so() {
    let lines = cut("one two three four five six", 60.0, 10.0, 2);
    assert_eq!(lines.len(), 2);
    assert!(lines[1].ends_with('…'), "{lines:?}");
    assert!(lines.iter().all(|line| font::width(line) * 10.0 <= 60.0));
    assert_eq!(cut("short", 60.0, 10.0, 1), ["short"]);
}

#[test]
fn a_blank_board_has_no_ground() {
    assert!(primitives(&canvas::blank(), 1.0).is_empty());
}
