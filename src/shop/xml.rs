//! XML that people can read: an element a line, each as far in as it is deep.

/// Attributes as name and value.
pub(super) type Attrs<'a> = &'a [(&'a str, &'a str)];

/// A document under construction.
pub(super) struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    pub(super) fn document() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), depth: 0 }
    }

    /// An element with others in it. One in which there is nothing has no line end either: where a scheme wants an element to be empty,
    /// that would be content.
    pub(super) fn nest(&mut self, name: &str, attrs: Attrs<'_>, inside: impl FnOnce(&mut Self)) {
        self.start(name, attrs);
        let open = self.out.len();
        self.out.push_str(">\n");
        let begin = self.out.len();
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        if self.out.len() == begin {
            self.out.truncate(open);
            self.out.push_str("/>\n");
            return;
        }
        self.indent();
        self.end(name);
    }

    /// An element that holds text; none for an empty text, which no scheme of ours allows.
    pub(super) fn text(&mut self, name: &str, attrs: Attrs<'_>, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.start(name, attrs);
        self.out.push('>');
        escape(&mut self.out, text);
        self.end(name);
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str) {
        self.start(name, &[]);
        self.out.push_str("/>\n");
    }

    /// Elements each of which holds a paragraph, on one line, in an element.
    pub(super) fn paragraphs(&mut self, name: &str, attrs: Attrs<'_>, item: &str, texts: &[&str]) {
        self.start(name, attrs);
        self.out.push('>');
        for text in texts {
            self.out.push_str(&format!("<{item}>"));
            escape(&mut self.out, text);
            self.out.push_str(&format!("</{item}>"));
        }
        self.end(name);
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, name: &str, attrs: Attrs<'_>) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attrs {
            self.out.push_str(&format!(" {key}=\""));
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }
}

/// Writes text without the characters that XML 1.0 cannot have.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn text_is_escaped_and_what_is_empty_is_left_out() {
        let mut xml = Xml::document();
        xml.nest("a", &[("b", "\"<&")], |xml| {
            xml.text("c", &[], " x < y\u{1}\n& z ");
            xml.text("d", &[], "  ");
            xml.empty("e");
            xml.nest("f", &[("g", "h")], |xml| xml.text("i", &[], ""));
        });
        let wanted = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&amp;\">\n  <c>x &lt; y &amp; z</c>\n  <e/>\n  <f g=\"h\"/>\n</a>\n";
        assert_eq!(xml.finish(), wanted);
    }
}
