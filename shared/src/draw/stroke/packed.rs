//! How the document keeps a stroke: a version byte, then for every point its
//! step from the point before in tenths of a board unit, as two zigzag varints,
//! and its pressure in one byte. The first point's step is from the origin.

use thiserror::Error;

use super::{COORD_MAX, InkPoint, POINTS_MAX, sane};

/// The version byte of this form.
const VERSION: u8 = 1;
const TENTHS: f64 = 10.0;
const TENTHS_MAX: i64 = (COORD_MAX * TENTHS) as i64;
/// Full pressure. Even, so that a device without pressure (one half) stays one.
const PRESSURE_FULL: u8 = 254;
/// A step of more bytes than this leads out of range.
const VARINT_MAX: u32 = 5;

/// Why bytes are no stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InkError {
    /// The first byte is missing or names another form.
    #[error("the ink is not of a version this Plaza reads")]
    Version,
    /// The bytes end within a point.
    #[error("the ink is cut short")]
    CutShort,
    /// More than `POINTS_MAX` points.
    #[error("the ink has more than {POINTS_MAX} points")]
    TooManyPoints,
    /// A point is farther than `COORD_MAX` from the origin.
    #[error("the ink leads out of range")]
    OutOfRange,
}

/// A stroke's bytes. Coordinates are rounded to a tenth of a board unit; of
/// more than `POINTS_MAX` points that many are kept, evenly, with both ends.
pub fn pack(points: &[InkPoint]) -> Vec<u8> {
    let points: Vec<_> = sane(points).collect();
    let count = points.len().min(POINTS_MAX);
    let mut bytes = Vec::with_capacity(1 + count * 4);
    bytes.push(VERSION);
    let mut before = [0; 2];
    for i in 0..count {
        let point = if points.len() > count {
            points[i * (points.len() - 1) / (count - 1)]
        } else {
            points[i]
        };
        let here = [point.at.x, point.at.y].map(|c| (c * TENTHS).round() as i64);
        put(&mut bytes, here[0] - before[0]);
        put(&mut bytes, here[1] - before[1]);
        bytes.push((point.pressure * f32::from(PRESSURE_FULL)).round() as u8);
        before = here;
    }
    bytes
}

/// The stroke in some bytes, which may come from anyone.
pub fn unpack(bytes: &[u8]) -> Result<Vec<InkPoint>, InkError> {
    let Some((&VERSION, mut rest)) = bytes.split_first() else {
        return Err(InkError::Version);
    };
    // No point takes fewer than three bytes.
    let mut points = Vec::with_capacity((rest.len() / 3).min(POINTS_MAX));
    let (mut x, mut y) = (0, 0);
    while !rest.is_empty() {
        if points.len() == POINTS_MAX {
            return Err(InkError::TooManyPoints);
        }
        x = step(x, &mut rest)?;
        y = step(y, &mut rest)?;
        let pressure = take(&mut rest)?.min(PRESSURE_FULL);
        points.push(InkPoint::new(
            (x as f64 / TENTHS, y as f64 / TENTHS),
            f32::from(pressure) / f32::from(PRESSURE_FULL),
        ));
    }
    Ok(points)
}

/// Where a step from a coordinate leads, in tenths.
fn step(from: i64, rest: &mut &[u8]) -> Result<i64, InkError> {
    let mut zigzag = 0;
    for place in 0..VARINT_MAX {
        let byte = take(rest)?;
        zigzag |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            let to = from + ((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64));
            return if to.abs() <= TENTHS_MAX {
                Ok(to)
            } else {
                Err(InkError::OutOfRange)
            };
        }
    }
    Err(InkError::OutOfRange)
}

fn put(bytes: &mut Vec<u8>, step: i64) {
    let mut zigzag = (step << 1 ^ step >> 63) as u64;
    while zigzag >= 0x80 {
        bytes.push(zigzag as u8 | 0x80);
        zigzag >>= 7;
    }
    bytes.push(zigzag as u8);
}

fn take(rest: &mut &[u8]) -> Result<u8, InkError> {
    let (&byte, after) = rest.split_first().ok_or(InkError::CutShort)?;
    *rest = after;
    Ok(byte)
}
