//! What Word says of an element. Names are without their prefixes: what Word, WPS and LibreOffice write is told apart by them.

use crate::foreign::xml::Element;

/// An element of a part.
pub(super) trait Word {
    /// The attribute `val` of an element directly in this one.
    fn val(&self, name: &str) -> Option<&str>;
    /// Whether a property that is on or off is on; `None` where nothing is said.
    fn toggle(&self, name: &str) -> Option<bool>;
    /// The text of all runs inside, deleted ones too.
    fn all_text(&self) -> String;
}

impl Word for Element {
    fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.local("val")
    }

    fn toggle(&self, name: &str) -> Option<bool> {
        let element = self.child(name)?;
        Some(!matches!(element.local("val"), Some("0" | "false" | "off" | "none")))
    }

    fn all_text(&self) -> String {
        let mut out = String::new();
        add_text(self, &mut out);
        out
    }
}

fn add_text(element: &Element, out: &mut String) {
    match element.name.as_str() {
        "t" | "delText" => out.push_str(&element.own_text()),
        // Letters that are drawn as a shape.
        "textpath" => out.push_str(element.local("string").unwrap_or_default()),
        // The same thing in several forms.
        "AlternateContent" => {
            let forms = element.elements().map(Word::all_text);
            return out.push_str(&forms.into_iter().find(|text| !text.is_empty()).unwrap_or_default());
        }
        _ => {}
    }
    element.elements().for_each(|element| add_text(element, out));
}
