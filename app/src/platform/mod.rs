//! The browser: the only folder that names web-sys. Events become data here,
//! effects become calls.

pub(crate) mod alarm;
pub(crate) mod browser;
pub(crate) mod device;
pub(crate) mod focus;
pub(crate) mod fold;
pub(crate) mod http;
pub(crate) mod intl;
pub(crate) mod kept;
pub(crate) mod language;
pub(crate) mod painter;
pub(crate) mod pictures;
pub(crate) mod pointer;
pub(crate) mod socket;
pub(crate) mod upload;
