//! Fair shares: every budget belongs to a person, over all their sockets, tabs and devices; beyond what each has for
//! certain there are totals of a workshop and of the server. Who uses more than their share waits, or is refused in
//! words; others notice nothing. All numbers are in [`limits`].

mod places;
mod rates;
mod whose;

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use shared::{
    id::{DocumentId, ParticipantId, WorkshopId},
    protocol::{
        limits,
        share::{Rate, Share},
    },
};
use tokio::{sync::Notify, time::timeout};

use self::{
    places::{Account, Places},
    rates::Rates,
    whose::{Owner, counted, part_of},
};
use crate::{clock, config::Limits};

pub use whose::Who;

const SOCKETS: &str = "sockets";
const CONNECTIONS: &str = "connections";
const BODIES: &str = "bytes of bodies";
const MAKING: &str = "exports and copies being made";
const QUESTIONS: &str = "steps 1 being answered";
const NEWCOMERS: &str = "new people";
const WORKSHOPS: &str = "new workshops";

/// More than a share was asked for, for longer than one waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

/// What everybody uses, and how much of it. A cheap handle.
#[derive(Clone)]
pub struct Shares(Arc<Inner>);

struct Inner {
    /// What was used lately.
    rates: Mutex<Rates>,
    /// What is in use.
    places: Mutex<Places>,
    /// Told whenever something is given back.
    freed: Notify,
    /// What the operator said.
    limits: Limits,
}

/// Something in use. It is given back when this is dropped.
#[must_use]
pub struct Place {
    shares: Shares,
    accounts: Vec<Account>,
    amount: u64,
}

impl Place {
    /// Gives back all but `amount`.
    pub fn shrink(&mut self, amount: u64) {
        let unused = self.amount.saturating_sub(amount);
        self.amount -= unused;
        self.give_back(unused);
    }

    fn give_back(&self, amount: u64) {
        lock(&self.shares.0.places).give_back(&self.accounts, amount);
        self.shares.0.freed.notify_waiters();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.give_back(self.amount);
    }
}

