//! A token bucket: how much a session may send.

/// Refills at a steady rate, holds a burst.
#[derive(Clone, Debug)]
pub struct TokenBucket {
    tokens: f64,
    per_ms: f64,
    burst: f64,
    at_ms: u64,
}

impl TokenBucket {
    /// A full bucket of `burst` tokens that regains `per_sec` each second.
    pub fn new(per_sec: u32, burst: u32, now_ms: u64) -> Self {
        Self {
            tokens: f64::from(burst),
            per_ms: f64::from(per_sec) / 1_000.0,
            burst: f64::from(burst),
            at_ms: now_ms,
        }
    }

    /// Takes tokens, going into debt where there are too few, and returns how
    /// many milliseconds to wait until the debt is paid.
    pub fn take(&mut self, tokens: u32, now_ms: u64) -> u64 {
        let gained = now_ms.saturating_sub(self.at_ms) as f64 * self.per_ms;
        self.at_ms = self.at_ms.max(now_ms);
        self.tokens = (self.tokens + gained).min(self.burst) - f64::from(tokens);
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
        let mut bucket = TokenBucket::new(60, 200, 0);
        assert!((0..200).all(|_| bucket.take(1, 0) == 0));
        assert_eq!(bucket.take(6, 0), 100);
        assert_eq!(bucket.take(0, 100), 0);
    }
}
