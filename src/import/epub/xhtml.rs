//! What XHTML says of an element.

use crate::foreign::xml::Element;

/// An element of a page.
pub(super) trait Xhtml {
    /// Whether one of the words of an attribute is one of these.
    fn says(&self, name: &str, words: &[&str]) -> bool;
    /// Whether it is something by its `epub:type` or its role.
    fn is(&self, types: &[&str]) -> bool;
    /// Its id; older pages name places otherwise.
    fn id(&self) -> Option<&str>;
}

impl Xhtml for Element {
    fn says(&self, name: &str, words: &[&str]) -> bool {
        self.attribute(name).is_some_and(|value| value.split_ascii_whitespace().any(|word| words.contains(&word)))
    }

    fn is(&self, types: &[&str]) -> bool {
        let role = self.attribute("role").and_then(|role| role.strip_prefix("doc-"));
        self.says("epub:type", types) || role.is_some_and(|role| types.contains(&role))
    }

    fn id(&self) -> Option<&str> {
        let name = || self.attribute("name").filter(|_| self.name == "a");
        self.attribute("id").or_else(name).filter(|id| !id.is_empty())
    }
}
