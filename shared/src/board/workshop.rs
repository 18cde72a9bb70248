//! The workshop's own document: its title, its people and its canvases.
//! Only the server writes it; everybody reads it.

use serde::{Deserialize, Serialize};
use yrs::{Any, Array, Map, Out, Transact};

use super::{Replica, read, root::Root, schema};
use crate::{
    id::{DocumentId, ParticipantId},
    sort::sort_by,
};

/// The kind under which a workshop's own document stands.
pub const KIND: &str = schema::WORKSHOP;
const NAME: &str = "name";
const DEPARTMENT: &str = "department";
const ROLE: &str = "role";
const COLOR: &str = "color";
const ID: &str = "id";

/// Somebody who has joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: ParticipantId,
    /// Name as typed.
    pub name: String,
    /// Department as typed; may be empty.
    pub department: String,
    /// `facilitator`, `participant` or `observer`.
    pub role: String,
    /// Index into the participant colours.
    pub color: u32,
}

/// A canvas of the workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanvasEntry {
    /// Its document.
    pub id: DocumentId,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
}

/// The workshop as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkshopView {
    /// Its title.
    pub title: String,
    /// Its canvases, in order.
    pub canvases: Vec<CanvasEntry>,
    /// Everybody who ever joined, in id order.
    pub people: Vec<Person>,
}

/// The update with which the server begins a workshop's document.
pub fn seed(random: u64, title: &str, canvases: &[CanvasEntry]) -> Vec<u8> {
    let mut replica = Replica::new(random);
    replica.put_facts(KIND, title);
    let list = replica.doc().get_or_insert_array(Root::Canvases.name());
    {
        let mut txn = replica.doc().transact_mut();
        for canvas in canvases {
            let entry = [
                (ID.to_owned(), canvas.id.as_str().into()),
                (schema::KIND.to_owned(), canvas.kind.as_str().into()),
                (schema::TITLE.to_owned(), canvas.title.as_str().into()),
            ];
            list.push_back(&mut txn, Any::Map(std::sync::Arc::new(entry.into())));
        }
    }
    replica.state()
}

/// Writes one person, all their fields as one value.
pub fn put_person(replica: &mut Replica, person: &Person) {
    let people = replica.map(Root::People);
    let value = [
        (NAME.to_owned(), person.name.as_str().into()),
        (DEPARTMENT.to_owned(), person.department.as_str().into()),
        (ROLE.to_owned(), person.role.as_str().into()),
        (COLOR.to_owned(), i64::from(person.color).into()),
    ];
    let value = Any::Map(std::sync::Arc::new(value.into()));
    let mut txn = replica.doc().transact_mut();
    if !matches!(people.get(&txn, person.id.as_str()), Some(Out::Any(current)) if current == value)
    {
        people.insert(&mut txn, person.id.as_str(), value);
    }
}

/// Reads the workshop. Entries that make no sense are left out.
pub fn view(replica: &Replica) -> WorkshopView {
    let doc = replica.doc();
    let meta = replica.map(Root::Meta);
    let people = replica.map(Root::People);
    let canvases = doc.get_or_insert_array(Root::Canvases.name());
    let txn = doc.transact();
    let text = |map: &std::collections::HashMap<String, Any>, key: &str| match map.get(key) {
        Some(Any::String(value)) => value.to_string(),
        _ => String::new(),
    };
    let mut view = WorkshopView {
        title: read::string(&meta, &txn, schema::TITLE).unwrap_or_default(),
        ..WorkshopView::default()
    };
    for value in canvases.iter(&txn) {
        if let Out::Any(Any::Map(map)) = value {
            view.canvases.push(CanvasEntry {
                id: text(&map, ID).into(),
                kind: text(&map, schema::KIND),
                title: text(&map, schema::TITLE),
            });
        }
    }
    for (id, value) in people.iter(&txn) {
        if let Out::Any(Any::Map(map)) = value {
            view.people.push(Person {
                id: id.into(),
                name: text(&map, NAME),
                department: text(&map, DEPARTMENT),
                role: text(&map, ROLE),
                color: map.get(COLOR).and_then(read::finite).unwrap_or_default() as u32,
            });
        }
    }
    sort_by(&mut view.people, |a, b| a.id.cmp(&b.id));
    view
}
