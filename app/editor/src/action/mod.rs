//! The one list of actions: toolbar, help and keyboard are views of it.

mod allowed;
mod list;
mod shortcut;
mod writing;

pub use allowed::Standing;
pub use list::{ACTIONS, Listed, OTHER_KEYS, Part, find, listed};
pub use shortcut::{Key, Shortcut};
pub(crate) use writing::pastes;
pub use writing::{WritingKey, while_writing};

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident,)+) => {
        /// Something that can be done by a key or a button.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $action,)+
        }

        impl Action {
            /// Its name in code, for logs.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => stringify!($action),)+
                }
            }

            /// Every action, to compare with the list.
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$action,)+];
        }
    };
}

actions! {
    /// The select tool.
    SelectTool,
    /// The hand tool: dragging moves the view.
    HandTool,
    /// A note at the pointer, or in the middle of the view.
    NewNote,
    /// The note tool: the next click places a note.
    NoteTool,
    /// The text tool.
    TextTool,
    /// The shape tool.
    ShapeTool,
    /// The frame tool.
    FrameTool,
    /// The connect tool.
    ConnectTool,
    /// The stamp tool.
    StampTool,
    /// The pen.
    PenTool,
    /// A picture from a file.
    Picture,
    /// Writes in what is selected.
    Edit,
    /// Bold or not.
    Bold,
    /// Italic or not.
    Italic,
    /// A list or lines.
    List,
    /// A link on the chosen words.
    Link,
    /// Opens the first link of the selection.
    OpenLink,
    /// Deletes the selection.
    Delete,
    /// Duplicates the selection.
    Duplicate,
    /// Goes to the styles of the selection.
    Properties,
    /// Keeps the selection while Tab goes on.
    Keep,
    /// Selects everything in the section, then on the canvas.
    SelectAll,
    /// Copies the selection.
    Copy,
    /// Copies the selection and deletes it.
    Cut,
    /// Takes back my last step.
    Undo,
    /// Does it again.
    Redo,
    /// Puts the selection into a group.
    Group,
    /// Dissolves groups.
    Ungroup,
    /// Locks or unlocks the selection.
    Lock,
    /// In front of everything.
    ToFront,
    /// One place forward.
    Forward,
    /// One place backward.
    Backward,
    /// Behind everything.
    ToBack,
    /// Left edges in one line.
    AlignLeft,
    /// Middles in one line, from top to bottom.
    AlignCenter,
    /// Right edges in one line.
    AlignRight,
    /// Top edges in one line.
    AlignTop,
    /// Middles in one line, from left to right.
    AlignMiddle,
    /// Bottom edges in one line.
    AlignBottom,
    /// Equal gaps from left to right.
    DistributeAcross,
    /// Equal gaps from top to bottom.
    DistributeDown,
    /// Into a grid.
    Tidy,
    /// Larger across.
    Wider,
    /// Smaller across.
    Narrower,
    /// Larger down.
    Taller,
    /// Smaller down.
    Shorter,
    /// Turns the selection clockwise.
    TurnRight,
    /// Turns the selection counter-clockwise.
    TurnLeft,
    /// Zooms in by a step.
    ZoomIn,
    /// Zooms out by a step.
    ZoomOut,
    /// Zooms to 100 %.
    ZoomReset,
    /// The whole canvas.
    FitCanvas,
    /// Where the others are.
    BackToGroup,
    /// What is selected.
    FitSelection,
    /// The section of what is selected, or the one in the middle.
    FitSection,
    /// Finds words on the canvas.
    Find,
    /// The outline beside the canvas.
    Outline,
    /// The small map of the whole canvas.
    Minimap,
    /// Switches between dark and light colours.
    Theme,
    /// The list of all actions.
    Palette,
    /// The help.
    Help,
}
