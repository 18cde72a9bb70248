//! What must hold at every moment, and in the end.

use super::{
    op::Op,
    world::{Swept, World, load},
};
use crate::{
    authority::Access,
    board::{Document, Replica},
    protocol::control::Role,
    sync::{SharedCopy, Status},
};

impl World {
    /// What must hold after every single thing that happens.
    pub(super) fn sweep(&mut self) {
        let swept = &mut self.swept;
        for row in &self.disk[swept.rows..] {
            swept.disk.merge(&row.data).unwrap();
        }
        swept.rows = self.disk.len();
        let mut check = |updates: &[Vec<u8>], what: &str| {
            if updates.is_empty() {
                return;
            }
            let mark = swept.disk.content_mark();
            for update in updates {
                swept.disk.merge(update).unwrap();
            }
            assert!(swept.disk.content_mark() == mark, "{what}");
        };
        let promised = &self.promised[swept.promised..];
        check(promised, "an acknowledged update is not on the disk");
        swept.promised = self.promised.len();
        for peer in &mut self.peers {
            if peer.sync.status() == Status::Saved {
                let mine = &peer.mine[peer.swept..];
                check(mine, "shown as saved, but not on the disk");
                peer.swept = peer.mine.len();
            }
        }
    }

    /// Begins anew, with another disk.
    pub(super) fn sweep_anew(&mut self) {
        self.swept = Swept::default();
        for peer in &mut self.peers {
            peer.swept = 0;
        }
    }

    /// Everything works again and time passes: all must agree, and with the disk.
    pub(super) fn settle(&mut self) {
        self.run(Op::DiskWorks);
        self.run(Op::SetAccess(Access::Open));
        for p in 0..self.peers.len() {
            self.run(Op::Remove(p as u8, false));
            self.run(Op::Sleep(p as u8, false));
            // A changed role asks for everything again, which must not be what settles it.
            if self.peers[p].role == Role::Observer {
                self.run(Op::SetRole(p as u8, Role::Participant));
            }
            if matches!(self.peers[p].sync.status(), Status::Closed(..)) {
                self.reload(p);
            }
        }
        if self.peers.iter().all(|peer| peer.role != Role::Facilitator) {
            let last = self.peers.len() - 1;
            self.run(Op::SetRole(last as u8, Role::Facilitator));
        }
        self.exchange();
        let mut disk = load(&self.disk, 5).replica;
        let mark = disk.content_mark();
        for owed in &self.owed {
            disk.merge(owed).unwrap();
        }
        assert!(
            disk.content_mark() == mark,
            "what was restored is not whole"
        );
        let mut served = Document::new(6);
        served.merge(&disk.state()).unwrap();
        for (p, peer) in self.peers.iter().enumerate() {
            assert_eq!(
                peer.sync.status(),
                Status::Saved,
                "peer {p} does not settle"
            );
            assert!(!SharedCopy::is_behind(&peer.document));
            assert_eq!(
                peer.document.view(),
                served.view(),
                "peer {p} differs from the disk"
            );
        }
        for object in served.view().iter() {
            assert_eq!(object.author.as_ref(), self.made_by.get(&object.id));
        }
        // Compaction changes nothing.
        let random = self.random();
        let snapshot = self
            .room
            .take_snapshot(random)
            .expect("a settled room can be snapshotted");
        let mut compacted = Replica::new(7);
        compacted.merge(&snapshot.data).unwrap();
        assert!(compacted.has_same_content(&disk));
    }

    /// Messages go back and forth until everybody is in step.
    pub(super) fn exchange(&mut self) {
        for round in 0..200 {
            self.round();
            let mut awake = self.peers.iter().filter(|peer| !peer.is_asleep);
            if round > 20 && awake.all(|peer| peer.sync.status() == Status::Saved) {
                break;
            }
        }
    }

    /// A second passes, and everything that is under way arrives.
    pub(super) fn round(&mut self) {
        self.run(Op::Wait(0));
        for p in 0..self.peers.len() {
            while self.peers[p]
                .link
                .as_ref()
                .is_some_and(|link| !link.up.is_empty())
            {
                self.up(p, false);
            }
            while !self.disk_queue.is_empty() {
                self.disk_step();
            }
            while self.peers[p]
                .link
                .as_ref()
                .is_some_and(|link| !link.down.is_empty())
            {
                self.down(p);
            }
        }
    }
}
