//! The participant link: as it is, and a new one in place of it.

use shared::{
    protocol::api::{ForRoles, ParticipantLink},
    text::Phrase,
};

use crate::platform::{
    device,
    http::{Caller, Method},
};

const PATH: &str = "/participant-link";

/// Asks for the participant link: another facilitator may have made a new one. Returns the
/// links as this device keeps them now.
pub(crate) async fn ask(caller: &Caller) -> Result<ForRoles<String>, Phrase> {
    let known = caller.get::<ParticipantLink>(PATH);
    Ok(keep(caller, known.await?))
}

/// Has a new participant link made. Returns the links as this device keeps them now.
pub(crate) async fn renew(caller: &Caller) -> Result<ForRoles<String>, Phrase> {
    let made = caller.ask::<ParticipantLink>(Method::POST, PATH, &());
    Ok(keep(caller, made.await?))
}

fn keep(caller: &Caller, ParticipantLink { link }: ParticipantLink) -> ForRoles<String> {
    let mut links = device::links(&caller.workshop).unwrap_or_default();
    links.participant = link;
    device::set_links(&caller.workshop, &links);
    links
}
