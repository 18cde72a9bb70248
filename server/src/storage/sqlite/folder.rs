//! The data folder: who may read it, and that only one server has it open.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::super::error::StoreError;

/// Creates what is missing, readable by this user only, and takes the lock. It is held while the file is open.
pub(super) fn open(folder: &Path, database: &str) -> Result<File, StoreError> {
    let refuse =
        |error: io::Error| StoreError::Unavailable(format!("{}: {error}", folder.display()));
    create_folder(folder).map_err(refuse)?;
    let lock = private_file(&folder.join("plaza.lock")).map_err(refuse)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(StoreError::Locked),
        Err(TryLockError::Error(error)) => return Err(refuse(error)),
    }
    // SQLite gives its log files the mode of the database file.
    private_file(&folder.join(database)).map_err(refuse)?;
    Ok(lock)
}

/// Makes the files' names durable: fsync of a new file does not promise that its folder knows it.
pub(super) fn sync(folder: &Path) -> Result<(), StoreError> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let sync = |path: &Path| File::open(path).and_then(|folder| folder.sync_all());
    sync(folder)
        .map_err(|error| StoreError::Unavailable(format!("{}: {error}", folder.display())))?;
    // The folder above may be closed to us, and need not have changed.
    if let Some(Err(error)) = folder.parent().filter(|parent| parent.is_dir()).map(sync) {
        tracing::debug!(%error, "the folder above the data folder cannot be synced");
    }
    Ok(())
}

fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}
