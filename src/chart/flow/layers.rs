//! Rows in layers, in an order in which few arrows cross.

/// How often the order is looked over.
const SWEEPS: usize = 8;

/// Where an arrow passes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop {
    /// The row, or a number after those of the rows.
    pub(super) at: usize,
    /// Whether the arrow was turned about, so that the layers have an order.
    pub(super) back: bool,
}

/// Rows in layers.
#[derive(Debug)]
pub(super) struct Layers {
    /// What stands in each layer, in its order.
    pub(super) layers: Vec<Vec<usize>>,
    /// The stops of each arrow, from layer to layer.
    pub(super) routes: Vec<Vec<Stop>>,
    /// How many stops there are, rows among them.
    pub(super) stops: usize,
}

impl Layers {
    pub(super) fn new(rows: usize, links: &[(usize, usize)]) -> Self {
        let back = turned(rows, links);
        let ahead: Vec<(usize, usize)> =
            links.iter().zip(&back).map(|((a, b), back)| if *back { (*b, *a) } else { (*a, *b) }).collect();
        let ranks = ranks(rows, &ahead);
        let mut layers: Vec<Vec<usize>> = vec![Vec::new(); ranks.iter().max().map_or(1, |most| most + 1)];
        for (row, rank) in ranks.iter().enumerate() {
            layers[*rank].push(row);
        }
        let mut stops = rows;
        let mut routes = Vec::new();
        for ((from, to), back) in ahead.iter().zip(back) {
            let mut route = vec![Stop { at: *from, back }];
            for layer in layers.iter_mut().take(ranks[*to]).skip(ranks[*from] + 1) {
                layer.push(stops);
                route.push(Stop { at: stops, back });
                stops += 1;
            }
            route.push(Stop { at: *to, back });
            routes.push(route);
        }
        let mut made = Self { layers, routes, stops };
        made.order();
        made
    }

    /// Puts each stop near those that it is joined to, and keeps the order with the fewest crossings.
    fn order(&mut self) {
        let pairs: Vec<(usize, usize)> =
            self.routes.iter().flat_map(|route| route.windows(2).map(|pair| (pair[0].at, pair[1].at))).collect();
        let mut best = (self.crossings(&pairs), self.layers.clone());
        for sweep in 0..SWEEPS {
            let forward = sweep % 2 == 0;
            let order: Vec<usize> = if forward {
                (1..self.layers.len()).collect()
            } else {
                (0..self.layers.len().saturating_sub(1)).rev().collect()
            };
            for at in order {
                let beside = if forward { at - 1 } else { at + 1 };
                let place = self.places(beside);
                let mean = |stop: usize| {
                    let near: Vec<f64> = pairs
                        .iter()
                        .filter_map(
                            |(a, b)| if forward { (*b == stop).then_some(*a) } else { (*a == stop).then_some(*b) },
                        )
                        .filter_map(|other| place[other])
                        .collect();
                    let n = crate::chart::pen::count(near.len());
                    (n > 0.0).then(|| near.iter().sum::<f64>() / n)
                };
                let size = crate::chart::pen::count(self.layers[at].len());
                let mut keyed: Vec<(f64, usize)> = self.layers[at]
                    .iter()
                    .enumerate()
                    .map(|(now, stop)| (mean(*stop).unwrap_or((crate::chart::pen::count(now) + 0.5) / size), *stop))
                    .collect();
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                self.layers[at] = keyed.into_iter().map(|(_, stop)| stop).collect();
            }
            let crossings = self.crossings(&pairs);
            if crossings < best.0 {
                best = (crossings, self.layers.clone());
            }
        }
        self.layers = best.1;
    }

    /// Where the stops of a layer stand, from 0 to 1.
    fn places(&self, layer: usize) -> Vec<Option<f64>> {
        let mut places = vec![None; self.stops];
        let size = crate::chart::pen::count(self.layers[layer].len());
        for (at, stop) in self.layers[layer].iter().enumerate() {
            places[*stop] = Some((crate::chart::pen::count(at) + 0.5) / size);
        }
        places
    }

    fn crossings(&self, pairs: &[(usize, usize)]) -> usize {
        let mut place = vec![(0, 0); self.stops];
        for (layer, stops) in self.layers.iter().enumerate() {
            for (at, stop) in stops.iter().enumerate() {
                place[*stop] = (layer, at);
            }
        }
        let crossed = |(a, b): &(usize, usize), (c, d): &(usize, usize)| {
            place[*a].0 == place[*c].0 && (place[*a].1 < place[*c].1) != (place[*b].1 < place[*d].1) && a != c && b != d
        };
        pairs
            .iter()
            .enumerate()
            .map(|(at, one)| pairs[at + 1..].iter().filter(|other| crossed(one, other)).count())
            .sum()
    }
}

/// Which arrows lead back to what leads to them.
fn turned(rows: usize, links: &[(usize, usize)]) -> Vec<bool> {
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut back = Vec::new();
    for (from, to) in links {
        let closes = from == to || reaches(rows, &kept, *to, *from);
        if !closes {
            kept.push((*from, *to));
        }
        back.push(closes);
    }
    back
}

/// Whether arrows lead from one row to another.
fn reaches(rows: usize, links: &[(usize, usize)], from: usize, to: usize) -> bool {
    let mut seen = vec![false; rows];
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            next.extend(links.iter().filter(|(a, _)| *a == at).map(|(_, b)| *b));
        }
    }
    false
}

/// The layer of each row: after all that lead to it.
fn ranks(rows: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut ranks = vec![0; rows];
    for _ in 0..rows {
        let mut moved = false;
        for (from, to) in links.iter().filter(|(from, to)| from != to) {
            if ranks[*to] <= ranks[*from] {
                ranks[*to] = ranks[*from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    // What nothing leads to stands right before what it leads to.
    for row in (0..rows).filter(|row| !links.iter().any(|(from, to)| to == row && from != to)) {
        let after = links.iter().filter(|(from, to)| *from == row && from != to).map(|(_, to)| ranks[*to]).min();
        ranks[row] = after.map_or(ranks[row], |after| after - 1);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::Layers;

    #[test]
    fn what_leads_to_something_stands_before_it() {
        let made = Layers::new(5, &[(0, 2), (1, 2), (2, 3), (0, 3), (3, 0)]);
        assert_eq!(made.layers.len(), 3);
        assert!(made.layers[0].starts_with(&[0, 1]) || made.layers[0].contains(&1));
        assert_eq!(made.routes[3].len(), 3, "a long arrow passes the layer between");
        assert!(made.routes[4][0].back && !made.routes[0][0].back);
    }

    #[test]
    fn arrows_that_need_not_cross_do_not() {
        let made = Layers::new(6, &[(0, 5), (1, 4), (2, 3)]);
        let pairs = [(0, 5), (1, 4), (2, 3)];
        assert_eq!(made.crossings(&pairs), 0);
    }
}
