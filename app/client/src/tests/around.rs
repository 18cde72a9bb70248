//! What the page around the board shows: bar, header, tools, lists, links, outline.

use editor::{Action, Rights, Tool, action::Standing, input::Mods};
use shared::{
    draw::style,
    object::{connector, stamp},
    protocol::{CloseCode, control::Role},
    sync::{Status, client::Held},
    text::{Phrase, Text},
};

use crate::{
    Listed, Pasted,
    bar::{self, Bar, Chooser, Now},
    header::{self, Remedy},
    lists::{self, ListKey},
    outline, pictures,
    tools::{self, Choice},
};

/// A participant who has selected one object.
const STANDING: Standing = Standing {
    rights: Rights {
        writes: true,
        locks: false,
    },
    selected: 1,
    locked: false,
    tool: Tool::Select,
};

fn in_english(text: Text) -> String {
    Phrase::from(text).english()
}

fn bar_of(standing: Standing, change: impl FnOnce(&mut Now<'_>)) -> Option<Bar> {
    let mut now = Now {
        standing: &standing,
        is_writing: false,
        is_still: true,
        has_text: true,
        at: Some((10, 20)),
    };
    change(&mut now);
    Bar::of(&now)
}

#[test]
fn the_bar_is_shown_where_something_can_be_changed() {
    let shown = |standing| bar_of(standing, |_| {});
    assert!(shown(STANDING).is_some());
    let selected = 0;
    assert!(
        shown(Standing {
            selected,
            ..STANDING
        })
        .is_none()
    );
    let rights = Rights::of(Role::Observer);
    assert!(shown(Standing { rights, ..STANDING }).is_none());
    assert!(bar_of(STANDING, |now| now.is_still = false).is_none());
    assert!(bar_of(STANDING, |now| now.at = None).is_none());
    for tool in [Tool::NOTE, Tool::Connect, Tool::Draw] {
        let in_hand = Standing {
            tool,
            selected,
            ..STANDING
        };
        let bar = bar_of(in_hand, |now| now.is_still = false).unwrap();
        assert_eq!(bar.at, None, "above the tools, also while one draws");
        assert!(bar.has_styles && !bar.has_formats && !bar.has_actions && !bar.can_delete);
        let watching = Standing { rights, ..in_hand };
        assert!(shown(watching).is_none());
    }
    let hand = Standing {
        tool: Tool::Hand,
        selected,
        ..STANDING
    };
    assert!(shown(hand).is_none());
}

#[test]
fn the_bar_has_what_fits_the_selection() {
    let all = bar_of(STANDING, |_| {}).unwrap();
    assert_eq!(all.at, Some((10, 20)));
    assert!(all.has_styles && all.has_formats && all.has_actions && all.can_delete);
    let locked = Standing {
        locked: true,
        ..STANDING
    };
    let locked = bar_of(locked, |_| {}).unwrap();
    assert!(!locked.has_styles && !locked.has_formats && !locked.can_delete);
    assert!(locked.has_actions, "it can be unlocked");
    let writing = bar_of(STANDING, |now| now.is_writing = true).unwrap();
    assert!(writing.has_formats && !writing.has_styles && !writing.has_actions);
    let plain = bar_of(STANDING, |now| now.has_text = false).unwrap();
    assert!(!plain.has_formats && plain.has_styles);
}

#[test]
fn papers_and_stamps_lie_side_by_side() {
    assert_eq!(bar::chooser(&style::COLOR), Chooser::Papers);
    assert_eq!(bar::chooser(&stamp::EMOJI), Chooser::Pictures);
    assert_eq!(bar::chooser(&connector::END_HEAD), Chooser::List);
    let (name, _) = style::COLOR.choices[0];
    assert_ne!(bar::paper(name, true), bar::paper(name, false));
}

#[test]
fn each_status_has_a_look_and_what_helps() {
    let outdated = Status::Held(Held::Outdated, 1);
    let trouble = Status::Failing(1);
    for (status, icon, class, remedy) in [
        (Status::Saved, "check", "ok", None),
        (Status::Saving(1), "wait", "", None),
        (trouble, "wait", "trouble", None),
        (Status::Offline(0), "away", "away", Some(Remedy::Reconnect)),
        (Status::Held(Held::NotWritable, 1), "away", "away", None),
        (outdated.clone(), "away", "away", Some(Remedy::Reload)),
        (Status::Closed(CloseCode::NotFound, 0), "away", "away", None),
    ] {
        let look = header::look(&status);
        assert_eq!((look.icon, look.class, look.remedy), (icon, class, remedy));
    }
    let (observer, participant) = (Rights::of(Role::Observer), Rights::of(Role::Participant));
    assert!(header::is_watching(observer, &Status::Saved));
    assert!(!header::is_watching(participant, &Status::Saved));
    assert!(!header::is_watching(observer, &outdated), "the page is old");
}

#[test]
fn who_only_looks_is_offered_two_tools() {
    let names = |role| -> Vec<String> {
        let offered = tools::offered(Rights::of(role)).into_iter();
        offered.map(|tool| in_english(tool.name)).collect()
    };
    assert_eq!(names(Role::Observer).len(), 2);
    assert!(names(Role::Observer).contains(&"Hand".to_owned()));
    assert_eq!(names(Role::Participant).len(), 9);
    assert!(names(Role::Participant).contains(&"Note".to_owned()));
    assert!(Action::Undo.permitted(STANDING.rights).is_ok());
    assert!(Action::Undo.permitted(Rights::of(Role::Observer)).is_err());
}

#[test]
fn what_is_copied_from_a_list_is_copied_once() {
    let ask = Choice::AskToCopy;
    assert_eq!(tools::chosen(Action::Copy), [ask]);
    assert_eq!(
        tools::chosen(Action::Cut),
        [ask, Choice::Act(Action::Delete)],
        "copied before it goes"
    );
    assert_eq!(tools::chosen(Action::Group), [Choice::Act(Action::Group)]);
}

#[test]
fn keys_go_round_in_a_list() {
    use ListKey::{Choose, Close, Go};
    for (key, at, menu, palette) in [
        ("ArrowDown", 0, Some(Go(1)), Some(Go(1))),
        ("ArrowDown", 2, Some(Go(0)), Some(Go(0))),
        ("ArrowUp", 0, Some(Go(2)), Some(Go(2))),
        ("Home", 2, Some(Go(0)), None),
        ("Enter", 1, None, Some(Choose)),
        ("Escape", 1, Some(Close), None),
        ("Tab", 1, Some(Close), None),
        ("x", 1, None, None),
    ] {
        assert_eq!(lists::menu_key(key, at, 3), menu, "{key}");
        assert_eq!(lists::palette_key(key, at, 3), palette, "{key}");
    }
    assert_eq!(lists::palette_key("ArrowDown", 0, 0), Some(Go(0)));
}

#[test]
fn the_palette_finds_actions_but_not_itself() {
    let found_by = |role: Role, words: &str| -> Vec<Action> {
        let found = lists::palette(words, Rights::of(role), in_english, |text| {
            text.to_lowercase()
        });
        found.into_iter().map(|listed| listed.action).collect()
    };
    let found = |words: &str| found_by(Role::Facilitator, words);
    let all = found("");
    assert_eq!(all.len() + 1, editor::action::ACTIONS.len());
    assert!(!all.contains(&Action::Palette));
    assert!(found("UNDO").contains(&Action::Undo));
    assert_eq!(found("no such action"), []);
    let watching = found_by(Role::Observer, "");
    assert!(watching.contains(&Action::Find) && !watching.contains(&Action::FrameTool));
}

#[test]
fn the_browser_tells_of_copy_and_cut_itself() {
    let ctrl = Mods {
        ctrl: true,
        ..Mods::default()
    };
    assert!(lists::comes_with_clipboard("c", "KeyC", ctrl));
    assert!(lists::comes_with_clipboard("x", "KeyX", ctrl));
    assert!(!lists::comes_with_clipboard("z", "KeyZ", ctrl));
    assert!(!lists::comes_with_clipboard("c", "KeyC", Mods::default()));
}

#[test]
fn text_is_meant_before_the_picture_beside_it() {
    let pasted = |json: &str, text: &str| Pasted {
        json: json.into(),
        canvas: None,
        text: text.into(),
    };
    assert!(pasted("", "a\tb").has_words() && pasted("[]", "").has_words());
    assert!(!pasted("", "").has_words());
    assert!(
        pictures::is_picture("image/tiff"),
        "the server says what it takes"
    );
    assert!(!pictures::is_picture("text/html") && !pictures::is_picture(""));
}

fn listed(id: &str, section: Option<&str>, frame: Option<&str>) -> Listed {
    Listed {
        id: id.into(),
        text: id.into(),
        kind: "note".into(),
        has_text: true,
        section: section.map(str::to_owned),
        frame: frame.map(Into::into),
        ends: None,
    }
}

#[test]
fn the_outline_has_each_object_in_its_section_and_frame() {
    let items = [
        listed("inside", Some("s"), Some("frame")),
        listed("frame", Some("s"), None),
        listed("elsewhere", None, None),
    ];
    let of = |section| -> Vec<(String, usize)> {
        let rows = outline::section(&items, section).into_iter();
        rows.map(|(item, depth)| (item.text, depth)).collect()
    };
    assert_eq!(of(Some("s")), [("frame".into(), 0), ("inside".into(), 1)]);
    assert_eq!(of(None), [("elsewhere".into(), 0)]);
    assert_eq!(of(Some("t")), []);
    let rows = outline::section(&items, None);
    assert!(outline::is_shown(Some("t"), true, &[]), "a section always");
    assert!(outline::is_shown(None, false, &[]), "the only part always");
    assert!(outline::is_shown(None, true, &rows));
    assert!(!outline::is_shown(None, true, &[]));
}

#[test]
fn an_object_of_the_outline_says_what_it_is() {
    let mut item = listed("a", None, None);
    assert_eq!(item.label().english(), "note");
    assert_eq!(item.relation(), None);
    assert_eq!(item.shown_text().english(), "a");
    assert!(item.can_be_written(true) && !item.can_be_written(false));
    item.text.clear();
    assert_eq!(item.shown_text().english(), "note");
    item.has_text = false;
    assert!(!item.can_be_written(true));
    item.ends = Some(("A".into(), "B".into()));
    assert_eq!(item.label().english(), "note, A \u{2192} B");
}

#[test]
fn enter_adds_what_was_written_in_the_outline() {
    let plain = Mods::default();
    let shift = Mods {
        shift: true,
        ..plain
    };
    assert!(outline::adds("Enter", plain, false));
    assert!(!outline::adds("Enter", shift, false), "a new line");
    assert!(!outline::adds("Enter", plain, true), "the input method's");
    assert!(!outline::adds("a", plain, false));
    assert!(outline::can_add("x") && !outline::can_add(" \n"));
}
