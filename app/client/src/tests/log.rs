//! The log: in order, bounded, and without anybody's words.

use editor::{Action, Input, LinkAsked, input::Mods};

use super::rig::{ONE, Rig, TWO, note, prefer};
use crate::{AppEvent, FileInfo, Pasted, Preference, Seek, log::ENTRIES_MAX};

/// A word that occurs in everything anybody writes here, and nowhere else.
const WORD: &str = "Zwetschgenkuchen";

#[test]
fn nobodys_words_are_in_it() {
    let mut rig = Rig::open();
    let words = || format!("{WORD} and more");
    let mut seen = String::new();
    let mut look = |rig: &Rig| seen.push_str(&rig.workshop.log().text());
    let _ = rig.others_do(ONE, &note(WORD, (0.0, 0.0), WORD));
    look(&rig);
    let key = |key: &str| Input::Key {
        key: key.into(),
        code: key.into(),
        mods: Mods::default(),
        repeat: false,
    };
    let asked = LinkAsked {
        id: WORD.into(),
        stretch: 0..2,
        address: format!("https://{WORD}.example"),
    };
    let paste = |json: String| {
        AppEvent::Paste(Pasted {
            json,
            canvas: Some(WORD.into()),
            text: words(),
        })
    };
    let files = vec![FileInfo {
        file: 1,
        name: format!("{WORD}.png"),
    }];
    let all = vec![
        AppEvent::Input(key(WORD)),
        AppEvent::Input(Input::KeyUp(WORD.into())),
        AppEvent::Find(words(), Seek::First),
        AppEvent::Rewrite(WORD.into(), words()),
        AppEvent::WriteIn(None, words()),
        AppEvent::SetLink(asked, format!("https://{WORD}.example")),
        AppEvent::Choose(WORD.into()),
        AppEvent::TextKey(WORD.into(), Mods::default()),
        paste(String::new()),
        paste(format!("[\"{WORD}\"]")),
        AppEvent::PutPictures(files, None),
        AppEvent::Brought(WORD.into(), Err(words().into())),
        AppEvent::Uploaded(Err(words().into())),
        AppEvent::Act(Action::SelectAll),
        AppEvent::Act(Action::Copy),
        prefer(Preference::Dark),
    ];
    for event in all {
        let _ = rig.does(event);
        look(&rig);
    }
    let _ = rig.does(AppEvent::Choose(WORD.into()));
    let _ = rig.key("Enter");
    let _ = rig.types(WORD);
    look(&rig);
    let _ = rig.wait(6_000);
    rig.kill();
    rig.open_canvas(TWO);
    look(&rig);
    rig.revive();
    look(&rig);
    assert!(seen.contains("Rewrite") && seen.contains("Paste"), "{seen}");
    assert!(!seen.contains(&WORD[..4]), "{seen}");
    for name in ["Mei", "Tanaka", "Parking"] {
        assert!(!seen.contains(name), "{name} is in {seen}");
    }
}

#[test]
fn ids_are_shortened() {
    let mut rig = Rig::new();
    let _ = rig.take(AppEvent::OpenCanvas("abcdefghijkl".into()));
    let text = rig.workshop.log().text();
    assert!(text.contains("OpenCanvas abcd\n"), "{text}");
    assert!(!text.contains("abcde"), "{text}");
}

#[test]
fn it_is_in_order_with_times_and_bounded() {
    let mut rig = Rig::open();
    for i in 0..200_u32 {
        let action = if i % 2 == 0 {
            Action::ZoomIn
        } else {
            Action::ZoomOut
        };
        rig.now_ms += 10;
        let _ = rig.acts(action);
    }
    let text = rig.workshop.log().text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), ENTRIES_MAX);
    let times: Vec<f64> = lines
        .iter()
        .map(|line| line.split_whitespace().next().unwrap().parse().unwrap())
        .collect();
    assert!(times.is_sorted(), "{times:?}");
    let last = lines[ENTRIES_MAX - 1];
    assert!(last.contains("in   Act ZoomOut"), "{last}");
}

#[test]
fn the_same_again_is_counted() {
    let mut rig = Rig::open();
    for x in 0..30 {
        let _ = rig.take(AppEvent::Input(Input::Move(super::rig::pointer((
            f64::from(x),
            5.0,
        )))));
        rig.fake.effects.clear();
    }
    let text = rig.workshop.log().text();
    assert!(text.contains("Input Move x"), "{text}");
}
