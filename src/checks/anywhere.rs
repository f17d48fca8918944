//! What becomes of a finding does not fail on its place, whatever it is.

use proptest::prelude::*;

use super::baseline::Baseline;
use super::{Fingerprints, causes, fix, waivers};
use crate::diagnostic::anywhere::{Anywhere, config};
use crate::manuscript::load_pair;
use crate::model::Lang;
use crate::source::Sources;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_place_is_known_again(case in Anywhere::cases()) {
        let mut sources = Sources::default();
        let files = [("zh/a.md", "共有12章。\n"), ("en/a.md", case.text.as_str())];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a good tag"));
        let book = load_pair(&mut sources, files, langs, None).value;
        let mut found = case.findings(sources.find("en/a.md").expect("it was added"));
        let prints = Fingerprints::of(&book, &sources);
        let baseline = Baseline::of(&found, &prints, &sources);
        let measured = baseline.measure(found.clone(), &prints, &sources);
        prop_assert_eq!((measured.new.len(), measured.unused), (0, None));
        for finding in &found {
            let block = prints.block(finding.primary.as_ref().expect("it has a place").span);
            prop_assert_eq!(sources.clamp(block), block);
            book.waives(finding);
        }
        for file in fix::apply(&found, &sources).files {
            prop_assert!(file.text.contains('x'));
        }
        waivers::apply(&book, &mut found, waivers::Known::All);
        causes::merge(&mut found);
    }
}
