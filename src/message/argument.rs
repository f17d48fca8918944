//! What can stand in a place of a message.

use std::borrow::Cow;
use std::path::{self, Path, PathBuf};

use super::Message;

/// A value that can stand in a place of a message: data, which every language shows as it is, or another message.
///
/// Floating-point numbers are not among them, since each place decides how many digits it shows.
pub trait Argument {
    /// The value as a message.
    fn into_message(self) -> Message;

    /// The number that decides between the forms of a plural; 0 for what is not a number.
    fn count(&self) -> u64 {
        0
    }
}

impl Argument for Message {
    fn into_message(self) -> Message {
        self
    }
}

impl Argument for &str {
    fn into_message(self) -> Message {
        Message::data(self)
    }
}

impl Argument for String {
    fn into_message(self) -> Message {
        Message::data(self)
    }
}

impl Argument for Cow<'_, str> {
    fn into_message(self) -> Message {
        Message::data(self)
    }
}

impl Argument for char {
    fn into_message(self) -> Message {
        Message::data(self)
    }
}

impl Argument for &Path {
    fn into_message(self) -> Message {
        Message::data(self.display().to_string())
    }
}

impl Argument for PathBuf {
    fn into_message(self) -> Message {
        self.as_path().into_message()
    }
}

impl Argument for path::Display<'_> {
    fn into_message(self) -> Message {
        Message::data(self.to_string())
    }
}

impl<T: Argument + Clone> Argument for &T {
    fn into_message(self) -> Message {
        self.clone().into_message()
    }

    fn count(&self) -> u64 {
        (*self).count()
    }
}

macro_rules! numbers {
    ($($kind:ty),+) => {
        $(impl Argument for $kind {
            fn into_message(self) -> Message {
                Message::data(self.to_string())
            }

            fn count(&self) -> u64 {
                u64::try_from(*self).unwrap_or(0)
            }
        })+
    };
}

numbers!(u8, u16, u32, u64, usize, i16, i32, i64, isize);
