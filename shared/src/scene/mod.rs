//! What to draw, independent of who draws: the display list, text layout and design tokens.
