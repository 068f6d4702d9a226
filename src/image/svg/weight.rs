//! How much a browser has to draw: a part of a drawing may be used by others, those by others again, and a few lines could keep a
//! phone busy for years.

use std::collections::BTreeMap;

/// The most shapes that a browser is to draw.
const MAX_SHAPES: u64 = 1_000_000;

/// How deep parts may stand in each other, those that are used counted where they are used.
const MAX_DEPTH: usize = 200;

/// An element of a drawing.
#[derive(Debug, Default)]
pub struct Node {
    pub kind: String,
    pub id: Option<String>,
    /// The ids of others that it uses.
    pub references: Vec<String>,
    /// The elements right within it, by their numbers.
    pub children: Vec<usize>,
    /// Where its tag begins.
    pub at: usize,
    /// The length of what says where its line goes.
    pub line: usize,
}

/// What is wrong with how the parts use each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heavy {
    /// An element, by its number, is used within itself.
    Circle(usize),
    Deep,
    Many,
}

/// Checks how much is drawn of elements of which the first is around all others.
pub fn check(nodes: &[Node]) -> Result<(), Heavy> {
    let mut by_id = BTreeMap::new();
    for (number, node) in nodes.iter().enumerate() {
        if let Some(id) = &node.id {
            by_id.entry(id.as_str()).or_insert(number);
        }
    }
    let has_markers = nodes.iter().any(|node| node.kind == "marker");
    let mut scale = Scale { nodes, by_id, has_markers, known: vec![State::New; nodes.len()] };
    let weight = scale.weigh(0, 0)?;
    if weight.shapes > MAX_SHAPES { Err(Heavy::Many) } else { Ok(()) }
}

#[derive(Debug, Clone, Copy)]
struct Weight {
    shapes: u64,
    depth: usize,
}

#[derive(Debug, Clone, Copy)]
enum State {
    New,
    Weighed(Weight),
    Open,
}

struct Scale<'a> {
    nodes: &'a [Node],
    by_id: BTreeMap<&'a str, usize>,
    has_markers: bool,
    known: Vec<State>,
}

impl Scale<'_> {
    fn weigh(&mut self, number: usize, above: usize) -> Result<Weight, Heavy> {
        match self.known[number] {
            State::Weighed(weight) => return Ok(weight),
            State::Open => return Err(Heavy::Circle(number)),
            State::New if above > MAX_DEPTH => return Err(Heavy::Deep),
            State::New => self.known[number] = State::Open,
        }
        let node = &self.nodes[number];
        // A marker may be drawn at each point of a line, and a point takes two letters.
        let points = if self.has_markers { node.line / 2 } else { 0 };
        let mut weight = Weight { shapes: 1 + points as u64, depth: 0 };
        for child in &node.children {
            let own = self.weigh(*child, above + 1)?;
            weight.shapes = weight.shapes.saturating_add(own.shapes);
            weight.depth = weight.depth.max(own.depth);
        }
        for id in &node.references {
            let Some(&used) = self.by_id.get(id.as_str()) else { continue };
            let own = self.weigh(used, above + 1)?;
            weight.shapes = match self.nodes[used].kind.as_str() {
                // Drawn anew for everything within.
                "marker" | "pattern" => weight.shapes.saturating_mul(own.shapes.saturating_add(1)),
                _ => weight.shapes.saturating_add(own.shapes),
            };
            weight.depth = weight.depth.max(own.depth);
        }
        weight.depth += 1;
        if weight.depth > MAX_DEPTH {
            return Err(Heavy::Deep);
        }
        self.known[number] = State::Weighed(weight);
        Ok(weight)
    }
}
