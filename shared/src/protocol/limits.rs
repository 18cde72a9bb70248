//! Every limit of the protocol and every share of what belongs to all: a name, a number, a unit, what happens beyond.
//! PROTOCOL.md has them as tables, which are checked against this file. What is said when one is reached stands with
//! [`super::Refusal`] and [`super::CloseCode`]. Those that an operator may change are the defaults of `plaza --help`.
//!
//! Sized for a workshop of 25 people with three tabs of 12 links each, a stage and observers, behind one address.

use super::share::{Common, Limit, Rate, Share};

/// Constants, and the table of them.
macro_rules! limits {
    ($($group:literal {
        $($(#[$doc:meta])* $name:ident: $type:ty = $value:expr, $unit:literal, $beyond:literal;)*
    })*) => {
        $($($(#[$doc])* pub const $name: $type = $value;)*)*

        /// All limits, group by group.
        pub const LIMITS: &[Limit] = &[$($(Limit {
            group: $group,
            name: stringify!($name),
            value: $name as u64,
            unit: $unit,
            beyond: $beyond,
        },)*)*];
    };
}

limits! {
    "Messages" {
        /// The largest WebSocket message.
        MESSAGE_BYTES_MAX: usize = 4 << 20, "bytes", "closed with 4413";
        /// The largest update or sync step 2 (all that was done offline).
        UPDATE_BYTES_MAX: usize = MESSAGE_BYTES_MAX, "bytes", "`too_large`";
        /// The largest state vector: of as many clients as a document may have.
        STATE_VECTOR_BYTES_MAX: usize = 256 << 10, "bytes", "`too_large`";
        /// The largest state in an awareness message.
        AWARENESS_BYTES_MAX: usize = 16 << 10, "bytes", "ignored";
        /// Awareness entries in one message: a client announces itself; a relay of more is not a client.
        AWARENESS_ENTRIES_MAX: usize = 64, "entries", "`malformed`";
        /// Client ids that one connection may announce: its own, and those under which its device wrote before.
        ANNOUNCED_MAX: usize = 16, "client ids", "ignored";
        /// Client ids and clocks end here: beyond, browsers cannot tell numbers apart.
        NUMBER_MAX: u64 = 1 << 53, "", "ignored";
        /// Refused messages of one socket.
        REFUSALS_MAX: u32 = 3, "messages", "closed with 4422";
        /// Frames that may wait for a slow reader.
        OUTGOING_FRAMES_MAX: usize = 512, "frames", "closed with 1013";
        /// Bytes that may wait for a slow reader.
        OUTGOING_BYTES_MAX: usize = 8 << 20, "bytes", "closed with 1013";
    }
    "Time" {
        /// One frame may take so long to be written to a socket.
        SEND_TIMEOUT_SECS: u64 = 10, "seconds", "closed with 1013";
        /// Between the server's heartbeats.
        HEARTBEAT_SECS: u64 = 5, "seconds", "";
        /// A socket silent for so long is dead.
        SILENCE_SECS: u64 = 15, "seconds", "closed with 1013";
        /// A message must have arrived within this, whatever it waits for.
        MESSAGE_SECS: u64 = 180, "seconds", "closed with 1013";
        /// Whoever announced a client id, and has not been here for so long, is away: a facilitator may bring what they
        /// wrote, and anybody what nobody owns. Longer than an open page waits between two tries to connect.
        AWAY_MS: u64 = 20_000, "milliseconds", "";
        /// Presence is gathered for so long before it is sent on.
        AWARENESS_TICK_MS: u64 = 50, "milliseconds", "";
        /// Presence that is not renewed for so long is removed (y-protocols' 30 s, longer because hidden tabs' timers
        /// may run once a minute).
        AWARENESS_EXPIRY_SECS: u64 = 75, "seconds", "removed";
        /// A session is good for so long: long enough for "come back tomorrow".
        SESSION_SECS: u64 = 30 * 24 * 3_600, "seconds", "closed with 4401";
        /// A request that asks for more than its share waits so long at most.
        SHARE_WAIT_SECS: u64 = 10, "seconds", "`too_many`";
        /// The head of a request must have arrived within this, and an idle connection is kept for it.
        HEAD_SECS: u64 = 30, "seconds", "the connection ends";
        /// The body of a request must have arrived within this.
        BODY_SECS: u64 = 20, "seconds", "`malformed`";
        /// The bytes of a picture must have arrived within this.
        UPLOAD_SECS: u64 = 120, "seconds", "`interrupted`";
        /// An answer that is not read for so long is given up.
        STALL_SECS: u64 = 60, "seconds", "the connection ends";
    }
    "Documents" {
        /// The largest document, as an encoded state.
        ROOM_STATE_BYTES_MAX: usize = 32 << 20, "bytes", "`canvas_full`";
        /// Updates that may wait for others that have not arrived.
        ROOM_PENDING_BYTES_MAX: usize = 8 << 20, "bytes", "`missing_dependency`";
        /// Answers that wait in one document for others' to make them whole.
        ROOM_HELD_BYTES_MAX: usize = 16 << 20, "bytes", "not held";
        /// The most canvases in one workshop, archived ones included.
        CANVASES_MAX: usize = 60, "canvases", "`canvases_full`";
        /// The largest body of a request but a picture's: titles and names only.
        BODY_BYTES_MAX: usize = 16 << 10, "bytes", "`too_large`";
    }
    "Sockets and connections" {
        /// Sockets of one person on one document: three tabs, and some that have ended without a word, which shows after
        /// [`SILENCE_SECS`].
        PERSON_DOCUMENT_SOCKETS_MAX: u64 = 12, "sockets", "closed with 1013";
        /// Sockets of one person: two devices with three tabs of 12 links each, and some.
        PERSON_SOCKETS_MAX: u64 = 96, "sockets", "closed with 1013";
        /// Sockets on one document.
        ROOM_SOCKETS_MAX: usize = 400, "sockets", "closed with 1013";
        /// Sockets of one workshop.
        WORKSHOP_SOCKETS_MAX: u64 = 3_600, "sockets", "closed with 1013";
        /// Sockets of the server (`--sockets`).
        SERVER_SOCKETS_MAX: u64 = 12_000, "sockets", "closed with 1013";
        /// Of each hundred places of a document, a workshop or the server, observers take so many at most, so that
        /// participants get in.
        OBSERVERS_OF_HUNDRED: u64 = 60, "places", "waits, or is closed with 1013";
        /// The same with participants, so that facilitators always get in.
        PARTICIPANTS_OF_HUNDRED: u64 = 90, "places", "waits, or is closed with 1013";
        /// Steps 1 of one person whose answers are on their way.
        PERSON_QUESTIONS_MAX: u64 = 4, "messages", "waits, then closed with 1013";
        /// The same of one workshop.
        WORKSHOP_QUESTIONS_MAX: u64 = 100, "messages", "waits, then closed with 1013";
        /// The same of the server.
        SERVER_QUESTIONS_MAX: u64 = 400, "messages", "waits, then closed with 1013";
        /// Connections of the server (`--connections`); fewer where the system allows fewer files.
        CONNECTIONS_MAX: u64 = 16_000, "connections", "waits";
        /// Connections of one address that is no proxy named with `--trusted-proxy` (`--connections-per-address`).
        ADDRESS_CONNECTIONS_MAX: u64 = 6_000, "connections", "the connection ends";
    }
    "People" {
        /// The most people in one workshop (`--people`). Beyond, one who never wrote anything and has no open socket
        /// makes room.
        PEOPLE_MAX: usize = 500, "people", "`workshop_full`";
        /// Nobody makes room who came so short a time ago.
        NEWCOMER_SECS: u64 = 600, "seconds", "";
        /// A name.
        NAME_CHARS_MAX: usize = 40, "characters", "cut";
        /// An organisation or department.
        ORGANISATION_CHARS_MAX: usize = 80, "characters", "cut";
        /// A title.
        TITLE_CHARS_MAX: usize = 120, "characters", "cut";
        /// Marks in a row on one letter of a name, an organisation or a title: languages need up to four.
        LETTER_MARKS_MAX: usize = 4, "marks", "cut";
        /// A device's secret.
        SECRET_CHARS_MAX: usize = 64, "characters", "`malformed`";
        /// Random bytes of a link's key.
        KEY_BYTES: usize = 16, "bytes", "";
        /// Workshops that may be created in an hour from one address (`--workshops-per-hour-and-address`).
        ADDRESS_WORKSHOPS_PER_HOUR: u32 = 120, "workshops", "`too_many`";
        /// Workshops that may be created in an hour in all (`--workshops-per-hour`).
        WORKSHOPS_PER_HOUR: u32 = 600, "workshops", "`too_many`";
    }
    "Pictures and exports" {
        /// The largest picture: a phone's photograph, made a little smaller.
        IMAGE_BYTES_MAX: usize = 5 << 20, "bytes", "`image_too_large`";
        /// The longest side of a picture: a browser has to unpack it.
        IMAGE_SIDE_PX_MAX: u32 = 10_000, "pixels", "`image_too_wide`";
        /// All pictures of one workshop together.
        WORKSHOP_IMAGES_BYTES_MAX: u64 = 200 << 20, "bytes", "`images_full`";
        /// Pictures and exports of one person that are on their way, either way.
        PERSON_BODY_BYTES_MAX: u64 = 32 << 20, "bytes", "waits, then `too_many`";
        /// The same of one workshop.
        WORKSHOP_BODY_BYTES_MAX: u64 = 256 << 20, "bytes", "waits, then `too_many`";
        /// The same of the server (`--body-memory-mib`).
        SERVER_BODY_BYTES_MAX: u64 = 512 << 20, "bytes", "waits, then `too_many`";
        /// Exports, and copies of canvases, of one person that are being made.
        PERSON_MAKING_MAX: u64 = 1, "exports or copies", "waits, then `too_many`";
        /// The same of one workshop.
        WORKSHOP_MAKING_MAX: u64 = 4, "exports or copies", "waits, then `too_many`";
        /// The same of the server.
        SERVER_MAKING_MAX: u64 = 8, "exports or copies", "waits, then `too_many`";
    }
    "What was refused and is kept for developers" {
        /// Bytes kept of what one person sent.
        PERSON_QUARANTINE_BYTES_MAX: u64 = 8 << 20, "bytes", "not kept";
        /// Messages kept of one person.
        PERSON_QUARANTINE_ROWS_MAX: u64 = 32, "messages", "not kept";
        /// Bytes kept of one document.
        DOCUMENT_QUARANTINE_BYTES_MAX: u64 = 32 << 20, "bytes", "the oldest go";
        /// Messages kept of one document.
        DOCUMENT_QUARANTINE_ROWS_MAX: u64 = 256, "messages", "the oldest go";
        /// Bytes kept on the server.
        SERVER_QUARANTINE_BYTES_MAX: u64 = 256 << 20, "bytes", "the oldest go";
        /// Messages kept on the server.
        SERVER_QUARANTINE_ROWS_MAX: u64 = 4_096, "messages", "the oldest go";
    }
}

/// Messages sent, of any kind.
pub const MESSAGES: Share = Share {
    name: "messages",
    unit: "messages",
    own: Rate::per_sec(120, 600),
    common: Some(Common {
        assured: Rate::per_sec(30, 300),
        workshop: Rate::per_sec(2_000, 20_000),
        server: Rate::per_sec(20_000, 100_000),
    }),
    beyond: "waits: the socket is not read",
};

/// Their bytes.
pub const BYTES: Share = Share {
    name: "their bytes",
    unit: "bytes",
    own: Rate::per_sec(512 << 10, 8 << 20),
    common: Some(Common {
        assured: Rate::per_sec(64 << 10, 2 << 20),
        workshop: Rate::per_sec(8 << 20, 128 << 20),
        server: Rate::per_sec(64 << 20, 512 << 20),
    }),
    beyond: "waits: the socket is not read",
};

/// Steps 1: each is answered with what is missing.
pub const QUESTIONS: Share = Share {
    name: "steps 1",
    unit: "messages",
    own: Rate::per_sec(4, 200),
    common: Some(Common {
        assured: Rate::per_sec(1, 80),
        workshop: Rate::per_sec(100, 4_000),
        server: Rate::per_sec(1_000, 20_000),
    }),
    beyond: "waits: the socket is not read",
};

/// Bytes of the answers. They are counted once they are made, and whoever owes some waits with the next question.
pub const ANSWERS: Share = Share {
    name: "bytes of their answers",
    unit: "bytes",
    own: Rate::per_sec(2 << 20, 64 << 20),
    common: Some(Common {
        assured: Rate::per_sec(512 << 10, 16 << 20),
        workshop: Rate::per_sec(32 << 20, 1 << 30),
        server: Rate::per_sec(128 << 20, 2 << 30),
    }),
    beyond: "the next step 1 waits",
};

/// Sockets that were closed with 4422.
pub const OFFENCES: Share = Share {
    name: "sockets closed with 4422",
    unit: "sockets",
    own: Rate::per_min(1, 5),
    common: None,
    beyond: "closed with 1013 at once",
};

/// Requests that read, pictures among them.
pub const REQUESTS: Share = Share {
    name: "requests that read",
    unit: "requests",
    own: Rate::per_sec(30, 600),
    common: Some(Common {
        assured: Rate::per_sec(10, 300),
        workshop: Rate::per_sec(600, 10_000),
        server: Rate::per_sec(3_000, 30_000),
    }),
    beyond: "waits, then `too_many`",
};

/// Requests that change the workshop: names, roles, links, canvases.
pub const CHANGES: Share = Share {
    name: "requests that change the workshop",
    unit: "requests",
    own: Rate::per_sec(5, 300),
    common: Some(Common {
        assured: Rate::per_min(30, 30),
        workshop: Rate::per_sec(20, 600),
        server: Rate::per_sec(200, 3_000),
    }),
    beyond: "waits, then `too_many`",
};

/// Exports.
pub const EXPORTS: Share = Share {
    name: "exports",
    unit: "requests",
    own: Rate::per_min(12, 12),
    common: Some(Common {
        assured: Rate::per_min(2, 4),
        workshop: Rate::per_min(60, 60),
        server: Rate::per_min(300, 100),
    }),
    beyond: "waits, then `too_many`",
};

/// Pictures brought.
pub const UPLOADS: Share = Share {
    name: "pictures brought",
    unit: "pictures",
    own: Rate::per_min(30, 60),
    common: Some(Common {
        assured: Rate::per_min(6, 20),
        workshop: Rate::per_min(300, 600),
        server: Rate::per_min(3_000, 3_000),
    }),
    beyond: "waits, then `too_many`",
};

/// Coming in again as the same person.
pub const RETURNS: Share = Share {
    name: "coming in again",
    unit: "requests",
    own: Rate::per_min(12, 40),
    common: None,
    beyond: "waits, then `too_many`",
};

/// All shares of one person.
pub const SHARES: [&Share; 10] = [
    &MESSAGES, &BYTES, &QUESTIONS, &ANSWERS, &OFFENCES, &REQUESTS, &CHANGES, &EXPORTS, &UPLOADS,
    &RETURNS,
];

/// New people from one address in one workshop: a room of 60 people comes in within a minute. Facilitators are not
/// counted, and nothing that is refused.
pub const ADDRESS_NEWCOMERS: Rate = Rate::per_min(30, 100);
/// New people from one device.
pub const DEVICE_NEWCOMERS: Rate = Rate::per_min(6, 12);
/// New people of one workshop.
pub const WORKSHOP_NEWCOMERS: Rate = Rate::per_sec(5, 300);
/// New people of the server.
pub const SERVER_NEWCOMERS: Rate = Rate::per_sec(50, 2_000);

/// Rates of new people, with whose they are.
pub const NEWCOMERS: [(&str, Rate); 4] = [
    ("from one address in one workshop", ADDRESS_NEWCOMERS),
    ("from one device", DEVICE_NEWCOMERS),
    ("of one workshop", WORKSHOP_NEWCOMERS),
    ("of the server", SERVER_NEWCOMERS),
];
