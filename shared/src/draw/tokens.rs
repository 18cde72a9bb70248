//! Design tokens of the canvas: few colours, each with a name. `style/tokens.css`
//! has the same values for everything around the canvas; a test compares them.

use super::NoteColor;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rgb(pub u32);

impl Rgb {
    /// As CSS writes it.
    pub fn css(self) -> String {
        format!("#{:06x}", self.0)
    }
}

/// The board behind everything.
pub const BOARD: Rgb = Rgb(0xf6_f4_ef);
/// Sections of a canvas, cards, panels.
pub const SURFACE: Rgb = Rgb(0xfd_fc_fa);
/// Text.
pub const INK: Rgb = Rgb(0x23_2a_31);
/// Text of less weight.
pub const INK_MUTED: Rgb = Rgb(0x5b_64_6d);
/// Thin lines.
pub const HAIRLINE: Rgb = Rgb(0xdd_d8_cd);
/// The selection and primary buttons.
pub const ACCENT: Rgb = Rgb(0x1f_5f_5b);
/// The moment's highlight: what others changed while this person was away.
pub const HIGHLIGHT: Rgb = Rgb(0xd9_82_1b);

/// What a group of sections is drawn in: a tint behind its heading, a line beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupColor {
    /// Behind the heading.
    pub tint: Rgb,
    /// The line, and the group's name.
    pub line: Rgb,
}

/// The colour of a group by its name in the template.
pub fn group(name: &str) -> GroupColor {
    let (tint, line) = match name {
        "know" => (0xf6_e3_ee, 0x9a_2f_70),
        "explore" => (0xf7_e9_d2, 0x8a_5a_12),
        "plan" => (0xe2_ee_d9, 0x3f_6b_20),
        "integrate" => (0xda_ea_f4, 0x1d_5f_86),
        _ => (0xec_e9_e2, 0x5b_64_6d),
    };
    GroupColor {
        tint: Rgb(tint),
        line: Rgb(line),
    }
}

/// A note's paper.
pub const fn paper(color: NoteColor) -> Rgb {
    Rgb(match color {
        NoteColor::Butter => 0xfb_e7_a1,
        NoteColor::Peach => 0xfb_d3_b4,
        NoteColor::Rose => 0xf8_cb_cf,
        NoteColor::Lilac => 0xe0_d3_f2,
        NoteColor::Sky => 0xc9_e2_f4,
        NoteColor::Mint => 0xcb_e8_d0,
        NoteColor::Chalk => 0xff_ff_ff,
    })
}

/// A colour as it is in the dark: grounds become dark, ink becomes light, what
/// stands out stays. Everything that is painted goes through here.
pub fn dark(color: Rgb) -> Rgb {
    match color {
        BOARD => DARK_BOARD,
        SURFACE => DARK_SURFACE,
        INK => Rgb(0xf0_ee_e8),
        INK_MUTED => Rgb(0xb4_b9_bd),
        HAIRLINE => Rgb(0x41_48_4f),
        ACCENT => Rgb(0x6c_c4_bb),
        HIGHLIGHT => Rgb(0xe9_a1_4a),
        other => {
            let is_ground = channels(other).iter().min() >= Some(&0xa0);
            if is_ground {
                darkened(other)
            } else {
                lightened(other)
            }
        }
    }
}

/// The board in the dark.
pub const DARK_BOARD: Rgb = Rgb(0x1d_21_25);
/// See [`SURFACE`].
pub const DARK_SURFACE: Rgb = Rgb(0x26_2b_30);

fn channels(color: Rgb) -> [u32; 3] {
    [16, 8, 0].map(|shift| (color.0 >> shift) & 0xff)
}

/// A dark colour of text or lines as a light one of the same hue.
fn lightened(color: Rgb) -> Rgb {
    let [r, g, b] = channels(color).map(|channel| channel + (255 - channel) * 2 / 3);
    Rgb((r << 16) | (g << 8) | b)
}

