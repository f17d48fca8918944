//! The corpus of the fuzz targets, run through them. `make fuzz` looks for more.

use std::fs;
use std::path::Path;

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
    for (name, target) in targets::TARGETS {
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
