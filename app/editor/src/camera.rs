//! Where on the board one looks, and how near.

use shared::geometry::{Point, Rect, Size, Vec2};

/// The smallest and greatest zoom.
pub const ZOOM_MIN: f64 = 0.02;
/// See [`ZOOM_MIN`].
pub const ZOOM_MAX: f64 = 4.0;
/// Height of the tools at the bottom of the canvas, in screen pixels.
pub const TOOLS_PX: f64 = 64.0;
/// What the zoom keys and buttons stop at.
pub const ZOOM_STEPS: [f64; 8] = [0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 4.0];

/// A view of the board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The board point at the top left of the screen.
    pub origin: Point,
    /// Screen pixels per board unit.
    pub zoom: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            origin: Point::ZERO,
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// The board point under a screen point.
    pub fn board_from_screen(&self, screen: Point) -> Point {
        self.origin + screen.to_vec2() / self.zoom
    }

    /// Where on screen a board point is.
    pub fn screen_from_board(&self, board: Point) -> Point {
        ((board - self.origin) * self.zoom).to_point()
    }

    /// What of the board a screen of this size shows.
    pub fn visible(&self, viewport: Size) -> Rect {
        Rect::from_origin_size(
            self.origin,
            (viewport.width / self.zoom, viewport.height / self.zoom),
        )
    }

    /// Moves what is seen by so many screen pixels.
    #[must_use]
    pub fn panned(&self, screen: Vec2) -> Self {
        Self {
            origin: self.origin - screen / self.zoom,
            ..*self
        }
    }

    /// Zooms to `zoom`, keeping the board point under a screen point where it is.
    #[must_use]
    pub fn zoomed_at(&self, screen: Point, zoom: f64) -> Self {
        let zoom = zoom.clamp(ZOOM_MIN, ZOOM_MAX);
        let fixed = self.board_from_screen(screen);
        Self {
            origin: fixed - screen.to_vec2() / zoom,
            zoom,
        }
    }

    /// The next step of the zoom keys.
    pub fn next_step(&self, closer: bool) -> f64 {
        let near = 1e-6;
        let found = if closer {
            ZOOM_STEPS.into_iter().find(|step| *step > self.zoom + near)
        } else {
            ZOOM_STEPS
                .into_iter()
                .rev()
                .find(|step| *step < self.zoom - near)
        };
        found.unwrap_or(if closer { ZOOM_MAX } else { ZOOM_MIN })
    }

    /// Shows a rectangle whole, in the middle of what the tools leave free,
    /// never nearer than `zoom_max`.
    pub fn fit(rect: Rect, viewport: Size, padding: f64, zoom_max: f64) -> Self {
        let room = Size::new(
            (viewport.width - 2.0 * padding).max(1.0),
            (viewport.height - 2.0 * padding - TOOLS_PX).max(1.0),
        );
        let zoom = (room.width / rect.width().max(1.0))
            .min(room.height / rect.height().max(1.0))
            .min(zoom_max)
            .clamp(ZOOM_MIN, ZOOM_MAX);
        let half = Vec2::new(viewport.width, viewport.height - TOOLS_PX) / (2.0 * zoom);
        Self {
            origin: rect.center() - half,
            zoom,
        }
    }

    /// Keeps the middle of the screen over `bounds`, so that nobody gets lost.
    #[must_use]
    pub fn kept_over(&self, bounds: Rect, viewport: Size) -> Self {
        let half = Vec2::new(viewport.width, viewport.height) / (2.0 * self.zoom);
        let center = self.origin + half;
        let reach = bounds.inflate(half.x, half.y);
        let kept = Point::new(
            center.x.clamp(reach.x0, reach.x1),
            center.y.clamp(reach.y0, reach.y1),
        );
        Self {
            origin: kept - half,
            ..*self
        }
    }
}
