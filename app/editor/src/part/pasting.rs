//! How a paste was asked for: its key comes before what is pasted.

/// The paste that is about to come.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pasting {
    as_one: bool,
}

impl Pasting {
    /// The key of a paste has been pressed.
    pub(crate) fn expect(&mut self, as_one: bool) {
        self.as_one = as_one;
    }

    /// The paste has come: whether all of it becomes one note.
    pub(crate) fn take_as_one(&mut self) -> bool {
        std::mem::take(&mut self.as_one)
    }
}
