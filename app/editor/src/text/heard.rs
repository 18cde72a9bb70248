//! What others do, in sentences for people who listen: gathered for a while, then said
//! in one breath.

use std::collections::BTreeSet;

use shared::{
    id::{ObjectId, ParticipantId},
    object::Object,
    sort,
    text::{self, Phrase},
};

/// At most this many characters of a text are read out.
const WORDS_MAX: usize = 60;

/// What has happened since it was said last.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    added: Vec<(Option<ParticipantId>, ObjectId)>,
    changed: BTreeSet<ObjectId>,
    deleted: usize,
}

impl Heard {
    /// Something changed an object; `was_there` before, and `now` it is this.
    pub fn note(&mut self, id: &ObjectId, was_there: bool, now: Option<&Object>) {
        let is_new = self.added.iter().any(|(_, added)| added == id);
        match now {
            Some(object) if !was_there => {
                self.added.push((object.author.clone(), id.clone()));
            }
            Some(_) if !is_new => {
                self.changed.insert(id.clone());
            }
            None if was_there => {
                let before = self.added.len();
                self.added.retain(|(_, added)| added != id);
                self.changed.remove(id);
                self.deleted += usize::from(before == self.added.len());
            }
            Some(_) | None => {}
        }
    }

    /// What to say now, and everything is forgotten; `None` where nothing happened.
    pub fn say<'a>(
        &mut self,
        object: impl Fn(&ObjectId) -> Option<&'a Object>,
        name: impl Fn(&ParticipantId) -> Option<&'a str>,
    ) -> Option<Phrase> {
        let Self {
            added,
            changed,
            deleted,
        } = std::mem::take(self);
        let mut said = Vec::new();
        let authors = sort::set(added.iter().map(|(author, _)| author.clone()));
        for author in authors {
            let by: Vec<_> = added.iter().filter(|(by, _)| *by == author).collect();
            let who = author.as_ref().and_then(&name);
            let who = who.map_or_else(|| text::HEARD_SOMEONE.into(), Phrase::from);
            let what = match &by[..] {
                [(_, id)] => match object(id) {
                    Some(one) if one.text.is_empty() => one.kind.counted(1),
                    Some(one) => text::heard_kind(one.kind.label(), words(&one.text)),
                    None => continue,
                },
                several => text::object_objects(several.len()),
            };
            said.push(text::heard_added(what, who));
        }
        if !changed.is_empty() {
            said.push(text::heard_changed(changed.len()));
        }
        if deleted > 0 {
            said.push(text::heard_deleted(deleted));
        }
        (!said.is_empty()).then_some(Phrase::Sentences(said))
    }
}

fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WORDS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
