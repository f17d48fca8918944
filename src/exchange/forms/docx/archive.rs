//! The package of a Word document.

use crate::foreign::archive::Archive;
use crate::message::Message;

/// How the file of Word 97 begins, and one with a password.
const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Why a package is not read, and what helps.
pub(crate) struct Unreadable {
    pub(crate) message: Message,
    pub(crate) hint: Message,
}

/// What helps where a package cannot be read.
pub(crate) fn save_again() -> Message {
    msg!("open it in Word, WPS or LibreOffice and save it as a Word document (.docx)")
}

/// Opens a package, of which nothing is unpacked yet.
pub(crate) fn open(bytes: &[u8]) -> Result<Archive<'_>, Unreadable> {
    let other = |message| Err(Unreadable { message, hint: save_again() });
    if bytes.starts_with(&OLE) {
        return other(msg!("this is a document of Word 97 (.doc), or one with a password"));
    }
    if !bytes.starts_with(b"PK") {
        return other(msg!("this is no Word document (.docx)"));
    }
    let archive = Archive::open(bytes)
        .map_err(|fault| Unreadable { message: fault.message, hint: fault.hint.unwrap_or_else(save_again) })?;
    if archive.has("META-INF/manifest.xml") {
        return other(msg!("this is an OpenDocument text (.odt)"));
    }
    Ok(archive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foreign::archive::pack;

    fn refused(bytes: &[u8]) -> String {
        match open(bytes) {
            Ok(_) => "it is read".to_owned(),
            Err(why) => why.message.to_string(),
        }
    }

    #[test]
    fn other_documents_are_told_by_name() {
        assert!(refused(&[&OLE[..], b"..."].concat()).contains(".doc"));
        assert!(refused(b"hello").contains("no Word document"));
        assert!(refused(&pack(&[("META-INF/manifest.xml", String::new())])).contains(".odt"));
    }
}
