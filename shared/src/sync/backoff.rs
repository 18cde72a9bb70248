//! When to try again: exponential with full jitter, never giving up.

/// The first wait is at most this long.
pub const FIRST_MS: u64 = 500;
/// No wait is longer than this.
pub const LONGEST_MS: u64 = 15_000;
/// A connection that held this long makes the next failure a first one.
pub const STEADY_MS: u64 = 10_000;

/// Milliseconds to wait before attempt number `attempt` (from 0). `random` in
/// `0.0..1.0` spreads twenty clients that lost one server over the whole wait.
pub fn delay_ms(attempt: u32, random: f64) -> u64 {
    let ceiling = FIRST_MS
        .saturating_mul(1 << attempt.min(16))
        .min(LONGEST_MS);
    (ceiling as f64 * random.clamp(0.0, 1.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_ceiling_and_are_spread() {
        assert_eq!(delay_ms(0, 1.0), FIRST_MS);
        assert_eq!(delay_ms(3, 1.0), 4_000);
        assert_eq!(delay_ms(4_000_000, 1.0), LONGEST_MS);
        assert_eq!(delay_ms(9, 0.0), 0);
    }
}
