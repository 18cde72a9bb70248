//! The workshop's own document: its title, its people, its canvases and their templates.
//! Only the server writes it, from its directory; everybody reads it.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use yrs::{Any, Map, Out, Transact};

use super::{Replica, read, root::Root, schema};
use crate::{
    canvas::Template,
    id::{DocumentId, ParticipantId},
    sort::sort_by,
};

/// The kind under which a workshop's own document stands.
pub const KIND: &str = schema::WORKSHOP;
const NAME: &str = "name";
const ORGANISATION: &str = "organisation";
const EXTERNAL: &str = "external";
const ROLE: &str = "role";
const COLOR: &str = "color";
const NUMBER: &str = "number";
const REMOVED: &str = "removed";
const ORDER: &str = "order";
const ARCHIVED: &str = "archived";
const VERSION: &str = "version";
const LINKS: &str = "links";
const TEMPLATE: &str = "template";

/// Somebody who has joined.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: ParticipantId,
    /// Name as typed.
    pub name: String,
    /// Organisation or department as typed; may be empty.
    pub organisation: String,
    /// Whether they come from outside the organisation that holds the workshop.
    #[serde(default)]
    pub external: bool,
    /// `facilitator`, `participant` or `observer`.
    pub role: String,
    /// Index into the participant colours.
    pub color: u32,
    /// Their place in the order of coming, from 0.
    #[serde(default)]
    pub number: u32,
    /// Whether a facilitator has removed them. What they wrote stays.
    #[serde(default)]
    pub removed: bool,
}

/// A canvas of the workshop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanvasEntry {
    /// Its document.
    pub id: DocumentId,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The key of its template in [`WorkshopView::templates`].
    #[serde(default)]
    pub template: String,
    /// Whether it has been put away: nobody writes it until it is brought back.
    #[serde(default)]
    pub archived: bool,
    /// Counts its changes of title, place and being archived, from 1. A request names the
    /// version that it changes.
    #[serde(default)]
    pub version: u32,
}

/// What the workshop says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Its title.
    pub title: String,
    /// Counts its changes of title, from 1.
    pub version: u32,
    /// Counts the links that were replaced: whoever shows them asks for them anew.
    #[serde(default)]
    pub links: u32,
}

/// The workshop as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkshopView {
    /// What it says of itself.
    pub facts: Facts,
    /// Its canvases, in order, without those that are archived.
    pub canvases: Vec<CanvasEntry>,
    /// Those that are archived, in order.
    pub archived: Vec<CanvasEntry>,
    /// Everybody who ever joined, in order of coming.
    pub people: Vec<Person>,
    /// The templates of its canvases, by key.
    pub templates: BTreeMap<String, Arc<Template>>,
}

/// What the server's directory says of a workshop.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// What it says of itself.
    pub facts: Facts,
    /// All its canvases, in order.
    pub canvases: Vec<CanvasEntry>,
    /// Everybody who ever joined.
    pub people: Vec<Person>,
    /// Templates as JSON, by key.
    pub templates: BTreeMap<String, String>,
}

/// The update with which the server begins a workshop's document.
pub fn seed(random: u64, listing: &Listing) -> Vec<u8> {
    let mut replica = Replica::new(random);
    replica.put_facts(KIND, &listing.facts.title);
    put(&mut replica, listing);
    replica.state()
}

/// Brings a workshop's document up to date. What it says already is not written again;
/// nothing is taken out.
pub fn put(replica: &mut Replica, listing: &Listing) {
    let text = |value: &str| Any::from(value);
    let meta = [
        (schema::TITLE.to_owned(), text(&listing.facts.title)),
        (VERSION.to_owned(), i64::from(listing.facts.version).into()),
        (LINKS.to_owned(), i64::from(listing.facts.links).into()),
    ];
    put_all(replica, Root::Meta, meta);
    let people = listing.people.iter().map(|person| {
        let value = [
            (NAME.to_owned(), text(&person.name)),
            (ORGANISATION.to_owned(), text(&person.organisation)),
            (EXTERNAL.to_owned(), person.external.into()),
            (ROLE.to_owned(), text(&person.role)),
            (COLOR.to_owned(), i64::from(person.color).into()),
            (NUMBER.to_owned(), i64::from(person.number).into()),
            (REMOVED.to_owned(), person.removed.into()),
        ];
        (person.id.to_string(), Any::Map(Arc::new(value.into())))
    });
    put_all(replica, Root::People, people);
    let canvases = (0_i64..).zip(&listing.canvases).map(|(order, canvas)| {
        let value = [
            (schema::KIND.to_owned(), text(&canvas.kind)),
            (schema::TITLE.to_owned(), text(&canvas.title)),
            (TEMPLATE.to_owned(), text(&canvas.template)),
            (ORDER.to_owned(), order.into()),
            (ARCHIVED.to_owned(), canvas.archived.into()),
            (VERSION.to_owned(), i64::from(canvas.version).into()),
        ];
        (canvas.id.to_string(), Any::Map(Arc::new(value.into())))
    });
    put_all(replica, Root::Canvases, canvases);
    let templates = listing.templates.iter();
    put_all(
        replica,
        Root::Templates,
        templates.map(|(key, json)| (key.clone(), text(json))),
    );
}

