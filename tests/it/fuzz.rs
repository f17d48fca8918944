//! The corpus of the fuzz targets, run through them. `make fuzz` looks for more.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

#[path = "../../fuzz/src/grammar.rs"]
#[expect(unreachable_pub, reason = "the file is also a module of the library of fuzz targets, where it is public")]
mod grammar;
#[path = "../../fuzz/src/targets.rs"]
#[expect(unreachable_pub, reason = "the file is also a module of the library of fuzz targets, where it is public")]
mod targets;

#[test]
#[expect(
    clippy::print_stdout,
    reason = "names the input at which it stops; the runner shows it of a failed test alone"
)]
fn every_input_of_the_corpus_passes_its_target() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in targets::TARGETS.iter().filter(|(name, _)| *name != "pages") {
        let inputs = fs::read_dir(corpus.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        let inputs: Vec<_> = inputs.map(|entry| entry.expect("an entry").path()).collect();
        assert!(inputs.len() > 2, "{name} has {} inputs", inputs.len());
        for input in inputs {
            println!("{}", input.display());
            target(&fs::read(&input).expect("an input"));
        }
    }
}

#[test]
fn every_folder_of_the_corpus_has_a_target() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for folder in fs::read_dir(corpus).expect("the corpus") {
        let name = folder.expect("an entry").file_name();
        assert!(targets::TARGETS.iter().any(|(target, _)| *target == name), "{name:?}");
    }
}

/// A fixed seed, for a test that fails must fail again; PROPTEST_RNG_SEED and PROPTEST_CASES look further.
fn config(cases: u32) -> Config {
    let given = Config::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_260_301),
        given => given,
    };
    let cases = if given.cases == 256 { cases } else { given.cases };
    Config { failure_persistence: None, rng_seed, cases, ..given }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn a_valid_book_has_no_errors(data in vec(any::<u8>(), 0..400)) {
        targets::book(&data);
    }
}

#[cfg(feature = "pages")]
proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn a_valid_book_has_pages_and_an_e_book(data in vec(any::<u8>(), 0..200)) {
        targets::pages(&data);
    }
}
