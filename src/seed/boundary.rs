//! The district's real boundary: the one input of the generator.

use super::arrangement::{Edges, Mark, Node, add_ring, ring_edges, within};
use super::place::node;
use crate::geom::gcj02;
use crate::say;
use crate::text::{Key, Problem};

/// The boundary as its source ships it: GCJ-02, whatever the file claims.
pub(super) const FILE: &str = include_str!("../../seeds/base/district-boundary.geojson");

/// The district's territory.
#[derive(Debug, Clone)]
pub(super) struct Boundary {
    /// The outer ring of each part on the grid, turning left, its first vertex not repeated.
    pub(super) parts: Vec<Vec<Node>>,
}

impl Boundary {
    /// The boundary without the GCJ-02 shift, on the grid.
    pub(super) fn read() -> Result<Self, Problem> {
        let broken = || Problem::new(say!(Key::SeedBoundaryBroken));
        let file: serde_json::Value = serde_json::from_str(FILE)
            .map_err(|cause| Problem::because(say!(Key::SeedBoundaryBroken), cause))?;
        let polygons = file
            .pointer("/features/0/geometry/coordinates")
            .and_then(|c| c.as_array())
            .ok_or_else(broken)?;
        let mut parts = Vec::new();
        for polygon in polygons {
            let positions = polygon
                .pointer("/0")
                .and_then(|r| r.as_array())
                .ok_or_else(broken)?;
            let mut ring = Vec::new();
            for position in positions {
                let number = |i: usize| position.get(i).and_then(serde_json::Value::as_f64);
                let (lon, lat) = number(0).zip(number(1)).ok_or_else(broken)?;
                let (lon, lat) = gcj02::to_wgs84(lon, lat);
                ring.push(node(lon, lat));
            }
            ring.pop();
            ring.dedup();
            if super::arrangement::area_x2(&ring) < 0 {
                ring.reverse();
            }
            parts.push(ring);
        }
        Ok(Self { parts })
    }

    /// Adds it to the lines of an arrangement.
    pub(super) fn add_to(&self, edges: &mut Edges) {
        for ring in &self.parts {
            add_ring(edges, ring, Mark::Boundary);
        }
    }

    /// Whether a vertex lies in the district.
    pub(super) fn holds(&self, at: Node) -> bool {
        self.parts
            .iter()
            .any(|ring| within(ring_edges(ring), (2 * at.0, 2 * at.1)))
    }
}
