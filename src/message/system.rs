//! What an operating system says, in our words.

use std::io::{self, ErrorKind};

use super::Message;

/// The reason of an error of the operating system. Its own words are the last resort, for whoever looks them up.
pub fn reason(error: &io::Error) -> Message {
    match error.kind() {
        ErrorKind::NotFound => msg!("no such file or folder"),
        ErrorKind::PermissionDenied => msg!("permission denied"),
        ErrorKind::AlreadyExists => msg!("it exists already"),
        ErrorKind::StorageFull => msg!("the disk is full"),
        ErrorKind::QuotaExceeded => msg!("the disk quota is used up"),
        ErrorKind::ReadOnlyFilesystem => msg!("the file system is read-only"),
        ErrorKind::IsADirectory => msg!("it is a folder"),
        ErrorKind::NotADirectory => msg!("a part of the path is not a folder"),
        ErrorKind::DirectoryNotEmpty => msg!("the folder is not empty"),
        ErrorKind::FileTooLarge => msg!("the file is too large"),
        ErrorKind::InvalidFilename => msg!("the file name is not allowed here"),
        ErrorKind::AddrInUse => msg!("the port is in use"),
        ErrorKind::AddrNotAvailable => msg!("the address is not available"),
        ErrorKind::TimedOut => msg!("it took too long"),
        ErrorKind::UnexpectedEof => msg!("the file ends too early"),
        ErrorKind::OutOfMemory => msg!("out of memory"),
        _ => Message::data(error.to_string()),
    }
}
