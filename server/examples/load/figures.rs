//! Samples, and what a process takes, from `/proc`.

use std::{fmt, fs, time::Duration};

/// Times in milliseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1_000.0);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// The time within which a share of them lies; not a number where there is none.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (sorted.len() as f64 - 1.0) * share;
        sorted.get(place as usize).copied().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Samples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most, n) = (self.at(0.5), self.at(0.99), self.len());
        write!(f, "p50 {half:>6.1} ms, p99 {most:>6.1} ms ({n} samples)")
    }
}

/// What a process has taken so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// Seconds of a processor.
    pub(crate) processor: f64,
    /// Memory it holds, MB.
    pub(crate) memory: f64,
    /// The most memory it has held, MB.
    pub(crate) memory_most: f64,
    /// Its threads.
    pub(crate) threads: f64,
}

impl Taken {
    pub(crate) fn by(pid: u32) -> Self {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            number.unwrap_or(f64::NAN)
        };
        Self {
            processor: processor(pid),
            memory: number("VmRSS") / 1_024.0,
            memory_most: number("VmHWM") / 1_024.0,
            threads: number("Threads"),
        }
    }
}

/// 100 ticks are a second.
fn processor(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name, which may hold anything, ends with the last bracket.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = fields
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(f64::NAN))
        .collect();
    let ticks = |at: usize| fields.get(at).copied().unwrap_or(f64::NAN);
    (ticks(11) + ticks(12)) / 100.0
}
