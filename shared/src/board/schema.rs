//! The names under which things stand in a document; those of its roots are in [`super::root`]. `PROTOCOL.md` describes the same for other clients.

/// The version of the schema that this code writes.
pub const VERSION: u32 = 1;

/// The kind of a workshop's own document.
pub const WORKSHOP: &str = "workshop";
/// `meta`: schema version, a whole number.
pub const SCHEMA: &str = "schema";
/// `meta` and objects: which kind.
pub const KIND: &str = "kind";
/// `meta`: the title.
pub const TITLE: &str = "title";

/// Object: top left corner, `[x, y]` in board units. One key, never two: a
/// document of 60,000 moves is 18 kB so, and 721 kB with `x` and `y` apart.
pub const POS: &str = "pos";
/// Object: width and height, `[w, h]` in board units; absent where none were chosen.
pub const SIZE: &str = "size";
/// Object: how far it is turned, in degrees clockwise.
pub const ANGLE: &str = "angle";
/// Object: stacking order, a number.
pub const Z: &str = "z";
/// Object: participant id of who created it.
pub const AUTHOR: &str = "author";
/// Object: the mark of the group it belongs to.
pub const GROUP: &str = "group";
/// Object: whether it stays where and as it is.
pub const LOCKED: &str = "locked";
/// Object: its text, a shared text.
pub const TEXT: &str = "text";

/// Coordinates beyond this are read as this: nothing can be lost out of reach.
pub const COORDINATE_MAX: f64 = 100_000.0;
/// Widths and heights are read as between these, in board units.
pub const SIZE_RANGE: (f64, f64) = (8.0, 20_000.0);
