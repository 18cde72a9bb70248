//! Which snapshots may go. Pure: the only time it knows is that of the snapshots.

use std::collections::BTreeSet;

/// So many of the newest are always kept.
const LAST: usize = 3;
const TEN_MINUTES_MS: i64 = 10 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Of `snapshots` (log place and time taken, newest first), the places of those to delete at the time `now_ms`:
/// kept are the last 3, the newest of each 10 minutes of the last day, and the newest of each day before.
pub(crate) fn to_delete(snapshots: &[(i64, i64)], now_ms: i64) -> Vec<i64> {
    let mut taken_slots = BTreeSet::new();
    let mut delete = Vec::new();
    for (index, &(upto_seq, taken_ms)) in snapshots.iter().enumerate() {
        // A clock that was set back makes snapshots of the future: those count as of today.
        let today = now_ms.saturating_sub(taken_ms) <= DAY_MS;
        let width_ms = if today { TEN_MINUTES_MS } else { DAY_MS };
        let first_of_its_slot = taken_slots.insert((today, taken_ms.div_euclid(width_ms)));
        if index >= LAST && !first_of_its_slot {
            delete.push(upto_seq);
        }
    }
    delete
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: i64 = 60 * 1000;

    /// Takes a snapshot every `step_ms`, thinning out each time, and returns the times that are left, newest first.
    fn left(count: i64, step_ms: i64) -> Vec<i64> {
        let mut kept: Vec<(i64, i64)> = Vec::new();
        for index in 1..=count {
            let now_ms = index * step_ms;
            kept.insert(0, (index, now_ms));
            let delete = to_delete(&kept, now_ms);
            kept.retain(|(upto_seq, _)| !delete.contains(upto_seq));
        }
        kept.into_iter().map(|(_, taken_ms)| taken_ms).collect()
    }

    #[test]
    fn the_last_three_stay_however_close() {
        assert_eq!(left(100, 1000), [100_000, 99_000, 98_000]);
    }

    #[test]
    fn one_per_ten_minutes_of_the_last_day() {
        let left = left(120, MINUTE_MS);
        let minutes: Vec<i64> = left.iter().map(|ms| ms / MINUTE_MS).collect();
        assert_eq!(
            minutes,
            [120, 119, 118, 109, 99, 89, 79, 69, 59, 49, 39, 29, 19, 9]
        );
    }

    #[test]
    fn one_per_day_before() {
        let now_ms = 10 * 24 * 60 * MINUTE_MS;
        let left = left(10 * 24 * 60, MINUTE_MS);
        let (today, before): (Vec<i64>, Vec<i64>) =
            left.into_iter().partition(|ms| now_ms - ms <= DAY_MS);
        assert!((144..=147).contains(&today.len()), "{}", today.len());
        assert_eq!(before.len(), 9, "nine whole days lie before the last one");
    }

    #[test]
    fn a_clock_set_back_or_broken_deletes_nothing_of_the_last_three() {
        assert!(to_delete(&[(3, 5), (2, i64::MAX), (1, i64::MIN)], 5).is_empty());
        assert_eq!(to_delete(&[(4, 5), (3, 5), (2, 5), (1, 5)], i64::MIN), [1]);
    }
}
