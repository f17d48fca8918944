//! See [`dama_pub_fuzz::targets::references`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dama_pub_fuzz::targets::references(data));
