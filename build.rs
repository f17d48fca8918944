//! Tells Cargo that layouts and fonts are part of the binary: a file added to their folders asks for a new build.

fn main() {
    println!("cargo::rerun-if-changed=layouts");
    println!("cargo::rerun-if-changed=fonts");
}
