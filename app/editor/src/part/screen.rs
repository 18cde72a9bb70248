//! What of the board is on screen: a camera over a canvas of some size.

use shared::geometry::{Point, Rect, Size, Vec2};

use super::camera::{Camera, ZOOM_MAX, ZOOM_MIN};

/// Padding around what is fitted to view, in screen pixels.
pub(crate) const FIT_PADDING_PX: f64 = 32.0;

/// The size before the page has told it, in screen pixels.
const SIZE_FIRST_PX: Size = Size::new(1280.0, 800.0);

/// A camera over a canvas. The camera is always finite and within the limits of zoom.
#[derive(Clone, Debug)]
pub(crate) struct Screen {
    camera: Camera,
    /// The size of the canvas, in screen pixels.
    viewport: Size,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            camera: Camera::default(),
            viewport: SIZE_FIRST_PX,
        }
    }
}

impl Screen {
    pub(crate) fn camera(&self) -> Camera {
        self.camera
    }

    pub(crate) fn viewport(&self) -> Size {
        self.viewport
    }

    /// Screen pixels per board unit.
    pub(crate) fn zoom(&self) -> f64 {
        self.camera.zoom
    }

    /// The canvas has another size.
    pub(crate) fn resize(&mut self, viewport: Size) {
        self.viewport = viewport;
    }

    /// Looks elsewhere; a camera that is none is left out.
    pub(crate) fn look(&mut self, camera: Camera) {
        if camera.origin.is_finite() && camera.zoom.is_finite() {
            self.camera = Camera {
                zoom: camera.zoom.clamp(ZOOM_MIN, ZOOM_MAX),
                ..camera
            };
        }
    }

    /// The board point under a screen point.
    pub(crate) fn board(&self, screen: Point) -> Point {
        self.camera.board_from_screen(screen)
    }

    /// What can be seen, in board space.
    pub(crate) fn visible(&self) -> Rect {
        self.camera.visible(self.viewport)
    }

    /// The middle, in screen space.
    pub(crate) fn middle(&self) -> Point {
        Point::new(self.viewport.width / 2.0, self.viewport.height / 2.0)
    }

    /// The camera that shows a rectangle whole, never nearer than `zoom_max`.
    pub(crate) fn fitted(&self, rect: Rect, zoom_max: f64) -> Camera {
        Camera::fit(rect, self.viewport, FIT_PADDING_PX, zoom_max)
    }

    /// The camera that has a point of the board in the middle.
    pub(crate) fn centred(&self, at: Point) -> Camera {
        let half = Vec2::new(self.viewport.width, self.viewport.height) / (2.0 * self.camera.zoom);
        Camera {
            origin: at - half,
            ..self.camera
        }
    }

    /// Brings a rectangle of the board into view if it is not.
    pub(crate) fn reveal(&mut self, rect: Rect) {
        if self.visible().intersect(rect) != rect {
            self.look(self.centred(rect.center()));
        }
    }

    /// Keeps a strip of `bounds` in view, so that nobody gets lost.
    pub(crate) fn keep_over(&mut self, bounds: Rect) {
        self.look(self.camera.kept_over(bounds, self.viewport));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_that_is_none_is_left_out_and_zoom_has_limits() {
        let mut screen = Screen::default();
        screen.look(Camera {
            zoom: f64::NAN,
            ..Camera::default()
        });
        assert_eq!(screen.camera(), Camera::default());
        screen.look(Camera {
            zoom: 1e9,
            ..Camera::default()
        });
        assert_eq!(screen.zoom(), ZOOM_MAX);
    }

    #[test]
    fn only_what_is_out_of_view_is_brought_there() {
        let mut screen = Screen::default();
        screen.reveal(Rect::new(10.0, 10.0, 20.0, 20.0));
        assert_eq!(screen.camera(), Camera::default());
        screen.reveal(Rect::new(5_000.0, 10.0, 5_020.0, 20.0));
        assert_eq!(screen.visible().center(), Point::new(5_010.0, 15.0));
    }
}
