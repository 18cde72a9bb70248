//! A disk that forgets what was not synced: a file system in memory, of one folder, mounted by FUSE.
//! What a power cut leaves is what was synced, and of everything after that whichever parts had
//! reached the platter: some writes and not those before them, halves of writes, the first of the
//! changes of names.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "a test's tool; each user needs a part of it"
)]

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex},
    time::{Duration, UNIX_EPOCH},
};

use fuser::{
    BackgroundSession, BsdFileFlags, Config, Errno, FileAttr, FileHandle, FileType, Filesystem,
    FopenFlags, Generation, INodeNo, LockOwner, MountOption, OpenFlags, ReplyAttr, ReplyCreate,
    ReplyData, ReplyEmpty, ReplyEntry, ReplyWrite, Request, TimeOrNow, WriteFlags,
};

/// The kernel may keep what it knows: nobody else changes these files.
const TTL: Duration = Duration::from_secs(3_600);
/// What is written is torn where such a sector ends.
const SECTOR: usize = 512;
/// Power is cut within this, or the test waits for nothing.
const PATIENCE: Duration = Duration::from_secs(120);

/// A source of random numbers that can be had again.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// A change of a file since it was synced.
#[derive(Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Resize(usize),
}

#[derive(Clone, Default)]
struct File {
    mode: u16,
    /// As it was synced last.
    synced: Vec<u8>,
    /// Since then, in order.
    changes: Vec<Change>,
    /// As programs see it.
    now: Vec<u8>,
}

/// A change of the folder since it was synced.
#[derive(Clone)]
enum Naming {
    Named(OsString, u64),
    Unnamed(OsString),
}

/// What is on the disk.
#[derive(Clone, Default)]
struct Content {
    files: BTreeMap<u64, File>,
    /// Names as they were synced last, their changes since then, and as programs see them.
    synced: BTreeMap<OsString, u64>,
    changes: Vec<Naming>,
    names: BTreeMap<OsString, u64>,
}

/// What became of what was not synced when power was cut.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lost {
    /// Writes and changes of names that were not synced.
    pub(crate) unsynced: usize,
    /// Of these, lost or torn.
    pub(crate) lost: usize,
}

impl File {
    fn apply(content: &mut Vec<u8>, change: &Change) {
        match change {
            Change::Resize(size) => content.resize(*size, 0),
            Change::Write { at, bytes } => {
                let end = at + bytes.len();
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[*at..end].copy_from_slice(bytes);
            }
        }
    }

    fn change(&mut self, change: Change) {
        Self::apply(&mut self.now, &change);
        self.changes.push(change);
    }

    /// Those sectors of a write that had reached the platter.
    fn torn(change: &Change, random: &mut Random) -> Vec<Change> {
        let Change::Write { at, bytes } = change else {
            return Vec::new();
        };
        let first = SECTOR - at % SECTOR;
        let (head, rest) = bytes.split_at(first.min(bytes.len()));
        let mut place = *at;
        let mut left = Vec::new();
        for sector in std::iter::once(head).chain(rest.chunks(SECTOR)) {
            if random.below(2) == 0 {
                left.push(Change::Write {
                    at: place,
                    bytes: sector.to_vec(),
                });
            }
            place += sector.len();
        }
        left
    }

    /// What a power cut leaves. Of a hundred unsynced changes, `kept` are whole and `torn` in parts.
    fn cut(&mut self, kept: u64, torn: u64, random: &mut Random) -> Lost {
        let mut lost = Lost {
            unsynced: self.changes.len(),
            lost: 0,
        };
        for change in std::mem::take(&mut self.changes) {
            let luck = random.below(100);
            if luck < kept {
                Self::apply(&mut self.synced, &change);
                continue;
            }
            lost.lost += 1;
            if luck < kept + torn {
                for part in Self::torn(&change, random) {
                    Self::apply(&mut self.synced, &part);
                }
            }
        }
        self.now.clone_from(&self.synced);
        lost
    }
}

impl Content {
    fn name(&mut self, change: Naming) {
        Self::apply(&mut self.names, &change);
        self.changes.push(change);
    }

    fn apply(names: &mut BTreeMap<OsString, u64>, change: &Naming) {
        match change {
            Naming::Named(name, file) => names.insert(name.clone(), *file),
            Naming::Unnamed(name) => names.remove(name),
        };
    }

