//! Commands that the reader does not know, and what they stand for.

use std::borrow::Cow;

use super::signs;

/// Commands that everyone writes and the reader does not know, in words that it knows.
const USUAL: &[(&str, &str)] = &[
    ("argmax", r"\operatorname*{arg\,max}"),
    ("argmin", r"\operatorname*{arg\,min}"),
    ("bm", r"\boldsymbol{#1}"),
    ("mathds", r"\mathbb{#1}"),
    ("mathbbm", r"\mathbb{#1}"),
    ("mathscr", r"\mathcal{#1}"),
    ("operatorname*", r"\mathop{#1}"),
    ("lbrack", "["),
    ("rbrack", "]"),
    ("degree", r"{}^\circ"),
    ("mod", r"\quad\operatorname{mod}\,"),
    ("pod", r"\quad(#1)"),
    ("ensuremath", "{#1}"),
    ("textnormal", r"\text{#1}"),
    ("textup", r"\text{#1}"),
    ("mbox", r"\text{#1}"),
    ("hbox", r"\text{#1}"),
    ("fbox", r"\boxed{\text{#1}}"),
    ("dddot", r"\overset{\ldots}{#1}"),
    ("mspace", r"\mkern#1"),
    ("mathrlap", "{#1}"),
    ("mathllap", "{#1}"),
    ("mathclap", "{#1}"),
    ("smash", "{#1}"),
    ("idotsint", r"\int\cdots\int"),
    ("intertext", r"\text{#1} \\"),
    ("shortintertext", r"\text{#1} \\"),
    ("prescript", "{}^{#1}_{#2}{#3}"),
    ("utilde", r"\underset{\sim}{#1}"),
    ("bra", r"\left\langle #1 \right|"),
    ("ket", r"\left| #1 \right\rangle"),
    ("braket", r"\left\langle #1 \right\rangle"),
    ("abs", r"\left| #1 \right|"),
    ("norm", r"\left\| #1 \right\|"),
    ("dv", r"\frac{\mathrm{d} #1}{\mathrm{d} #2}"),
    ("pdv", r"\frac{\partial #1}{\partial #2}"),
    ("AA", r"\text{Å}"),
];

/// Commands that the reader does not know, as a sign before what they take: the writer knows it.
const SIGNS: &[(&str, char)] = &[
    ("cancel", signs::CANCEL),
    ("bcancel", signs::BCANCEL),
    ("xcancel", signs::XCANCEL),
    ("boxed", signs::BOXED),
    ("phantom", signs::PHANTOM),
    ("hphantom", signs::HPHANTOM),
    ("vphantom", signs::VPHANTOM),
];

/// What a command stands for, with `#1` and so on in the place of what it takes.
pub(super) fn usual(name: &str) -> Option<Cow<'static, str>> {
    let signed = || SIGNS.iter().find(|(known, _)| *known == name).map(|(_, sign)| format!("{{{sign}{{#1}}}}").into());
    USUAL.iter().find(|(known, _)| *known == name).map(|(_, meaning)| (*meaning).into()).or_else(signed)
}
