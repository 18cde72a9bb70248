use proptest::prelude::*;

use super::*;

const LARGE: Size = Size::new(3840.0, 2104.0);
const SMALL: Size = Size::new(1280.0, 744.0);

fn view(x: f64, y: f64, size: Size) -> View {
    View {
        origin: Point::new(x, y),
        zoom: 1.0,
        size,
        scale: 1.0,
    }
}

fn stale(placed: &[PlacedTile]) -> usize {
    placed.iter().filter(|tile| tile.stale.is_some()).count()
}

#[test]
fn fresh_tiles_end_where_the_screen_ends() {
    for size in [LARGE, SMALL] {
        let mut tiles = Tiles::new(view(7.25, -3.5, size));
        let placed = tiles.follow(view(7.25, -3.5, size)).expect("its own view");
        let area: f64 = placed
            .iter()
            .filter_map(|tile| tile.stale)
            .map(|stale| stale.rect.area())
            .sum();
        assert!(area < size.area() * 1.01, "{area} of {}", size.area());
        assert!(area >= size.area());
    }
}

#[test]
fn a_view_that_moves_a_little_paints_one_row_or_column() {
    let mut tiles = Tiles::new(view(0.0, 0.0, LARGE));
    tiles.follow(view(0.0, 0.0, LARGE)).expect("its own view");
    let right = tiles.follow(view(24.0, 0.0, LARGE)).expect("moved");
    let rows = (LARGE.height / tiles.size().height).ceil() as usize;
    assert_eq!(stale(&right), rows);
    let further = tiles.follow(view(48.0, 0.0, LARGE)).expect("moved");
    assert_eq!(stale(&further), 0);
    let back = tiles.follow(view(0.0, 0.0, LARGE)).expect("moved");
    assert_eq!(stale(&back), 0);
}

#[test]
fn what_has_left_the_view_is_painted_again() {
    let mut tiles = Tiles::new(view(0.0, 0.0, SMALL));
    tiles.follow(view(0.0, 0.0, SMALL)).expect("its own view");
    let width = tiles.size().width;
    tiles
        .follow(view((width * 1.5).round(), 0.0, SMALL))
        .expect("moved");
    let back = tiles.follow(view(0.0, 0.0, SMALL)).expect("moved back");
    assert!(stale(&back) > 0);
}

#[test]
fn what_looks_different_is_painted_where_it_lies() {
    let mut here = view(10.0, 20.0, SMALL);
    here.zoom = 0.5;
    let mut tiles = Tiles::new(here);
    tiles.follow(here).expect("its own view");
    let part = Rect::new(100.3, 200.3, 120.0, 230.0);
    tiles.spoil(&[part, Rect::new(90_000.0, 0.0, 90_001.0, 1.0)]);
    let placed = tiles.follow(here).expect("as before");
    let stale: Vec<Stale> = placed.iter().filter_map(|tile| tile.stale).collect();
    assert_eq!(stale.len(), 1);
    assert_eq!(stale[0].pixels, Rect::new(45.0, 90.0, 55.0, 105.0));
    assert_eq!(stale[0].rect, Rect::new(100.0, 200.0, 120.0, 230.0));
    let again = tiles.follow(here).expect("as before");
    assert!(again.iter().all(|tile| tile.stale.is_none()), "once");
}

#[test]
fn what_looks_different_out_of_view_is_painted_when_it_comes_back() {
    let (here, aside) = (view(0.0, 0.0, SMALL), view(24.0, 0.0, SMALL));
    let mut tiles = Tiles::new(here);
    for view in [here, aside, here] {
        tiles.follow(view).expect("moved");
    }
    let part = Rect::new(SMALL.width + 2.0, 10.0, SMALL.width + 8.0, 20.0);
    tiles.spoil(&[part]);
    assert_eq!(stale(&tiles.follow(here).expect("as before")), 0);
    let back = tiles.follow(aside).expect("moved back");
    let stale: Vec<Stale> = back.iter().filter_map(|tile| tile.stale).collect();
    assert_eq!(stale.len(), 1);
    assert_eq!(stale[0].rect, part);
}

