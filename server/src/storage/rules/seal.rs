//! Checksums and compression: how a row proves that it is whole. Does not know where rows are kept.

use std::io::Read;

use shared::id::DocumentId;

use super::super::{error::StoreError, rows::Snapshot};

/// No snapshot may be larger than this, packed or not: a room's state is limited to half of it.
const SNAPSHOT_CAP_BYTES: usize = 64 << 20;
/// The decoder's own window: at most the cap again.
const WINDOW_LOG_MAX: u32 = 26;
const ZSTD_LEVEL: i32 = 3;

/// An update as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct SealedUpdate {
    pub(crate) seq: i64,
    pub(crate) crc32c: i64,
    pub(crate) data: Vec<u8>,
}

/// A snapshot as it is kept: `data` is packed, `blake3` is of the unpacked bytes.
#[derive(Debug, Clone)]
pub(crate) struct SealedSnapshot {
    pub(crate) upto_seq: i64,
    pub(crate) taken_ms: i64,
    pub(crate) crc32c: i64,
    pub(crate) blake3: Vec<u8>,
    pub(crate) data: Vec<u8>,
}

/// A log place as the database knows it.
pub(crate) fn place(seq: u64) -> Result<i64, StoreError> {
    i64::try_from(seq).map_err(|_| StoreError::Refused("a log place is out of range".into()))
}

/// Seals an update.
pub(crate) fn seal_update(document: &DocumentId, seq: i64, data: Vec<u8>) -> SealedUpdate {
    SealedUpdate {
        seq,
        crc32c: crc(document, &[seq], &data),
        data,
    }
}

/// Whether an update is whole; if not, why.
pub(crate) fn check_update(document: &DocumentId, update: &SealedUpdate) -> Result<u64, String> {
    let seq = u64::try_from(update.seq).map_err(|_| "its log place is negative".to_owned())?;
    compare(update.crc32c, crc(document, &[update.seq], &update.data))?;
    Ok(seq)
}

/// Packs and seals a snapshot. One that could not be read back is refused.
pub(crate) fn seal_snapshot(
    document: &DocumentId,
    snapshot: &Snapshot,
) -> Result<SealedSnapshot, StoreError> {
    let upto_seq = place(snapshot.upto_seq)?;
    let taken_ms = snapshot.taken_ms;
    if snapshot.data.len() > SNAPSHOT_CAP_BYTES {
        return Err(StoreError::Refused("the snapshot is too large".into()));
    }
    let data = zstd::bulk::compress(&snapshot.data, ZSTD_LEVEL)
        .map_err(|error| StoreError::Refused(format!("the snapshot cannot be packed: {error}")))?;
    Ok(SealedSnapshot {
        upto_seq,
        taken_ms,
        crc32c: crc(document, &[upto_seq, taken_ms], &data),
        blake3: blake3::hash(&snapshot.data).as_bytes().to_vec(),
        data,
    })
}

/// Whether a snapshot's row is as it was written, without unpacking it.
pub(crate) fn is_whole(document: &DocumentId, sealed: &SealedSnapshot) -> bool {
    sealed.crc32c == crc(document, &[sealed.upto_seq, sealed.taken_ms], &sealed.data)
}

/// Unpacks a snapshot and checks it; if it does not hold, says why.
pub(crate) fn open_snapshot(
    document: &DocumentId,
    sealed: &SealedSnapshot,
) -> Result<Snapshot, String> {
    let upto_seq =
        u64::try_from(sealed.upto_seq).map_err(|_| "its log place is negative".to_owned())?;
    compare(
        sealed.crc32c,
        crc(document, &[sealed.upto_seq, sealed.taken_ms], &sealed.data),
    )?;
    let data = unpack(&sealed.data)?;
    if blake3::hash(&data).as_bytes() != sealed.blake3.as_slice() {
        return Err("its BLAKE3 does not match".into());
    }
    Ok(Snapshot {
        upto_seq,
        taken_ms: sealed.taken_ms,
        data,
    })
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, String> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut decoder = zstd::stream::read::Decoder::with_buffer(packed)?;
        decoder.window_log_max(WINDOW_LOG_MAX)?;
        let mut data = Vec::new();
        decoder
            .take(SNAPSHOT_CAP_BYTES as u64 + 1)
            .read_to_end(&mut data)?;
        Ok(data)
    };
    let data = read().map_err(|error| format!("it cannot be unpacked: {error}"))?;
    if data.len() > SNAPSHOT_CAP_BYTES {
        Err("it unpacks to too much".into())
    } else {
        Ok(data)
    }
}

