//! What becomes of points that crowd: one of a cell, or a cluster in its place.
//!
//! Cells are squares of the world grid of a zoom that never straddle a tile's border, so a point is
//! in the same cell whatever tile is asked for, and a cell in the buffer is looked at whole.

use super::layer::{Shape, TileLayer};
use super::snap::{Spot, Window};
use super::{Counts, encode};
use crate::geom::{cast, mercator};
use crate::layer::PointRule;
use crate::query::{Filter, Snapshot};

/// From this zoom on every point stands for itself; so it does at its layer's last zoom.
const EACH_FROM_ZOOM: u8 = 15;

/// How many units a cell is wide: 8 pixels of 512 to a tile when thinning, about a symbol; 64 when
/// clustering, about a thumb.
const fn cell_size(rule: PointRule) -> u32 {
    match rule {
        PointRule::All | PointRule::Thin => 64,
        PointRule::Cluster => 512,
    }
}

/// The rule that holds for a layer at a zoom.
pub(super) fn rule(snapshot: &Snapshot, z: u8) -> PointRule {
    let view = snapshot.view();
    if z < EACH_FROM_ZOOM && z < view.maxzoom {
        view.points
    } else {
        PointRule::All
    }
}

/// A row and the spot it is counted at: its first point.
struct Member {
    cell: (i64, i64),
    row: usize,
    spot: Spot,
}

/// Adds the points of a tile that a filter admits, thinned or clustered.
pub(super) fn add_points(
    snapshot: &Snapshot,
    window: &Window,
    rule: PointRule,
    filter: &Filter,
    layer: &mut TileLayer<'_>,
    counts: &mut Counts,
) {
    let size = cell_size(rule);
    let mut members: Vec<Member> = window
        .candidates(snapshot, size)
        .into_iter()
        .filter(|&row| filter.admits(snapshot, row))
        .filter_map(|row| member(snapshot, window, size, row))
        .collect();
    // Within a cell by id: the first is the one that stays, at this zoom and at every deeper one.
    members.sort_unstable_by_key(|member| (member.cell, snapshot.id(member.row)));
    for crowd in members.chunk_by(|a, b| a.cell == b.cell) {
        let [first, others @ ..] = crowd else {
            continue;
        };
        if rule == PointRule::Cluster && !others.is_empty() {
            let centre = middle(crowd);
            if Window::shows(centre) {
                layer.add_cluster(centre, crowd.len());
                counts.vertices += 1;
                counts.clustered += cast::usize_to_u64(crowd.len());
            }
        } else if Window::shows(first.spot) {
            let spots = encode::points(snapshot, first.row, window);
            counts.vertices += cast::usize_to_u64(spots.len());
            counts.thinned += cast::usize_to_u64(others.len());
            layer.add_row(first.row, Shape::Points(&spots));
        }
    }
}

fn member(snapshot: &Snapshot, window: &Window, size: u32, row: usize) -> Option<Member> {
    let part = encode::map_points(snapshot, row).next()?;
    let spot = window.snap(&part).next()?;
    let size = i64::from(size);
    // A tile's corner is a cell's corner, so cells may be counted from it.
    Some(Member {
        cell: (spot.y.div_euclid(size), spot.x.div_euclid(size)),
        row,
        spot,
    })
}

/// The mean of the spots of a cell, rounded: it lies in the cell, and is the same from every tile,
/// for it is computed from the cell's corner.
fn middle(crowd: &[Member]) -> Spot {
    let count = cast::usize_to_i64(crowd.len());
    let mean = |axis: fn(&Spot) -> i64| {
        let base = crowd
            .iter()
            .map(|member| axis(&member.spot))
            .min()
            .unwrap_or_default();
        let sum: i64 = crowd.iter().map(|member| axis(&member.spot) - base).sum();
        base + sum / count
    };
    Spot {
        x: mean(|spot| spot.x),
        y: mean(|spot| spot.y),
    }
}

const _: () = assert!(
    mercator::EXTENT.is_multiple_of(cell_size(PointRule::Thin))
        && mercator::EXTENT.is_multiple_of(cell_size(PointRule::Cluster)),
    "cells must not straddle the borders of tiles"
);
