//! How a connector runs: from what it is bound to, to what it is bound to.
//!
//! Every course is a *spine* from aim to aim, of which the part between the
//! two outlines is drawn. Everything is in board space.

mod corners;
mod curved;
mod elbow;
mod end;
mod head;
mod lanes;
mod looped;
mod routed;
mod spine;
mod stop;
mod straight;
mod terminal;

#[cfg(test)]
mod tests;

use self::end::End;
pub use self::{
    head::head,
    lanes::Lane,
    routed::Routed,
    terminal::{FAN, GAP, Terminal},
};
pub use super::style::{Course, Head};

/// The line between two terminals. It always has at least one segment, if need
/// be one without length, and never a coordinate that is not a number.
pub fn route(from: &Terminal, to: &Terminal, course: Course, lane: Lane) -> Routed {
    let (from, to, lane) = (End::of(from), End::of(to), lane.tidy());
    let path = if from.is_same(&to) {
        looped::path(&from, course, lane)
    } else {
        match course {
            Course::Straight => straight::path(&from, &to, lane),
            Course::Curved => curved::path(&from, &to, lane),
            Course::Elbow => elbow::path(&from, &to, lane),
        }
    };
    Routed::new(path)
}
