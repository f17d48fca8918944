//! No finding that a browser is shown fails on its place, whatever it is.

use proptest::prelude::*;

use super::Preview;
use crate::diagnostic::anywhere::{Anywhere, config};
use crate::message::Locale;
use crate::source::{SourceFile, Sources};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_browser_is_shown_any_place(case in Anywhere::cases()) {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("manuscript/en/a.md", case.text.as_str()));
        let found = case.findings(file);
        let mut preview = Preview::new(Locale::English);
        preview.findings(&found, &sources);
        preview.checked(&found, &sources);
        prop_assert_eq!(preview.findings.len(), found.len());
        prop_assert!(preview.findings.iter().all(|finding| finding.at.is_some()));
    }
}
