//! See [`dama_pub_fuzz::targets::po`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dama_pub_fuzz::targets::po(data));
