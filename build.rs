//! Tells Cargo that layouts and fonts are part of the binary: a file added to their folders asks for a new build. Gives the program a
//! digest of all that it is compiled from, by which results of one program are told from those of another.

#![expect(clippy::disallowed_methods, reason = "it runs before there is a program, and asks Cargo and the disk")]

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the program is compiled from.
const SOURCES: [&str; 6] = ["Cargo.toml", "Cargo.lock", "build.rs", "src", "layouts", "fonts"];

/// What else decides what is compiled.
const SETTINGS: [&str; 5] = ["CARGO_FEATURE_PAGES", "TARGET", "PROFILE", "OPT_LEVEL", "DEBUG"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("Cargo says where the package is"));
    let mut sum = Sum::default();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        sum.add(source.as_bytes());
        add(&root.join(source), &mut sum);
    }
    for name in SETTINGS {
        sum.add(name.as_bytes());
        sum.add(env::var_os(name).unwrap_or_default().as_encoded_bytes());
    }
    // Where the sources lie and where a profile lies, which some flags say, makes no other program.
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    flags
        .split('\x1f')
        .filter(|flag| !["--remap-path-prefix", "-Cprofile-"].iter().any(|told| flag.starts_with(told)))
        .for_each(|flag| sum.add(flag.as_bytes()));
    sum.add(&compiler());
    println!("cargo::rustc-env=DAMA_PUB_SOURCES={}", sum.digits());
}

/// Adds a file, or all files of a folder with their names, in order.
fn add(path: &Path, sum: &mut Sum) {
    let Ok(entries) = fs::read_dir(path) else {
        return sum.add(&fs::read(path).unwrap_or_default());
    };
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    for name in names {
        sum.add(name.as_encoded_bytes());
        add(&path.join(name), sum);
    }
    // Where the folder ends.
    sum.add(b"");
}

fn compiler() -> Vec<u8> {
    let name = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Command::new(name).arg("-vV").output().map(|said| said.stdout).unwrap_or_default()
}

/// Two sums of 64 bits each over the same bytes, begun differently: what is compiled is no adversary, and std has no longer one.
struct Sum([DefaultHasher; 2]);

impl Default for Sum {
    fn default() -> Self {
        let begun = |with: u8| {
            let mut sum = DefaultHasher::new();
            with.hash(&mut sum);
            sum
        };
        Self([begun(1), begun(2)])
    }
}

impl Sum {
    /// Adds bytes, with their number before them.
    fn add(&mut self, bytes: &[u8]) {
        for sum in &mut self.0 {
            sum.write_u64(bytes.len() as u64);
            sum.write(bytes);
        }
    }

    fn digits(&self) -> String {
        self.0.iter().map(|sum| format!("{:016x}", sum.finish())).collect()
    }
}
