//! Any bytes as several people's work on a canvas, through the gate and into its copies:
//! whatever is admitted must be cheap, must be read alike by the server, by a page with its
//! observers and after a reload, and must be there when it is exported.

use super::grammar::{CLIENTS, Grammar, PEOPLE, client};
use crate::{
    authority,
    board::{Document, DocumentKind, Replica},
    canvas::Template,
    export,
    gate::{Arrival, Gate, Part, Policy, Rank},
    id::ParticipantId,
    protocol::limits,
};

/// A canvas and all who have a copy of it.
struct House {
    gate: Gate,
    server: Replica,
    page: Document,
    log: Vec<Vec<u8>>,
}

/// Plays the messages that the bytes say.
///
/// # Panics
/// Where anything does not hold; the CRDT library's own panics are not caught.
pub fn play(bytes: &[u8]) {
    let seed = Document::seed(1 << 40, "blank", "Board");
    let mut house = House {
        gate: authority::gate(DocumentKind::Canvas),
        server: Replica::new((1 << 40) + 1),
        page: Document::new((1 << 40) + 2),
        log: Vec::new(),
    };
    house.gate.restore_update(&seed).expect("the seed is read");
    house.take(seed);
    let mut grammar = Grammar::new(bytes);
    while let Some(message) = grammar.message(|client| house.gate.next_clock(client)) {
        let policy = Policy {
            max_bytes: limits::UPDATE_BYTES_MAX,
            rank: Rank::Writes,
            arrival: [Arrival::Live, Arrival::Answer][usize::from(message.arrival % 2)],
            takes_strangers: true,
        };
        let who = person(message.who);
        let admitted = if message.arrival == 2 {
            let part = Part {
                update: &message.update,
                by: &who,
                rank: Rank::Facilitates,
            };
            let joint = house.gate.combine(&[part], |_| true);
            joint.and_then(|joint| house.gate.check_joint(&joint).ok())
        } else {
            house.gate.check(&message.update, &who, policy).ok()
        };
        let Some(admitted) = admitted else {
            continue;
        };
        house.gate.commit(&admitted);
        if admitted.bytes.is_empty() {
            continue;
        }
        let again = house.gate.check(&admitted.bytes, &who, policy);
        let again = again.expect("what was admitted passes again");
        assert!(again.bytes.is_empty(), "what is known is not news");
        house.take(admitted.bytes);
    }
    house.check();
}

fn person(who: usize) -> ParticipantId {
    format!("p{who}").as_str().into()
}

impl House {
    fn take(&mut self, update: Vec<u8>) {
        self.server
            .merge(&update)
            .expect("the server's copy takes it");
        let _seen = self.page.merge(&update).expect("a page takes it");
        assert!(!self.server.is_behind(), "nothing waits");
        self.log.push(update);
    }

    fn check(&self) {
        let state = self.server.state();
        let reload = |updates: &[Vec<u8>]| {
            let mut copy = Document::new((1 << 40) + 3);
            for update in updates {
                let _seen = copy.merge(update).expect("it is read again");
            }
            copy
        };
        let alike = [reload(&self.log), reload(std::slice::from_ref(&state))];
        let copies = alike.iter().chain([&self.page]);
        for (copy, name) in copies.zip(["replayed", "reloaded", "page's"]) {
            let is_same = copy.replica().has_same_content(&self.server);
            assert!(is_same, "the {name} copy differs");
            let reads_alike = copy.view().iter().eq(self.page.view().iter());
            assert!(reads_alike, "the {name} copy reads otherwise");
        }
        let mut gate = authority::gate(DocumentKind::Canvas);
        gate.restore_update(&state)
            .expect("the gate reads what it admitted");
        for who in 0..PEOPLE {
            for which in 0..CLIENTS {
                let id = client(who, which);
                assert_eq!(gate.next_clock(id), self.gate.next_clock(id));
            }
        }
        let (id, template) = ("d".into(), Template::default());
        let export = export::json::canvas(&id, "Board", &template, self.page.view(), &[]);
        serde_json::to_string(&export).expect("it can be exported");
    }
}
