//! Tells Cargo that layouts and fonts are part of the binary: a file added to their folders asks for a new build.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]

fn main() {
    println!("cargo::rerun-if-changed=layouts");
    println!("cargo::rerun-if-changed=fonts");
}
