//! Punctuation, quotes, spaces: what each language writes in its own way. These checks look at each language alone.

pub(super) mod cjk_latin_space;
pub(super) mod ellipsis_and_dash;
pub(super) mod full_width_indent;
pub(super) mod full_width_letters;
pub(super) mod full_width_punctuation;
mod clause;
mod habit;
pub(super) mod half_width_punctuation;
mod name_dot;
mod near;
mod pairs;
pub(super) mod spaces;
pub(super) mod straight_quotes;
pub(super) mod unpaired_marks;
