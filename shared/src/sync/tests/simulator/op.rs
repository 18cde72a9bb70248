//! What can happen, and how plans of it are drawn and printed.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::{authority::Access, protocol::control::Role};

/// One thing that happens. Numbers are taken modulo what there is, so that
/// every plan is a valid one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    Add(u8),
    Type(u8, u8, u8),
    Move(u8, u8),
    Delete(u8, u8),
    Undo(u8),
    /// Carries so many messages up or down one client's link.
    Up(u8, u8),
    Down(u8, u8),
    /// The message at the head of the link arrives twice.
    RepeatUp(u8),
    /// The link breaks; what is under way is lost.
    Cut(u8),
    /// The page is reloaded: a new copy from what the device kept.
    Reload(u8),
    /// The server is killed: what is not on disk is gone.
    Kill,
    /// Somebody's laptop is closed, or opened again.
    Sleep(u8, bool),
    /// Somebody takes a copy of the server's folder.
    Copy,
    /// The last copy is put back in place of the folder.
    Restore,
    /// Somebody hostile brings work under another's client id.
    Forge(u8, u8),
    /// The disk works through what is queued.
    Disk(u8),
    DiskFails,
    DiskWorks,
    /// So many seconds pass.
    Wait(u8),
    /// Somebody has another role from now on.
    SetRole(u8, Role),
    /// The canvas is frozen, archived, or open to everybody again.
    SetAccess(Access),
    /// Somebody's session ends while its socket is open.
    Expel(u8),
    /// Somebody is removed from the workshop, or let in again.
    Remove(u8, bool),
}

pub(super) fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        Just(Role::Observer),
        Just(Role::Participant),
        Just(Role::Facilitator)
    ]
}

pub(super) fn access() -> impl Strategy<Value = Access> {
    prop_oneof![
        Just(Access::Open),
        Just(Access::Frozen),
        Just(Access::Archived)
    ]
}

pub(super) fn op() -> impl Strategy<Value = Op> {
    let any = any::<u8>;
    prop_oneof![
        4 => any().prop_map(Op::Add),
        6 => (any(), any(), any()).prop_map(|(p, o, at)| Op::Type(p, o, at)),
        4 => (any(), any()).prop_map(|(p, o)| Op::Move(p, o)),
        2 => (any(), any()).prop_map(|(p, o)| Op::Delete(p, o)),
        1 => any().prop_map(Op::Undo),
        12 => (any(), any()).prop_map(|(p, n)| Op::Up(p, n)),
        12 => (any(), any()).prop_map(|(p, n)| Op::Down(p, n)),
        1 => any().prop_map(Op::RepeatUp),
        2 => any().prop_map(Op::Cut),
        1 => any().prop_map(Op::Reload),
        1 => Just(Op::Kill),
        1 => (any(), proptest::bool::ANY).prop_map(|(p, asleep)| Op::Sleep(p, asleep)),
        1 => Just(Op::Copy),
        1 => Just(Op::Restore),
        1 => (any(), any()).prop_map(|(p, what)| Op::Forge(p, what)),
        8 => any().prop_map(Op::Disk),
        1 => Just(Op::DiskFails),
        1 => Just(Op::DiskWorks),
        3 => any().prop_map(Op::Wait),
        1 => (any(), role()).prop_map(|(p, role)| Op::SetRole(p, role)),
        1 => access().prop_map(Op::SetAccess),
        1 => any().prop_map(Op::Expel),
        1 => (any(), proptest::bool::ANY).prop_map(|(p, removed)| Op::Remove(p, removed)),
    ]
}

pub(super) fn printed(plan: &[Op]) -> String {
    plan.iter().fold(String::new(), |mut text, op| {
        let _ = write!(text, "{op:?}, ");
        text
    })
}
