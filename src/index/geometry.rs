//! The geometries of a layer, end to end in flat arrays.
//!
//! A row owns a run of *parts*: points, lines, and rings, an exterior before its holes. A part owns
//! a run of vertices. Two arrays of numbers say where each run begins; nothing is allocated per
//! feature. A ring's closing vertex is not kept.

use geo_types::{Coord, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::column::Bits;
pub use crate::geom::PartKind;
use crate::geom::{BBox, Geometry, Run, cast, mercator};

/// A run of vertices.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// What it is.
    pub kind: PartKind,
    /// Its vertices, degrees.
    pub coords: &'a [Coord<f64>],
    /// The same vertices on the world's grid of 2³² × 2³², x east, y south, as in tiles: 9 mm at the
    /// equator, fine enough for tiles of every zoom up to 20, too coarse for areas.
    pub grid: &'a [[u32; 2]],
}

impl<'a> Part<'a> {
    /// The same vertices as what is computed with them takes them.
    pub const fn run(&self) -> Run<'a> {
        Run {
            kind: self.kind,
            coords: self.coords,
        }
    }

    /// Its edges, degrees: between neighbours, and from last to first in a ring.
    pub fn edges(&self) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> {
        let closing = match (self.kind.is_ring(), self.coords.first(), self.coords.last()) {
            (true, Some(&first), Some(&last)) => Some((last, first)),
            _ => None,
        };
        self.coords
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
            .chain(closing)
    }
}

/// A point on the world's grid of 2³² × 2³². What lies beyond the square world is at its edge.
pub(super) fn grid(lon: f64, lat: f64) -> [u32; 2] {
    let (x, y) = mercator::fraction(lon, lat);
    [cast::f64_to_u32(x * GRID), cast::f64_to_u32(y * GRID)]
}

/// How many steps of the grid the world is wide: 2³².
const GRID: f64 = 4_294_967_296.0;

/// The geometries of all rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Geometries {
    /// Where each row's parts begin, and one more.
    rows: Box<[u32]>,
    /// Where each part's vertices begin, and one more.
    parts: Box<[u32]>,
    kinds: Box<[PartKind]>,
    coords: Box<[Coord<f64>]>,
    grid: Box<[[u32; 2]]>,
    /// Whether a row of one part was drawn as a multi-geometry.
    multi: Bits,
}

impl Geometries {
    pub(super) fn of<'a>(rows: impl Iterator<Item = Option<&'a Geometry>>) -> Self {
        let mut packing = Packing::default();
        let mut starts = vec![0];
        let mut multi = Vec::new();
        for geometry in rows {
            if let Some(geometry) = geometry {
                packing.add(geometry);
            }
            starts.push(cast::usize_to_u32(packing.kinds.len()));
            multi.push(matches!(
                geometry,
                Some(
                    Geometry::MultiPoint(_)
                        | Geometry::MultiLineString(_)
                        | Geometry::MultiPolygon(_)
                )
            ));
        }
        packing.parts.push(cast::usize_to_u32(packing.coords.len()));
        Self {
            rows: starts.into(),
            parts: packing.parts.into(),
            kinds: packing.kinds.into(),
            grid: packing.coords.iter().map(|c| grid(c.x, c.y)).collect(),
            coords: packing.coords.into(),
            multi: Bits::of(multi.into_iter()),
        }
    }

    /// The parts of a row.
    pub(super) fn parts(&self, row: usize) -> impl Iterator<Item = Part<'_>> {
        let run = match (self.rows.get(row), self.rows.get(row + 1)) {
            (Some(&begin), Some(&end)) => begin as usize..end as usize,
            _ => 0..0,
        };
        run.map(|part| {
            let vertices = self.parts[part] as usize..self.parts[part + 1] as usize;
            Part {
                kind: self.kinds[part],
                coords: &self.coords[vertices.clone()],
                grid: &self.grid[vertices],
            }
        })
    }

    /// The box of a row.
    pub(super) fn bbox(&self, row: usize) -> Option<BBox> {
        self.parts(row)
            .flat_map(|part| part.coords)
            .map(|c| BBox {
                west: c.x,
                south: c.y,
                east: c.x,
                north: c.y,
            })
            .reduce(|a, b| a.union(&b))
    }

    /// Whether a row of one part was drawn as a multi-geometry.
    pub(super) fn is_multi(&self, row: usize) -> bool {
        self.multi.get(row)
    }

    /// A row's geometry as it was given, less empty parts.
    pub(super) fn geometry(&self, row: usize) -> Option<Geometry> {
        let (mut points, mut lines) = (Vec::new(), Vec::new());
        let mut polygons: Vec<Polygon<f64>> = Vec::new();
        for part in self.parts(row) {
            let line = || LineString::new(part.coords.to_vec());
            match part.kind {
                PartKind::Point => points.extend(part.coords.iter().map(|&c| Point(c))),
                PartKind::Line => lines.push(line()),
                PartKind::Exterior => polygons.push(Polygon::new(line(), Vec::new())),
                PartKind::Hole => {
                    if let Some(polygon) = polygons.last_mut() {
                        polygon.interiors_push(line());
                    }
                }
            }
        }
        let multi = self.is_multi(row);
        let several = [
            gather(points, multi, Geometry::Point, |all| {
                Geometry::MultiPoint(MultiPoint(all))
            }),
            gather(lines, multi, Geometry::LineString, |all| {
                Geometry::MultiLineString(MultiLineString(all))
            }),
            gather(polygons, multi, Geometry::Polygon, |all| {
                Geometry::MultiPolygon(MultiPolygon(all))
            }),
        ];
        let mut several: Vec<Geometry> = several.into_iter().flatten().collect();
        if several.len() > 1 {
            Some(Geometry::GeometryCollection(several.into()))
        } else {
            several.pop()
        }
    }

    pub(super) fn vertices(&self) -> usize {
        self.coords.len()
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.rows)
            + size_of_val(&*self.parts)
            + size_of_val(&*self.kinds)
            + size_of_val(&*self.coords)
            + size_of_val(&*self.grid)
            + self.multi.bytes()
    }
}

