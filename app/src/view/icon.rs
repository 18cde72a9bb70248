//! Icons: one path each on a 24 unit grid, drawn with a line.

use leptos::prelude::*;

/// An icon's path by name.
fn path(name: &str) -> &'static str {
    match name {
        "select" => "M5 3l14 8-6 1.5L10 19z",
        "note" => "M4 4h16v10l-6 6H4zM14 20v-6h6M12 8v4M10 10h4",
        "hand" => {
            "M8 13V6a1.5 1.5 0 013 0v5V4.5a1.5 1.5 0 013 0V11V6a1.5 1.5 0 013 0v8c0 4-2.5 7-6 7s-5-2-7-6l-1.5-3a1.5 1.5 0 012.6-1.5z"
        }
        "text" => "M5 6V4h14v2M12 4v16M9 20h6",
        "shape" => "M4 6h16v12H4z",
        "connector" => "M6 18a2 2 0 100-.01M8 17C14 15 10 8 17 6M13 5l4.500 1-2 4",
        "frame" => "M7 3v18M17 3v18M3 7h18M3 17h18",
        "stamp" => {
            "M12 21a9 9 0 100-18 9 9 0 000 18zM8.500 14a4 4 0 007 0M9 9.500h.01M15 9.500h.01"
        }
        "pen" => "M4 20l1-5L16 4l4 4L9 19zM13.500 6.500l4 4",
        "bold" => "M7 5h6a3.500 3.500 0 010 7H7zM7 12h7a3.500 3.500 0 010 7H7z",
        "italic" => "M10 5h8M6 19h8M14 5l-4 14",
        "open" => "M13 5h6v6M19 5l-9 9M16 14v5H5V8h5",
        "image" => "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500h.01",
        "map" => "M4 5h16v14H4zM13 12h5v5h-5z",
        "more" => "M6 12h.01M12 12h.01M18 12h.01",
        "search" => "M10.500 17a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM15.500 15.500L20 20",
        "up" => "M6 15l6-6 6 6",
        "down" => "M6 9l6 6 6-6",
        "target" => "M12 18a6 6 0 100-12 6 6 0 000 12zM12 3v3M12 18v3M3 12h3M18 12h3",
        "list" => "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
        "moon" => "M19.500 14.500A8 8 0 119.500 4.500a6.500 6.500 0 0010 10z",
        "undo" => "M9 7L4 12l5 5M4 12h10a6 6 0 010 8h-1",
        "redo" => "M15 7l5 5-5 5M20 12H10a6 6 0 000 8h1",
        "people" => {
            "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c0-3.5 3-6 6.5-6s6.5 2.5 6.5 6M16 4.5a3.5 3.5 0 010 6.5M18 14.5c2 .8 3.5 2.8 3.5 5.5"
        }
        "share" => {
            "M10 14a4 4 0 005.7 0l3-3a4 4 0 00-5.7-5.7l-1 1M14 10a4 4 0 00-5.7 0l-3 3A4 4 0 0011 18.7l1-1"
        }
        "help" => {
            "M12 21a9 9 0 100-18 9 9 0 000 18zM9.5 9.5a2.5 2.5 0 114 2c-1 .7-1.5 1.2-1.5 2.3M12 17h.01"
        }
        "canvases" => "M4 5h10v10H4zM9 15v4h11V9h-6",
        "plus" => "M12 5v14M5 12h14",
        "minus" => "M5 12h14",
        "fit" => "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
        "trash" => "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
        "close" => "M6 6l12 12M18 6L6 18",
        "check" => "M5 12.5l4.5 4.5L19 7.5",
        "wait" => "M12 7v5l3 2M12 21a9 9 0 100-18 9 9 0 000 18z",
        "away" => {
            "M4 4l16 16M7 18a4.500 4.500 0 01-.5-9M10 5.500A6 6 0 0118 10.500a3.800 3.800 0 011.500 6"
        }
        _ => "M5 12h14",
    }
}

/// An icon; says nothing to a screen reader, its button does.
#[component]
pub(crate) fn Icon(name: &'static str) -> impl IntoView {
    // A dynamic child: leptos 0.8 wraps static first children of svg in a group.
    let shape = move || view! { <path d=path(name)/> };
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            {shape}
        </svg>
    }
}

/// Plaza's mark: four buildings around an open square.
#[component]
pub(crate) fn Mark(size: u32) -> impl IntoView {
    let shape = move || {
        view! { <path d="M5 2h11a3 3 0 010 9H5a3 3 0 010-9zM21 5a3 3 0 019 0v11a3 3 0 01-9 0zM16 21h11a3 3 0 010 9H16a3 3 0 010-9zM2 16a3 3 0 019 0v11a3 3 0 01-9 0z"/> }
    };
    view! {
        <svg class="mark" width=size height=size viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            {shape}
        </svg>
    }
}
