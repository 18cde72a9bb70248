//! Addresses: what the path says, and back.

/// A place in the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Where a workshop is created.
    Start,
    /// Where one joins.
    Join {
        /// The workshop's id.
        workshop: String,
        /// The key of the link; empty where the address carries none.
        key: String,
    },
    /// A canvas.
    Canvas {
        /// The workshop's id.
        workshop: String,
        /// The canvas's id.
        canvas: String,
    },
    /// No such place.
    Unknown,
}

impl Route {
    /// Reads a path and a fragment.
    pub fn parse(path: &str, fragment: &str) -> Self {
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
    pub fn path(&self) -> String {
        match self {
            Self::Start | Self::Unknown => "/".into(),
            Self::Join { workshop, .. } => format!("/w/{workshop}"),
            Self::Canvas { workshop, canvas } => format!("/w/{workshop}/c/{canvas}"),
        }
    }

    /// Whether it is a canvas of this workshop.
    pub fn is_canvas_of(&self, id: &str) -> bool {
        matches!(self, Self::Canvas { workshop, .. } if workshop == id)
    }

    /// The path with `?debug` where the address has it.
    pub fn address(&self, is_debugging: bool) -> String {
        let query = if is_debugging { "?debug" } else { "" };
        format!("{}{query}", self.path())
    }

    /// Whether the query of an address asks for the log.
    pub fn asks_to_debug(query: &str) -> bool {
        let mut parts = query.trim_start_matches('?').split('&');
        parts.any(|part| part == "debug" || part.starts_with("debug="))
    }
}
