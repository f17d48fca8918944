//! The forms by their options and their files.

use crate::cli::args::exchange::{Export, FillUnits, Forms};
use crate::exchange::forms::{docx, po, tmx, xliff};
use crate::exchange::{File, Package, Piece, Refusal, Returned, Side, Unit};
use crate::message::Locale;
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

/// A package in a form; what is said in it besides is in the user's language.
pub(super) fn write(form: Form, package: &Package, args: &Export, locale: Locale) -> Vec<u8> {
    let xliff = |version| {
        let fill_source = args.fill == Some(FillUnits::Source);
        let options = xliff::Options { version, fill_source, sentences: args.sentences, locale };
        xliff::write(package, &options).into_bytes()
    };
    match form {
        Form::Docx => docx::write(package, &docx::Options { locale, ..docx::Options::default() }),
        Form::Xliff => xliff(xliff::Version::First),
        Form::Xliff2 => xliff(xliff::Version::Second),
        Form::Tmx => tmx::write(package, &tmx::Options { codes: !args.clean }).into_bytes(),
        Form::Po => po::write(package, &Words, locale).into_bytes(),
    }
}

/// The texts of a package that holds Markdown.
struct Words;

impl po::Wording for Words {
    fn markdown(&self, _: &File, unit: &Unit, side: Side) -> String {
        let text = match side {
            Side::Source => Some(&unit.source),
            Side::Target => unit.target.as_ref(),
        };
        let pieces = text.into_iter().flatten();
        pieces.filter_map(|piece| if let Piece::Text(text) = piece { Some(text.as_str()) } else { None }).collect()
    }
}

/// The units of a translation memory.
pub(super) fn memory(bytes: &[u8], langs: &[Lang; 2]) -> Result<Returned, Refusal> {
    text(bytes).and_then(|text| tmx::read(text, langs))
}

fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    match std::str::from_utf8(bytes) {
        // The forms pass a byte order mark by, so that places count from the first byte.
        Ok(text) => Ok(text),
        Err(_) => {
            Err(Refusal { message: msg!("the file is not UTF-8 text"), hint: Some(msg!("save it as UTF-8")), at: None })
        }
    }
}

/// What came back, by the ending of its file; `None` where that is of no form that is read.
pub(super) fn read(name: &str, bytes: &[u8]) -> Option<Result<Returned, Refusal>> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending {
        "docx" => docx::read(bytes),
        "xlf" | "xliff" | "mqxliff" | "mxliff" | "sdlxliff" => text(bytes).and_then(xliff::read),
        "po" => text(bytes).and_then(po::read),
        _ => return None,
    })
}
