//! Bounds on the XML of a project, looked at before anything is made of it: some readers take time by the square of an
//! element's attributes or of the namespaces, and call themselves for every level.

#[cfg(feature = "pages")]
pub(crate) mod file;
pub(crate) mod parts;

use quick_xml::events::{BytesStart, Event};

use crate::message::Message;

/// Deepest nesting of elements.
const DEPTH: usize = 128;
/// Most attributes of an element.
const ATTRIBUTES: usize = 256;
/// Most namespaces that are declared in a file.
const NAMESPACES: usize = 2_000;
/// Most elements of a file.
const ELEMENTS: usize = 100_000;

/// What was seen of a file so far.
#[derive(Default)]
pub(crate) struct Bounds {
    depth: usize,
    elements: usize,
    namespaces: usize,
}

impl Bounds {
    /// Looks at the next event of the file.
    ///
    /// # Errors
    /// Says which bound the file is over.
    pub(crate) fn see(&mut self, event: &Event<'_>) -> Result<(), Message> {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.element(tag)
            }
            Event::Empty(tag) => self.element(tag),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        self.elements += 1;
        let mut attributes = 0;
        for attribute in tag.attributes().with_checks(false).take(ATTRIBUTES + 1) {
            attributes += 1;
            let key = attribute.as_ref().map_or("", |attribute| attribute.key.as_ref());
            self.namespaces += usize::from(key.starts_with("xmlns"));
        }
        if self.depth > DEPTH {
            return Err(msg!("its elements are nested more than {limit} deep", limit = DEPTH));
        }
        if attributes > ATTRIBUTES {
            return Err(msg!("one of its elements has more than {limit} attributes", limit = ATTRIBUTES));
        }
        if self.namespaces > NAMESPACES {
            return Err(msg!("it declares more than {limit} namespaces", limit = NAMESPACES));
        }
        if self.elements > ELEMENTS {
            return Err(msg!("it has more than {limit} elements", limit = ELEMENTS));
        }
        Ok(())
    }
}
