//! Styles that several object kinds share.

use crate::props::choices;

choices! {
    /// How large text is.
    TextSize, TEXT_SIZE, "text_size", "Text size" {
        /// For much text.
        Small = "small", "Small";
        /// The usual.
        #[default]
        Medium = "medium", "Medium";
        /// For headings.
        Large = "large", "Large";
        /// For what is read from across a room.
        Huge = "huge", "Huge";
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
    Align, ALIGN, "align", "Alignment" {
        /// Where reading begins: left, or right for text from right to left.
        #[default]
        Start = "start", "Start";
        /// In the middle.
        Center = "center", "Centre";
        /// Where reading ends.
        End = "end", "End";
    }
}

choices! {
    /// How a line is dashed.
    Dash, DASH, "dash", "Line style" {
        /// In one piece.
        #[default]
        Solid = "solid", "Solid";
        /// Strokes and gaps.
        Dashed = "dashed", "Dashed";
        /// Dots.
        Dotted = "dotted", "Dotted";
    }
}

choices! {
    /// The papers a note can have, and what a shape is filled with.
    NoteColor, COLOR, "color", "Colour" {
        /// The colour a first note has.
        #[default]
        Butter = "butter", "Yellow";
        /// A warm orange-pink.
        Peach = "peach", "Orange";
        /// A pale red.
        Rose = "rose", "Pink";
        /// A pale violet.
        Lilac = "lilac", "Purple";
        /// A pale blue.
        Sky = "sky", "Blue";
        /// A pale green.
        Mint = "mint", "Green";
        /// A neutral grey-white.
        Chalk = "chalk", "White";
    }
}

choices! {
    /// The shape of a connector's line.
    Course, COURSE, "course", "Line" {
        /// As the crow flies.
        #[default]
        Straight = "straight", "Straight";
        /// With a gentle bow.
        Curved = "curved", "Curved";
        /// With right angles.
        Elbow = "elbow", "Right angles";
    }
}

choices! {
    /// What stands at an end of a line.
    Head, HEAD, "head", "Head" {
        /// Nothing.
        #[default]
        None = "none", "None";
        /// An open arrow.
        Arrow = "arrow", "Arrow";
        /// A filled triangle.
        Triangle = "triangle", "Triangle";
        /// A filled diamond.
        Diamond = "diamond", "Diamond";
        /// A filled circle.
        Circle = "circle", "Circle";
        /// A bar across.
        Bar = "bar", "Bar";
    }
}
