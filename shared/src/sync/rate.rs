//! A token bucket: how much of something may be used, and how long to wait where it is used up.

use crate::protocol::share::Rate;

/// Refills at a steady rate, holds a burst.
#[derive(Clone, Debug)]
pub struct TokenBucket {
    /// What may be used at once; below 0: what is owed.
    tokens: f64,
    per_ms: f64,
    burst: f64,
    /// When `tokens` was right, in milliseconds of the caller's clock.
    at_ms: u64,
}

impl TokenBucket {
    /// A full bucket.
    pub fn new(rate: Rate, now_ms: u64) -> Self {
        Self {
            tokens: f64::from(rate.burst),
            per_ms: f64::from(rate.regained) / (f64::from(rate.every_secs) * 1_000.0),
            burst: f64::from(rate.burst),
            at_ms: now_ms,
        }
    }

    /// Takes tokens, going into debt where there are too few, and returns how
    /// many milliseconds to wait until the debt is paid.
    pub fn take(&mut self, tokens: u32, now_ms: u64) -> u64 {
        self.refill(now_ms);
        self.tokens -= f64::from(tokens);
        self.owed_ms()
    }

    /// How many milliseconds [`TokenBucket::take`] would say. Takes nothing.
    pub fn would_wait(&mut self, tokens: u32, now_ms: u64) -> u64 {
        let wait_ms = self.take(tokens, now_ms);
        self.tokens += f64::from(tokens);
        wait_ms
    }

    /// Whether it is as it was at first.
    pub fn is_full(&mut self, now_ms: u64) -> bool {
        self.refill(now_ms);
        self.tokens >= self.burst
    }

    fn refill(&mut self, now_ms: u64) {
        let gained = now_ms.saturating_sub(self.at_ms) as f64 * self.per_ms;
        self.at_ms = self.at_ms.max(now_ms);
        self.tokens = (self.tokens + gained).min(self.burst);
    }

    fn owed_ms(&self) -> u64 {
        if self.tokens >= 0.0 {
            0
        } else {
            (-self.tokens / self.per_ms).ceil() as u64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_free_then_the_rate_holds() {
        let mut bucket = TokenBucket::new(Rate::per_sec(60, 200), 0);
        assert!((0..200).all(|_| bucket.take(1, 0) == 0));
        assert_eq!(bucket.take(6, 0), 100);
        assert_eq!(bucket.take(0, 100), 0);
        assert!(!bucket.is_full(100));
        assert!(bucket.is_full(3_500));
    }

    #[test]
    fn asking_costs_nothing() {
        let mut bucket = TokenBucket::new(Rate::per_min(6, 2), 0);
        for _ in 0..10 {
            assert_eq!(bucket.would_wait(3, 0), 10_000);
        }
        assert_eq!(bucket.take(2, 0), 0);
    }
}
