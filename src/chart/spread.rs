//! Labels along an edge: each as near to its mark as those beside it let it be.

/// Where labels of some heights begin, from the top down, so that none meets another and each is near the middle that it is wanted at.
/// They stay between `top` and `bottom` if there is room for all, else they go on below. The labels come in any order.
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut starts = vec![top; wanted.len()];
    let mut free = top;
    for at in &order {
        starts[*at] = (wanted[*at] - heights[*at] / 2.0).max(free);
        free = starts[*at] + heights[*at];
    }
    let mut limit = bottom;
    for at in order.iter().rev() {
        if starts[*at] + heights[*at] > limit {
            starts[*at] = limit - heights[*at];
        }
        limit = starts[*at];
    }
    let over = top - order.first().map_or(top, |first| starts[*first]);
    if over > 0.0 {
        let mut free = top;
        for at in &order {
            starts[*at] = starts[*at].max(free);
            free = starts[*at] + heights[*at];
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_stay_apart_and_near() {
        assert_eq!(spread(&[5.0, 1.0], &[1.0, 1.0], 0.0, 10.0), [4.5, 0.5]);
        assert_eq!(spread(&[5.0, 5.0], &[1.0, 1.0], 0.0, 10.0), [4.5, 5.5]);
        assert_eq!(spread(&[9.9, 9.9], &[1.0, 1.0], 0.0, 10.0), [8.0, 9.0]);
        assert_eq!(spread(&[0.0, 0.0, 0.0], &[1.0; 3], 0.0, 2.0), [0.0, 1.0, 2.0]);
    }
}
