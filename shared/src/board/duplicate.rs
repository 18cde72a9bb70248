//! A copy of a whole canvas: new objects, by the same authors.

use std::collections::BTreeMap;

use yrs::{Any, Map, MapPrelim, Out, TextPrelim, Transact};

use super::{Replica, format, read, root::Root, schema};
use crate::{
    id::{ObjectId, ParticipantId},
    object::connector,
};

/// Where connectors name objects.
const ENDS: [&str; 2] = [connector::FROM, connector::TO];

/// A canvas that is a copy of another.
#[derive(Debug)]
pub struct Duplicate {
    /// The update that it begins with.
    pub seed: Vec<u8>,
    /// Its objects, each with the author of the original.
    pub authors: Vec<(ObjectId, ParticipantId)>,
}

/// Copies a canvas as it is now: the plain values and texts of every object, also of kinds
/// that this version does not know. Every object gets a
/// new id from `new_id`, and what named an object names its copy.
pub fn duplicate(
    source: &Replica,
    random: u64,
    (kind, title): (&str, &str),
    mut new_id: impl FnMut() -> ObjectId,
) -> Duplicate {
    let mut copy = Replica::new(random);
    copy.put_facts(kind, title);
    let originals = source.map(Root::Objects);
    let from = source.doc().transact();
    let mut ids: BTreeMap<String, ObjectId> = originals
        .keys(&from)
        .map(|id| (id.to_owned(), ObjectId::default()))
        .collect();
    ids.values_mut().for_each(|id| *id = new_id());
    let objects = copy.map(Root::Objects);
    let mut authors = Vec::new();
    {
        let mut txn = copy.doc().transact_mut();
        for (id, new) in &ids {
            let Some(Out::YMap(original)) = originals.get(&from, id) else {
                continue;
            };
            let fields: Vec<(String, Out)> = original
                .iter(&from)
                .map(|(key, value)| (key.to_owned(), value))
                .collect();
            let plain = fields.iter().filter_map(|(key, value)| match value {
                Out::Any(any) => Some((key.clone(), renamed(key, any, &ids))),
                _ => None,
            });
            let map = objects.insert(&mut txn, new.as_str(), MapPrelim::from_iter(plain));
            for (key, value) in &fields {
                if let Out::YText(text) = value {
                    let copied = map.insert(&mut txn, key.as_str(), TextPrelim::new(""));
                    format::copy(text, &from, &copied, &mut txn);
                }
            }
            if let Some(author) = read::string(&original, &from, schema::AUTHOR) {
                authors.push((new.clone(), author.as_str().into()));
            }
        }
    }
    Duplicate {
        seed: copy.state(),
        authors,
    }
}

/// A field as the copy has it: what names an object there names its copy. Only the ends of
/// connectors do; anything else may be equal to an id by chance or on purpose.
fn renamed(key: &str, value: &Any, ids: &BTreeMap<String, ObjectId>) -> Any {
    match value {
        Any::String(text) if ENDS.contains(&key) => ids
            .get(&**text)
            .map_or_else(|| value.clone(), |id| id.as_str().into()),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{Command, Document, NewObject, Step},
        draw::marks::{Format, Run},
        geometry::Point,
        object::{Connector, End, Kind, NoteColor},
    };

    /// A copy of a canvas, whose objects are `new1`, `new2` and so on.
    fn copied(document: &Document) -> (Document, Duplicate) {
        let mut drawn = 0;
        let made = duplicate(document.replica(), 2, ("blank", "Copy"), || {
            drawn += 1;
            format!("new{drawn}").as_str().into()
        });
        let mut copy = Document::new(3);
        copy.merge(&made.seed).unwrap();
        (copy, made)
    }

    /// What a canvas says of itself.
    fn kind_and_title(document: &Document) -> (String, String) {
        let meta = document.replica().map(Root::Meta);
        let txn = document.replica().doc().transact();
        let said = |key| read::string(&meta, &txn, key).unwrap_or_default();
        (said(schema::KIND), said(schema::TITLE))
    }

    #[test]
    fn ids_that_look_like_something_else_change_nothing_else() {
        let mut document = Document::new(1);
        let note = |id: &str| {
            let kind = Kind::note(NoteColor::Sky);
            NewObject::new(id.into(), Point::ZERO, kind, "x".into(), "ana".into())
        };
        let new = ["sticky_note", "sky", "ana"].map(note).to_vec();
        let _changes = document.apply(&Command::Add(new), Step::New);
        let (copy, _) = copied(&document);
        for object in copy.view().iter() {
            assert_eq!(object.kind, Kind::note(NoteColor::Sky));
            assert_eq!(object.author, Some("ana".into()));
        }
        assert_eq!(copy.view().len(), 3);
    }

    #[test]
    fn a_copy_looks_the_same_is_by_the_same_people_and_leads_to_its_own() {
        let mut document = Document::new(1);
        let note = |id: &str, author: &str| NewObject {
            angle: 15.0,
            ..NewObject::new(
                id.into(),
                Point::new(4.0, 8.0),
                Kind::note(NoteColor::Sky),
                "Bins".into(),
                author.into(),
            )
        };
        let line = Connector::new(End::to(&"a".into()), End::to(&"b".into()));
        let line = NewObject::new(
            "c".into(),
            Point::ZERO,
            Kind::Connector(line),
            String::new(),
            "olu".into(),
        );
        let new = vec![note("a", "ana"), note("b", "olu"), line];
        let _changes = document.apply(&Command::Add(new), Step::New);
        let bold = Command::Format("a".into(), 0..2, Format::Bold(true));
        let _changes = document.apply(&bold, Step::New);
        let locked = Command::Lock(vec!["b".into()], true);
        let _changes = document.apply(&locked, Step::New);

        let (copy, made) = copied(&document);
        assert_eq!(kind_and_title(&copy), ("blank".into(), "Copy".into()));
        let by = |author: &str| ParticipantId::from(author);
        let mut authors = made.authors;
        authors.sort();
        let expected = [("new1", "ana"), ("new2", "olu"), ("new3", "olu")];
        assert_eq!(
            authors,
            expected.map(|(id, author)| (ObjectId::from(id), by(author)))
        );
        for (old, new) in [("a", "new1"), ("b", "new2")] {
            let original = document.view().get(&old.into()).unwrap();
            let copied = copy.view().get(&new.into()).unwrap();
            let same = crate::object::Object {
                id: original.id.clone(),
                ..copied.clone()
            };
            assert_eq!(&same, original);
        }
        let marks: Vec<Run> = copy.view().get(&"new1".into()).unwrap().marks.clone();
        assert_eq!(marks.len(), 1);
        let line = copy.view().get(&"new3".into()).unwrap();
        let ends = line.kind.ends().unwrap();
        assert_eq!(ends.from.object(), Some(&"new1".into()));
        assert_eq!(ends.to.object(), Some(&"new2".into()));
    }
}
