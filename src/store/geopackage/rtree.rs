//! SQLite's R-tree, built at once.
//!
//! Inserting a row at a time costs more than all the rest of a first import. So the tree of a table
//! that was empty is packed (Leutenegger and others, *STR*, 1997: sort into strips by x, each strip
//! by y, cut into nodes) and its nodes are written straight into the tables in which the module
//! keeps them, in the form that SQLite's `ext/rtree/rtree.c` describes and its file format promises
//! to keep: `_node` (a node's number and cells), `_parent` and `_rowid` (whose it is). `rtreecheck`,
//! which `doctor` and the tests run, holds it to that.

use rusqlite::Connection;

use super::blob;
use super::names::{GEOM, quoted, rtree};
use super::spatial::number_column;
use crate::geom::{BBox, cast};

/// Bytes of a cell: a number and four 32-bit coordinates.
const CELL: usize = 8 + 4 * 4;

/// Bytes before the cells of a node: the depth of the tree (in the root), the count of its cells.
const HEAD: usize = 2 + 2;

/// What a node says of a row or of a node below: its number and its box, rounded outwards.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    number: i64,
    /// minx, maxx, miny, maxy.
    sides: [f32; 4],
}

impl Cell {
    fn of(number: i64, bbox: BBox) -> Self {
        let sides = [
            down(bbox.west),
            up(bbox.east),
            down(bbox.south),
            up(bbox.north),
        ];
        Self { number, sides }
    }

    fn around(number: i64, cells: &[Self]) -> Self {
        let nothing = [
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::INFINITY,
            f32::NEG_INFINITY,
        ];
        let sides = cells.iter().fold(nothing, |[w, e, s, n], cell| {
            let [west, east, south, north] = cell.sides;
            [w.min(west), e.max(east), s.min(south), n.max(north)]
        });
        Self { number, sides }
    }

    fn middle_x(&self) -> f32 {
        self.sides[0] / 2.0 + self.sides[1] / 2.0
    }

    fn middle_y(&self) -> f32 {
        self.sides[2] / 2.0 + self.sides[3] / 2.0
    }
}

/// The greatest 32-bit number not above.
fn down(x: f64) -> f32 {
    let near = cast::f64_to_f32(x);
    if f64::from(near) > x {
        near.next_down()
    } else {
        near
    }
}

/// The least 32-bit number not below.
fn up(x: f64) -> f32 {
    let near = cast::f64_to_f32(x);
    if f64::from(near) < x {
        near.next_up()
    } else {
        near
    }
}

/// Fills the empty R-tree of a table from its rows.
pub(super) fn fill(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut cells = Vec::new();
    let sql = format!(
        "SELECT {}, {GEOM} FROM {} WHERE {GEOM} NOT NULL",
        number_column(table),
        quoted(table)
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(bbox) = row.get_ref(1)?.as_blob().ok().and_then(blob::bbox) {
            cells.push(Cell::of(row.get(0)?, bbox));
        }
    }
    if cells.is_empty() {
        return Ok(());
    }
    let tree = rtree(table);
    let node_bytes: usize = connection.query_row(
        &format!(
            "SELECT length(data) FROM {} WHERE nodeno = 1",
            quoted(&format!("{tree}_node"))
        ),
        [],
        |row| row.get(0),
    )?;
    write(connection, &tree, node_bytes, cells)
}

fn write(
    connection: &Connection,
    tree: &str,
    node_bytes: usize,
    rows: Vec<Cell>,
) -> rusqlite::Result<()> {
    let into = |part: &str| {
        let table = quoted(&format!("{tree}_{part}"));
        connection.prepare(&format!("INSERT OR REPLACE INTO {table} VALUES (?1, ?2)"))
    };
    let (mut nodes, mut parents, mut rowids) = (into("node")?, into("parent")?, into("rowid")?);
    let capacity = (node_bytes.saturating_sub(HEAD) / CELL).max(2);
    let mut homes: Vec<(i64, i64)> = Vec::with_capacity(rows.len());
    let mut level = packed(rows, capacity);
    let (mut depth, mut next) = (0_u16, 2_i64);
    // From the leaves up, until one node holds all: the root, whose number is 1.
    loop {
        let groups = even(level.len(), capacity);
        let root = groups.len() == 1;
        let mut above = Vec::with_capacity(groups.len());
        for (from, to) in groups {
            let cells = level.get(from..to).unwrap_or_default();
            let number = if root { 1 } else { next };
            next += i64::from(!root);
            nodes.execute((
                number,
                node(if root { depth } else { 0 }, cells, node_bytes),
            ))?;
            for cell in cells {
                if depth == 0 {
                    homes.push((cell.number, number));
                } else {
                    parents.execute((cell.number, number))?;
                }
            }
            above.push(Cell::around(number, cells));
        }
        if root {
            break;
        }
        level = above;
        depth += 1;
    }
    homes.sort_unstable();
    for home in homes {
        rowids.execute(home)?;
    }
    Ok(())
}

