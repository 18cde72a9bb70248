//! Accounts of what was used lately, each a token bucket. Pure: time is an argument.

use std::collections::HashMap;

use shared::{
    protocol::{
        control::Role,
        share::{Rate, Share},
    },
    sync::rate::TokenBucket,
};

use super::whose::{Owner, Who};

/// With fewer accounts than this nothing is cleared away.
const CLEAR_FROM: usize = 1_024;

/// What an account is of.
type Name = &'static str;

/// Accounts of what was used lately. One that is as at first is not kept: memory is bounded by who used something in
/// the time that the rates need to be as at first.
pub(super) struct Rates {
    buckets: HashMap<(Name, Owner), TokenBucket>,
    /// With so many accounts, those that are full are cleared away.
    clear_at: usize,
}

/// What is drawn from, in which order.
pub(super) type Drawn = Vec<(Name, Owner, Rate)>;

impl Rates {
    /// Nothing was used yet.
    pub(super) fn new() -> Self {
        Self {
            buckets: HashMap::new(),
            clear_at: CLEAR_FROM,
        }
    }

    /// Uses a share. Returns the milliseconds to wait until that is paid for.
    pub(super) fn spend(&mut self, share: &Share, who: &Who, amount: u32, now_ms: u64) -> u64 {
        let drawn = self.drawn(share, who, amount, now_ms);
        self.take(&drawn, amount, now_ms)
    }

    /// The same, unless one would have to wait longer than `patience_ms`. Then nothing is used.
    pub(super) fn try_spend(
        &mut self,
        share: &Share,
        who: &Who,
        amount: u32,
        patience_ms: u64,
        now_ms: u64,
    ) -> Option<u64> {
        let drawn = self.drawn(share, who, amount, now_ms);
        self.try_take(&drawn, amount, patience_ms, now_ms)
    }

    /// The milliseconds until somebody owes nothing of a share.
    pub(super) fn owes_ms(&mut self, share: &Share, who: &Who, now_ms: u64) -> u64 {
        let bucket = self.bucket(share.name, &who.own(), share.own, now_ms);
        bucket.would_wait(0, now_ms)
    }

    /// Draws from all of these. Returns the milliseconds until the last is paid for.
    fn take(&mut self, drawn: &Drawn, amount: u32, now_ms: u64) -> u64 {
        let take = |(name, owner, rate): &(Name, Owner, Rate)| {
            self.bucket(name, owner, *rate, now_ms).take(amount, now_ms)
        };
        drawn.iter().map(take).max().unwrap_or_default()
    }

    /// The same, unless one would have to wait longer than `patience_ms`. Then nothing is used.
    pub(super) fn try_take(
        &mut self,
        drawn: &Drawn,
        amount: u32,
        patience_ms: u64,
        now_ms: u64,
    ) -> Option<u64> {
        let is_patient = drawn.iter().all(|(name, owner, rate)| {
            let bucket = self.bucket(name, owner, *rate, now_ms);
            bucket.would_wait(amount, now_ms) <= patience_ms
        });
        is_patient.then(|| self.take(drawn, amount, now_ms))
    }

    /// What a use draws from: always one's own; the totals where it is more than what is assured. Facilitators draw
    /// from no total.
    fn drawn(&mut self, share: &Share, who: &Who, amount: u32, now_ms: u64) -> Drawn {
        let mut drawn = vec![(share.name, who.own(), share.own)];
        if let Some(common) = share.common
            && who.role != Role::Facilitator
        {
            let assured = Owner::Assured(who.person.clone());
            let bucket = self.bucket(share.name, &assured, common.assured, now_ms);
            if bucket.would_wait(amount, now_ms) == 0 {
                drawn.push((share.name, assured, common.assured));
            } else {
                let workshop = Owner::Workshop(who.workshop.clone());
                drawn.push((share.name, workshop, common.workshop));
                drawn.push((share.name, Owner::Server, common.server));
            }
        }
        drawn
    }

