//! The forms by their options and their files.

use super::args::{Export, FillUnits, Forms};
use crate::exchange::{Package, Refusal, Returned};
use crate::model::Lang;

/// A form in which units travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Docx,
    Xliff,
    Xliff2,
    Tmx,
    Po,
}

/// The forms that were asked for.
pub(super) fn chosen(forms: &Forms) -> Vec<Form> {
    let asked = [
        (forms.docx, Form::Docx),
        (forms.xliff, Form::Xliff),
        (forms.xliff2, Form::Xliff2),
        (forms.tmx, Form::Tmx),
        (forms.po, Form::Po),
    ];
    asked.into_iter().filter_map(|(asked, form)| asked.then_some(form)).collect()
}

impl Form {
    /// The ending of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Form::Docx => "docx",
            Form::Xliff => "xlf",
            Form::Xliff2 => "2.xlf",
            Form::Tmx => "tmx",
            Form::Po => "po",
        }
    }

    /// Other endings that its files may have.
    pub(super) fn other_extensions(self) -> &'static [&'static str] {
        match self {
            Form::Xliff | Form::Xliff2 => &["xlf", "xliff"],
            Form::Po => &["pot"],
            Form::Docx | Form::Tmx => &[],
        }
    }

    /// Whether its texts are Markdown.
    pub(super) fn is_markdown(self) -> bool {
        self == Form::Po
    }
}

/// A package in a form.
pub(super) fn write(form: Form, package: &Package, args: &Export) -> Vec<u8> {
    let _ = (form, package, args, FillUnits::Source);
    Vec::new()
}

/// What came back, by the ending of its file.
pub(super) fn read(name: &str, bytes: &[u8], langs: &[Lang; 2]) -> Option<Result<Returned, Refusal>> {
    let _ = (name, bytes, langs);
    None
}
