//! See [`dama_pub_fuzz::targets::import_epub`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dama_pub_fuzz::targets::import_epub(data));
