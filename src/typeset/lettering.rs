//! The text of a page for people to select, search and copy on a screen, where its drawing is a picture.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;

use super::Set;

/// Text on one baseline, as it is drawn from the left to the right.
#[derive(Debug, Clone, PartialEq)]
pub struct Lettering {
    /// Where its baseline begins: points from the left and the upper edge of the trimmed page.
    pub at: [f64; 2],
    /// Its length in points.
    pub width: f64,
    /// Size of its first letters in points.
    pub size: f64,
    /// What it says, in reading order.
    pub text: String,
}

/// How far baselines may lie apart to be one, in multiples of the letters' size.
const LEVEL: f64 = 0.05;

/// How far text on one baseline may stand apart to be one line; what stands farther is in another column or cell.
const APART: f64 = 1.6;

/// How far words stand apart where no space is written.
const SPACE: f64 = 0.2;

impl Set {
    /// The text of a page (from 1), in reading order; `None` when there is no such page. Turned text is left out.
    pub fn lettering(&self, page: usize) -> Option<Vec<Lettering>> {
        let page = self.document.pages().get(page.checked_sub(1)?)?;
        let mut lines = Vec::new();
        frame(&page.frame, Transform::identity(), &mut lines);
        lines.retain(|line| !line.text.trim().is_empty());
        Some(lines)
    }
}

fn frame(frame_: &Frame, transform: Transform, lines: &mut Vec<Lettering>) {
    for (at, item) in frame_.items() {
        match item {
            FrameItem::Group(group) => {
                let step = Transform::translate(at.x, at.y).pre_concat(group.transform);
                frame(&group.frame, transform.pre_concat(step), lines);
            }
            FrameItem::Text(text) => letters(text, *at, transform, lines),
            _ => {}
        }
    }
}

fn letters(text: &TextItem, at: Point, transform: Transform, lines: &mut Vec<Lettering>) {
    let turned = Transform { tx: Abs::zero(), ty: Abs::zero(), ..transform } != Transform::identity();
    if turned {
        return;
    }
    let at = at.transform(transform);
    let [x, y, width, size] = [at.x, at.y, text.width(), text.size].map(Abs::to_pt);
    if let Some(line) = lines.last_mut()
        && (line.at[1] - y).abs() <= LEVEL * size
    {
        let gap = x - line.at[0] - line.width;
        if (-0.5 * size..APART * size).contains(&gap) {
            let ends = |last: Option<char>| last.is_none_or(char::is_whitespace);
            if gap > SPACE * size && !ends(line.text.chars().last()) && !ends(text.text.chars().next()) {
                line.text.push(' ');
            }
            line.text.push_str(&text.text);
            line.width = x + width - line.at[0];
            return;
        }
    }
    lines.push(Lettering { at: [x, y], width, size, text: text.text.to_string() });
}