#[test]
fn many_parts_are_everything() {
    let mut spoiled = Spoiled::default();
    assert!(spoiled.is_nothing());
    spoiled.add(Spoiled::Parts(vec![Rect::ZERO; Spoiled::PARTS_MAX]));
    assert!(!spoiled.is_nothing());
    spoiled.add(Spoiled::default());
    assert_ne!(spoiled, Spoiled::Everything);
    spoiled.add(Spoiled::Parts(vec![Rect::ZERO]));
    assert_eq!(spoiled, Spoiled::Everything);
}

#[test]
fn other_views_need_other_tiles() {
    let here = view(0.0, 0.0, SMALL);
    let others = [
        View { zoom: 1.1, ..here },
        View { scale: 2.0, ..here },
        view(0.0, 0.0, LARGE),
        view(0.5, 0.0, SMALL),
        view(20_000.0, 0.0, SMALL),
    ];
    for other in others {
        let mut tiles = Tiles::new(here);
        tiles.follow(here).expect("its own view");
        assert!(tiles.follow(other).is_none(), "{other:?}");
        assert_eq!(stale(&tiles.follow(here).expect("as before")), 0);
    }
}

proptest! {
    /// Wherever one pans to and whatever changes, the screen is covered, and each tile shows
    /// what lies there, as it looks now.
    #[test]
    fn tiles_show_what_is_in_view(
        steps in prop::collection::vec((-900_i32..900, -700_i32..700, any::<bool>()), 1..30),
        zoom in prop::sample::select(vec![0.02, 0.098, 0.37, 1.0, 4.0]),
        scale in prop::sample::select(vec![1.0, 1.25, 2.0]),
    ) {
        let mut at = View { zoom, scale, ..view(31.7, -90.2, SMALL) };
        let mut tiles = Tiles::new(at);
        let mut painted: Vec<Option<Rect>> = vec![None; tiles.count()];
        let mut owed: Vec<Vec<Rect>> = vec![Vec::new(); tiles.count()];
        for (x, y, changes) in steps {
            if changes {
                // Somewhere on the screen or near it.
                let tiny = 0.01 / at.density();
                let corner = at.origin + Vec2::new(f64::from(y), f64::from(x)) / at.density();
                let part = Rect::from_origin_size(corner, (150.5 / zoom, 90.25 / zoom));
                tiles.spoil(&[part]);
                for (owed, shown) in owed.iter_mut().zip(&painted) {
                    owed.extend(shown.map(|shown| shown.intersect(part)).filter(|it| it.width().min(it.height()) > tiny));
                }
            }
            let placed = match tiles.follow(at) {
                Some(placed) => placed,
                None => {
                    tiles = Tiles::new(at);
                    painted = vec![None; tiles.count()];
                    owed = vec![Vec::new(); tiles.count()];
                    tiles.follow(at).expect("its own view")
                }
            };
            let screen = at.pixels().to_rect();
            let mut covered = 0.0;
            for PlacedTile { tile, at: corner, stale } in placed {
                if let Some(stale) = stale {
                    if stale.pixels == tiles.size().to_rect() {
                        painted[tile] = Some(stale.rect);
                        owed[tile].clear();
                    }
                    let reach = 0.01 / at.density();
                    owed[tile].retain(|part| !stale.rect.inflate(reach, reach).contains_rect(*part));
                }
                let seen = Rect::from_origin_size(corner.to_point(), tiles.size()).intersect(screen);
                if seen.area() > 0.0 {
                    prop_assert!(owed[tile].is_empty(), "not painted anew: {:?}", owed[tile]);
                    covered += seen.area();
                    let part = painted[tile].expect("what is in view is painted");
                    let off = (part.origin() - at.origin) * at.density() - corner;
                    prop_assert!(off.hypot() < 0.01, "shown {off:?} from where it lies");
                }
            }
            prop_assert!((covered - screen.area()).abs() < 1e-6);
            let moved = Vec2::new(x.into(), y.into()) / at.density();
            at.origin += moved;
        }
    }
}