    /// What a power cut leaves. Changes of names are in a journal: of those that were not synced
    /// the first have happened.
    fn cut(&mut self, random: &mut Random) -> Lost {
        // A cut that loses all that was not synced, one that loses hardly anything, and others.
        let (kept, torn) = [(0, 0), (40, 30), (90, 5), (100, 0)][random.below(4) as usize];
        let happened = match kept {
            0 => 0,
            _ => random.below(self.changes.len() as u64 + 1) as usize,
        };
        let mut lost = Lost {
            unsynced: self.changes.len(),
            lost: self.changes.len() - happened,
        };
        for change in self.changes.drain(..).take(happened) {
            Self::apply(&mut self.synced, &change);
        }
        self.names.clone_from(&self.synced);
        let named = &self.names;
        self.files
            .retain(|file, _| named.values().any(|it| it == file));
        for file in self.files.values_mut() {
            let of_file = file.cut(kept, torn, random);
            lost.unsynced += of_file.unsynced;
            lost.lost += of_file.lost;
        }
        lost
    }
}

/// The disk while there is power.
#[derive(Default)]
struct Powered {
    content: Content,
    next: u64,
    /// Changes and syncs until power is cut; `None`: it is not.
    left: Option<u64>,
    is_cut: bool,
}

#[derive(Default)]
struct Shared {
    powered: Mutex<Powered>,
    cut: Condvar,
}

impl Shared {
    /// Does what changes the disk, if there is still power for it.
    fn change<T>(&self, change: impl FnOnce(&mut Powered) -> Result<T, Errno>) -> Result<T, Errno> {
        let mut powered = self.powered.lock().unwrap();
        match &mut powered.left {
            Some(0) => {
                powered.is_cut = true;
                self.cut.notify_all();
            }
            Some(left) => *left -= 1,
            None => {}
        }
        if powered.is_cut {
            return Err(Errno::EIO);
        }
        change(&mut powered)
    }
}

impl Powered {
    fn file(&mut self, file: INodeNo) -> Result<&mut File, Errno> {
        self.content.files.get_mut(&file.0).ok_or(Errno::ENOENT)
    }

    fn attributes(&self, file: INodeNo, request: &Request) -> Result<FileAttr, Errno> {
        let (size, kind, perm) = if file == INodeNo::ROOT {
            (0, FileType::Directory, 0o700)
        } else {
            let found = self.content.files.get(&file.0).ok_or(Errno::ENOENT)?;
            (found.now.len() as u64, FileType::RegularFile, found.mode)
        };
        Ok(FileAttr {
            ino: file,
            size,
            blocks: size.div_ceil(SECTOR as u64),
            atime: UNIX_EPOCH,
            mtime: UNIX_EPOCH,
            ctime: UNIX_EPOCH,
            crtime: UNIX_EPOCH,
            kind,
            perm,
            nlink: 1,
            uid: request.uid(),
            gid: request.gid(),
            rdev: 0,
            blksize: 4_096,
            flags: 0,
        })
    }
}

/// What the kernel asks.
struct Mounted(Arc<Shared>);

impl Filesystem for Mounted {
    fn lookup(&self, request: &Request, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let powered = self.0.powered.lock().unwrap();
        let file = powered.content.names.get(name).copied();
        let found = file.ok_or(Errno::ENOENT);
        match found.and_then(|file| powered.attributes(INodeNo(file), request)) {
            Ok(attributes) => reply.entry(&TTL, &attributes, Generation(0)),
            Err(error) => reply.error(error),
        }
    }

