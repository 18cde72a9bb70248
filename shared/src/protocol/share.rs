//! How limits are written down: plain ones, and shares of what belongs to all.

use std::fmt;

/// A limit as PROTOCOL.md lists it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What it is about, as a heading.
    pub group: &'static str,
    /// Its name in code.
    pub name: &'static str,
    /// Its number.
    pub value: u64,
    /// Of what.
    pub unit: &'static str,
    /// What happens beyond.
    pub beyond: &'static str,
}

/// How fast something may be used: so much at once, and how fast that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// So much may be used at once.
    pub burst: u32,
    /// So much of it comes back in [`Rate::every_secs`].
    pub regained: u32,
    /// Seconds in which [`Rate::regained`] comes back.
    pub every_secs: u32,
}

impl Rate {
    /// So much each second, and `burst` at once.
    pub const fn per_sec(regained: u32, burst: u32) -> Self {
        Self {
            burst,
            regained,
            every_secs: 1,
        }
    }

    /// So much each minute, and `burst` at once.
    pub const fn per_min(regained: u32, burst: u32) -> Self {
        Self {
            burst,
            regained,
            every_secs: 60,
        }
    }

    /// So much each hour, which may all be used at once.
    pub const fn per_hour(regained: u32) -> Self {
        Self {
            burst: regained,
            regained,
            every_secs: 3_600,
        }
    }
}

/// What one person may use of something that belongs to all: over all their sockets, tabs and devices together.
#[derive(Debug)]
pub struct Share {
    /// What, as PROTOCOL.md calls it.
    pub name: &'static str,
    /// Of what a rate is; `bytes` are shown as KiB and MiB.
    pub unit: &'static str,
    /// The most that one person uses.
    pub own: Rate,
    /// What all have in common; `None` where one person's use costs nobody else anything.
    pub common: Option<Common>,
    /// What happens beyond.
    pub beyond: &'static str,
}

/// What all have in common of something.
#[derive(Clone, Copy, Debug)]
pub struct Common {
    /// What each person has for certain, whatever others use. Only what is beyond is drawn from the totals.
    pub assured: Rate,
    /// What the people of one workshop use together beyond that.
    pub workshop: Rate,
    /// What everybody on the server uses together beyond that.
    pub server: Rate,
}

/// A number of something as people read it: `4 MiB`, `1,200`.
pub struct Amount(pub u64, pub &'static str);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, unit) = *self;
        for (size, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] {
            if unit == "bytes" && number >= size && number % size == 0 {
                return write!(f, "{} {name}", number / size);
            }
        }
        let digits = number.to_string();
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        match unit {
            "bytes" => f.write_str(" bytes"),
            _ => Ok(()),
        }
    }
}

impl Limit {
    /// Its number as people read it: `4 MiB`, `500 people`.
    pub fn said(&self) -> String {
        let amount = Amount(self.value, self.unit);
        match self.unit {
            "" | "bytes" => amount.to_string(),
            unit => format!("{amount} {unit}"),
        }
    }
}

impl Rate {
    /// As people read it: `60 a second, 200 at once`.
    pub fn said_in(&self, unit: &'static str) -> String {
        let every = match self.every_secs {
            1 => "a second",
            60 => "a minute",
            _ => "an hour",
        };
        let amount = |number: u32| Amount(number.into(), unit);
        format!(
            "{} {every}, {} at once",
            amount(self.regained),
            amount(self.burst)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_read_them() {
        let said = |number, unit| Amount(number, unit).to_string();
        assert_eq!(said(4 << 20, "bytes"), "4 MiB");
        assert_eq!(said(1_200, "people"), "1,200");
        assert_eq!(said(1_000_000, "bytes"), "1,000,000 bytes");
        let rate = Rate::per_sec(512 << 10, 8 << 20);
        assert_eq!(rate.said_in("bytes"), "512 KiB a second, 8 MiB at once");
        assert_eq!(
            Rate::per_hour(60).said_in("requests"),
            "60 an hour, 60 at once"
        );
    }
}
