//! The kinds of documents and their roots. No other file knows a root by its name;
//! who writes which is said in [`crate::authority`].

use super::schema;
use crate::canvas;

/// What a document is. Its roots and their rules follow from that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A workshop's own document: its title, people and canvases.
    Workshop,
    /// A canvas, of whatever template.
    Canvas,
}

impl DocumentKind {
    /// The kind of the name under which a document is stored: the workshop's, or that
    /// of a canvas's template. `None`: a kind of a later version, of which nobody here
    /// can say who may write it.
    pub fn of(stored: &str) -> Option<Self> {
        if stored == schema::WORKSHOP {
            Some(Self::Workshop)
        } else if canvas::is_known(stored) {
            Some(Self::Canvas)
        } else {
            None
        }
    }
}

/// A root type of a document. All are maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// Facts about the document: schema, kind, title.
    Meta,
    /// Object id to object.
    Objects,
    /// Participant id to person.
    People,
    /// Canvas id to what the workshop says of it.
    Canvases,
    /// Key to template, as JSON.
    Templates,
}

impl Root {
    /// Every root that some document has.
    pub const ALL: [Self; 5] = [
        Self::Meta,
        Self::Objects,
        Self::People,
        Self::Canvases,
        Self::Templates,
    ];

    /// Its name in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Objects => "objects",
            Self::People => "people",
            Self::Canvases => "canvases",
            Self::Templates => "templates",
        }
    }

    /// The root of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|root| root.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_that_is_not_known_is_no_canvas() {
        assert_eq!(DocumentKind::of("workshop"), Some(DocumentKind::Workshop));
        for template in [canvas::BLANK, canvas::ETHICS_CANVAS] {
            assert_eq!(DocumentKind::of(template), Some(DocumentKind::Canvas));
        }
        for unknown in ["votes", "", "Blank", "workshop "] {
            assert_eq!(DocumentKind::of(unknown), None, "{unknown}");
        }
    }
}
