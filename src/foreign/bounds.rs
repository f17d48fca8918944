//! How much of a stranger's file is read. What is beyond is refused; of a page of XHTML, whose faults cost no text, it is flattened.

/// Largest archive, in bytes.
pub(super) const ARCHIVE: usize = 512 << 20;
/// Most entries of an archive.
pub(super) const ENTRIES: usize = 20_000;
/// Largest entry that is unpacked, in bytes. The review table of a book of 800 pages has 20 million.
pub(super) const ENTRY: u64 = 128 << 20;
/// Most bytes that are unpacked of an archive altogether.
pub(super) const UNPACKED: u64 = 1 << 30;

/// Most bytes of XML.
pub(super) const XML: usize = 128 << 20;
/// Most elements: a Word document of a thousand pages has a million.
pub(super) const ELEMENTS: usize = 4_000_000;
/// Most attributes of an element.
pub(super) const ATTRIBUTES: usize = 256;
/// Deepest nesting of elements. Word nests tables, revisions and content controls, rarely over 40 deep.
pub(super) const DEPTH: usize = 256;

/// Deepest nesting in a page; what is deeper stands in the last element that is not.
pub(super) const PAGE_DEPTH: usize = 100;
/// Most elements of a page; the text of what follows is kept.
pub(super) const PAGE_ELEMENTS: usize = 1_000_000;
/// Most places of a page at which reading begins anew.
pub(super) const PAGE_FAULTS: usize = 2000;
