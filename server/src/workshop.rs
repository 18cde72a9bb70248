//! Workshops, keys, people and sessions: who may come in, and as whom.

use std::sync::Mutex;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::{
    board::{
        Document,
        workshop::{self, CanvasEntry, Person},
    },
    canvas,
    id::{DocumentId, ParticipantId},
    protocol::{
        api::{self, CreatedWorkshop, ForRoles, Join, Joined, Me, WorkshopInfo},
        control::Role,
        limits,
    },
    sync::rate::TokenBucket,
};

use crate::{
    clock,
    http::error::ApiFailure,
    room::registry::Registry,
    storage::{DocumentRow, ParticipantRow, SessionRow, SharedStore, WorkshopRow},
};

/// Workshops that may be created each second, and at once, by everybody together.
const CREATE_PER_SEC: u32 = 10;
const CREATE_BURST: u32 = 100;
/// How many participant colours there are.
const COLORS: usize = 12;

/// The service behind the JSON API. Blocking: call it off the async threads.
pub struct Workshops {
    store: SharedStore,
    rooms: Registry,
    create_rate: Mutex<TokenBucket>,
    /// Joining reads, decides and writes: one at a time, so that nobody gets two identities.
    joining: Mutex<()>,
}

/// A session that holds.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose.
    pub participant: ParticipantRow,
    /// What they may do.
    pub role: Role,
}

impl Workshops {
    /// Workshops kept in a store.
    pub fn new(store: SharedStore, rooms: Registry) -> Self {
        Self {
            store,
            rooms,
            create_rate: Mutex::new(TokenBucket::new(
                CREATE_PER_SEC,
                CREATE_BURST,
                clock::now_ms(),
            )),
            joining: Mutex::new(()),
        }
    }

    /// Creates a workshop with its canvases. `origin` is what links begin with.
    ///
    /// # Errors
    /// Without a title, too fast, or where the store refuses.
    pub fn create(&self, title: &str, origin: &str) -> Result<CreatedWorkshop, ApiFailure> {
        let title = api::clean_line(title, limits::TITLE_CHARS_MAX);
        if title.is_empty() {
            return Err(ApiFailure::bad(
                "title_missing",
                "Please give the workshop a title.",
            ));
        }
        let waits = self
            .create_rate
            .lock()
            .map(|mut bucket| bucket.take(1, clock::now_ms()));
        if waits.unwrap_or_default() > 0 {
            return Err(ApiFailure::too_many(
                "Too many workshops are being created. Please try again in a minute.",
            ));
        }
        let id = DocumentId::from_random(clock::random());
        let canvases: Vec<CanvasEntry> = [canvas::BLANK, canvas::ETHICS_CANVAS]
            .map(|kind| CanvasEntry {
                id: DocumentId::from_random(clock::random()),
                kind: kind.to_owned(),
                title: canvas::template(kind).title.clone(),
            })
            .into();
        let keys: [String; 3] =
            std::array::from_fn(|_| URL_SAFE_NO_PAD.encode(clock::random::<16>()));
        let mut documents = vec![(
            document_row(&id, &id, workshop::KIND, &title, -1),
            workshop::seed(clock::random_u64(), &title, &canvases),
        )];
        for (position, canvas) in canvases.iter().enumerate() {
            documents.push((
                document_row(
                    &canvas.id,
                    &id,
                    &canvas.kind,
                    &canvas.title,
                    position as i64,
                ),
                Document::seed(clock::random_u64(), &canvas.kind, &canvas.title),
            ));
        }
        self.store.create_workshop(
            WorkshopRow {
                id: id.to_string(),
                title,
                created_ms: clock::unix_ms(),
                key_hashes: [&keys[0], &keys[1], &keys[2]].map(|key| hash(key)),
            },
            documents,
        )?;
        let [facilitator, participant, observer] = keys;
        let link = |key: &String| format!("{origin}/w/{id}#k={key}");
        Ok(CreatedWorkshop {
            links: ForRoles {
                facilitator: link(&facilitator),
                participant: link(&participant),
                observer: link(&observer),
            },
            keys: ForRoles {
                facilitator,
                participant,
                observer,
            },
            workshop: id,
            canvases,
        })
    }

