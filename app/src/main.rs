//! Plaza's client: the page around the board, and the loop that drives it.

#![forbid(unsafe_code)]
#![allow(unreachable_pub, reason = "what leptos makes of a component is pub")]

mod platform;
mod shell;
mod view;

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(view::App);
}
