//! The titles of callouts in English.

pub(super) const TITLES: [(&str, &str); 20] = [
    ("note", "Note"),
    ("tip", "Tip"),
    ("important", "Important"),
    ("warning", "Warning"),
    ("caution", "Caution"),
    ("details", "Details"),
    ("info", "Info"),
    ("abstract", "Abstract"),
    ("example", "Example"),
    ("question", "Question"),
    ("hint", "Hint"),
    ("success", "Success"),
    ("attention", "Attention"),
    ("danger", "Danger"),
    ("error", "Error"),
    ("failure", "Failure"),
    ("bug", "Bug"),
    ("seealso", "See also"),
    ("pitfall", "Pitfall"),
    ("deepdive", "Deep dive"),
];