fn put_all(replica: &mut Replica, root: Root, entries: impl IntoIterator<Item = (String, Any)>) {
    let map = replica.map(root);
    let mut txn = replica.doc().transact_mut();
    for (key, value) in entries {
        if !matches!(map.get(&txn, &key), Some(Out::Any(current)) if current == value) {
            map.insert(&mut txn, key, value);
        }
    }
}

/// Reads the workshop. Entries that make no sense are left out.
pub fn view(replica: &Replica) -> WorkshopView {
    let [meta, people, canvases, templates] =
        [Root::Meta, Root::People, Root::Canvases, Root::Templates].map(|root| replica.map(root));
    let txn = replica.doc().transact();
    let count = |key| match meta.get(&txn, key) {
        Some(Out::Any(value)) => read::finite(&value).unwrap_or_default() as u32,
        _ => 0,
    };
    let mut view = WorkshopView {
        facts: Facts {
            title: read::string(&meta, &txn, schema::TITLE).unwrap_or_default(),
            version: count(VERSION),
            links: count(LINKS),
        },
        ..WorkshopView::default()
    };
    let mut entries: Vec<(u32, CanvasEntry)> = Vec::new();
    for (id, value) in canvases.iter(&txn) {
        let Some(fields) = Fields::of(value) else {
            continue;
        };
        let entry = CanvasEntry {
            id: id.into(),
            kind: fields.text(schema::KIND),
            title: fields.text(schema::TITLE),
            template: fields.text(TEMPLATE),
            archived: fields.flag(ARCHIVED),
            version: fields.count(VERSION),
        };
        entries.push((fields.count(ORDER), entry));
    }
    sort_by(&mut entries, |(a_at, a), (b_at, b)| {
        a_at.cmp(b_at).then_with(|| a.id.cmp(&b.id))
    });
    for (_, entry) in entries {
        let list = if entry.archived {
            &mut view.archived
        } else {
            &mut view.canvases
        };
        list.push(entry);
    }
    for (id, value) in people.iter(&txn) {
        if let Some(fields) = Fields::of(value) {
            view.people.push(Person {
                id: id.into(),
                name: fields.text(NAME),
                organisation: fields.text(ORGANISATION),
                external: fields.flag(EXTERNAL),
                role: fields.text(ROLE),
                color: fields.count(COLOR),
                number: fields.count(NUMBER),
                removed: fields.flag(REMOVED),
            });
        }
    }
    sort_by(&mut view.people, |a, b| {
        a.number.cmp(&b.number).then_with(|| a.id.cmp(&b.id))
    });
    for (key, value) in templates.iter(&txn) {
        if let Out::Any(Any::String(json)) = value
            && let Ok(template) = serde_json::from_str(&json)
        {
            view.templates.insert(key.to_owned(), Arc::new(template));
        }
    }
    view
}

/// The fields of an entry that is one value.
struct Fields(Arc<std::collections::HashMap<String, Any>>);

impl Fields {
    fn of(value: Out) -> Option<Self> {
        match value {
            Out::Any(Any::Map(fields)) => Some(Self(fields)),
            _ => None,
        }
    }

    fn text(&self, key: &str) -> String {
        match self.0.get(key) {
            Some(Any::String(value)) => value.to_string(),
            _ => String::new(),
        }
    }

    fn flag(&self, key: &str) -> bool {
        matches!(self.0.get(key), Some(Any::Bool(true)))
    }

    fn count(&self, key: &str) -> u32 {
        self.0.get(key).and_then(read::finite).unwrap_or_default() as u32
    }
}
