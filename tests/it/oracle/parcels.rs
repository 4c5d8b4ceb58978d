//! Ten thousand parcels, the same every time: real ones, and shapes that are hard in some way.

use std::f64::consts::TAU;
use std::sync::Arc;

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use onemap::geom::{BBox, validity};
use onemap::index::Snapshot;

/// How many kinds there are, and how many parcels of each.
const KINDS: usize = 10;
const OF_EACH: usize = 1040;

/// Metres a degree of latitude; of longitude it is this times the cosine. Good enough for drawing.
const DEGREE_M: f64 = 111_000.0;

/// Parcels of every kind, a kind after the other.
pub(super) fn draw(layers: &[Arc<Snapshot>]) -> Vec<Geometry> {
    let mut drawer = Drawer {
        random: Random(20_261_123),
        layers,
        parcels: layer(layers, "parcels"),
        border: layer(layers, "district-boundary"),
    };
    let mut drawn = Vec::new();
    for kind in 0..KINDS {
        for _ in 0..OF_EACH {
            drawn.push(drawer.parcel(kind));
        }
    }
    drawn
}

fn layer<'a>(layers: &'a [Arc<Snapshot>], id: &str) -> &'a Snapshot {
    let found = layers.iter().find(|layer| layer.view().id.as_str() == id);
    found.unwrap()
}

struct Drawer<'a> {
    random: Random,
    layers: &'a [Arc<Snapshot>],
    parcels: &'a Snapshot,
    border: &'a Snapshot,
}

impl<'a> Drawer<'a> {
    /// A valid parcel of a kind.
    fn parcel(&mut self, kind: usize) -> Geometry {
        loop {
            let drawn = match kind {
                0 => self.real(),
                1 => Some(self.square()),
                2 => Some(self.corner()),
                3 => Some(self.strip()),
                4 => Some(self.parts()),
                5 => Some(self.holed()),
                6 => self.on_an_edge(),
                7 => self.on_a_point(),
                8 => Some(self.across_the_border()),
                _ => self.same_as_a_feature(),
            };
            if let Some(parcel) = drawn.map(Geometry::MultiPolygon)
                && validity::faults(&parcel).is_empty()
            {
                return parcel;
            }
        }
    }

    /// A parcel of the district as it is.
    fn real(&mut self) -> Option<MultiPolygon<f64>> {
        let row = self.random.below(self.parcels.len());
        polygons(self.parcels.geometry(row)?)
    }

    /// A square of 2 to 200 m, turned.
    fn square(&mut self) -> MultiPolygon<f64> {
        let (middle, side) = (self.anywhere(), self.random.between(2.0, 200.0));
        let outline = rectangle(side, side);
        self.turned(middle, &outline, &[]).into()
    }

    /// An L.
    fn corner(&mut self) -> MultiPolygon<f64> {
        let (long, wide) = (
            self.random.between(20.0, 300.0),
            self.random.between(5.0, 19.0),
        );
        let outline = [
            (0.0, 0.0),
            (long, 0.0),
            (long, wide),
            (wide, wide),
            (wide, long),
            (0.0, long),
        ];
        let middle = self.anywhere();
        self.turned(middle, &outline, &[]).into()
    }

    /// A strip of 0.2 to 3 m, up to 1.5 km long: a lane, a pipe, a ditch.
    fn strip(&mut self) -> MultiPolygon<f64> {
        let outline = rectangle(
            self.random.between(50.0, 1500.0),
            self.random.between(0.2, 3.0),
        );
        let middle = self.anywhere();
        self.turned(middle, &outline, &[]).into()
    }

    /// Two to four squares within some hundred metres: one parcel.
    fn parts(&mut self) -> MultiPolygon<f64> {
        let middle = self.anywhere();
        let parts = (0..2 + self.random.below(3)).map(|_| {
            let side = self.random.between(5.0, 80.0);
            let away = (
                self.random.between(-300.0, 300.0),
                self.random.between(-300.0, 300.0),
            );
            let outline = rectangle(side, side);
            self.turned(moved(middle, away), &outline, &[])
        });
        MultiPolygon::new(parts.collect())
    }

    /// A square of 100 to 800 m with a hole, and sometimes an island in it.
    fn holed(&mut self) -> MultiPolygon<f64> {
        let (middle, side) = (self.anywhere(), self.random.between(100.0, 800.0));
        let hole = rectangle(side * 0.7, side * 0.6);
        let angle = self.random.between(0.0, TAU);
        let mut all = vec![placed(middle, angle, &rectangle(side, side), &[&hole])];
        if self.random.below(2) == 0 {
            all.push(placed(
                middle,
                angle,
                &rectangle(side * 0.2, side * 0.2),
                &[],
            ));
        }
        MultiPolygon::new(all)
    }

    /// A parallelogram on an edge of a feature, whose ends are its own: outside, or inside.
    fn on_an_edge(&mut self) -> Option<MultiPolygon<f64>> {
        let (layer, row) = self.feature();
        let edges = edges(layer, row);
        if edges.is_empty() {
            return None;
        }
        let (a, b) = edges[self.random.below(edges.len())];
        let away = (
            self.random.between(5.0, 60.0),
            self.random.between(-60.0, -5.0),
        );
        let outline = [a, b, moved(b, away), moved(a, away), a];
        Some(Polygon::new(LineString::from(outline.to_vec()), Vec::new()).into())
    }

