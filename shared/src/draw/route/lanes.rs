//! Which place a connector has among those between the same two things.

/// More than this no fan is spread: it would leave the board.
const MOST: usize = 1000;

/// Place among the connectors between the same two things: opposite ones share a fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// 0-based place.
    pub index: usize,
    /// How many there are, at least one.
    pub count: usize,
    /// Whether this one runs against the pair's canonical direction, which is
    /// from the lesser key to the greater.
    pub reversed: bool,
}

impl Lane {
    /// The lane of a connector that has nobody beside it.
    pub const ALONE: Self = Self {
        index: 0,
        count: 1,
        reversed: false,
    };

    /// The same lane with an index and a count that fit each other.
    pub(super) fn tidy(self) -> Self {
        let count = self.count.clamp(1, MOST);
        Self {
            index: self.index.min(count - 1),
            count,
            ..self
        }
    }

    /// Place relative to the middle of the fan: -1, 0, 1 for three.
    pub(super) fn centred(self) -> f64 {
        self.index as f64 - (self.count - 1) as f64 / 2.0
    }

    /// The distance between neighbours that fits into a length, in board
    /// units: [`super::FAN`] if there is room, and never too little to tell
    /// the lines apart.
    pub(super) fn spacing(self, room: f64) -> f64 {
        const MARGIN: f64 = 8.0;
        const LEAST: f64 = 12.0;
        let steps = (self.count - 1).max(1) as f64;
        ((room - 2.0 * MARGIN) / steps).clamp(LEAST, super::FAN)
    }
}

impl Default for Lane {
    fn default() -> Self {
        Self::ALONE
    }
}
