//! Where on the board one looks, and how near.

use shared::geometry::{Point, Rect, Size, Vec2};

/// The smallest and greatest zoom.
pub const ZOOM_MIN: f64 = 0.02;
/// See [`ZOOM_MIN`].
pub const ZOOM_MAX: f64 = 4.0;
/// Height of the tools at the bottom of the canvas, in screen pixels.
pub const TOOLS_PX: f64 = 64.0;
/// How much of the canvas always stays in view, in screen pixels.
pub const KEPT_PX: f64 = 80.0;
/// What the zoom keys and buttons stop at.
pub const ZOOM_STEPS: [f64; 6] = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0];

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

    /// Moves the view by this many screen pixels.
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
        if !zoom.is_finite() {
            return *self;
        }
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

    /// Keeps a strip of `bounds` in view, so that nobody gets lost.
    #[must_use]
    pub fn kept_over(&self, bounds: Rect, viewport: Size) -> Self {
        let half = Vec2::new(viewport.width, viewport.height) / (2.0 * self.zoom);
        let center = self.origin + half;
        let keep = |half: f64, extent: f64| half - (KEPT_PX / self.zoom).min(extent).min(half);
        let reach = bounds.inflate(keep(half.x, bounds.width()), keep(half.y, bounds.height()));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VIEWPORT: Size = Size::new(1_000.0, 600.0);
    const CONTENT: Rect = Rect::new(0.0, 0.0, 2_000.0, 1_500.0);

    #[test]
    fn zoom_keys_stop_at_the_steps() {
        let step = |zoom, closer| {
            Camera {
                zoom,
                ..Camera::default()
            }
            .next_step(closer)
        };
        assert_eq!((step(1.0, true), step(1.0, false)), (2.0, 0.5));
        assert_eq!((step(0.3, true), step(0.3, false)), (0.5, 0.25));
        assert_eq!(
            (step(4.0, true), step(ZOOM_MIN, false)),
            (ZOOM_MAX, ZOOM_MIN)
        );
    }

    #[test]
    fn nonsense_moves_nothing() {
        let camera = Camera::default();
        assert_eq!(camera.zoomed_at(Point::ZERO, f64::NAN), camera);
    }

    proptest! {
        #[test]
        fn spaces_convert_both_ways(x in -1e4..1e4, y in -1e4..1e4, zoom in ZOOM_MIN..ZOOM_MAX) {
            let camera = Camera { origin: Point::new(y, x), zoom };
            let screen = Point::new(x / 10.0, y / 10.0);
            let back = camera.screen_from_board(camera.board_from_screen(screen));
            prop_assert!((back - screen).hypot() < 1e-6);
        }

        #[test]
        fn zooming_keeps_the_point_and_the_limits(
            zoom in ZOOM_MIN..ZOOM_MAX, to in 0.001..100.0f64, x in 0.0..1_000.0, y in 0.0..600.0,
        ) {
            let before = Camera { origin: Point::new(3.0, 4.0), zoom };
            let at = Point::new(x, y);
            let after = before.zoomed_at(at, to);
            prop_assert!((before.board_from_screen(at) - after.board_from_screen(at)).hypot() < 1e-6);
            prop_assert!((ZOOM_MIN..=ZOOM_MAX).contains(&after.zoom));
        }

        #[test]
        fn a_strip_of_the_canvas_is_always_in_view(
            x in -1e6..1e6, y in -1e6..1e6, zoom in ZOOM_MIN..ZOOM_MAX,
        ) {
            let camera = Camera { origin: Point::new(x, y), zoom }.kept_over(CONTENT, VIEWPORT);
            let seen = camera.visible(VIEWPORT).intersect(CONTENT);
            let least = (KEPT_PX / zoom).min(1_500.0).min(300.0 / zoom) - 1e-6;
            prop_assert!(seen.width() >= least && seen.height() >= least, "{seen:?}");
            let again = camera.kept_over(CONTENT, VIEWPORT);
            prop_assert!((again.origin - camera.origin).hypot() < 1e-6);
        }

        #[test]
        fn what_is_fitted_is_in_view_and_clear_of_the_tools(w in 1.0..8_000.0, h in 1.0..8_000.0) {
            let rect = Rect::new(-50.0, 20.0, w - 50.0, h + 20.0);
            let camera = Camera::fit(rect, VIEWPORT, 32.0, 1.0);
            let a = camera.screen_from_board(rect.origin());
            let b = camera.screen_from_board(Point::new(rect.x1, rect.y1));
            prop_assert!(a.x > 31.9 && a.y > 31.9, "{a:?}");
            prop_assert!(b.x < VIEWPORT.width - 31.9 && b.y < VIEWPORT.height - TOOLS_PX - 31.9);
        }
    }
}
