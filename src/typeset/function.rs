//! How functions for Typst are declared.

/// Declares a function for layouts. Its arguments are checked by the function itself.
macro_rules! function {
    ($name:ident, $word:literal, $docs:literal, $run:ident) => {
        static $name: ::typst::foundations::NativeFuncData = ::typst::foundations::NativeFuncData {
            function: ::typst::foundations::NativeFuncPtr(&$run),
            name: $word,
            title: $word,
            docs: $docs,
            def_site: None,
            keywords: &[],
            contextual: false,
            scope: ::std::sync::LazyLock::new(&::typst::foundations::Scope::new),
            params: ::std::sync::LazyLock::new(&Vec::new),
            returns: ::std::sync::LazyLock::new(&|| ::typst::foundations::CastInfo::Any),
        };
    };
}

pub(super) use function;
