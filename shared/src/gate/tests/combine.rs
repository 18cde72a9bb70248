//! Several people's answers as one update: each speaks for their own work, and nobody
//! keeps the others from being heard.

use super::{
    wire::{At, Content, Update as Wire},
    *,
};
use crate::{
    authority,
    board::{Command, Document, DocumentKind, NewObject, Replica, Step, TextEdit},
    geometry::Point,
    object::{Kind, NoteColor},
};

const ANA: u64 = 101;
const BO: u64 = 202;

/// Type in turns into one note, each behind what the other typed last. Returns their
/// copies, and what both had at first.
fn in_turns() -> ([Document; 2], Vec<u8>) {
    let mut copies = [Document::new(ANA - 1), Document::new(BO - 1)];
    let seed = Document::seed(900, "blank", "Board");
    for copy in &mut copies {
        copy.merge(&seed).unwrap();
    }
    let mut run = |who: usize, command: &Command| {
        copies[who].apply(command, Step::New);
        for update in copies[who].take_outbox() {
            copies[1 - who].merge(&update).unwrap();
        }
        copies[who].replica().state()
    };
    let kind = Kind::note(NoteColor::Sky);
    let note = NewObject::new("n".into(), Point::ZERO, kind, "a".into(), "ana".into());
    let known = run(0, &Command::Add(vec![note]));
    for at in 1..7 {
        let (who, insert) = if at % 2 == 0 { (0, "a") } else { (1, "b") };
        let edit = TextEdit {
            at,
            delete: 0,
            insert: insert.into(),
        };
        run(who, &Command::EditText("n".into(), edit));
    }
    (copies, known)
}

/// A gate and a copy that went back to what was known at first.
fn gone_back(known: &[u8]) -> (Gate, Replica) {
    let mut gate = authority::gate(DocumentKind::Canvas);
    gate.restore_owner(ANA, person("ana"));
    gate.restore_owner(BO, person("bo"));
    gate.restore_update(known).unwrap();
    let mut server = Replica::new(1);
    server.merge(known).unwrap();
    (gate, server)
}

fn answer(copy: &Document, server: &Replica) -> Vec<u8> {
    copy.replica().diff(&server.state_vector()).unwrap()
}

/// Takes what can be taken of answers. Returns the text then.
fn united(gate: &mut Gate, server: &mut Replica, answers: &[(&[u8], &str)]) -> String {
    let people: Vec<ParticipantId> = answers.iter().map(|(_, by)| person(by)).collect();
    let parts: Vec<Part<'_>> = answers
        .iter()
        .zip(&people)
        .map(|((update, _), by)| Part {
            update,
            by,
            rank: Rank::Writes,
        })
        .collect();
    if let Some(joint) = gate.combine(&parts, |_| true) {
        let admitted = gate.check_joint(&joint).unwrap();
        if !admitted.bytes.is_empty() {
            server.merge(&admitted.bytes).unwrap();
            gate.commit(&admitted);
        }
        assert!(admitted.claims.is_empty());
    }
    let mut copy = Document::new(2);
    copy.merge(&server.state()).unwrap();
    let view = copy.view();
    view.iter().map(|object| object.text.clone()).collect()
}

fn exchange() -> Policy {
    Policy {
        arrival: Arrival::Answer,
        ..policy()
    }
}

#[test]
fn two_who_built_on_each_other_are_taken_together_and_not_alone() {
    let (copies, known) = in_turns();
    let (mut gate, mut server) = gone_back(&known);
    let [ana, bo] = copies.each_ref().map(|copy| answer(copy, &server));
    for (update, by) in [(&ana, "ana"), (&bo, "bo")] {
        let refusal = gate.check(update, &person(by), exchange()).err();
        assert!(refusal.is_none_or(|refusal| refusal.wants_resync()));
        assert_ne!(united(&mut gate, &mut server, &[(update, by)]), "abababa");
    }
    let both = [(ana.as_slice(), "ana"), (bo.as_slice(), "bo")];
    assert_eq!(united(&mut gate, &mut server, &both), "abababa");
    assert_eq!(gate.owner(ANA), Some(&person("ana")));
}

#[test]
fn what_one_brings_of_another_is_not_looked_at() {
    let (copies, known) = in_turns();
    let next = gone_back(&known).0.next_clock(ANA);
    let lies = [
        Wire::new().client(ANA, next).gc(40).bytes(),
        Wire::new()
            .client(ANA, next)
            .item(At::Left(ANA, 0), &Content::Text("forged by a longer one"))
            .bytes(),
        // In a place of their own that nobody has, and of nobody's id.
        Wire::new()
            .client(77, 0)
            .item(At::Left(78, 0), &Content::Text("x"))
            .bytes(),
        Wire::new().client(77, 0).gc(40).bytes(),
        Wire::new().delete(ANA, &[(5, 1 << 30)]).bytes(),
    ];
    for lie in &lies {
        let (mut gate, mut server) = gone_back(&known);
        let [ana, bo] = copies.each_ref().map(|copy| answer(copy, &server));
        let all = [
            (lie.as_slice(), "mallory"),
            (ana.as_slice(), "ana"),
            (bo.as_slice(), "bo"),
        ];
        assert_eq!(united(&mut gate, &mut server, &all), "abababa");
        assert_eq!(gate.next_clock(77), 0);
    }
}
