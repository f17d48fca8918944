//! See [`dama_pub_fuzz::targets::book`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dama_pub_fuzz::targets::book(data));