impl Shares {
    /// Nothing is in use yet.
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(Inner {
            rates: Mutex::new(Rates::new()),
            places: Mutex::default(),
            freed: Notify::new(),
            limits,
        }))
    }

    /// Uses a share. Returns how long to wait until that is paid for.
    pub fn spend(&self, share: &Share, who: &Who, amount: usize) -> Duration {
        let amount = u32::try_from(amount).unwrap_or(u32::MAX);
        let wait_ms = lock(&self.0.rates).spend(share, who, amount, clock::now_ms());
        Duration::from_millis(wait_ms)
    }

    /// How long until somebody owes nothing of a share.
    pub fn owes(&self, share: &Share, who: &Who) -> Duration {
        let owes_ms = lock(&self.0.rates).owes_ms(share, who, clock::now_ms());
        Duration::from_millis(owes_ms)
    }

    /// Uses one of a share, and waits until that is paid for.
    ///
    /// # Errors
    /// Where that would take longer than [`limits::SHARE_WAIT_SECS`]: then nothing was used.
    pub async fn wait(&self, share: &Share, who: &Who) -> Result<(), TooMany> {
        let patience_ms = limits::SHARE_WAIT_SECS * 1_000;
        let spent = lock(&self.0.rates).try_spend(share, who, 1, patience_ms, clock::now_ms());
        let wait_ms = spent.ok_or(TooMany)?;
        if wait_ms > 0 {
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
        Ok(())
    }

    /// Lets one more person into a workshop, unless too many came lately. What is refused is not counted.
    ///
    /// # Errors
    /// Where it is.
    pub fn newcomer(
        &self,
        workshop: &WorkshopId,
        address: IpAddr,
        device: Option<[u8; 32]>,
    ) -> Result<(), TooMany> {
        let address_in = Owner::AddressIn(counted(address), workshop.clone());
        let of_workshop = Owner::Workshop(workshop.clone());
        let mut drawn = vec![
            (NEWCOMERS, address_in, limits::ADDRESS_NEWCOMERS),
            (NEWCOMERS, of_workshop, limits::WORKSHOP_NEWCOMERS),
            (NEWCOMERS, Owner::Server, limits::SERVER_NEWCOMERS),
        ];
        if let Some(device) = device {
            drawn.push((NEWCOMERS, Owner::Device(device), limits::DEVICE_NEWCOMERS));
        }
        let taken = lock(&self.0.rates).try_take(&drawn, 1, 0, clock::now_ms());
        taken.map(|_| ()).ok_or(TooMany)
    }

    /// Lets one more workshop be created, unless too many were lately. What is refused is not counted.
    ///
    /// # Errors
    /// Where it is.
    pub fn new_workshop(&self, address: IpAddr) -> Result<(), TooMany> {
        let Limits {
            workshops_per_hour,
            workshops_per_hour_and_address,
            ..
        } = self.0.limits;
        let of_address = Owner::Address(counted(address));
        let drawn = vec![
            (
                WORKSHOPS,
                of_address,
                Rate::per_hour(workshops_per_hour_and_address),
            ),
            (WORKSHOPS, Owner::Server, Rate::per_hour(workshops_per_hour)),
        ];
        let taken = lock(&self.0.rates).try_take(&drawn, 1, 0, clock::now_ms());
        taken.map(|_| ()).ok_or(TooMany)
    }

    /// A socket of somebody on a document, unless they, the document, the workshop or the server have too many, or
    /// too many of theirs were closed for what they sent.
    pub fn socket(&self, who: &Who, document: &DocumentId) -> Option<Place> {
        if !self.owes(&limits::OFFENCES, who).is_zero() {
            return None;
        }
        let part = |total| part_of(total, who.role);
        let on = Owner::PersonOn(who.person.clone(), document.clone());
        let wanted = [
            (on, limits::PERSON_DOCUMENT_SOCKETS_MAX),
            (who.own(), limits::PERSON_SOCKETS_MAX),
            (
                Owner::Document(document.clone()),
                part(limits::ROOM_SOCKETS_MAX as u64),
            ),
            (
                Owner::Workshop(who.workshop.clone()),
                part(limits::WORKSHOP_SOCKETS_MAX),
            ),
            (Owner::Server, part(self.0.limits.sockets)),
        ];
        self.try_place(SOCKETS, &wanted, 1)
    }

    /// Who of a workshop has a socket open.
    pub fn present(&self, workshop: &WorkshopId) -> Vec<ParticipantId> {
        let places = lock(&self.0.places);
        let people = places.users(SOCKETS).filter_map(|owner| match owner {
            Owner::Person(of, person) if of == workshop => Some(person.clone()),
            _ => None,
        });
        people.collect()
    }

    /// One more connection from an address. `None` where it has too many.
    pub fn connection_from(&self, address: IpAddr) -> Option<Place> {
        let max = self.0.limits.connections_per_address;
        let wanted = [(Owner::Address(counted(address)), max)];
        self.try_place(CONNECTIONS, &wanted, 1)
    }

    /// One more connection of the server, which has `max` at most. Waits until there is one.
    pub async fn connection(&self, max: u64) -> Place {
        self.until(CONNECTIONS, &[(Owner::Server, max)], 1).await
    }

    /// Room for bytes of a picture or an export, on their way to or from somebody. More than one person may have is
    /// counted as so much.
    ///
    /// # Errors
    /// Where there is none within [`limits::SHARE_WAIT_SECS`].
    pub async fn body(&self, who: &Who, bytes: usize) -> Result<Place, TooMany> {
        let server = self.0.limits.body_memory_mib.saturating_mul(1 << 20);
        let own = limits::PERSON_BODY_BYTES_MAX.min(part_of(server, who.role));
        let totals = (limits::WORKSHOP_BODY_BYTES_MAX, server);
        let amount = (bytes as u64).min(own);
        self.wait_for(BODIES, who, own, totals, amount).await
    }

    /// A place among the exports and copies of canvases that are being made.
    ///
    /// # Errors
    /// Where there is none within [`limits::SHARE_WAIT_SECS`].
    pub async fn making(&self, who: &Who) -> Result<Place, TooMany> {
        let totals = (limits::WORKSHOP_MAKING_MAX, limits::SERVER_MAKING_MAX);
        self.wait_for(MAKING, who, limits::PERSON_MAKING_MAX, totals, 1)
            .await
    }

    /// A place among the steps 1 whose answers are on their way.
    ///
    /// # Errors
    /// Where there is none within [`limits::SHARE_WAIT_SECS`].
    pub async fn question(&self, who: &Who) -> Result<Place, TooMany> {
        let totals = (limits::WORKSHOP_QUESTIONS_MAX, limits::SERVER_QUESTIONS_MAX);
        self.wait_for(QUESTIONS, who, limits::PERSON_QUESTIONS_MAX, totals, 1)
            .await
    }

    /// Waits for a place of somebody's own, in their workshop and on the server.
    async fn wait_for(
        &self,
        name: &'static str,
        who: &Who,
        own: u64,
        (workshop, server): (u64, u64),
        amount: u64,
    ) -> Result<Place, TooMany> {
        let part = |total| part_of(total, who.role);
        let wanted = [
            (who.own(), own),
            (Owner::Workshop(who.workshop.clone()), part(workshop)),
            (Owner::Server, part(server)),
        ];
        let patience = Duration::from_secs(limits::SHARE_WAIT_SECS);
        let place = timeout(patience, self.until(name, &wanted, amount)).await;
        place.map_err(|_| TooMany)
    }

    async fn until(&self, name: &'static str, wanted: &[(Owner, u64)], amount: u64) -> Place {
        loop {
            let freed = self.0.freed.notified();
            tokio::pin!(freed);
            // From now on it is told, so that nothing falls between looking and waiting.
            freed.as_mut().enable();
            if let Some(place) = self.try_place(name, wanted, amount) {
                return place;
            }
            freed.await;
        }
    }

    fn try_place(&self, name: &'static str, wanted: &[(Owner, u64)], amount: u64) -> Option<Place> {
        let account = |(owner, max): &(Owner, u64)| ((name, owner.clone()), *max);
        let wanted: Vec<(Account, u64)> = wanted.iter().map(account).collect();
        lock(&self.0.places).take(&wanted, amount).then(|| Place {
            shares: self.clone(),
            accounts: wanted.into_iter().map(|(account, _)| account).collect(),
            amount,
        })
    }
}

