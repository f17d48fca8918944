//! Text in the wrong language or script, text that says more, less or the opposite, and names.

mod cut;
mod enumerated;
mod foreign;
mod frame;
pub(super) mod item_order;
mod kept;
mod labels;
pub(super) mod latin_name;
pub(super) mod leftover_chinese;
pub(super) mod leftover_english;
pub(super) mod length;
mod listed;
pub(super) mod missing_item;
pub(super) mod name_spelling;
mod near;
pub(super) mod negation_lost;
pub(super) mod people_differ;
pub(super) mod polarity;
mod roster;
pub(super) mod untranslated_block;
pub(super) mod untranslated_sentence;
pub(super) mod wrong_script;
