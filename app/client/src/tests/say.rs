//! Sentences made of numbers and names.

use shared::{
    id::ObjectId,
    protocol::CloseCode,
    sync::{Status, client::Held},
};

use crate::say;

#[test]
fn a_status_says_how_many_and_where_they_are() {
    for (status, keeps, said) in [
        (Status::Saved, true, "All changes saved"),
        (Status::Saving(1), true, "Saving 1 change"),
        (Status::Saving(2), true, "Saving 2 changes"),
        (
            Status::Failing(0),
            true,
            "The server cannot save at the moment",
        ),
        (
            Status::Failing(3),
            true,
            "The server cannot save at the moment: 3 changes kept on this device",
        ),
        (
            Status::Held(Held::Outdated, 0),
            true,
            "This page is out of date. Reload to edit",
        ),
        (
            Status::Held(Held::Outdated, 1),
            true,
            "This page is out of date. Reload to edit. 1 change kept on this device",
        ),
        (
            Status::Held(Held::NotWritable, 2),
            true,
            "2 changes kept on this device: their canvas cannot be edited now",
        ),
        (Status::Offline(0), false, "Offline"),
        (
            Status::Offline(1),
            true,
            "Offline: 1 change kept on this device",
        ),
        (
            Status::Offline(2),
            false,
            "Offline: 2 changes not saved. Keep this page open",
        ),
    ] {
        assert_eq!(say::status(&status, keeps).english(), said);
    }
    let closed = say::status(&Status::Closed(NotFound, 2), true).english();
    assert!(
        closed.ends_with("2 changes kept on this device"),
        "{closed}"
    );
    let of = |code| say::status(&Status::Closed(code, 0), true);
    use CloseCode::{NotFound, Refused, TooLarge, Unauthenticated};
    let all = [Unauthenticated, NotFound, TooLarge, Refused].map(of);
    for (i, one) in all.iter().enumerate() {
        assert!(!all[..i].contains(one), "two codes say {one:?}");
    }
}

#[test]
fn a_receipt_tells_mine_and_theirs() {
    let ids = |n: usize| (0..n).map(|i| ObjectId::from(i.to_string())).collect();
    for (was_connected, mine, theirs, said) in [
        (
            true,
            1,
            0,
            "You are back online. 1 of your changes has been saved.",
        ),
        (false, 2, 0, "2 of your changes have been saved."),
        (false, 0, 1, "Others made 1 change (highlighted)."),
        (
            true,
            3,
            2,
            "You are back online. 3 of your changes have been saved. Others made 2 changes (highlighted).",
        ),
    ] {
        assert_eq!(
            say::receipt(was_connected, mine, &ids(theirs)).english(),
            said
        );
    }
}

#[test]
fn initials_are_of_the_first_and_the_last_word() {
    for (name, initials) in [
        ("Mei Tanaka", "MT"),
        ("tomás maria rivera", "tr"),
        ("Cher", "C"),
        ("  ", ""),
        ("ßen", "ß"),
    ] {
        assert_eq!(say::initials(name), initials, "{name}");
    }
}

#[test]
fn the_list_says_how_much_of_it_is_there() {
    assert_eq!(say::counted(7, 300).english(), "7 notes");
    assert_eq!(
        say::counted(301, 300).english(),
        "The first 300 of 301 notes"
    );
}

#[test]
fn a_search_says_where_one_is() {
    assert_eq!(say::found((0, 0), " ").english(), "");
    assert_eq!(say::found((0, 0), "x").english(), "Nothing found");
    assert_eq!(say::found((2, 5), "x").english(), "2 of 5");
}
