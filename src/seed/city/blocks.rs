//! Quarters cut into blocks by streets and lanes, and blocks cut into lots.

use super::character::{Character, draw};
use super::plane::{along, area, cross, halves, left, less, middle, unit};
use super::{Block, Class, Place, Plan, Road, Within, length, to_node};
use crate::seed::arrangement::{Mark, Node, add_ring};
use crate::seed::random::Random;

/// How wide a street is, metres.
const STREET_M: f64 = 22.0;

/// Draws what lies between main streets.
pub(super) struct Draftsman<'a> {
    plan: &'a mut Plan,
    dice: Random,
    blocks: usize,
    quarters: usize,
}

impl<'a> Draftsman<'a> {
    /// With an empty board.
    pub(super) fn new(plan: &'a mut Plan) -> Self {
        Self {
            plan,
            dice: Random::of("blocks"),
            blocks: 0,
            quarters: 0,
        }
    }

    /// Draws a quarter: its outline, its streets, its blocks.
    pub(super) fn quarter(&mut self, ring: &[Place]) {
        add_ring(&mut self.plan.edges, &nodes(ring), Mark::Lot);
        self.streets(ring);
    }

    /// Cuts by streets until blocks are as large as is usual there.
    fn streets(&mut self, ring: &[Place]) {
        let most_m2 = match self.within(ring) {
            Within::Third | Within::Fourth => 330_000.0,
            Within::Fifth => 520_000.0,
            Within::None => 900_000.0,
        };
        if area(ring) > most_m2 * self.dice.between(0.75, 1.2)
            && let Some([one, other]) = self.cut(ring, Class::Street, STREET_M)
        {
            self.streets(&one);
            self.streets(&other);
            return;
        }
        self.quarters += 1;
        let character = draw(middle(ring), self.within(ring), &mut self.dice);
        self.lanes(ring, character);
    }

    /// Cuts by lanes, and those pieces into lots.
    fn lanes(&mut self, ring: &[Place], character: Character) {
        let within = self.within(ring);
        let most_m2 = character.block_m2(within) * self.dice.between(0.8, 1.25);
        if area(ring) > most_m2
            && let Some([one, other]) = self.cut(ring, Class::Lane, character.lane_m())
        {
            for part in [one, other] {
                // Most of a quarter is alike, not all.
                let strange = self.dice.chance(0.10) && character != Character::Airport;
                let character = if strange && area(&part) < 150_000.0 {
                    draw(middle(&part), within, &mut self.dice)
                } else {
                    character
                };
                self.lanes(&part, character);
            }
            return;
        }
        self.blocks += 1;
        let block = Block {
            number: self.blocks,
            quarter: self.quarters,
            character,
        };
        self.plan.blocks.add(nodes(ring), block);
        let lot_m2 = character.lot_m2(within);
        self.lots(ring, lot_m2, 0);
    }

    /// Cuts into lots.
    fn lots(&mut self, ring: &[Place], usual_m2: f64, depth: u32) {
        if depth > 9 || area(ring) < usual_m2 * self.dice.between(0.75, 2.1) {
            return;
        }
        let (through, direction) = self.across(ring, 0.36, 0.06);
        let [one, other] = halves(ring, through, direction);
        if one.is_empty() || other.is_empty() {
            return;
        }
        if let Some((from, to)) = chord(ring, through, direction) {
            self.plan.line(from, to);
        }
        self.lots(&one, usual_m2, depth + 1);
        self.lots(&other, usual_m2, depth + 1);
    }

    /// Cuts a ring in two by a street or a lane.
    fn cut(&mut self, ring: &[Place], class: Class, width_m: f64) -> Option<[Vec<Place>; 2]> {
        let (middle, direction) = self.across(ring, 0.42, 0.025);
        let half = along((0.0, 0.0), left(direction), width_m / 2.0);
        let (on_left, on_right) = (along(middle, half, 1.0), along(middle, half, -1.0));
        let [one, rest] = halves(ring, on_left, direction);
        let [strip, other] = halves(&rest, on_right, direction);
        if one.is_empty() || other.is_empty() || strip.is_empty() {
            return None;
        }
        for side in [on_left, on_right] {
            let (from, to) = chord(ring, side, direction)?;
            self.plan.line(from, to);
        }
        let (from, to) = chord(ring, middle, direction)?;
        self.plan.streets.add(nodes(&strip), class);
        self.plan.roads.push(Road {
            class,
            name: None,
            line: vec![from, to],
        });
        Some([one, other])
    }

    /// A line across the longest side of a ring, `least` to 1 − `least` along it, a little askew.
    fn across(&mut self, ring: &[Place], least: f64, askew: f64) -> (Place, Place) {
        let sides = ring.iter().zip(ring.iter().cycle().skip(1));
        let longest =
            sides.max_by(|p, q| length(less(*p.1, *p.0)).total_cmp(&length(less(*q.1, *q.0))));
        let (from, to) = longest.map_or(((0.0, 0.0), (1.0, 0.0)), |(a, b)| (*a, *b));
        let side = less(to, from);
        let through = along(from, side, self.dice.between(least, 1.0 - least));
        let square = left(unit(side));
        let askew = self.dice.between(-askew, askew);
        (through, unit(along(square, unit(side), askew)))
    }

    fn within(&self, ring: &[Place]) -> Within {
        self.plan.within(to_node(middle(ring)))
    }
}

fn nodes(ring: &[Place]) -> Vec<Node> {
    ring.iter().map(|at| to_node(*at)).collect()
}

/// Where a line enters and leaves a convex ring.
fn chord(ring: &[Place], through: Place, direction: Place) -> Option<(Place, Place)> {
    let mut ends: Vec<(f64, Place)> = Vec::new();
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (s, t) = (
            cross(direction, less(*a, through)),
            cross(direction, less(*b, through)),
        );
        if (s < 0.0) != (t < 0.0) {
            let at = along(*a, less(*b, *a), s / (s - t));
            let from = less(at, through);
            ends.push((from.0 * direction.0 + from.1 * direction.1, at));
        }
    }
    ends.sort_by(|p, q| p.0.total_cmp(&q.0));
    ends.first().zip(ends.last()).map(|(p, q)| (p.1, q.1))
}
