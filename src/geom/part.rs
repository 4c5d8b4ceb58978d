//! What geometries are made of: runs of vertices. The index keeps them packed, and what computes
//! with geometries takes them as they lie there, without unpacking.

use geo_types::{Coord, LineString, Polygon};

use super::{BBox, Geometry, geodesic};

/// What a run of vertices is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// One vertex.
    Point,
    /// A line from the first vertex to the last.
    Line,
    /// The outline of a polygon; the last vertex joins the first.
    Exterior,
    /// A hole of the polygon before it; the last vertex joins the first.
    Hole,
}

impl PartKind {
    /// Whether the last vertex joins the first.
    pub const fn is_ring(self) -> bool {
        matches!(self, Self::Exterior | Self::Hole)
    }
}

/// A run of vertices, degrees. A ring's closing vertex may stand there or not.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// What it is.
    pub kind: PartKind,
    /// Its vertices.
    pub coords: &'a [Coord<f64>],
}

impl Run<'_> {
    /// Its edges: between neighbours, and from last to first in a ring. A run of one vertex has one
    /// edge, which begins where it ends.
    pub fn edges(&self) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> {
        let ends = self
            .coords
            .first()
            .copied()
            .zip(self.coords.last().copied());
        let closing = ends.filter(|(first, last)| {
            self.coords.len() == 1 || (self.kind.is_ring() && first != last)
        });
        self.coords
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
            .chain(closing.map(|(first, last)| (last, first)))
    }
}

/// The runs of a geometry, on their own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts(Vec<(PartKind, Vec<Coord<f64>>)>);

impl Parts {
    /// The runs of a geometry: of each polygon the exterior, then its holes; empty ones are left out.
    pub fn of(geometry: &Geometry) -> Self {
        let mut parts = Self::default();
        parts.add(geometry);
        parts
    }

    /// Copies runs, all of them so many degrees farther east.
    pub fn moved<'a>(runs: impl Iterator<Item = Run<'a>>, east_deg: f64) -> Self {
        let east = |at: &Coord<f64>| Coord {
            x: at.x + east_deg,
            y: at.y,
        };
        Self(
            runs.map(|run| (run.kind, run.coords.iter().map(east).collect()))
                .collect(),
        )
    }

    /// The runs, in order.
    pub fn runs(&self) -> impl Iterator<Item = Run<'_>> + Clone {
        self.0.iter().map(|(kind, coords)| Run {
            kind: *kind,
            coords,
        })
    }

    /// Adds a run.
    pub(super) fn push(&mut self, kind: PartKind, coords: Vec<Coord<f64>>) {
        self.0.push((kind, coords));
    }

    /// The rings as lines that end where they begin.
    #[must_use]
    pub fn outlines(&self) -> Self {
        let rings = self.runs().filter(|run| run.kind.is_ring());
        let closed = rings.map(|run| {
            let mut coords = run.coords.to_vec();
            if run.coords.first() != run.coords.last() {
                coords.extend(run.coords.first());
            }
            (PartKind::Line, coords)
        });
        Self(closed.collect())
    }

    /// Their box; `None` where there is nothing.
    pub fn bbox(&self) -> Option<BBox> {
        let points = self.runs().flat_map(|run| run.coords);
        let boxes = points.map(|at| BBox {
            west: at.x,
            south: at.y,
            east: at.x,
            north: at.y,
        });
        boxes.reduce(|a, b| a.union(&b))
    }

    /// The area of the rings: exteriors less holes, square metres.
    pub fn area_m2(&self) -> f64 {
        let rings = self.runs().filter(|run| run.kind.is_ring());
        rings
            .map(|run| {
                let mut ring = LineString::from(run.coords.to_vec());
                ring.close();
                let area = geodesic::ring_area_m2(&ring).abs();
                if run.kind == PartKind::Hole {
                    -area
                } else {
                    area
                }
            })
            .sum()
    }

    fn add(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Point(p) => self.run(PartKind::Point, &[p.0]),
            Geometry::MultiPoint(points) => {
                points
                    .iter()
                    .for_each(|p| self.run(PartKind::Point, &[p.0]));
            }
            Geometry::Line(line) => self.run(PartKind::Line, &[line.start, line.end]),
            Geometry::LineString(line) => self.run(PartKind::Line, &line.0),
            Geometry::MultiLineString(lines) => {
                lines
                    .iter()
                    .for_each(|line| self.run(PartKind::Line, &line.0));
            }
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|p| self.polygon(p)),
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon()),
            Geometry::GeometryCollection(all) => all.iter().for_each(|g| self.add(g)),
        }
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) {
        if polygon.exterior().0.is_empty() {
            return;
        }
        self.run(PartKind::Exterior, &polygon.exterior().0);
        for hole in polygon.interiors() {
            self.run(PartKind::Hole, &hole.0);
        }
    }

    fn run(&mut self, kind: PartKind, coords: &[Coord<f64>]) {
        if !coords.is_empty() {
            self.0.push((kind, coords.to_vec()));
        }
    }
}