/// The rows in an order in which neighbours in the list are neighbours on the map.
fn packed(mut rows: Vec<Cell>, capacity: usize) -> Vec<Cell> {
    let leaves = rows.len().div_ceil(capacity);
    let strips = leaves.isqrt().max(1);
    let in_strip = rows.len().div_ceil(strips).max(1);
    rows.sort_unstable_by(|a, b| {
        a.middle_x()
            .total_cmp(&b.middle_x())
            .then(a.number.cmp(&b.number))
    });
    for strip in rows.chunks_mut(in_strip) {
        strip.sort_unstable_by(|a, b| {
            a.middle_y()
                .total_cmp(&b.middle_y())
                .then(a.number.cmp(&b.number))
        });
    }
    rows
}

/// Cuts `count` things into the fewest groups of at most `capacity`, as even as can be: a node that
/// is too empty would be dissolved at its first removal.
fn even(count: usize, capacity: usize) -> Vec<(usize, usize)> {
    let groups = count.div_ceil(capacity).max(1);
    (0..groups)
        .map(|at| (at * count / groups, (at + 1) * count / groups))
        .collect()
}

/// A node's bytes, big-endian, with room for later cells.
fn node(depth: u16, cells: &[Cell], node_bytes: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(node_bytes);
    bytes.extend_from_slice(&depth.to_be_bytes());
    bytes.extend_from_slice(&u16::try_from(cells.len()).unwrap_or(u16::MAX).to_be_bytes());
    for cell in cells {
        bytes.extend_from_slice(&cell.number.to_be_bytes());
        for side in cell.sides {
            bytes.extend_from_slice(&side.to_be_bytes());
        }
    }
    bytes.resize(node_bytes, 0);
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::types::Value;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn a_tree_built_at_once_is_sound_and_answers_like_one_grown(
            count in 1_usize..4_000,
            page in prop::sample::select(vec![512, 4096]),
            boxes in prop::collection::vec((-180.0..179.0, -90.0..89.0, 0.0..0.9), 4_000),
        ) {
            let connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(&format!("PRAGMA page_size = {page};
                CREATE VIRTUAL TABLE built USING rtree(id, minx, maxx, miny, maxy);
                CREATE VIRTUAL TABLE grown USING rtree(id, minx, maxx, miny, maxy);")).unwrap();
            let mut cells = Vec::new();
            for (number, &(x, y, size)) in (1_i64..).zip(&boxes[..count]) {
                let bbox = BBox { west: x, south: y, east: x + size, north: y + size };
                cells.push(Cell::of(number * 3, bbox));
                connection.execute("INSERT INTO grown VALUES (?1, ?2, ?3, ?4, ?5)",
                    (number * 3, x, x + size, y, y + size)).unwrap();
            }
            let bytes: i64 = connection
                .query_row("SELECT length(data) FROM built_node", [], |row| row.get(0)).unwrap();
            write(&connection, "built", usize::try_from(bytes).unwrap(), cells).unwrap();
            let check = |when: &str| {
                let sound: String = connection
                    .query_row("SELECT rtreecheck('built')", [], |row| row.get(0)).unwrap();
                assert_eq!(sound, "ok", "{when}");
                for (west, east) in [(-180.0, 180.0), (0.0, 10.0), (116.0, 116.5)] {
                    let inside = |tree: &str| -> Vec<Value> {
                        connection
                            .prepare(&format!("SELECT id FROM {tree} WHERE maxx >= ?1 AND \
                                minx <= ?2 AND maxy >= -5 AND miny <= 30 ORDER BY id")).unwrap()
                            .query_map([west, east], |row| row.get(0)).unwrap()
                            .collect::<Result<_, _>>().unwrap()
                    };
                    assert_eq!(inside("built"), inside("grown"), "{when}");
                }
            };
            check("built");
            // It goes on living as any other: rows go and come.
            connection.execute_batch("CREATE TABLE more AS SELECT id + 1, minx, maxx, miny, maxy
                FROM grown WHERE id % 5 = 0").unwrap();
            for tree in ["built", "grown"] {
                connection.execute_batch(&format!("DELETE FROM {tree} WHERE id % 2 = 0;
                    INSERT INTO {tree} SELECT * FROM more")).unwrap();
            }
            check("lived in");
        }
    }

    #[test]
    fn a_box_is_rounded_outwards() {
        let x = 116.4;
        assert!(f64::from(down(x)) <= x && x <= f64::from(up(x)));
        assert_eq!(up(x).to_bits(), down(x).next_up().to_bits());
        assert_eq!((down(0.5), up(0.5)), (0.5, 0.5));
        assert!(f64::from(down(-x)) <= -x && -x <= f64::from(up(-x)));
    }
}
