//! Questions about a finished line, and what its ends carry.

use super::*;

#[test]
fn a_marquee_finds_the_line_and_not_its_box() {
    let (a, b) = (square(0.0, 0.0), square(400.0, 400.0));
    let line = alone(&a.end(), &b.end(), Course::Straight);
    assert!(line.crosses(Rect::new(240.0, 240.0, 260.0, 260.0)));
    assert!(line.crosses(Rect::new(200.0, 240.0, 300.0, 242.0)));
    assert!(line.crosses(Rect::new(0.0, 0.0, 900.0, 900.0)));
    assert!(!line.crosses(Rect::new(150.0, 300.0, 200.0, 380.0)));
    assert!(!line.crosses(Rect::new(0.0, 0.0, 90.0, 90.0)));
}

#[test]
fn a_label_breaks_the_path() {
    let (a, b) = (square(0.0, 0.0), square(300.0, 0.0));
    let line = alone(&a.end(), &b.end(), Course::Straight);
    let parts: Vec<_> = line
        .without(Rect::new(180.0, 40.0, 220.0, 60.0))
        .segments()
        .map(|part| (part.start().x, part.end().x))
        .collect();
    assert_eq!(parts, [(105.0, 180.0), (220.0, 295.0)]);
    assert!(line.without(Rect::new(0.0, 0.0, 400.0, 100.0)).is_empty());
    for course in COURSES {
        let line = alone(&a.end(), &b.end(), course);
        let label = Rect::from_center_size(line.at(0.5), (40.0, 20.0));
        let broken = line.without(label);
        let inner = label.inset(-0.01);
        assert!(
            broken
                .segments()
                .all(|part| !inner.contains(part.eval(0.5)))
        );
        assert_eq!(broken.elements().len(), line.path.elements().len() + 2);
    }
}

#[test]
fn heads_end_at_the_tip() {
    let tip = Point::new(10.0, 20.0);
    assert_eq!(head(tip, Vec2::new(1.0, 0.0), Head::None, 2.0), None);
    for kind in [
        Head::Arrow,
        Head::Triangle,
        Head::Diamond,
        Head::Circle,
        Head::Bar,
    ] {
        for width in [0.0, 2.0, 8.0] {
            let bounds = head(tip, Vec2::new(3.0, 0.0), kind, width)
                .unwrap()
                .bounding_box();
            assert!((bounds.x1 - tip.x).abs() < 1e-3, "{kind:?}");
            assert!((bounds.center().y - tip.y).abs() < 1e-3, "{kind:?}");
        }
        assert!(head(tip, Vec2::ZERO, kind, 2.0).unwrap().is_finite());
        assert_eq!(head(tip, Vec2::new(f64::NAN, 0.0), kind, 2.0), None);
    }
}
