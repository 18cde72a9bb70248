//! The connector: a relation between two objects, drawn as a line.

use super::{End, Ends, Features, ObjectKind, Painted, Resize};
use crate::{
    draw::{Course, Dash, Head, Primitive, TextBox, style, tokens},
    geometry::Size,
    plain::Plain,
    props::{Properties, Source, Style, Value},
    text::{self, Phrase},
};

/// The kind's stored name.
pub const NAME: &str = "connector";
/// The keys that it has beside those of every object.
pub const KEYS: &[(&str, Plain)] = &[
    (FROM, Plain::String),
    (FROM_AT, Plain::Pair),
    (TO, Plain::String),
    (TO_AT, Plain::Pair),
    (Course::KEY, Plain::String),
    (START_HEAD.key, Plain::String),
    (END_HEAD.key, Plain::String),
    (Dash::KEY, Plain::String),
    (LABEL_AT, Plain::Number),
];
/// Stored: the object it begins at.
pub const FROM: &str = "from";
/// Stored: the spot it is pinned to there, or the free point at which it begins.
pub const FROM_AT: &str = "from_at";
/// Stored: the object it goes to.
pub const TO: &str = "to";
/// Stored: the spot it is pinned to there, or the free point at which it ends.
pub const TO_AT: &str = "to_at";
/// Stored: where its label stands, as a share of its length.
pub const LABEL_AT: &str = "label_at";
const LABEL_SIZE: f64 = 16.0;
/// Space around a label, in board units.
pub const LABEL_PADDING: f64 = 6.0;

/// What stands at the beginning.
pub static START_HEAD: Style = Style {
    key: "start_head",
    label: text::STYLE_START_HEAD,
    choices: style::HEAD.choices,
};
/// What stands at the end.
pub static END_HEAD: Style = Style {
    key: "end_head",
    label: text::STYLE_END_HEAD,
    choices: style::HEAD.choices,
};

/// What a connector is bound to and how it looks. Its text is its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Connector {
    /// What it is bound to.
    pub ends: Ends,
    /// The shape of its line.
    pub course: Course,
    /// How its line is dashed.
    pub dash: Dash,
    /// What stands at its beginning.
    pub start_head: Head,
    /// What stands at its end.
    pub end_head: Head,
    /// Where its label stands, as a share of its length.
    pub label_at: f64,
}

impl Connector {
    /// A plain arrow.
    pub fn new(from: End, to: End) -> Self {
        Self {
            ends: Ends { from, to },
            course: Course::default(),
            dash: Dash::default(),
            start_head: Head::None,
            end_head: Head::Arrow,
            label_at: LABEL_MIDDLE,
        }
    }

    pub(super) fn read(source: &dyn Source) -> Self {
        let from = End::read(source, FROM, FROM_AT);
        let to = End::read(source, TO, TO_AT);
        let head = |style: &Style, default| {
            source
                .string(style.key)
                .map_or(default, |name| Head::from_name(&name))
        };
        let plain = Self::new(from, to);
        Self {
            course: Course::read(source),
            dash: Dash::read(source),
            start_head: head(&START_HEAD, plain.start_head),
            end_head: head(&END_HEAD, plain.end_head),
            label_at: label_share(source.number(LABEL_AT).unwrap_or(plain.label_at)),
            ..plain
        }
    }
}

/// A label keeps this far from both ends of its connector, as a share of its length.
const LABEL_MARGIN: f64 = 0.05;
/// Where a label is to begin with, as a share of its connector's length.
pub const LABEL_MIDDLE: f64 = 0.5;

/// The share of its connector's length nearest to `share` where a label may be.
pub fn label_share(share: f64) -> f64 {
    share.clamp(LABEL_MARGIN, 1.0 - LABEL_MARGIN)
}

/// The properties in which both ends are stored.
pub fn end_properties(ends: &Ends) -> Properties {
    let ((from, from_at), (to, to_at)) = (ends.from.values(), ends.to.values());
    vec![(FROM, from), (FROM_AT, from_at), (TO, to), (TO_AT, to_at)]
}

impl ObjectKind for Connector {
    fn name(&self) -> &str {
        NAME
    }

    fn label(&self) -> Phrase {
        text::OBJECT_CONNECTOR.into()
    }

    fn counted(&self, n: usize) -> Phrase {
        text::object_connectors(n)
    }

    fn features(&self) -> Features {
        Features {
            resize: Resize::No,
            ..Features::BOX
        }
    }

    fn properties(&self) -> Properties {
        let mut properties = end_properties(&self.ends);
        properties.extend(
            self.styles()
                .into_iter()
                .map(|(style, choice)| (style.key, choice.into())),
        );
        properties.push((LABEL_AT, Value::Number(self.label_at)));
        properties
    }

    /// That of its label.
    fn default_size(&self) -> Size {
        Size::ZERO
    }

    fn text_box(&self, _size: Size) -> Option<TextBox> {
        Some(TextBox {
            ceiling: LABEL_SIZE,
            floor: LABEL_SIZE,
            align: crate::draw::Align::Center,
            wraps: false,
            ..TextBox::padded(LABEL_PADDING)
        })
    }

    fn styles(&self) -> Vec<(&'static Style, &'static str)> {
        vec![
            (&style::COURSE, self.course.name()),
            (&START_HEAD, self.start_head.name()),
            (&END_HEAD, self.end_head.name()),
            (&style::DASH, self.dash.name()),
        ]
    }

    fn ends(&self) -> Option<&Ends> {
        Some(&self.ends)
    }

    /// Its label; the line itself depends on others and is drawn by the scene.
    fn paint(&self, list: &mut Vec<Primitive>, at: &Painted<'_>) {
        if let Some(set) = self
            .text_box(at.rect.size())
            .filter(|_| !at.text.is_empty())
        {
            super::lines::paint(list, at, &set, tokens::INK);
        }
    }
}
