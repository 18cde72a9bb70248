//! Styles that several object kinds share.

use crate::props::choices;

choices! {
    /// How large text is.
    TextSize, TEXT_SIZE, "text_size", STYLE_TEXT_SIZE {
        /// For much text.
        Small = "small", SIZE_SMALL;
        /// The usual.
        #[default]
        Medium = "medium", SIZE_MEDIUM;
        /// For headings.
        Large = "large", SIZE_LARGE;
        /// For what is read from across a room.
        Huge = "huge", SIZE_HUGE;
    }
}

impl TextSize {
    /// How much larger than the usual.
    pub const fn factor(self) -> f64 {
        match self {
            Self::Small => 0.75,
            Self::Medium => 1.0,
            Self::Large => 1.5,
            Self::Huge => 2.5,
        }
    }
}

choices! {
    /// To which side text is set.
    Align, ALIGN, "align", STYLE_ALIGN {
        /// Where reading begins: left, or right for text from right to left.
        #[default]
        Start = "start", ALIGN_LEFT;
        /// In the middle.
        Center = "center", ALIGN_CENTER;
        /// Where reading ends.
        End = "end", ALIGN_RIGHT;
    }
}

choices! {
    /// How a line is dashed.
    Dash, DASH, "dash", STYLE_DASH {
        /// In one piece.
        #[default]
        Solid = "solid", DASH_SOLID;
        /// Strokes and gaps.
        Dashed = "dashed", DASH_DASHED;
        /// Dots.
        Dotted = "dotted", DASH_DOTTED;
    }
}

choices! {
    /// The papers a note can have, and what a shape is filled with.
    NoteColor, COLOR, "color", STYLE_COLOR {
        /// The colour a first note has.
        #[default]
        Butter = "butter", COLOR_YELLOW;
        /// A warm orange-pink.
        Peach = "peach", COLOR_ORANGE;
        /// A pale red.
        Rose = "rose", COLOR_PINK;
        /// A pale violet.
        Lilac = "lilac", COLOR_PURPLE;
        /// A pale blue.
        Sky = "sky", COLOR_BLUE;
        /// A pale green.
        Mint = "mint", COLOR_GREEN;
        /// A neutral grey-white.
        Chalk = "chalk", COLOR_WHITE;
    }
}

choices! {
    /// The shape of a connector's line.
    Course, COURSE, "course", STYLE_COURSE {
        /// As the crow flies.
        #[default]
        Straight = "straight", COURSE_STRAIGHT;
        /// With a gentle bow.
        Curved = "curved", COURSE_CURVED;
        /// With right angles.
        Elbow = "elbow", COURSE_RIGHT_ANGLES;
    }
}

choices! {
    /// What stands at an end of a line.
    Head, HEAD, "head", STYLE_HEAD {
        /// Nothing.
        #[default]
        None = "none", HEAD_NONE;
        /// An open arrow.
        Arrow = "arrow", HEAD_ARROW;
        /// A filled triangle.
        Triangle = "triangle", HEAD_TRIANGLE;
        /// A filled diamond.
        Diamond = "diamond", HEAD_DIAMOND;
        /// A filled circle.
        Circle = "circle", HEAD_CIRCLE;
        /// A bar across.
        Bar = "bar", HEAD_BAR;
    }
}
