//! Which headings begin chapters.

use super::document::{Block, BlockKind};

/// Raises headings so that those which begin chapters are of level 1; gives the level that they had. One that stands above them, as
/// that of a part, begins a chapter too.
///
/// `sections` are the texts as the source divides it, such as its files: the chapters are at the highest level that half of those
/// with a heading have.
pub(super) fn raise(sections: &mut [Vec<Block>]) -> u8 {
    let mut highest: Vec<u8> = sections.iter().filter_map(|blocks| blocks.iter().filter_map(level).min()).collect();
    highest.sort_unstable();
    let Some(&base) = highest.get(highest.len().saturating_sub(1) / 2) else { return 1 };
    for block in sections.iter_mut().flatten() {
        if let BlockKind::Heading(level, _) = &mut block.kind {
            *level = level.saturating_sub(base - 1).max(1);
        }
    }
    base
}

fn level(block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading(level, _) => Some(level.max(1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(levels: &[u8]) -> Vec<Block> {
        levels.iter().map(|&n| Block { at: String::new(), id: None, kind: BlockKind::Heading(n, Vec::new()) }).collect()
    }

    #[test]
    fn chapters_are_at_the_level_of_most_texts() {
        for (given, base, raised) in [
            (vec![of(&[1, 2]), of(&[1])], 1, vec![of(&[1, 2]), of(&[1])]),
            (vec![of(&[1]), of(&[2, 3]), of(&[2])], 2, vec![of(&[1]), of(&[1, 2]), of(&[1])]),
            (vec![of(&[]), of(&[3])], 3, vec![of(&[]), of(&[1])]),
            (vec![], 1, vec![]),
        ] {
            let mut sections = given;
            assert_eq!(raise(&mut sections), base);
            assert_eq!(sections, raised);
        }
    }
}
