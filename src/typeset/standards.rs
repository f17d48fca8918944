//! The standards that a PDF keeps: those that `book.yaml` asks for, else those that the layout promises, else
//! [`DEFAULT_PDF_STANDARDS`].

use typst_pdf::{PdfStandard, PdfStandards};

use super::Job;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::{List, Message};
use crate::model::{DEFAULT_PDF_STANDARDS, PDF_STANDARDS, Profile};
use crate::source::Span;

/// The standards of an edition's PDF. The print PDF keeps PDF 1.6, on which PDF/X-4 builds (ISO 15930-7, 6.1).
pub(super) fn of(job: &Job<'_>, profile: Profile, found: &mut Vec<Diagnostic>) -> PdfStandards {
    let wanted = match profile {
        Profile::Print => vec![("1.6", None)],
        Profile::Screen => screen(job),
    };
    let mut known = Vec::new();
    for (name, span) in &wanted {
        match standard(name) {
            Some(standard) => known.push(standard),
            None => found.push(unknown(name, *span)),
        }
    }
    PdfStandards::new(&known).unwrap_or_else(|why| {
        let message = msg!("these PDF standards cannot be combined: {reason}", reason = why.message().as_str());
        found.push(placed(message, wanted.first().and_then(|(_, span)| *span)));
        PdfStandards::default()
    })
}

/// Names with their places in `book.yaml`.
fn screen<'a>(job: &Job<'a>) -> Vec<(&'a str, Option<Span>)> {
    if let Some(asked) = &job.book.pdf.standards {
        return asked.iter().map(|name| (name.value.as_str(), Some(name.span))).collect();
    }
    match &job.layout.standards {
        Some(promised) => promised.iter().map(|name| (name.as_str(), None)).collect(),
        None => DEFAULT_PDF_STANDARDS.map(|name| (name, None)).to_vec(),
    }
}

fn unknown(name: &str, span: Option<Span>) -> Diagnostic {
    let finding = placed(msg!("there is no PDF standard `{name}`", name), span);
    match nearest(name, PDF_STANDARDS) {
        Some(near) => finding.hint(msg!("did you mean `{near}`?", near)),
        None => finding.hint(msg!("known standards: {names}", names = Message::list(List::Items, PDF_STANDARDS))),
    }
}

fn placed(message: Message, span: Option<Span>) -> Diagnostic {
    match span {
        Some(span) => Diagnostic::error(codes::BOOK_YAML, message).at(span),
        None => Diagnostic::error(codes::LAYOUT, msg!("`standards` in layout.yaml: {message}", message)),
    }
}

fn standard(name: &str) -> Option<PdfStandard> {
    Some(match name {
        "1.4" => PdfStandard::V_1_4,
        "1.5" => PdfStandard::V_1_5,
        "1.6" => PdfStandard::V_1_6,
        "1.7" => PdfStandard::V_1_7,
        "2.0" => PdfStandard::V_2_0,
        "a-1a" => PdfStandard::A_1a,
        "a-1b" => PdfStandard::A_1b,
        "a-2a" => PdfStandard::A_2a,
        "a-2b" => PdfStandard::A_2b,
        "a-2u" => PdfStandard::A_2u,
        "a-3a" => PdfStandard::A_3a,
        "a-3b" => PdfStandard::A_3b,
        "a-3u" => PdfStandard::A_3u,
        "a-4" => PdfStandard::A_4,
        "a-4e" => PdfStandard::A_4e,
        "a-4f" => PdfStandard::A_4f,
        "ua-1" => PdfStandard::Ua_1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standard_of_the_model_is_known_to_typst() {
        for name in PDF_STANDARDS {
            assert!(standard(name).is_some(), "{name}");
        }
        let both = DEFAULT_PDF_STANDARDS.map(|name| standard(name).unwrap());
        assert!(PdfStandards::new(&both).is_ok());
    }
}
