//! The structure of JPEG files (ITU-T T.81): segments, and in the last of them the picture.

/// What stands before the picture itself.
const START_OF_SCAN: u8 = 0xDA;

/// What ends the file.
const END: u8 = 0xD9;

/// A segment of the file.
pub(crate) struct Segment<'a> {
    /// What it is.
    pub(crate) marker: u8,
    /// All of it, from its marker on.
    pub(crate) bytes: &'a [u8],
}

/// The file up to its end, which may have other bytes after it.
pub(crate) struct Jpeg<'a> {
    /// The segments before the picture, and the head of the picture.
    pub(crate) segments: Vec<Segment<'a>>,
    /// The picture, and the mark of its end.
    #[cfg_attr(not(feature = "pages"), expect(dead_code, reason = "only what writes pictures needs it"))]
    pub(crate) scans: &'a [u8],
}

impl Segment<'_> {
    /// A piece of a colour profile.
    pub(crate) fn is_profile(&self) -> bool {
        self.marker == 0xE2 && self.bytes.get(4..).is_some_and(|rest| rest.starts_with(b"ICC_PROFILE\0"))
    }

    /// How many colours a pixel has, if this is the segment that tells it.
    fn components(&self) -> Option<u8> {
        let is_frame = matches!(self.marker, 0xC0..=0xCF) && !matches!(self.marker, 0xC4 | 0xC8 | 0xCC);
        self.bytes.get(9).copied().filter(|_| is_frame)
    }
}

impl<'a> Jpeg<'a> {
    /// Reads the structure of a file; `None` if it breaks the standard or has no end.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        bytes.strip_prefix(&[0xFF, 0xD8])?;
        let mut segments = Vec::new();
        let mut at = 2;
        loop {
            let bytes = segment(bytes, at)?;
            at += bytes.len();
            segments.push(Segment { marker: bytes[1], bytes });
            if bytes[1] == START_OF_SCAN {
                break;
            }
        }
        Some(Self { segments, scans: &bytes[at..end(bytes, at)?] })
    }

    /// How many colours a pixel has.
    pub(crate) fn components(&self) -> u8 {
        self.segments.iter().find_map(Segment::components).unwrap_or(0)
    }
}

/// The segment that begins at byte `at`.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let &[0xFF, _, high, low] = bytes.get(at..at + 4)? else { return None };
    bytes.get(at..at + 2 + usize::from(u16::from_be_bytes([high, low])))
}

/// One past the mark of the end; further scans and tables may stand before it.
fn end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr(0xFF, bytes.get(at..)?)?;
        match bytes.get(at + 1)? {
            // A byte of the picture, or a mark to begin anew at.
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            &END => return Some(at + 2),
            _ => at += segment(bytes, at)?.len(),
        }
    }
}