    fn getattr(&self, request: &Request, file: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.0.powered.lock().unwrap().attributes(file, request) {
            Ok(attributes) => reply.attr(&TTL, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn setattr(
        &self,
        request: &Request,
        file: INodeNo,
        mode: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<std::time::SystemTime>,
        _: Option<FileHandle>,
        _: Option<std::time::SystemTime>,
        _: Option<std::time::SystemTime>,
        _: Option<std::time::SystemTime>,
        _: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let changed = self.0.change(|powered| {
            if file != INodeNo::ROOT {
                let changed = powered.file(file)?;
                if let Some(mode) = mode {
                    changed.mode = (mode & 0o777) as u16;
                }
                if let Some(size) = size {
                    changed.change(Change::Resize(size as usize));
                }
            }
            powered.attributes(file, request)
        });
        match changed {
            Ok(attributes) => reply.attr(&TTL, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn create(
        &self,
        request: &Request,
        _: INodeNo,
        name: &OsStr,
        mode: u32,
        umask: u32,
        _: i32,
        reply: ReplyCreate,
    ) {
        let created = self.0.change(|powered| {
            powered.next += 1;
            let file = INodeNo(INodeNo::ROOT.0 + powered.next);
            let empty = File {
                mode: (mode & !umask & 0o777) as u16,
                ..File::default()
            };
            powered.content.files.insert(file.0, empty);
            powered.content.name(Naming::Named(name.to_owned(), file.0));
            powered.attributes(file, request)
        });
        match created {
            Ok(attributes) => {
                let flags = FopenFlags::FOPEN_KEEP_CACHE;
                reply.created(&TTL, &attributes, Generation(0), FileHandle(0), flags);
            }
            Err(error) => reply.error(error),
        }
    }

    fn unlink(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let unlinked = self.0.change(|powered| {
            powered.content.name(Naming::Unnamed(name.to_owned()));
            Ok(())
        });
        done(unlinked, reply);
    }

    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: fuser::ReplyOpen) {
        reply.opened(FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE);
    }

    fn read(
        &self,
        _: &Request,
        file: INodeNo,
        _: FileHandle,
        at: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let mut powered = self.0.powered.lock().unwrap();
        match powered.file(file) {
            Ok(file) => {
                let begin = (at as usize).min(file.now.len());
                let end = (begin + size as usize).min(file.now.len());
                reply.data(&file.now[begin..end]);
            }
            Err(error) => reply.error(error),
        }
    }

    fn write(
        &self,
        _: &Request,
        file: INodeNo,
        _: FileHandle,
        at: u64,
        bytes: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let written = self.0.change(|powered| {
            powered.file(file)?.change(Change::Write {
                at: at as usize,
                bytes: bytes.to_vec(),
            });
            Ok(())
        });
        match written {
            Ok(()) => reply.written(bytes.len() as u32),
            Err(error) => reply.error(error),
        }
    }

    fn fsync(&self, _: &Request, file: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let synced = self.0.change(|powered| {
            let file = powered.file(file)?;
            file.changes.clear();
            file.synced.clone_from(&file.now);
            Ok(())
        });
        done(synced, reply);
    }

    fn fsyncdir(&self, _: &Request, _: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        let synced = self.0.change(|powered| {
            let content = &mut powered.content;
            content.changes.clear();
            content.synced.clone_from(&content.names);
            Ok(())
        });
        done(synced, reply);
    }
}

fn done(outcome: Result<(), Errno>, reply: ReplyEmpty) {
    match outcome {
        Ok(()) => reply.ok(),
        Err(error) => reply.error(error),
    }
}

/// A disk that forgets, mounted on a folder.
pub(crate) struct Forgetful {
    shared: Arc<Shared>,
    session: Option<BackgroundSession>,
    folder: tempfile::TempDir,
}

impl Forgetful {
    /// An empty one. `None`, with the reason printed, where the system has no FUSE.
    pub(crate) fn mount() -> Option<Self> {
        if Path::new("/dev/fuse").exists() {
            Some(Self::with(Powered::default()))
        } else {
            println!("SKIPPED: there is no /dev/fuse here");
            None
        }
    }

    fn with(powered: Powered) -> Self {
        let shared = Arc::new(Shared {
            powered: Mutex::new(powered),
            cut: Condvar::new(),
        });
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("forgetful".into())];
        let session = fuser::spawn_mount(Mounted(Arc::clone(&shared)), folder.path(), &config)
            .expect("mounting takes root, or fusermount3 (Debian: fuse3)");
        Self {
            shared,
            session: Some(session),
            folder,
        }
    }

    /// Where it is mounted.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// After so many changes and syncs power is cut: nothing changes the disk any more.
    pub(crate) fn cut_after(&self, changes: u64) {
        self.shared.powered.lock().unwrap().left = Some(changes);
    }

    /// What waits until power is cut.
    pub(crate) fn cut(&self) -> impl FnOnce() + Send + 'static {
        let shared = Arc::clone(&self.shared);
        move || {
            let powered = shared.powered.lock().unwrap();
            let cut = &shared.cut;
            let waited = cut.wait_timeout_while(powered, PATIENCE, |it| !it.is_cut);
            assert!(!waited.unwrap().1.timed_out(), "power was never cut");
        }
    }

    /// Power is back: a disk with what was left. Nobody may have a file of the old one open.
    pub(crate) fn power_on(mut self, random: &mut Random) -> (Self, Lost) {
        // The kernel forgets with the mount.
        self.unmount();
        let powered = self.shared.powered.lock().unwrap();
        let mut content = powered.content.clone();
        let lost = content.cut(random);
        let left = Powered {
            content,
            next: powered.next,
            ..Powered::default()
        };
        drop(powered);
        (Self::with(left), lost)
    }

    fn unmount(&mut self) {
        if let Some(session) = self.session.take() {
            session.umount_and_join().expect("nobody has a file open");
        }
    }
}

impl Drop for Forgetful {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // A store of the test may be open still: the process takes the mount with it.
            self.session = None;
        }
        self.unmount();
    }
}
