//! What every store does alike. Pure: knows neither files nor databases.

pub(crate) mod ack;
pub(crate) mod changing;
pub(crate) mod checks;
pub(crate) mod joining;
pub(crate) mod managing;
pub(crate) mod retention;
pub(crate) mod seal;
pub(crate) mod sift;
