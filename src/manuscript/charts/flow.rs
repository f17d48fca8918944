//! Diagrams of boxes and arrows: `nodes` names the boxes, `edges` says what leads where.

use super::keys;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::manuscript::data::DataBlock;
use crate::manuscript::typed;
use crate::manuscript::yaml::{Fields, Kind, Node};
use crate::model::{Chart, ChartKind, Datum, Link, Spanned};

/// The most boxes of a diagram, and the most arrows.
const MAX_NODES: usize = 60;
const MAX_EDGES: usize = 120;

/// Reads a diagram.
pub(in crate::manuscript) fn flow(block: DataBlock<'_>, sink: &mut Vec<Diagnostic>) -> Option<Chart> {
    block.read(sink, |node, sink| {
        let mut fields = Fields::open(node, msg!("a diagram"), sink)?;
        let mut chart = Chart { kind: ChartKind::Flow, ..Chart::default() };
        keys::heads(&mut chart, &mut fields, sink);
        let ways = [("down", false), ("right", true)];
        chart.look.across = keys::one_of(&mut fields, "direction", &ways, sink).unwrap_or_default();
        let lights = fields.take("highlight").map(|entry| keys::texts(entry.node, sink)).unwrap_or_default();
        let nodes = fields.take("nodes").map(|entry| names(entry.node, sink)).unwrap_or_default();
        let edges = fields.take("edges").map(|entry| entry.node.list(typed("edges"), sink)).unwrap_or_default();
        fields.finish(&msg!("a diagram"), sink);
        let mut made = Made { named: !nodes.is_empty(), nodes, links: Vec::new() };
        for edge in edges {
            made.edge(edge, sink);
        }
        if made.nodes.is_empty() || made.links.is_empty() {
            let hint = msg!("add `edges:` with lines such as `- first -> second`");
            let found = Diagnostic::error(codes::DATA_BLOCK, msg!("this diagram has no arrows"));
            sink.push(found.at(block.span).hint(hint));
            return None;
        }
        if made.nodes.len() > MAX_NODES || made.links.len() > MAX_EDGES {
            let message = msg!(
                "this diagram has more than {nodes} boxes or {edges} arrows",
                nodes = MAX_NODES,
                edges = MAX_EDGES
            );
            let hint = msg!("split it into several diagrams");
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(block.span).hint(hint));
            return None;
        }
        let lit = |name: &String| made.nodes.iter().find(|(key, _)| key == name).map(|(_, label)| label.clone());
        chart.look.highlight = lights.iter().filter_map(lit).collect();
        chart.links = made.links;
        let datum = |(_, label): (String, String)| Datum { label, ..Datum::default() };
        chart.data = made.nodes.into_iter().map(datum).collect();
        Some(chart)
    })
}

/// The boxes, by the names that arrows call them by.
fn names(node: Node, sink: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let Kind::Map(entries) = node.kind else {
        let message = msg!("`nodes` must be names with what stands in their boxes");
        let hint = msg!("write lines such as `first: What it is called`");
        sink.push(
            node.slip().unwrap_or_else(|| Diagnostic::error(codes::DATA_BLOCK, message).at(node.span).hint(hint)),
        );
        return Vec::new();
    };
    let entry = |(name, _, node): (String, _, Node)| Some((name, node.text(typed("nodes"), sink)?.value));
    entries.into_iter().filter_map(entry).collect()
}

/// What a diagram is made of.
struct Made {
    nodes: Vec<(String, String)>,
    /// Whether the boxes have names: else each is called what stands in it.
    named: bool,
    links: Vec<Link>,
}

impl Made {
    /// An arrow, or a chain of them: `a -> b -> c`, or `a -> b: what it says`.
    fn edge(&mut self, node: Node, sink: &mut Vec<Diagnostic>) {
        let span = node.span;
        let (chain, label) = match node.kind {
            Kind::Map(mut entries) if entries.len() == 1 => {
                let (chain, _, said) = entries.remove(0);
                (chain, said.text(typed("edges"), sink).map(|said| said.value))
            }
            Kind::Scalar(chain) => (chain, None),
            _ => (String::new(), None),
        };
        let names: Vec<&str> = chain.split("->").flat_map(|part| part.split('→')).map(str::trim).collect();
        if names.len() < 2 || names.iter().any(|name| name.is_empty()) {
            let message = msg!("an arrow leads from one box to another");
            let hint = msg!("write it as `{form}`", form = "first -> second");
            return sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(span).hint(hint));
        }
        let places: Vec<Option<usize>> =
            names.iter().map(|name| self.place(&Spanned { value: (*name).to_owned(), span }, sink)).collect();
        for pair in places.windows(2) {
            if let [Some(from), Some(to)] = *pair {
                self.links.push(Link { from, to, label: label.clone() });
            }
        }
    }

    fn place(&mut self, name: &Spanned<String>, sink: &mut Vec<Diagnostic>) -> Option<usize> {
        let known = self.nodes.iter().position(|(key, _)| *key == name.value);
        if known.is_some() || !self.named {
            return known.or_else(|| {
                self.nodes.push((name.value.clone(), name.value.clone()));
                Some(self.nodes.len() - 1)
            });
        }
        let message = msg!("no box is called `{name}`", name = &name.value);
        let hint = match nearest(&name.value, self.nodes.iter().map(|(key, _)| key.as_str())) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("add it to `nodes`"),
        };
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(name.span).hint(hint));
        None
    }
}
