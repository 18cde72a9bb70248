//! One timer that rings at a time.

use std::{cell::Cell, rc::Rc};

use super::browser;

/// A timer that somebody asks again each time it has rung.
#[derive(Clone, Default)]
pub(crate) struct Alarm {
    /// When it rings, in milliseconds of the page's clock.
    at_ms: Rc<Cell<Option<u64>>>,
}

impl Alarm {
    /// Rings at a time, unless it is to ring before that already.
    pub(crate) fn set(&self, at_ms: u64, ring: impl FnOnce() + 'static) {
        if self.at_ms.get().is_some_and(|set_ms| set_ms <= at_ms) {
            return;
        }
        self.at_ms.set(Some(at_ms));
        let own = Rc::clone(&self.at_ms);
        let wait_ms = at_ms.saturating_sub(browser::monotonic_ms()).max(1);
        browser::after_ms(i32::try_from(wait_ms).unwrap_or(i32::MAX), move || {
            // One that was to ring earlier has taken its place, and was asked again.
            if own.get() == Some(at_ms) {
                own.set(None);
                ring();
            }
        });
    }
}
