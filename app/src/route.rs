//! Addresses: what the path says, and back.

/// A place in the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Where a workshop is created.
    Start,
    /// Where one joins, with the key of a link where it carries one.
    Join { workshop: String, key: String },
    /// A canvas.
    Canvas { workshop: String, canvas: String },
    /// No such place.
    Unknown,
}

impl Route {
    /// Reads a path and a fragment.
    pub(crate) fn parse(path: &str, fragment: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let key = fragment
            .trim_start_matches('#')
            .strip_prefix("k=")
            .unwrap_or_default();
        match parts.as_slice() {
            [] => Self::Start,
            ["w", workshop] => Self::Join {
                workshop: (*workshop).to_owned(),
                key: key.to_owned(),
            },
            ["w", workshop, "c", canvas] => Self::Canvas {
                workshop: (*workshop).to_owned(),
                canvas: (*canvas).to_owned(),
            },
            _ => Self::Unknown,
        }
    }

    /// The path. Never the key: an address may be shown on a shared screen.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Start | Self::Unknown => "/".into(),
            Self::Join { workshop, .. } => format!("/w/{workshop}"),
            Self::Canvas { workshop, canvas } => format!("/w/{workshop}/c/{canvas}"),
        }
    }
}
