//! The two macros that make messages.

/// A [`Message`](crate::message::Message): an English template and the arguments that it names.
///
/// `msg!("{kind} is missing in {language}", kind, language = lang.name())`: an argument by the name of a variable, or with
/// a value of its own. A brace is written twice, as in a format string. It is a compile error when a place has no argument
/// or an argument no place. Each template needs an entry in `src/message/zh.po`, which a test demands.
#[macro_export]
macro_rules! msg {
    (@given $name:ident) => {
        $name
    };
    (@given $name:ident = $value:expr) => {
        $value
    };
    ($template:literal $(,)?) => {{
        const { assert!($crate::message::fits($template, &[]), "a place of this message has no argument") }
        $crate::message::Message::plain($template)
    }};
    ($template:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        const {
            assert!($crate::message::fits($template, &[$(stringify!($name)),+]), "places and arguments do not fit")
        }
        $crate::message::Message::with(
            $template,
            vec![$((
                stringify!($name),
                $crate::message::Argument::into_message($crate::msg!(@given $name $(= $value)?)),
            )),+],
        )
    }};
}

/// A [`Message`](crate::message::Message) that counts: `plural!(files, "{files} file", "{files} files")`.
///
/// The number comes first, by the name of a variable or with a value (`files = found.len()`); then the English form for one
/// and the form for any other number; then further arguments as in [`msg!`](crate::msg). A language has as many forms as
/// gettext's rule gives it.
#[macro_export]
macro_rules! plural {
    ($number:ident $(= $count:expr)?, $one:literal, $many:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const {
            assert!(
                $crate::message::fits($many, &[stringify!($number) $(, stringify!($name))*]),
                "places and arguments do not fit"
            )
        }
        let number: u64 = $crate::message::Argument::count(&$crate::msg!(@given $number $(= $count)?));
        $crate::message::Message::counting(
            $one,
            $many,
            number,
            vec![
                (stringify!($number), $crate::message::Argument::into_message(number))
                $(, (
                    stringify!($name),
                    $crate::message::Argument::into_message($crate::msg!(@given $name $(= $value)?)),
                ))*
            ],
        )
    }};
}
