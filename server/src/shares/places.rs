//! What is in use at this moment, counted by whose it is. Pure.

use std::collections::HashMap;

use super::whose::Owner;

/// A counted thing, and whose it is.
pub(super) type Account = (&'static str, Owner);

/// Counts of what is in use.
#[derive(Default)]
pub(super) struct Places {
    used: HashMap<Account, u64>,
}

impl Places {
    /// Takes `amount` in each of these accounts, or in none: an account has at most what stands beside it.
    pub(super) fn take(&mut self, wanted: &[(Account, u64)], amount: u64) -> bool {
        let has_room =
            |(account, max): &(Account, u64)| self.used(account).saturating_add(amount) <= *max;
        if !wanted.iter().all(has_room) {
            return false;
        }
        for (account, _) in wanted {
            *self.used.entry(account.clone()).or_default() += amount;
        }
        true
    }

    /// Gives back in each of these accounts.
    pub(super) fn give_back<'a>(
        &mut self,
        accounts: impl IntoIterator<Item = &'a Account>,
        amount: u64,
    ) {
        for account in accounts {
            if let Some(used) = self.used.get_mut(account) {
                *used = used.saturating_sub(amount);
                if *used == 0 {
                    self.used.remove(account);
                }
            }
        }
    }

    /// How much is in use.
    pub(super) fn used(&self, account: &Account) -> u64 {
        self.used.get(account).copied().unwrap_or_default()
    }

    /// Who uses some of a thing.
    pub(super) fn users<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Owner> {
        let accounts = self.used.keys();
        accounts
            .filter(move |(of, _)| *of == name)
            .map(|(_, owner)| owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_nothing_is_taken_and_what_is_given_back_is_forgotten() {
        let mut places = Places::default();
        let account = |name: &str| ("sockets", Owner::Document(name.into()));
        let wanted = [(account("a"), 3), (account("b"), 2)];
        assert!(places.take(&wanted, 2));
        assert!(!places.take(&wanted, 1), "b is full");
        assert_eq!(places.used(&account("a")), 2);
        places.give_back(wanted.iter().map(|(account, _)| account), 2);
        assert_eq!(places.users("sockets").count(), 0);
        assert!(places.take(&wanted, 2));
    }
}
