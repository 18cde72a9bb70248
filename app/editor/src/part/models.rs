//! How the next object of each kind will look.

use std::collections::BTreeMap;

use shared::{
    object::{Kind, Resize},
    props::Properties,
};

/// My last object of each kind: the next one looks like it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Models {
    last: BTreeMap<String, Kind>,
}

impl Models {
    /// How the next object of a kind looks.
    pub(crate) fn kind(&self, name: &str) -> Kind {
        match self.last.get(name) {
            Some(kind) => kind.clone(),
            None => Kind::read(name, &Properties::new()),
        }
    }

    /// Another choice of a style, where the kind has it.
    pub(crate) fn style(&mut self, name: &str, key: &str, choice: &str) {
        let kind = self.kind(name).with_style(key, choice);
        self.last.insert(name.to_owned(), kind);
    }

    /// The next one looks like this.
    pub(crate) fn remember(&mut self, kind: &Kind) {
        self.last.insert(kind.name().to_owned(), kind.clone());
    }
}

/// Whether a kind is drawn to its size; others have their own.
pub(crate) fn is_drawn_to_size(kind: &Kind) -> bool {
    kind.features().resize == Resize::Free
}
