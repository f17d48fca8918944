//! See [`dama_pub_fuzz::targets::import_pandoc`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dama_pub_fuzz::targets::import_pandoc(data));
