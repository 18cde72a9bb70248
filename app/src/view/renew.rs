//! A new participant link in place of the old one.

use shared::{
    protocol::api::{ForRoles, NewLink},
    text::Phrase,
};

use crate::platform::{
    device,
    http::{Caller, Method},
};

/// Has a new participant link made. Returns the links as this device keeps them now.
pub(crate) async fn renew(caller: &Caller) -> Result<ForRoles<String>, Phrase> {
    let made = caller.ask::<NewLink>(Method::POST, "/participant-link", &());
    let NewLink { link } = made.await?;
    let mut links = device::links(&caller.workshop).unwrap_or_default();
    links.participant = link;
    // First of all: the server cannot say it again.
    device::set_links(&caller.workshop, &links);
    Ok(links)
}
