//! A layer's features in one tile.

use super::clip;
use super::crowd;
use super::edition::Edition;
use super::layer::{Shape, TileLayer};
use super::polygon;
use super::snap::{Spot, Window};
use crate::geom::{TileId, cast, mercator};
use crate::layer::PointRule;
use crate::query::{Filter, Part, PartKind, Snapshot};

/// A tile of one layer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tile {
    /// A Mapbox Vector Tile 2.1 that holds the layer. Several may be put end to end. Empty when the
    /// layer has nothing here.
    pub bytes: Vec<u8>,
    /// What went in, and what did not.
    pub counts: Counts,
}

/// What went into a tile, and what did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Features in it, clusters among them.
    pub features: u64,
    /// Vertices in it; a ring's first is counted once.
    pub vertices: u64,
    /// Polygons that rounding or cutting had made invalid, and that were put right.
    pub repaired: u64,
    /// Polygons left out because they have no area on the tile's grid.
    pub dropped_zero_area: u64,
    /// Lines left out because they have no length on the tile's grid.
    pub dropped_short: u64,
    /// Polygons left out because they could not be put right.
    pub dropped_broken: u64,
    /// Points that another of their cell stands for.
    pub thinned: u64,
    /// Points that clusters stand for.
    pub clustered: u64,
}

impl Counts {
    /// The sums of two counts.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            features: self.features + other.features,
            vertices: self.vertices + other.vertices,
            repaired: self.repaired + other.repaired,
            dropped_zero_area: self.dropped_zero_area + other.dropped_zero_area,
            dropped_short: self.dropped_short + other.dropped_short,
            dropped_broken: self.dropped_broken + other.dropped_broken,
            thinned: self.thinned + other.thinned,
            clustered: self.clustered + other.clustered,
        }
    }
}

/// The tile of a layer. Below the layer's first zoom it is empty. Beyond its last there is one all the
/// same: joined with a layer that goes on, it does not vanish from the map.
///
/// Features stand in the order of the snapshot's curve; each carries its id and, as tags, its values
/// that are not null, a limit of detection under `<name>_lod`, days and moments as text.
pub fn encode(snapshot: &Snapshot, tile: TileId) -> Tile {
    encode_edition(snapshot, tile, Edition::default())
}

/// The tile of a layer in an edition: cut of the features that the edition shows, so that clusters
/// and thinned points stand for those alone, and drawn in its degrees.
pub fn encode_edition(snapshot: &Snapshot, tile: TileId, edition: Edition) -> Tile {
    let view = snapshot.view();
    let filter = Filter::at(edition.when, view);
    let mut counts = Counts::default();
    if tile.z < view.minzoom {
        return Tile::default();
    }
    let window = Window::of(tile, edition.datum);
    let mut layer = TileLayer::new(snapshot);
    let rule = crowd::rule(snapshot, tile.z);
    let crowded = rule != PointRule::All;
    if crowded {
        crowd::add_points(snapshot, &window, rule, &filter, &mut layer, &mut counts);
    }
    for row in window.candidates(snapshot, 0) {
        if !filter.admits(snapshot, row) {
            continue;
        }
        if !crowded {
            let spots = points(snapshot, row, &window);
            if !spots.is_empty() {
                counts.vertices += cast::usize_to_u64(spots.len());
                layer.add_row(row, Shape::Points(&spots));
            }
        }
        add_lines(snapshot, row, &window, &mut layer, &mut counts);
        add_polygons(snapshot, row, &window, &mut layer, &mut counts);
    }
    counts.features = layer.features();
    Tile {
        bytes: layer.into_tile(),
        counts,
    }
}

/// The points of a row that the tile shows.
pub(super) fn points(snapshot: &Snapshot, row: usize, window: &Window) -> Vec<Spot> {
    map_points(snapshot, row)
        .flat_map(|part| window.snap(&part))
        .filter(|&spot| Window::shows(spot))
        .collect()
}

/// The points of a row that lie on the square world of the map.
pub(super) fn map_points(snapshot: &Snapshot, row: usize) -> impl Iterator<Item = Part<'_>> {
    // A tenth of a millimetre for the last digits of the latitude where the square world ends.
    const LAST_LAT: f64 = mercator::MAX_LAT + 1e-9;
    snapshot.parts(row).filter(|part| {
        part.kind == PartKind::Point && part.coords.iter().all(|c| c.y.abs() <= LAST_LAT)
    })
}

fn add_lines(
    snapshot: &Snapshot,
    row: usize,
    window: &Window,
    layer: &mut TileLayer<'_>,
    counts: &mut Counts,
) {
    let mut runs = Vec::new();
    let mut is_short = false;
    for part in snapshot
        .parts(row)
        .filter(|part| part.kind == PartKind::Line)
    {
        let mut spots: Vec<Spot> = window.snap(&part).collect();
        spots.dedup();
        match spots.as_slice() {
            [only] => is_short |= Window::shows(*only),
            _ if spots.iter().all(|&spot| Window::shows(spot)) => runs.push(spots),
            _ => runs.extend(clip::line(&spots)),
        }
    }
    if runs.is_empty() {
        counts.dropped_short += u64::from(is_short);
        return;
    }
    runs.iter_mut().for_each(straighten);
    counts.vertices += runs
        .iter()
        .map(|run| cast::usize_to_u64(run.len()))
        .sum::<u64>();
    layer.add_row(row, Shape::Lines(&runs));
}

/// Takes out the spots that lie on the straight way between their neighbours.
fn straighten(line: &mut Vec<Spot>) {
    let mut kept: Vec<Spot> = Vec::with_capacity(line.len());
    for &spot in line.iter() {
        if let [.., before, last] = kept.as_slice() {
            let (to, on) = (
                (last.x - before.x, last.y - before.y),
                (spot.x - last.x, spot.y - last.y),
            );
            if to.0 * on.1 == to.1 * on.0 && to.0 * on.0 + to.1 * on.1 > 0 {
                kept.pop();
            }
        }
        kept.push(spot);
    }
    *line = kept;
}

fn add_polygons(
    snapshot: &Snapshot,
    row: usize,
    window: &Window,
    layer: &mut TileLayer<'_>,
    counts: &mut Counts,
) {
    let is_ring = |kind| matches!(kind, PartKind::Exterior | PartKind::Hole);
    let parts = snapshot.parts(row).filter(|part| is_ring(part.kind));
    let rings = polygon::rings(parts, window, counts);
    if !rings.is_empty() {
        counts.vertices += rings
            .iter()
            .map(|ring| cast::usize_to_u64(ring.spots.len()))
            .sum::<u64>();
        layer.add_row(row, Shape::Polygons(&rings));
    }
}
