//! Whose a budget is.

use std::net::IpAddr;

use shared::{
    id::{DocumentId, ParticipantId, WorkshopId},
    protocol::{control::Role, limits},
};

/// Whoever uses something that belongs to all.
#[derive(Clone, Debug)]
pub struct Who {
    /// The person, over all their sessions.
    pub person: ParticipantId,
    /// Their workshop.
    pub workshop: WorkshopId,
    /// What they may do: facilitators always get in.
    pub role: Role,
}

/// Who has an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// A person, in their workshop.
    Person(WorkshopId, ParticipantId),
    /// What a person has for certain.
    Assured(ParticipantId),
    /// A person on a document.
    PersonOn(ParticipantId, DocumentId),
    /// A document.
    Document(DocumentId),
    /// A workshop.
    Workshop(WorkshopId),
    /// An address.
    Address(IpAddr),
    /// An address in a workshop.
    AddressIn(IpAddr, WorkshopId),
    /// A device, by the hash of its secret.
    Device([u8; 32]),
    /// Everybody.
    Server,
}

impl Who {
    pub(super) fn own(&self) -> Owner {
        Owner::Person(self.workshop.clone(), self.person.clone())
    }
}

/// The part of a total that people of a role take at most: the rest is for those who must get in before them.
pub(super) fn part_of(total: u64, role: Role) -> u64 {
    match role {
        Role::Facilitator => total,
        Role::Participant => total * limits::PARTICIPANTS_OF_HUNDRED / 100,
        Role::Observer => total * limits::OBSERVERS_OF_HUNDRED / 100,
    }
}

/// An address as it is counted: of the newer kind everybody has a whole network.
pub(super) fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        IpAddr::V4(address) => address.into(),
    }
}