    fn bucket(&mut self, name: Name, owner: &Owner, rate: Rate, now_ms: u64) -> &mut TokenBucket {
        if self.buckets.len() >= self.clear_at {
            self.buckets.retain(|_, bucket| !bucket.is_full(now_ms));
            self.clear_at = CLEAR_FROM.max(self.buckets.len() * 2);
        }
        self.buckets
            .entry((name, owner.clone()))
            .or_insert_with(|| TokenBucket::new(rate, now_ms))
    }
}

#[cfg(test)]
mod tests {
    use shared::protocol::{limits, share::Common};

    use super::*;

    const SHARE: Share = Share {
        name: "notes",
        unit: "notes",
        own: Rate::per_sec(10, 20),
        common: Some(Common {
            assured: Rate::per_sec(1, 5),
            workshop: Rate::per_sec(10, 30),
            server: Rate::per_sec(100, 1_000),
        }),
        beyond: "waits",
    };

    fn who(person: &str, role: Role) -> Who {
        Who {
            person: person.into(),
            workshop: "w".into(),
            role,
        }
    }

    #[test]
    fn a_person_has_one_share_whatever_they_use_it_with() {
        let mut rates = Rates::new();
        let ana = who("ana", Role::Participant);
        assert!((0..20).all(|_| rates.spend(&SHARE, &ana, 1, 0) == 0));
        assert_eq!(rates.spend(&SHARE, &ana, 1, 0), 100);
        assert_eq!(rates.owes_ms(&SHARE, &ana, 0), 100);
        assert_eq!(rates.owes_ms(&SHARE, &ana, 100), 0);
        let bo = who("bo", Role::Participant);
        assert_eq!(rates.spend(&SHARE, &bo, 1, 0), 0, "nobody else waits");
    }

    #[test]
    fn who_uses_little_gets_it_however_much_others_use() {
        let mut rates = Rates::new();
        for n in 0..50 {
            let mallory = who(&format!("mallory {n}"), Role::Observer);
            for _ in 0..30 {
                rates.spend(&SHARE, &mallory, 1, 0);
            }
        }
        let ana = who("ana", Role::Participant);
        assert!((0..5).all(|_| rates.spend(&SHARE, &ana, 1, 0) == 0));
        assert!(rates.spend(&SHARE, &ana, 1, 0) > 0, "the total is used up");
        let fay = who("fay", Role::Facilitator);
        assert!((0..20).all(|_| rates.spend(&SHARE, &fay, 1, 0) == 0));
    }

    #[test]
    fn who_is_refused_owes_nothing() {
        let mut rates = Rates::new();
        let ana = who("ana", Role::Participant);
        for _ in 0..1_000 {
            rates.try_spend(&SHARE, &ana, 1, 0, 0);
        }
        assert_eq!(rates.try_spend(&SHARE, &ana, 1, 0, 0), None);
        assert_eq!(rates.try_spend(&SHARE, &ana, 1, 100, 0), Some(100));
        assert_eq!(rates.try_spend(&SHARE, &ana, 1, 0, 200), Some(0));
    }

    #[test]
    fn accounts_that_are_full_again_are_not_kept() {
        let mut rates = Rates::new();
        for n in 0..100_000 {
            let now_ms = n * 10;
            rates.spend(&SHARE, &who(&n.to_string(), Role::Observer), 1, now_ms);
        }
        assert!(
            rates.buckets.len() < 2 * CLEAR_FROM,
            "{} accounts",
            rates.buckets.len()
        );
    }

    /// 25 people with three tabs of 12 links each, a stage and 20 observers come back at once.
    #[test]
    fn a_full_workshop_comes_back_without_waiting() {
        let mut rates = Rates::new();
        for n in 0..46 {
            let ana = who(&n.to_string(), Role::Participant);
            for _ in 0..3 * 12 {
                for (share, amount) in [
                    (&limits::MESSAGES, 6),
                    (&limits::BYTES, 20 << 10),
                    (&limits::QUESTIONS, 1),
                    (&limits::ANSWERS, 1 << 20),
                ] {
                    assert_eq!(rates.spend(share, &ana, amount, 0), 0, "{}", share.name);
                }
            }
        }
    }
}
