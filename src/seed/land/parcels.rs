//! `seeds/land`: the parcels as a cadastre's export.

use serde_json::{Value, json};

use super::former::Lineage;
use crate::seed::carrier::{GeoJson, SeedFile, properties};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::moved;
use crate::seed::random::Random;

/// The parcels' file, its dirt at the end and in between.
pub(super) fn files(city: &City, lineage: &Lineage) -> Vec<SeedFile> {
    let mut out = GeoJson::new("parcels", Some("urn:ogc:def:crs:EPSG::4490"));
    let mut dice = Random::of("cadastre");
    let mut shortened = 0;
    for (serial, parcel) in (1..).zip(&city.parcels) {
        let mut row = Row::of(city, parcel, serial, &mut dice);
        if let Some(change) = lineage.of(parcel) {
            row.derived_from = json!(change.former.join(";"));
            row.registered_on = json!(change.on);
        }
        // A spreadsheet on the way took three codes for numbers.
        if parcel.current_use == "0701" && shortened < 3 {
            row.current_use = json!(701);
            shortened += 1;
        }
        let mut ring = parcel.ring.clone();
        match serial {
            // A class of the authority's own below one of the national list.
            39 => row.planned_use = json!("0799"),
            40 => ring.insert(1, ring[1]),
            // Its last point is not the first again.
            41 => {
                out.as_drawn(row.properties(), &ring);
                continue;
            }
            _ => {}
        }
        out.polygon(row.properties(), Some(&ring));
    }
    for (row, ring) in dirt(city, &mut dice) {
        out.polygon(row.properties(), ring.as_deref());
    }
    vec![SeedFile {
        path: "land/parcels.geojson",
        bytes: out.finish(),
    }]
}

/// A row of the cadastre.
#[derive(Debug, Clone)]
struct Row {
    id: String,
    current_use: Value,
    class: &'static str,
    planned_use: Value,
    location: String,
    area_m2: Value,
    registered_on: Value,
    holder: String,
    derived_from: Value,
}

impl Row {
    fn of(city: &City, parcel: &Parcel, serial: usize, dice: &mut Random) -> Self {
        // Registered areas are old surveys: most agree with the outline, some do not.
        let error = if dice.chance(0.04) {
            dice.between(0.96, 1.04)
        } else {
            1.0
        };
        let area_m2 = (parcel.area_m2 * error * 10.0).round() / 10.0;
        let registered_on = if dice.chance(0.08) {
            Value::Null
        } else {
            json!(dice.day(1994, 2025))
        };
        Self {
            id: parcel.id.clone(),
            current_use: json!(parcel.current_use),
            class: parcel.current_use.get(..2).unwrap_or_default(),
            planned_use: json!(parcel.planned_use),
            location: format!(
                "{}演示街坊 {}",
                city.subdistricts[parcel.subdistrict].name,
                &parcel.id[9..12]
            ),
            area_m2: json!(area_m2),
            registered_on,
            holder: format!("演示权利人 {serial:05}"),
            derived_from: Value::Null,
        }
    }

    fn properties(&self) -> serde_json::Map<String, Value> {
        let mut about = properties([
            ("ZDDM", json!(self.id)),
            ("DLBM", self.current_use.clone()),
            ("YTDL", json!(self.class)),
            ("GHYTBM", self.planned_use.clone()),
            ("ZL", json!(self.location)),
            ("ZDMJ", self.area_m2.clone()),
            ("DJSJ", self.registered_on.clone()),
            ("QLR", json!(self.holder)),
        ]);
        // Few have it.
        if !self.derived_from.is_null() {
            about.insert("YZDDM".to_owned(), self.derived_from.clone());
        }
        about
    }
}

type Outline = Option<Vec<crate::seed::arrangement::Node>>;

/// Rows that must be rejected: all are extra rows, so that the parcels still cover the district.
fn dirt(city: &City, dice: &mut Random) -> Vec<(Row, Outline)> {
    let of = |i: usize| &city.parcels[i * city.parcels.len() / 10];
    let mut rows: Vec<(Row, Outline)> = Vec::new();
    for (serial, i) in (9001..).zip(1..9) {
        let parcel = of(i);
        let mut row = Row::of(city, parcel, serial, dice);
        if i > 2 {
            row.id = format!("110105999001GB{serial:05}");
        }
        rows.push((row, Some(parcel.ring.clone())));
    }
    // The first two repeat numbers given before; the others have one fault each.
    rows[2].0.current_use = json!("07O1");
    rows[3].0.planned_use = json!("9907");
    rows[4].0.area_m2 = Value::Null;
    rows[5].1 = None;
    let centre = of(7).centre;
    // An outline that goes out and comes back on the same line.
    let far = |metres: f64| moved(centre, metres, metres);
    rows[6].1 = Some(vec![centre, far(80.0), far(160.0), far(80.0)]);
    rows[7].1 = Some(
        of(8)
            .ring
            .iter()
            .map(|at| moved(*at, 0.0, 55_000.0))
            .collect(),
    );
    rows
}
