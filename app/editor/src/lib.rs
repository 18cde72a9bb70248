//! The editor: what a gesture or key means, without a browser.
