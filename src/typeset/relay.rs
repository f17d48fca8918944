//! Our own messages on their way through Typst, whose diagnostics carry text alone.
//!
//! A message travels as its English text and is recognised by it on arrival. Typst caches results for the whole process
//! and may repeat a finding without running our code again, so what was sent is kept as long.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use typst::diag::{self, SourceDiagnostic};
use typst::ecow::{EcoString, eco_format};
use typst::syntax::DiagSpan;

use crate::message::Message;

/// Every message that was sent, by its text.
static SENT: Mutex<BTreeMap<EcoString, Message>> = Mutex::new(BTreeMap::new());

/// The text that carries a message through Typst.
pub(super) fn send(message: Message) -> EcoString {
    let text = EcoString::from(message.to_string());
    SENT.lock().unwrap_or_else(PoisonError::into_inner).insert(text.clone(), message);
    text
}

/// The message that was sent as this text, if any was.
pub(super) fn receive(text: &str) -> Option<Message> {
    SENT.lock().unwrap_or_else(PoisonError::into_inner).get(text).cloned()
}

/// An error of ours for Typst to carry.
pub(super) fn error(span: impl Into<DiagSpan>, message: Message) -> SourceDiagnostic {
    SourceDiagnostic::error(span, send(message))
}

/// What the text of an error begins with that travels as a warning, because the pages are made all the same.
const SPARED: char = '\u{e}';

/// An error as a warning for Typst to carry, which stops at errors.
pub(super) fn spared(error: SourceDiagnostic) -> SourceDiagnostic {
    let message = eco_format!("{SPARED}{}", error.message);
    SourceDiagnostic { severity: diag::Severity::Warning, message, ..error }
}

/// The text of an error that travelled as a warning.
pub(super) fn was_spared(text: &str) -> Option<&str> {
    text.strip_prefix(SPARED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Locale;

    #[test]
    fn a_message_arrives_as_it_was_sent() {
        let message = msg!("there is no footnote `{name}`", name = "a{b}");
        let text = send(message.clone());
        let arrived = receive(&text).expect("it was sent");
        assert_eq!(arrived, message);
        assert_eq!(Locale::Chinese.say(&arrived), "没有脚注`a{b}`");
        assert_eq!(receive("nobody sent this"), None);
    }
}
