//! The people of the workshop: who they are, where they are, how they are told apart.

use std::collections::BTreeMap;

use shared::{
    board::workshop::{Person, WorkshopView},
    id::{DocumentId, ParticipantId},
    protocol::{Presence, control::Role, line::as_seen},
    sort::sort_by,
    text::{self, Phrase, Text},
};

/// Somebody of the workshop, as the list of people shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// Their name, told apart from others of the same.
    pub name: String,
    /// Whether this is me.
    pub is_me: bool,
    /// Whether they are connected.
    pub is_here: bool,
    /// The canvas that they look at, with its title.
    pub at: Option<(DocumentId, String)>,
    /// Whether their page is in the background.
    pub is_away: bool,
}

impl Member {
    /// What they may do.
    pub fn role(&self) -> Role {
        Role::from_name(&self.person.role)
    }

    /// The name as the list shows it.
    pub fn shown_name(&self) -> Phrase {
        if self.is_me {
            text::people_you(self.name.as_str())
        } else {
            Phrase::from(self.name.as_str())
        }
    }

    /// Where they are, in words.
    pub fn place(&self) -> Phrase {
        match (&self.at, self.is_here) {
            _ if self.person.removed => text::PEOPLE_REMOVED.into(),
            (_, false) => text::PEOPLE_NOT_HERE.into(),
            (_, true) if self.is_away => text::PEOPLE_AWAY.into(),
            (Some((_, title)), true) => text::people_on_canvas(title.as_str()),
            (None, true) => text::PEOPLE_HERE.into(),
        }
    }

    /// What a role is called.
    pub fn role_name(&self) -> Text {
        role_name(self.role())
    }
}

/// What a role is called.
pub const fn role_name(role: Role) -> Text {
    match role {
        Role::Facilitator => text::ROLE_FACILITATOR,
        Role::Participant => text::ROLE_PARTICIPANT,
        Role::Observer => text::ROLE_OBSERVER,
    }
}

/// Everybody of the workshop: me, then those who are connected, then the others; those who
/// were removed last. `told`: what somebody's presence says; `me`: who I am, and on which
/// canvas.
pub(crate) fn list<'a>(
    view: &WorkshopView,
    told: impl Fn(&ParticipantId) -> Option<&'a Presence>,
    me: (&ParticipantId, Option<&str>),
) -> Vec<Member> {
    let names = told_apart(&view.people);
    let title = |id: &DocumentId| {
        let mut canvases = view.canvases.iter().chain(&view.archived);
        let canvas = canvases.find(|canvas| canvas.id == *id)?;
        Some((id.clone(), canvas.title.clone()))
    };
    let members = view.people.iter().map(|person| {
        let presence = told(&person.id);
        let is_me = person.id == *me.0;
        let at = if is_me {
            me.1.map(DocumentId::from)
        } else {
            presence.and_then(|presence| presence.canvas.clone())
        };
        Member {
            name: names.get(&person.id).cloned().unwrap_or_default(),
            is_me,
            is_here: is_me || presence.is_some(),
            at: at.and_then(|id| title(&id)),
            is_away: !is_me && presence.is_some_and(|presence| presence.away),
            person: person.clone(),
        }
    });
    let rank = |member: &Member| (member.person.removed, !member.is_me, !member.is_here);
    let mut members: Vec<Member> = members.collect();
    sort_by(&mut members, |a, b| rank(a).cmp(&rank(b)));
    members
}

/// The names of people, told apart where several have the same: by their organisations, and
/// by a number where those are the same too.
pub(crate) fn told_apart(people: &[Person]) -> BTreeMap<ParticipantId, String> {
    let seen = people
        .iter()
        .map(|person| (as_seen(&person.name), as_seen(&person.organisation)));
    let seen: Vec<(String, String)> = seen.collect();
    let all = || people.iter().zip(&seen);
    let mut names = BTreeMap::new();
    for (person, (mine, organisation)) in all() {
        let same: Vec<_> = all().filter(|(_, (name, _))| name == mine).collect();
        let in_organisation = same
            .iter()
            .filter(|(_, (_, theirs))| theirs == organisation);
        let by_organisation = !organisation.is_empty() && in_organisation.count() == 1;
        let name = if same.len() == 1 {
            person.name.clone()
        } else if by_organisation {
            format!("{} ({})", person.name, person.organisation)
        } else {
            let before = same
                .iter()
                .filter(|(other, _)| other.number < person.number);
            format!("{} ({})", person.name, before.count() + 1)
        };
        names.insert(person.id.clone(), name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u32, name: &str, organisation: &str) -> Person {
        Person {
            id: format!("p{number}").as_str().into(),
            name: name.into(),
            organisation: organisation.into(),
            number,
            ..Person::default()
        }
    }

    #[test]
    fn two_of_one_name_are_told_apart() {
        let people = [
            person(0, "Ana", "Parks"),
            person(1, "Ana", "Waste"),
            person(2, "Bo", ""),
            person(3, "Bo", ""),
            person(4, "Cem", "Parks"),
            person(5, "Dov", ""),
            person(6, "D\u{200c}ov", ""),
        ];
        let names: Vec<String> = told_apart(&people).into_values().collect();
        let expected = [
            "Ana (Parks)",
            "Ana (Waste)",
            "Bo (1)",
            "Bo (2)",
            "Cem",
            "Dov (1)",
            "D\u{200c}ov (2)",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn i_come_first_then_who_is_here_and_who_was_removed_last() {
        let mut removed = person(0, "Removed", "");
        removed.removed = true;
        let view = WorkshopView {
            people: vec![
                removed,
                person(1, "Gone", ""),
                person(2, "Here", ""),
                person(3, "Me", ""),
            ],
            ..WorkshopView::default()
        };
        let here = Presence {
            away: true,
            ..Presence::default()
        };
        let told = |id: &ParticipantId| (id.as_str() == "p2").then_some(&here);
        let members = list(&view, told, (&"p3".into(), None));
        let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["Me", "Here", "Gone", "Removed"]);
        let places: Vec<Phrase> = members.iter().map(Member::place).collect();
        let expected: [Phrase; 4] = [
            text::PEOPLE_HERE.into(),
            text::PEOPLE_AWAY.into(),
            text::PEOPLE_NOT_HERE.into(),
            text::PEOPLE_REMOVED.into(),
        ];
        assert_eq!(places, expected);
    }
}