    /// Lets somebody in: by a link's key, by the session of an earlier visit, or both.
    /// Answers also the new session's token, of which the store has only a hash.
    ///
    /// # Errors
    /// A wrong key or no session (401), no name, a full workshop.
    pub fn join(
        &self,
        join: &Join,
        session: Option<&Session>,
    ) -> Result<(Joined, String), ApiFailure> {
        let Ok(_one_at_a_time) = self.joining.lock() else {
            return Err(ApiFailure::internal("joining"));
        };
        let workshop = self
            .store
            .workshop(&join.workshop)?
            .ok_or_else(ApiFailure::no_workshop)?;
        let earlier = session.filter(|session| session.participant.workshop == workshop.id);
        let by_key = role_of(&workshop, &join.key);
        if by_key.is_none() && (!join.key.is_empty() || earlier.is_none()) {
            return Err(ApiFailure::unauthenticated(
                "This link is not valid. Please ask the facilitator for a new one.",
            ));
        }
        let name = api::clean_name(&join.name);
        if name.is_empty() {
            return Err(ApiFailure::bad("name_missing", "Please type your name."));
        }
        let role = by_key
            .max(earlier.map(|session| session.role))
            .unwrap_or(Role::Observer);
        let (id, color, joined_ms) = match earlier {
            Some(session) => {
                let row = &session.participant;
                (row.id.clone(), row.color, row.joined_ms)
            }
            None => {
                let people = self.store.participants(&workshop.id)?.len();
                if people >= limits::PEOPLE_MAX {
                    return Err(ApiFailure::bad("workshop_full", "This workshop is full."));
                }
                let id = ParticipantId::from_random(clock::random()).to_string();
                (id, (people % COLORS) as i64, clock::unix_ms())
            }
        };
        let participant = ParticipantRow {
            id,
            workshop: workshop.id.clone(),
            name,
            department: api::clean_name(&join.department),
            role: role.name().to_owned(),
            color,
            joined_ms,
        };
        self.store.put_participant(participant.clone())?;
        let token = URL_SAFE_NO_PAD.encode(clock::random::<32>());
        self.store.put_session(SessionRow {
            token_hash: hash(&token),
            participant: participant.id.clone(),
            workshop: workshop.id.clone(),
            expires_ms: clock::unix_ms() + (limits::SESSION_SECS * 1_000) as i64,
        })?;
        let person = person(&participant);
        self.rooms.write(&workshop.id, move |replica| {
            workshop::put_person(replica, &person)
        });
        let joined = Joined {
            participant: Me {
                id: participant.id.into(),
                name: participant.name,
                department: participant.department,
                role,
                color: participant.color as u32,
            },
            workshop: self.info(&workshop.id)?,
            token: join.token.then(|| token.clone()),
        };
        Ok((joined, token))
    }

    /// The session of a token, if it holds for the workshop.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn session(&self, token: &str, workshop: &str) -> Result<Option<Session>, ApiFailure> {
        let Some(row) = self.store.session(&hash(token))? else {
            return Ok(None);
        };
        if row.workshop != workshop || row.expires_ms < clock::unix_ms() {
            return Ok(None);
        }
        let participant = self.store.participant(&row.participant)?;
        Ok(participant.map(|participant| Session {
            role: Role::from_name(&participant.role),
            participant,
        }))
    }

    /// Ends the session of a token.
    ///
    /// # Errors
    /// Where the store refuses.
    pub fn leave(&self, token: &str) -> Result<(), ApiFailure> {
        Ok(self.store.revoke_session(&hash(token))?)
    }

    /// A workshop's title and canvases.
    ///
    /// # Errors
    /// Where there is none.
    pub fn info(&self, id: &str) -> Result<WorkshopInfo, ApiFailure> {
        let workshop = self
            .store
            .workshop(id)?
            .ok_or_else(ApiFailure::no_workshop)?;
        let canvases = self
            .store
            .documents(id)?
            .into_iter()
            .filter(|document| document.kind != workshop::KIND)
            .map(|document| CanvasEntry {
                id: document.id.into(),
                kind: document.kind,
                title: document.title,
            })
            .collect();
        Ok(WorkshopInfo {
            id: workshop.id.into(),
            title: workshop.title,
            canvases,
        })
    }

    /// Everybody who ever joined.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn people(&self, workshop: &str) -> Result<Vec<Person>, ApiFailure> {
        Ok(self
            .store
            .participants(workshop)?
            .iter()
            .map(person)
            .collect())
    }
}

fn document_row(
    id: &DocumentId,
    workshop: &DocumentId,
    kind: &str,
    title: &str,
    position: i64,
) -> DocumentRow {
    DocumentRow {
        id: id.to_string(),
        workshop: workshop.to_string(),
        kind: kind.to_owned(),
        title: title.to_owned(),
        position,
    }
}

fn person(row: &ParticipantRow) -> Person {
    Person {
        id: row.id.as_str().into(),
        name: row.name.clone(),
        department: row.department.clone(),
        role: row.role.clone(),
        color: row.color as u32,
    }
}

/// Compares hashes in constant time, all of them.
fn role_of(workshop: &WorkshopRow, key: &str) -> Option<Role> {
    let given = blake3::hash(key.as_bytes());
    let roles = [Role::Facilitator, Role::Participant, Role::Observer];
    roles
        .into_iter()
        .zip(workshop.key_hashes)
        .filter(|(_, stored)| given == blake3::Hash::from_bytes(*stored))
        .map(|(role, _)| role)
        .next()
}

fn hash(secret: &str) -> [u8; 32] {
    *blake3::hash(secret.as_bytes()).as_bytes()
}
