//! See [`dama_pub_fuzz::targets::terms`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dama_pub_fuzz::targets::terms(data));
