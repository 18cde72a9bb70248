//! Which snapshots are kept: the last three, one for each ten minutes of the
//! last day, one a day before that.

/// The newest so many are always kept.
const NEWEST: usize = 3;
const TEN_MINUTES_MS: i64 = 10 * 60 * 1_000;
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// Of snapshots given newest first as `(upto_seq, taken_ms)`, those that go.
pub(super) fn to_drop(snapshots: &[(u64, i64)]) -> Vec<u64> {
    let Some(&(_, now_ms)) = snapshots.first() else {
        return Vec::new();
    };
    let mut slots = std::collections::BTreeSet::new();
    let mut drop = Vec::new();
    for (i, &(upto_seq, taken_ms)) in snapshots.iter().enumerate() {
        let age_ms = now_ms.saturating_sub(taken_ms);
        let width_ms = if age_ms < DAY_MS {
            TEN_MINUTES_MS
        } else {
            DAY_MS
        };
        let first_of_slot = slots.insert((width_ms, taken_ms.div_euclid(width_ms)));
        if i >= NEWEST && !first_of_slot {
            drop.push(upto_seq);
        }
    }
    drop
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_snapshots_thin_out() {
        let minute = 60_000;
        let now = 10 * DAY_MS;
        // One a minute for three days, newest first.
        let all: Vec<(u64, i64)> = (0..3 * 24 * 60)
            .map(|i| (10_000 - i as u64, now - i * minute))
            .collect();
        let dropped = to_drop(&all);
        let kept = all.len() - dropped.len();
        assert!((140..160).contains(&kept), "{kept}");
        assert!(!dropped.contains(&10_000) && !dropped.contains(&9_998));
    }
}