/// One thing as itself, several as a multi-geometry, none as nothing.
fn gather<T>(
    mut all: Vec<T>,
    multi: bool,
    one: fn(T) -> Geometry,
    many: fn(Vec<T>) -> Geometry,
) -> Option<Geometry> {
    if multi || all.len() > 1 {
        (!all.is_empty()).then(|| many(all))
    } else {
        all.pop().map(one)
    }
}

/// The arrays as they grow.
#[derive(Default)]
struct Packing {
    parts: Vec<u32>,
    kinds: Vec<PartKind>,
    coords: Vec<Coord<f64>>,
}

impl Packing {
    fn add(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Point(p) => self.part(PartKind::Point, &[p.0]),
            Geometry::MultiPoint(points) => {
                points
                    .iter()
                    .for_each(|p| self.part(PartKind::Point, &[p.0]));
            }
            Geometry::Line(line) => self.part(PartKind::Line, &[line.start, line.end]),
            Geometry::LineString(line) => self.part(PartKind::Line, &line.0),
            Geometry::MultiLineString(lines) => {
                lines
                    .iter()
                    .for_each(|line| self.part(PartKind::Line, &line.0));
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
        self.part(PartKind::Exterior, &polygon.exterior().0);
        for hole in polygon.interiors() {
            self.part(PartKind::Hole, &hole.0);
        }
    }

    fn part(&mut self, kind: PartKind, coords: &[Coord<f64>]) {
        let open = match coords {
            [first, rest @ .., last] if kind.is_ring() && first == last => &coords[..=rest.len()],
            _ => coords,
        };
        if !open.is_empty() {
            self.parts.push(cast::usize_to_u32(self.coords.len()));
            self.kinds.push(kind);
            self.coords.extend_from_slice(open);
        }
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, point, polygon};

    use super::*;

    fn kept(geometry: &Geometry) -> Option<Geometry> {
        Geometries::of(std::iter::once(Some(geometry))).geometry(0)
    }

    #[test]
    fn every_kind_of_geometry_comes_back_as_it_was() {
        let ring = polygon!(
            exterior: [(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.)],
            interiors: [[(x: 2., y: 1.), (x: 3., y: 1.), (x: 3., y: 2.)]],
        );
        let line = line_string![(x: 1., y: 1.), (x: 2., y: 2.), (x: 1., y: 1.)];
        for geometry in [
            Geometry::Point(point!(x: 1., y: 2.)),
            Geometry::MultiPoint(vec![(1., 2.)].into()),
            Geometry::MultiPoint(vec![(1., 2.), (3., 4.)].into()),
            Geometry::LineString(line.clone()),
            Geometry::MultiLineString(MultiLineString(vec![line.clone()])),
            Geometry::Polygon(ring.clone()),
            Geometry::MultiPolygon(MultiPolygon(vec![ring.clone(), ring.clone()])),
            Geometry::GeometryCollection(vec![Geometry::LineString(line), ring.into()].into()),
        ] {
            assert_eq!(kept(&geometry), Some(geometry));
        }
    }

    #[test]
    fn what_is_empty_is_nothing() {
        assert_eq!(
            kept(&Geometry::MultiPolygon(MultiPolygon(Vec::new()))),
            None
        );
        let packed =
            Geometries::of([None, Some(&Geometry::Point(point!(x: 1., y: 2.)))].into_iter());
        assert_eq!(packed.geometry(0), None);
        assert_eq!(packed.bbox(0), None);
        assert!(packed.geometry(1).is_some());
    }
}
