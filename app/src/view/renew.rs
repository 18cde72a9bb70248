//! A workshop's links: as they are, and new ones in place of them.

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
    http::{Caller, Failure, Method},
};

/// Asks for the links as they are now: another facilitator may have made new ones. Returns them as this device keeps
/// them from now on.
///
/// # Errors
/// Why the server could not be asked.
pub(crate) async fn ask(caller: &Caller) -> Result<ForRoles<String>, Phrase> {
    let mut told = Vec::new();
    for role in Role::ALL {
        match caller.get::<RoleLink>(&path(role)).await {
            Ok(RoleLink { link }) => told.push((role, link)),
            // Of a workshop of an early version only a device may know it.
            Err(Failure::Refused(Refusal::NotFound { .. })) => {}
            Err(why) => return Err(why.into()),
        }
    }
    let mut links = known(caller);
    for (role, link) in told {
        *links.of_mut(role) = link;
    }
    device::set_links(&caller.workshop, &links);
    Ok(links)
}

/// Has a new link made for a role. Returns the links as this device keeps them now.
///
/// # Errors
/// Why there is none.
pub(crate) async fn renew(caller: &Caller, role: Role) -> Result<ForRoles<String>, Phrase> {
    let path = path(role);
    let made = caller.ask::<RoleLink>(Method::POST, &path, &());
    let made = made.await?;
    let mut links = known(caller);
    *links.of_mut(role) = made.link;
    device::set_links(&caller.workshop, &links);
    Ok(links)
}

fn path(role: Role) -> String {
    format!("/links/{}", role.name())
}

fn known(caller: &Caller) -> ForRoles<String> {
    device::links(&caller.workshop).unwrap_or_default()
}