/// Covers also whose row it is and its place, so that a row that has gone astray is noticed too.
fn crc(document: &DocumentId, numbers: &[i64], data: &[u8]) -> i64 {
    let mut crc = crc32c::crc32c(document.as_str().as_bytes());
    for number in numbers {
        crc = crc32c::crc32c_append(crc, &number.to_le_bytes());
    }
    i64::from(crc32c::crc32c_append(crc, data))
}

fn compare(stored: i64, computed: i64) -> Result<(), String> {
    if stored == computed {
        Ok(())
    } else {
        Err(format!(
            "its CRC-32C is {computed:08x}, it should be {stored:08x}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(data: &[u8]) -> SealedSnapshot {
        let snapshot = Snapshot {
            upto_seq: 7,
            taken_ms: 9,
            data: data.to_vec(),
        };
        seal_snapshot(&"d".into(), &snapshot).unwrap()
    }

    /// Makes the CRC right again, so that only what lies behind it can notice.
    fn reseal(mut snapshot: SealedSnapshot) -> SealedSnapshot {
        snapshot.crc32c = crc(
            &"d".into(),
            &[snapshot.upto_seq, snapshot.taken_ms],
            &snapshot.data,
        );
        snapshot
    }

    #[test]
    fn a_row_of_another_document_or_place_is_noticed() {
        let update = seal_update(&"d".into(), 1, b"abc".to_vec());
        assert_eq!(check_update(&"d".into(), &update), Ok(1));
        assert!(check_update(&"e".into(), &update).is_err());
        assert!(
            check_update(
                &"d".into(),
                &SealedUpdate {
                    seq: 2,
                    ..update.clone()
                }
            )
            .is_err()
        );
        assert!(check_update(&"d".into(), &SealedUpdate { seq: -1, ..update }).is_err());
        assert!(!is_whole(
            &"d".into(),
            &SealedSnapshot {
                upto_seq: 8,
                ..sealed(b"abc")
            }
        ));
    }

    #[test]
    fn any_damaged_byte_of_a_snapshot_is_noticed() {
        let whole = sealed(&[5; 300]);
        assert!(open_snapshot(&"d".into(), &whole).is_ok());
        for index in 0..whole.data.len() {
            let mut bad = whole.clone();
            bad.data[index] ^= 0x10;
            assert!(!is_whole(&"d".into(), &bad));
            assert!(open_snapshot(&"d".into(), &bad).is_err());
            // It may decode to the very same bytes; to others, never.
            assert!(
                open_snapshot(&"d".into(), &reseal(bad))
                    .map_or(true, |opened| opened.data == [5; 300])
            );
        }
        for length in 0..whole.data.len() {
            let short = SealedSnapshot {
                data: whole.data[..length].to_vec(),
                ..whole.clone()
            };
            assert!(open_snapshot(&"d".into(), &reseal(short)).is_err());
        }
        assert!(
            open_snapshot(
                &"d".into(),
                &SealedSnapshot {
                    blake3: vec![],
                    ..whole
                }
            )
            .is_err()
        );
    }

    #[test]
    fn a_decompression_bomb_is_cut_short() {
        let bomb =
            zstd::stream::encode_all(std::io::repeat(0).take(SNAPSHOT_CAP_BYTES as u64 + 1), 1)
                .unwrap();
        assert!(bomb.len() < 20_000);
        assert_eq!(unpack(&bomb), Err("it unpacks to too much".into()));
    }

    #[test]
    fn too_large_a_snapshot_is_refused_before_anything_is_written() {
        let snapshot = Snapshot {
            upto_seq: 1,
            taken_ms: 0,
            data: vec![0; SNAPSHOT_CAP_BYTES + 1],
        };
        assert!(seal_snapshot(&"d".into(), &snapshot).is_err());
        assert!(place(u64::MAX).is_err());
    }
}
