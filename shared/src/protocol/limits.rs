//! Every limit of the protocol: a name, a number, and where it is not plain, why.
//! What is said when one is reached stands with [`super::Refusal`] and
//! [`super::CloseCode`]. Limits are per session: a workshop sits behind one address.

/// The largest WebSocket message, bytes. Above: close 4413.
pub const MESSAGE_BYTES_MAX: usize = 4 << 20;
/// The largest update or sync step 2 (all that was done offline), bytes.
pub const UPDATE_BYTES_MAX: usize = MESSAGE_BYTES_MAX;
/// The largest state vector, bytes.
pub const STATE_VECTOR_BYTES_MAX: usize = 64 << 10;
/// The largest state in an awareness message, bytes. A larger one is ignored.
pub const AWARENESS_BYTES_MAX: usize = 16 << 10;
/// Client ids and clocks end here: beyond, browsers cannot tell numbers apart.
pub const NUMBER_MAX: u64 = 1 << 53;
/// Awareness entries in one message: a client announces itself; a relay of more is not a client.
pub const AWARENESS_ENTRIES_MAX: usize = 64;
/// Messages a session may send each second, sustained.
pub const MESSAGES_PER_SEC: u32 = 60;
/// Messages a session may send at once.
pub const MESSAGES_BURST: u32 = 200;
/// Bytes a session may send each second, sustained.
pub const BYTES_PER_SEC: u32 = 512 << 10;
/// Bytes a session may send at once.
pub const BYTES_BURST: u32 = 4 << 20;
/// Seconds of being over the rate after which the socket is closed with 1013.
pub const OVER_RATE_SECS: u64 = 10;
/// Frames that may wait for a slow reader; more: close 1013.
pub const OUTGOING_FRAMES_MAX: usize = 512;
/// Bytes that may wait for a slow reader; more: close 1013.
pub const OUTGOING_BYTES_MAX: usize = 8 << 20;
/// Seconds one frame may take to be written to a socket.
pub const SEND_TIMEOUT_SECS: u64 = 10;
/// Sockets on one document.
pub const ROOM_SOCKETS_MAX: usize = 64;
/// The largest document, as an encoded state, bytes.
pub const ROOM_STATE_BYTES_MAX: usize = 32 << 20;
/// Bytes of updates that may wait for others that have not arrived.
pub const ROOM_PENDING_BYTES_MAX: usize = 8 << 20;
/// Refused messages after which a socket is closed with 4422.
pub const REFUSALS_MAX: u32 = 3;
/// Seconds between the server's heartbeats.
pub const HEARTBEAT_SECS: u64 = 5;
/// A socket silent for this many seconds is dead.
pub const SILENCE_SECS: u64 = 15;
/// Milliseconds over which presence is gathered before it is sent on.
pub const AWARENESS_TICK_MS: u64 = 50;
/// Seconds after which presence that is not renewed is removed (y-protocols' 30 s,
/// longer because hidden tabs' timers may run once a minute).
pub const AWARENESS_EXPIRY_SECS: u64 = 75;
/// The most characters of a name.
pub const NAME_CHARS_MAX: usize = 40;
/// The most characters of an organisation or department.
pub const ORGANISATION_CHARS_MAX: usize = 80;
/// The most characters of a title.
pub const TITLE_CHARS_MAX: usize = 120;
/// The most marks in a row on one letter of a name, an organisation or a title: languages need up to four.
pub const LETTER_MARKS_MAX: usize = 4;
/// The most people in one workshop.
pub const PEOPLE_MAX: usize = 500;
/// The most canvases in one workshop, archived ones included.
pub const CANVASES_MAX: usize = 60;
/// Random bytes of a link's key.
pub const KEY_BYTES: usize = 16;
/// The most characters of a device's secret.
pub const SECRET_CHARS_MAX: usize = 64;
/// Seconds for which a session is good: long enough for "come back tomorrow".
pub const SESSION_SECS: u64 = 30 * 24 * 3600;
/// The largest picture, bytes: a phone's photograph, made a little smaller.
pub const IMAGE_BYTES_MAX: usize = 5 << 20;
/// The longest side of a picture, pixels: a browser has to unpack it.
pub const IMAGE_SIDE_PX_MAX: u32 = 10_000;
/// Bytes of all pictures of one workshop together.
pub const WORKSHOP_IMAGES_BYTES_MAX: u64 = 200 << 20;