/// A light ground as a dark one of the same hue.
fn darkened(color: Rgb) -> Rgb {
    let channels = channels(color);
    let lightest = channels.iter().copied().max().unwrap_or_default();
    // What is nearly white is a quiet ground.
    let base: u32 = if channels.iter().all(|channel| *channel >= 0xe8) {
        0x34
    } else {
        0x58
    };
    let [r, g, b] = channels.map(|channel| {
        // What is taken from the lightest channel makes the hue: keep it, twice as strong.
        let below = lightest - channel;
        base.saturating_sub(below).max(0x26)
    });
    Rgb((r << 16) | (g << 8) | b)
}

/// What a frame is filled with: a hint of a paper's colour.
pub fn tint(color: NoteColor) -> Rgb {
    let mix = |shift: u32| {
        let (paper, ground) = (
            (paper(color).0 >> shift) & 0xff,
            (SURFACE.0 >> shift) & 0xff,
        );
        ((paper + 2 * ground) / 3) << shift
    };
    Rgb(mix(16) | mix(8) | mix(0))
}

/// A person's colour, with its name. White text on it passes WCAG AA.
pub const PEOPLE: [(&str, Rgb); 12] = [
    ("teal", Rgb(0x0f_76_6e)),
    ("plum", Rgb(0x8e_2f_6f)),
    ("blue", Rgb(0x1d_5f_b4)),
    ("rust", Rgb(0xa8_46_1c)),
    ("moss", Rgb(0x4a_6b_1f)),
    ("violet", Rgb(0x6a_45_b8)),
    ("crimson", Rgb(0xb0_27_45)),
    ("ochre", Rgb(0x8a_5a_00)),
    ("navy", Rgb(0x2f_3f_86)),
    ("forest", Rgb(0x22_6b_3a)),
    ("slate", Rgb(0x4b_59_66)),
    ("magenta", Rgb(0xa3_2a_9b)),
];

/// The colour of a person's index.
pub fn person(index: u32) -> Rgb {
    PEOPLE[index as usize % PEOPLE.len()].1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Rgb) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from((color.0 >> shift) & 0xff) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    /// WCAG 2.2's contrast ratio.
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for color in NoteColor::ALL.iter().copied() {
            assert!(contrast(INK, paper(color)) >= 4.5, "{color:?}");
            for ground in [paper(color), tint(color)] {
                assert!(contrast(dark(INK), dark(ground)) >= 4.5, "dark {color:?}");
            }
            assert!(
                contrast(INK_MUTED, paper(color)) >= 4.5 || color != NoteColor::Chalk,
                "{color:?}"
            );
        }
        for ground in [BOARD, SURFACE] {
            assert!(contrast(INK, ground) >= 7.0);
            assert!(contrast(INK_MUTED, ground) >= 4.5);
            assert!(contrast(ACCENT, ground) >= 4.5);
        }
        for ground in [dark(BOARD), dark(SURFACE)] {
            assert!(contrast(dark(INK), ground) >= 7.0);
            assert!(contrast(dark(INK_MUTED), ground) >= 4.5);
            assert!(contrast(dark(ACCENT), ground) >= 4.5);
        }
        for (name, color) in PEOPLE {
            assert!(contrast(Rgb(0xff_ff_ff), color) >= 4.5, "{name}");
        }
        for name in ["know", "explore", "plan", "integrate"] {
            assert!(
                contrast(group(name).line, group(name).tint) >= 4.5,
                "{name}"
            );
            assert!(contrast(INK, group(name).tint) >= 7.0, "{name}");
            assert!(contrast(dark(INK), dark(group(name).tint)) >= 4.5, "{name}");
            assert!(
                contrast(dark(group(name).line), dark(group(name).tint)) >= 4.5,
                "dark {name}"
            );
        }
    }

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        let css = include_str!("../../../style/tokens.css");
        for (name, color) in [
            ("board", BOARD),
            ("surface", SURFACE),
            ("ink", INK),
            ("ink-muted", INK_MUTED),
            ("hairline", HAIRLINE),
            ("accent", ACCENT),
            ("highlight", HIGHLIGHT),
        ] {
            assert!(
                css.contains(&format!("--{name}: {};", color.css())),
                "--{name}"
            );
        }
        for color in NoteColor::ALL.iter().copied() {
            assert!(
                css.contains(&format!(
                    "--paper-{}: {};",
                    color.name(),
                    paper(color).css()
                )),
                "{color:?}"
            );
        }
    }
}
