//! A catalogue of templates, found by their exact English text.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use polib::po_file::{self, POParseError};

/// The Chinese catalogue, as translators edit it.
pub const CHINESE: &str = include_str!("zh.po");

/// Templates in one language by their English text; several forms where something is counted.
pub(super) struct Catalogue {
    templates: HashMap<String, Vec<String>>,
    /// The English texts for other numbers than one.
    plurals: HashSet<String>,
}

impl Catalogue {
    /// Reads a catalogue in gettext's PO form. Messages without a translation are left out.
    ///
    /// # Errors
    /// What is not in the form.
    pub(super) fn read(text: &str) -> Result<Self, POParseError> {
        let file = po_file::parse_from_reader(text.as_bytes())?;
        let (mut templates, mut plurals) = (HashMap::new(), HashSet::new());
        for message in file.messages().filter(|message| !message.msgid().is_empty() && message.is_translated()) {
            let forms = match (message.msgstr_plural(), message.msgstr()) {
                (Ok(forms), _) => forms.clone(),
                (Err(_), Ok(form)) => vec![form.to_owned()],
                (Err(_), Err(_)) => continue,
            };
            plurals.extend(message.msgid_plural().ok().map(str::to_owned));
            templates.insert(message.msgid().to_owned(), forms);
        }
        Ok(Self { templates, plurals })
    }

    /// A form of a template, counted from 0.
    pub(super) fn form(&self, english: &str, form: usize) -> Option<&str> {
        self.templates.get(english)?.get(form).map(String::as_str)
    }

    /// An English text as it stands here, if it does.
    pub(super) fn english(&self, text: &str) -> Option<&str> {
        let plural = || self.plurals.get(text);
        self.templates.get_key_value(text).map(|(english, _)| english).or_else(plural).map(String::as_str)
    }
}

/// The Chinese catalogue, read once.
pub(super) fn chinese() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| Catalogue::read(CHINESE).expect("invariant: a test reads the catalogue"))
}
