//! What goes over the links, to the disk and back.

use std::collections::VecDeque;

use super::world::{Link, Row, World, load, name, session_id};
use crate::{
    authority,
    board::Document,
    protocol::{AwarenessEntry, CloseCode, Message, presence::PresenceUser},
    sync::{
        ClientSync, client,
        room::{Input, Output, Session},
    },
};

impl World {
    pub(super) fn event(&mut self, p: usize, event: client::Event) {
        let random = (self.random() % 100) as f64 / 100.0;
        let peer = &mut self.peers[p];
        let effects = peer
            .sync
            .handle(event, &mut peer.document, self.now_ms, random);
        self.effects(p, effects);
    }

    pub(super) fn effects(&mut self, p: usize, effects: Vec<client::Effect>) {
        for effect in effects {
            match effect {
                client::Effect::Connect(socket) => {
                    let conn = self.next_conn;
                    self.next_conn += 1;
                    self.peers[p].link = Some(Link {
                        socket,
                        conn,
                        up: VecDeque::new(),
                        down: VecDeque::new(),
                    });
                    let session = Session {
                        participant: name(p),
                        role: self.peers[p].role,
                        id: session_id(p),
                        user: PresenceUser::default(),
                        speaks_plaza: true,
                    };
                    if self.peers[p].is_removed {
                        self.cut(p, CloseCode::Removed.code());
                        continue;
                    }
                    self.event(p, client::Event::Opened(socket));
                    self.announce(p);
                    let out = self.room.handle(Input::Join(conn, session), self.now_ms);
                    self.carry_out(out);
                }
                client::Effect::Disconnect => self.cut(p, 1006),
                client::Effect::Send(bytes) => {
                    if let Some(link) = &mut self.peers[p].link {
                        link.up.push_back(bytes);
                    }
                }
                client::Effect::Merged(update, _) => self.peers[p].kept.push(update),
                client::Effect::Stored(upto) => {
                    let peer = &mut self.peers[p];
                    let kept = &peer.kept;
                    let stored = peer.unstored.iter().filter(|(number, _)| *number <= upto);
                    self.promised
                        .extend(stored.map(|(_, index)| kept[*index].clone()));
                    peer.unstored.retain(|(number, _)| *number > upto);
                }
                client::Effect::Refused(refusal) => self.refused.push((p, refusal)),
                client::Effect::Presence(_)
                | client::Effect::Hello(_)
                | client::Effect::Receipt { .. } => {}
            }
        }
    }

    pub(super) fn input(&mut self, input: Input) {
        let out = self.room.handle(input, self.now_ms);
        self.carry_out(out);
    }

    /// As the page does when its socket opens.
    pub(super) fn announce(&mut self, p: usize) {
        let clock = self.random();
        let peer = &mut self.peers[p];
        let client = peer.document.replica().client_id();
        let message = Message::Awareness(vec![AwarenessEntry {
            client,
            clock,
            state: "{}".into(),
        }]);
        if let Some(link) = &mut peer.link {
            link.up.push_back(message.encode());
        }
    }

    pub(super) fn carry_out(&mut self, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send(conn, bytes) => {
                    let links = self.peers.iter_mut().filter_map(|peer| peer.link.as_mut());
                    if let Some(link) = links.into_iter().find(|link| link.conn == conn) {
                        link.down.push_back(bytes.to_vec());
                    }
                }
                Output::Close(conn, code) => {
                    let p = self
                        .peers
                        .iter()
                        .position(|peer| peer.link.as_ref().is_some_and(|l| l.conn == conn));
                    if let Some(p) = p {
                        assert!(
                            code != CloseCode::Refused,
                            "an honest client was refused too often"
                        );
                        self.cut(p, code.code());
                    }
                }
                Output::Append {
                    seq,
                    data,
                    claims,
                    authors,
                } => self.disk_queue.push_back(Row {
                    seq,
                    data: data.to_vec(),
                    claims,
                    authors,
                }),
                Output::Quarantine { why, .. } => {
                    panic!("an honest update was refused: {why}");
                }
                Output::Rebuild => {
                    while !self.disk_queue.is_empty() && self.disk_works {
                        self.disk_step();
                    }
                    let random = self.random();
                    self.room.replace(load(&self.disk, random));
                }
            }
        }
    }

    pub(super) fn disk_step(&mut self) {
        let Some(row) = self.disk_queue.pop_front() else {
            return;
        };
        let input = if self.disk_works {
            let seq = row.seq;
            self.disk.push(row);
            Input::Stored(seq)
        } else {
            self.disk_queue.clear();
            Input::StoreFailed
        };
        let out = self.room.handle(input, self.now_ms);
        self.carry_out(out);
    }

    pub(super) fn up(&mut self, p: usize, keep: bool) {
        let Some(link) = &mut self.peers[p].link else {
            return;
        };
        let bytes = if keep {
            link.up.front().cloned()
        } else {
            link.up.pop_front()
        };
        let conn = link.conn;
        if let Some(bytes) = bytes {
            let out = self.room.handle(Input::Frame(conn, bytes), self.now_ms);
            let is_taken = out
                .iter()
                .any(|output| matches!(output, Output::Append { .. }));
            let may_write =
                !self.peers[p].is_removed && authority::may_write(self.peers[p].role, self.access);
            assert!(may_write || !is_taken, "taken from who may not write");
            self.carry_out(out);
        }
    }

    pub(super) fn down(&mut self, p: usize) {
        let Some(link) = &mut self.peers[p].link else {
            return;
        };
        let socket = link.socket;
        if let Some(bytes) = link.down.pop_front() {
            self.event(p, client::Event::Message(socket, bytes));
        }
    }

    pub(super) fn cut(&mut self, p: usize, code: u16) {
        let Some(link) = self.peers[p].link.take() else {
            return;
        };
        let out = self.room.handle(Input::Leave(link.conn), self.now_ms);
        self.carry_out(out);
        self.event(p, client::Event::Closed(link.socket, code));
    }

    pub(super) fn reload(&mut self, p: usize) {
        self.cut(p, 1006);
        let random = self.random();
        let peer = &mut self.peers[p];
        let mut document = Document::new(random);
        for update in &peer.kept {
            document.merge(update).unwrap();
        }
        peer.document = document;
        peer.sync = ClientSync::new(self.now_ms, true);
        let indexes: Vec<usize> = peer.unstored.iter().map(|(_, index)| *index).collect();
        peer.unstored = indexes
            .into_iter()
            .map(|index| (peer.sync.restore_unstored(&peer.kept[index], 1), index))
            .collect();
    }
}
