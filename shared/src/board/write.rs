//! Commands as changes of the document, inside a transaction that is open already.

use std::ops::Range;

use yrs::{Any, Map, MapPrelim, MapRef, Out, Text, TextPrelim, TextRef, TransactionMut};

use super::{Command, NewObject, TextEdit, format, read, schema, text_edit::utf16_len};
use crate::{
    geometry::{Point, Size},
    id::ObjectId,
    props::Value,
};

/// Does what a command says; `z_range` is the stacking order's lowest and highest.
pub(super) fn run(
    objects: &MapRef,
    txn: &mut TransactionMut,
    command: &Command,
    z_range: (f64, f64),
) {
    match command {
        Command::Add(new) => add(objects, txn, new, z_range),
        Command::Move(moves) => {
            for (id, pos) in moves {
                set(objects, txn, id, schema::POS, Some(position(*pos)));
            }
        }
        Command::Resize(rects) => {
            for (id, rect) in rects {
                set(objects, txn, id, schema::POS, Some(position(rect.origin())));
                set(objects, txn, id, schema::SIZE, Some(size(rect.size())));
            }
        }
        Command::Turn(turns) => {
            for (id, degrees) in turns {
                let upright = (degrees.rem_euclid(360.0) * 10.0).round() / 10.0;
                set(objects, txn, id, schema::ANGLE, Some(upright.into()));
            }
        }
        Command::Order(order) => {
            for (id, z) in order {
                set(objects, txn, id, schema::Z, Some((*z).into()));
            }
        }
        Command::Delete(ids) => {
            for id in ids {
                objects.remove(txn, id.as_str());
            }
        }
        Command::Group(ids, group) => {
            for id in ids {
                let mark = group.as_deref().map(Any::from);
                set(objects, txn, id, schema::GROUP, mark);
            }
        }
        Command::Lock(ids, locked) => {
            for id in ids {
                set(
                    objects,
                    txn,
                    id,
                    schema::LOCKED,
                    locked.then_some(true.into()),
                );
            }
        }
        Command::Set(id, properties) => {
            for (key, value) in properties {
                set(objects, txn, id, key, any(value));
            }
        }
        Command::EditText(id, edit) => edit_text(objects, txn, id, edit),
        Command::Format(id, stretch, mark) => {
            if let Some(text) = text_of(objects, txn, id) {
                format::write(&text, txn, stretch.clone(), mark);
            }
        }
    }
}

/// New objects come to the front, containers to the back: what is carried shows.
fn add(objects: &MapRef, txn: &mut TransactionMut, new: &[NewObject], (back, front): (f64, f64)) {
    for (i, object) in new.iter().enumerate() {
        let place = i as f64 + 1.0;
        let z = if object.kind.features().is_container {
            back - (new.len() as f64 - i as f64)
        } else {
            front + place
        };
        let mut fields = vec![
            (schema::KIND, Any::from(object.kind.name())),
            (schema::POS, position(object.pos)),
            (schema::Z, z.into()),
            (schema::AUTHOR, object.author.as_str().into()),
        ];
        fields.extend(object.size.map(|chosen| (schema::SIZE, size(chosen))));
        fields.extend((object.angle != 0.0).then(|| (schema::ANGLE, object.angle.into())));
        fields.extend(
            object
                .group
                .as_deref()
                .map(|mark| (schema::GROUP, mark.into())),
        );
        let own = object.kind.properties();
        fields.extend(
            own.iter()
                .filter_map(|(key, value)| Some((*key, any(value)?))),
        );
        let map = objects.insert(txn, object.id.as_str(), MapPrelim::from_iter(fields));
        if object.kind.features().has_text {
            let text = map.insert(txn, schema::TEXT, TextPrelim::new(object.text.as_str()));
            format::write_runs(&text, txn, &object.text, &object.marks);
        }
    }
}

fn set(objects: &MapRef, txn: &mut TransactionMut, id: &ObjectId, key: &str, value: Option<Any>) {
    let Some(Out::YMap(map)) = objects.get(txn, id.as_str()) else {
        return;
    };
    // Writing what is there already would only grow the log.
    match (map.get(txn, key), value) {
        (Some(Out::Any(current)), Some(value)) if current == value => {}
        (None, None) => {}
        (_, Some(value)) => drop(map.insert(txn, key, value)),
        (Some(_), None) => drop(map.remove(txn, key)),
    }
}

fn text_of(objects: &MapRef, txn: &TransactionMut, id: &ObjectId) -> Option<TextRef> {
    let Some(Out::YMap(map)) = objects.get(txn, id.as_str()) else {
        return None;
    };
    match map.get(txn, schema::TEXT) {
        Some(Out::YText(text)) => Some(text),
        _ => None,
    }
}

fn edit_text(objects: &MapRef, txn: &mut TransactionMut, id: &ObjectId, edit: &TextEdit) {
    let Some(text) = text_of(objects, txn, id) else {
        return;
    };
    // Never inside a surrogate pair, never beyond the end: yrs would panic.
    let current = yrs::GetString::get_string(&text, txn);
    let to = edit.at.saturating_add(edit.delete);
    let Range { start, end } = TextEdit::within(&current, &(edit.at..to));
    let at = utf16_len(&current[..start]);
    let delete = utf16_len(&current[start..end]);
    if delete > 0 {
        text.remove_range(txn, at, delete);
    }
    if !edit.insert.is_empty() {
        text.insert(txn, at, &edit.insert);
    }
}

fn any(value: &Value) -> Option<Any> {
    Some(match value {
        Value::Null => return None,
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) => (*number).into(),
        Value::Numbers(numbers) => numbers_any(numbers),
        Value::Flag(flag) => (*flag).into(),
        Value::Bytes(bytes) => Any::Buffer(bytes.as_slice().into()),
    })
}

fn numbers_any(numbers: &[f64]) -> Any {
    Any::Array(numbers.iter().map(|number| Any::from(*number)).collect())
}

fn position(point: Point) -> Any {
    let limit = |value: f64| {
        value
            .clamp(-schema::COORDINATE_MAX, schema::COORDINATE_MAX)
            .round()
    };
    numbers_any(&[limit(point.x), limit(point.y)])
}

fn size(size: Size) -> Any {
    let size = read::limited(size).round();
    numbers_any(&[size.width, size.height])
}