    /// A square with a feature's vertex, often a point of a layer of points, on its side, at its
    /// corner, or half a centimetre or two off it.
    fn on_a_point(&mut self) -> Option<MultiPolygon<f64>> {
        let (layer, row) = self.feature();
        let coords = vertices(layer, row);
        let at = *coords.get(self.random.below(coords.len().max(1)))?;
        let off = [0.0, 0.0, 0.005, 0.02][self.random.below(4)];
        let side = self.random.between(5.0, 60.0);
        let low = [0.0, -side / 2.0][self.random.below(2)];
        let outline = [
            (off, low),
            (side, low),
            (side, low + side),
            (off, low + side),
        ];
        Some(placed(at, 0.0, &outline, &[]).into())
    }

    /// A square of 20 m to 2 km about a vertex of the district's border.
    fn across_the_border(&mut self) -> MultiPolygon<f64> {
        let coords = vertices(self.border, 0);
        let at = coords[self.random.below(coords.len())];
        let away = (
            self.random.between(-150.0, 150.0),
            self.random.between(-150.0, 150.0),
        );
        let side = self.random.between(20.0, 400.0);
        let side = if self.random.below(20) == 0 {
            side * 5.0
        } else {
            side
        };
        let outline = rectangle(side, side);
        self.turned(moved(at, away), &outline, &[]).into()
    }

    /// The very polygon of a feature of any layer, or the same some millimetres or metres farther.
    fn same_as_a_feature(&mut self) -> Option<MultiPolygon<f64>> {
        let (layer, row) = self.feature();
        let same = polygons(layer.geometry(row)?)?;
        let vertices = same.0.iter().map(|polygon| polygon.exterior().0.len());
        if vertices.sum::<usize>() > 1000 {
            return None;
        }
        let away = [0.0, 0.0, 0.004, 0.03, 3.0][self.random.below(5)];
        if away == 0.0 {
            return Some(same);
        }
        Some(geo::MapCoords::map_coords(&same, |at| {
            moved(at, (away, -away))
        }))
    }

    /// A feature of a layer, any layer alike.
    fn feature(&mut self) -> (&'a Snapshot, usize) {
        let layer = &self.layers[self.random.below(self.layers.len())];
        (layer, self.random.below(layer.len()))
    }

    /// A place in the district or a little beyond.
    fn anywhere(&mut self) -> Coord<f64> {
        let BBox {
            west,
            south,
            east,
            north,
        } = self.border.bounds().unwrap();
        Coord {
            x: self.random.between(west - 0.01, east + 0.01),
            y: self.random.between(south - 0.01, north + 0.01),
        }
    }

    fn turned(
        &mut self,
        middle: Coord<f64>,
        outline: &[(f64, f64)],
        holes: &[&[(f64, f64)]],
    ) -> Polygon<f64> {
        let angle = self.random.between(0.0, TAU);
        placed(middle, angle, outline, holes)
    }
}

fn polygons(geometry: Geometry) -> Option<MultiPolygon<f64>> {
    match geometry {
        Geometry::Polygon(polygon) => Some(polygon.into()),
        Geometry::MultiPolygon(polygons) => Some(polygons),
        _ => None,
    }
}

fn vertices(layer: &Snapshot, row: usize) -> Vec<Coord<f64>> {
    let parts = layer.parts(row);
    parts.flat_map(|part| part.coords.to_vec()).collect()
}

fn edges(layer: &Snapshot, row: usize) -> Vec<(Coord<f64>, Coord<f64>)> {
    let parts = layer.parts(row);
    parts
        .flat_map(|part| part.edges().collect::<Vec<_>>())
        .collect()
}

/// The corners of a rectangle about the origin, metres.
fn rectangle(wide: f64, high: f64) -> [(f64, f64); 4] {
    let (x, y) = (wide / 2.0, high / 2.0);
    [(-x, -y), (x, -y), (x, y), (-x, y)]
}

/// A place so many metres east and north.
fn moved(from: Coord<f64>, (east, north): (f64, f64)) -> Coord<f64> {
    Coord {
        x: from.x + east / (DEGREE_M * from.y.to_radians().cos()),
        y: from.y + north / DEGREE_M,
    }
}

/// An outline in metres, turned, about a place.
fn placed(
    middle: Coord<f64>,
    angle: f64,
    outline: &[(f64, f64)],
    holes: &[&[(f64, f64)]],
) -> Polygon<f64> {
    let (sin, cos) = angle.sin_cos();
    let ring = |corners: &[(f64, f64)]| {
        let turned = |&(x, y): &(f64, f64)| moved(middle, (x * cos - y * sin, x * sin + y * cos));
        LineString::from(corners.iter().map(turned).collect::<Vec<_>>())
    };
    Polygon::new(ring(outline), holes.iter().map(|hole| ring(hole)).collect())
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 ≤ … < `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        let share = f64::from(u32::try_from(self.next() >> 32).unwrap()) / f64::from(u32::MAX);
        low + (high - low) * share
    }
}
