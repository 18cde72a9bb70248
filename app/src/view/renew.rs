//! A workshop's links: as they are, and new ones in place of them.

use client::links::key_of;
use shared::{
    protocol::{
        Refusal,
        api::{ForRoles, RoleLink},
        control::Role,
    },
    text::Phrase,
};

use crate::platform::{
    device,
    http::{self, Caller, Failure, Method},
};

/// Finds out which links there are now: another facilitator may have made new ones. Of those that the server keeps as
/// hashes it says only whether they still open the workshop. Returns the links as this device keeps them from now on.
///
/// # Errors
/// Why the server could not be asked.
pub(crate) async fn ask(caller: &Caller) -> Result<ForRoles<String>, Phrase> {
    for role in [Role::Facilitator, Role::Observer] {
        let key = key_of(known(caller).of(role)).map(str::to_owned);
        let Some(key) = key else { continue };
        let looked = http::look(&caller.workshop, key).await;
        if let Err(Failure::Refused(Refusal::LinkInvalid)) = looked {
            keep(caller, role, String::new());
        }
    }
    match caller.get::<RoleLink>(&path(Role::Participant)).await {
        Ok(RoleLink { link }) => Ok(keep(caller, Role::Participant, link)),
        // Of a workshop of an early version only the device may know it.
        Err(Failure::Refused(Refusal::NotFound { .. })) => Ok(known(caller)),
        Err(why) => Err(why.into()),
    }
}

/// Has a new link made for a role. Returns the links as this device keeps them now.
pub(crate) async fn renew(caller: &Caller, role: Role) -> Result<ForRoles<String>, Phrase> {
    let path = path(role);
    let made = caller.ask::<RoleLink>(Method::POST, &path, &());
    Ok(keep(caller, role, made.await?.link))
}

fn path(role: Role) -> String {
    format!("/links/{}", role.name())
}

fn known(caller: &Caller) -> ForRoles<String> {
    device::links(&caller.workshop).unwrap_or_default()
}

fn keep(caller: &Caller, role: Role, link: String) -> ForRoles<String> {
    let mut links = known(caller);
    *links.of_mut(role) = link;
    device::set_links(&caller.workshop, &links);
    links
}