/// Nothing that is counted is half counted after a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use shared::protocol::control::Role;

    use super::*;

    fn who(person: &str, role: Role) -> Who {
        Who {
            person: person.into(),
            workshop: "w".into(),
            role,
        }
    }

    fn shares() -> Shares {
        Shares::new(Limits::default())
    }

    #[test]
    fn a_person_has_so_many_sockets_on_a_document_and_gets_them_back() {
        let shares = shares();
        let ana = who("ana", Role::Participant);
        let open = || shares.socket(&ana, &"d".into());
        let all: Vec<Place> = std::iter::from_fn(open).take(100).collect();
        assert_eq!(all.len() as u64, limits::PERSON_DOCUMENT_SOCKETS_MAX);
        assert_eq!(shares.present(&"w".into()), ["ana".into()]);
        assert_eq!(shares.present(&"v".into()), []);
        drop(all);
        assert!(open().is_some());
        assert_eq!(shares.present(&"w".into()), []);
    }

    #[test]
    fn facilitators_get_into_a_document_that_others_have_filled() {
        let shares = shares();
        let fill = |role: Role| -> Vec<Place> {
            let name = |n| format!("{role:?} {n}");
            let places = (0..1_000).map(|n| shares.socket(&who(&name(n), role), &"d".into()));
            places.flatten().collect()
        };
        let observers = fill(Role::Observer);
        let participants = fill(Role::Participant);
        let facilitators = fill(Role::Facilitator);
        let counts = [observers.len(), participants.len(), facilitators.len()];
        assert_eq!(counts, [240, 120, 40]);
    }

    /// A workshop of 25 people with three tabs of 12 links each, a stage and observers.
    #[test]
    fn a_full_workshop_has_all_its_sockets() {
        let shares = shares();
        let people = (0..25).map(|n| who(&format!("person {n}"), Role::Participant));
        let observers = (0..20).map(|n| who(&format!("observer {n}"), Role::Observer));
        let stage = [who("stage", Role::Observer)];
        let mut open = Vec::new();
        for person in people.chain(stage).chain(observers) {
            for link in 0..12 {
                for _tab in 0..3 {
                    let place = shares.socket(&person, &format!("d{link}").as_str().into());
                    open.push(place.expect("a place"));
                }
            }
        }
    }

    #[test]
    fn sixty_people_join_from_one_address_within_a_minute_and_a_flood_keeps_no_other_out() {
        let shares = shares();
        let (room, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let come = |address| shares.newcomer(&"w".into(), address, None);
        assert!((0..60).all(|_| come(room).is_ok()));
        let flood = (0..10_000).filter(|_| come(room).is_ok()).count();
        assert!(flood <= 50, "{flood}");
        assert!((0..60).all(|_| come(other).is_ok()));
        let device = Some([7; 32]);
        let come = |n: u8| shares.newcomer(&"v".into(), IpAddr::from([10, 1, 0, n]), device);
        assert_eq!((0..100).filter(|n| come(*n).is_ok()).count(), 12);
    }

    #[test]
    fn refused_tries_to_create_count_against_nobody() {
        let shares = Shares::new(Limits {
            workshops_per_hour: 5,
            workshops_per_hour_and_address: 3,
            ..Limits::default()
        });
        let create = |n| shares.new_workshop(IpAddr::from([10, 0, 0, n])).is_ok();
        assert_eq!((0..10_000).filter(|_| create(1)).count(), 3);
        assert_eq!((0..10_000).filter(|_| create(2)).count(), 2, "5 in all");
        // One address of the newer kind is a whole network.
        let shares = Shares::new(Limits {
            workshops_per_hour_and_address: 1,
            ..Limits::default()
        });
        let create = |n| shares.new_workshop(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, n]));
        assert!(create(1).is_ok() && create(2).is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn so_many_questions_of_one_person_are_being_answered() {
        let shares = shares();
        let (ana, bo) = (who("ana", Role::Participant), who("bo", Role::Observer));
        let mut asked = Vec::new();
        for _ in 0..limits::PERSON_QUESTIONS_MAX {
            asked.extend(shares.question(&ana).await.ok());
        }
        assert_eq!(asked.len() as u64, limits::PERSON_QUESTIONS_MAX);
        assert!(shares.question(&ana).await.is_err(), "after a while");
        assert!(shares.question(&bo).await.is_ok(), "nobody else notices");
        asked.pop();
        assert!(shares.question(&ana).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_what_is_being_made_for_another() {
        let shares = shares();
        let (ana, bo) = (who("ana", Role::Facilitator), who("bo", Role::Observer));
        let _making = shares.making(&ana).await;
        assert!(shares.making(&bo).await.is_ok());
        assert!(shares.making(&ana).await.is_err(), "after a while");
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_too_many_bytes_on_their_way_waits_and_is_then_refused() {
        let shares = shares();
        let (ana, bo) = (who("ana", Role::Participant), who("bo", Role::Participant));
        let max = limits::PERSON_BODY_BYTES_MAX as usize;
        let first = shares.body(&ana, max).await;
        assert!(shares.body(&ana, 1).await.is_err(), "after a while");
        assert!(shares.body(&bo, max).await.is_ok(), "nobody else notices");
        let (second, ()) = tokio::join!(shares.body(&ana, 1), async { drop(first) });
        assert!(second.is_ok(), "it waited for the first");
    }
}
