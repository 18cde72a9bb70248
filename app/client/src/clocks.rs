//! Notices that the device slept: the wall clock went on, the page did not tick.

use shared::sync::client::SLEEP_GAP_MS;

/// The clocks at the last tick.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    /// Monotonic and wall clock then, milliseconds.
    last: Option<(u64, u64)>,
}

impl Clocks {
    /// Takes both clocks, milliseconds. Returns whether the device slept since the last
    /// tick. Monotonic clocks may stand still meanwhile; a wall clock that is set back
    /// is no sleep.
    pub(crate) fn slept(&mut self, monotonic_ms: u64, wall_ms: u64) -> bool {
        let last = self.last.replace((monotonic_ms, wall_ms));
        last.is_some_and(|(then_ms, wall_then_ms)| {
            let passed_ms = monotonic_ms.saturating_sub(then_ms);
            let wall_passed_ms = wall_ms.saturating_sub(wall_then_ms);
            wall_passed_ms.saturating_sub(passed_ms) > SLEEP_GAP_MS
        })
    }
}
