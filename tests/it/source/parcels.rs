//! The ministry's text of parcel boundaries.

use encoding_rs::GBK;
use geo::Area as _;
use onemap::geom::Geometry;
use onemap::text::Key;

use super::{Ask, Folder, Gathered};

const HEAD: &str = "[属性描述]\r\n格式版本号=1.01版本\r\n数据产生单位=某区规划和自然资源局\r\n\
    坐标系=2000国家大地坐标系\r\n几度分带=3\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=39\r\n\
    精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n";

/// A square of 100 m with a hole of 20 m, and a second part of 10 m in the hole.
const SQUARE: &str = "15,1.0,110105-001,化工厂,面,J50G001,工业用地,1001,@
J1,1,4420000.000,39500000.000
J2,1,4420100.000,39500000.000
J3,1,4420100.000,39500100.000
J4,1,4420000.000,39500100.000
J1,1,4420000.000,39500000.000
J5,2,4420040,39500040
J6,2,4420060,39500040
J7,2,4420060,39500060
J8,2,4420040,39500060
J5,2,4420040,39500040
J9,3,4420045,39500045
J10,3,4420055,39500045
J11,3,4420055,39500055
J12,3,4420045,39500055
J9,3,4420045,39500045
";

fn read(body: &str) -> Gathered {
    let folder = Folder::new();
    Ask::default().read(&folder.write("parcels.txt", format!("{HEAD}{body}")))
}

#[test]
fn a_parcel_has_its_northing_first_and_its_rings_by_where_they_lie() {
    let got = read(SQUARE);
    assert_eq!(got.faults, []);
    assert_eq!(got.epsg(), Some(4527));
    assert_eq!(got.value(0, "地块编号"), Some("110105-001"));
    assert_eq!(got.value(0, "地类编码"), Some("1001"));
    let Geometry::MultiPolygon(parts) = got.geometry(0) else {
        panic!("two parts")
    };
    assert!((parts.unsigned_area() - (10_000.0 - 400.0 + 100.0)).abs() < 1e-6);
    assert_eq!(
        parts.0[0].exterior().0[1],
        (39_500_000.0, 4_420_100.0).into()
    );
}

#[test]
fn gbk_is_read_as_declared_and_utf_8_with_its_mark() {
    let folder = Folder::new();
    let text = format!("{HEAD}{SQUARE}");
    let path = folder.write("gbk.txt", GBK.encode(&text).0);
    let got = Ask {
        encoding: Some("GBK"),
        ..Ask::default()
    }
    .read(&path);
    assert_eq!(got.value(0, "地块名称"), Some("化工厂"));
    assert_eq!(Ask::default().problem_key(&path), Key::SourceUndecodable);
    let got = Ask::default().read(&folder.write("bom.txt", format!("\u{feff}{text}")));
    assert_eq!((got.epsg(), got.rows()), (Some(4527), 1));
}

#[test]
fn both_ways_of_counting_points_are_in_use_and_no_third() {
    assert_eq!(read(&SQUARE.replacen("15,", "12,", 1)).faults, []);
    for wrong in ["14,", "16,", "x,", ","] {
        let got = read(&SQUARE.replacen("15,", wrong, 1));
        assert_eq!(
            got.reasons(),
            [(1, Some("界址点数"), Key::SourceParcelPoints)],
            "{wrong}"
        );
        assert_eq!(got.faults[0].reason.arg("found"), Some("15"));
        assert_eq!(got.faults[0].reason.arg("line"), Some("12"));
    }
}

#[test]
fn lines_points_and_a_zone_without_prefix_are_read() {
    let body = "2,0,1,沟,线,,,,@\nJ1,1,4420000,500000\nJ2,1,4420100,500000\n\
        1,0,2,井,点,,,,@\n1,1,4420000,500000\n";
    let got = read(body);
    assert_eq!(got.faults, []);
    assert_eq!(got.epsg(), Some(4548));
    assert!(matches!(got.geometry(0), Geometry::LineString(line) if line.0.len() == 2));
    assert_eq!(
        got.geometry(1),
        &geo_types::Point::new(500_000.0, 4_420_000.0).into()
    );
    assert_eq!(
        got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
        [1, 2]
    );
}

#[test]
fn each_fault_names_its_line_and_costs_its_parcel() {
    let good = "4,0.5,9,好,面,,,,@\nA,1,0,0\nB,1,0,9\nC,1,9,9\nA,1,0,0\n";
    let cases = [
        (
            "4,0,1,a,面,,,,@\nA,1,0,0\nB,1,0,9\nC,1,9,9\nD,1,9,0\n",
            vec![Key::SourceParcelUnclosed],
            "16",
        ),
        (
            "3,0,1,a,面,,,,@\nA,1,0,0\nB,1,0,9\nA,1,0,0\n",
            vec![Key::SourceParcelShort],
            "15",
        ),
        (
            "4,0,1,a,面,,,,@\nA,1,0,0\nB,1,零,9\nC,1,9,9\nA,1,0,0\n",
            vec![Key::SourceParcelCoordinate, Key::SourceCoordinateNotNumber],
            "14",
        ),
        (
            "4,0,1,a,面,,,,@\nA,1,0,0\nB，1，0，9\nC,1,9,9\nA,1,0,0\n",
            vec![Key::SourceParcelLine],
            "14",
        ),
        (
            "4,0,1,a,体,,,,@\nA,1,0,0\nB,1,0,9\nC,1,9,9\nA,1,0,0\n",
            vec![Key::SourceParcelKind],
            "12",
        ),
        ("0,0,1,a,面,,,,@\n", vec![Key::SourceParcelEmpty], ""),
    ];
    for (bad, keys, line) in cases {
        let got = read(&format!("{bad}{good}"));
        assert_eq!(
            got.faults
                .iter()
                .map(|f| f.reason.key())
                .collect::<Vec<_>>(),
            keys,
            "{bad}"
        );
        assert_eq!(
            got.faults[0].reason.arg("line").unwrap_or_default(),
            line,
            "{bad}"
        );
        assert_eq!((got.records.len(), got.records[0].row), (1, 2));
    }
}

#[test]
fn an_undecodable_line_costs_its_parcel() {
    let folder = Folder::new();
    let mut bytes = HEAD.as_bytes().to_vec();
    bytes.extend_from_slice(
        b"4,0.5,9,a,\xe9\x9d\xa2,,,,@\nA,1,0,0\nB\xff,1,0,9\nC,1,9,9\nA,1,0,0\n",
    );
    let got = Ask::default().read(&folder.write("a.txt", bytes));
    assert!(
        got.faults
            .iter()
            .any(|f| f.reason.key() == Key::SourceUndecodable)
    );
    assert_eq!(got.rejected, 1);
}

#[test]
fn what_is_not_that_format_is_refused() {
    let folder = Folder::new();
    let path = folder.write("a.txt", "id\tlon\tlat\n1\t116.4\t39.9\n");
    assert_eq!(Ask::default().problem_key(&path), Key::SourceParcelsNot);
    // With columns named it is a table.
    assert_eq!(Ask::columns("lon", "lat").read(&path).rows(), 1);
    let path = folder.write("b.txt", format!("{HEAD}J1,1,0,0\n"));
    assert_eq!(Ask::default().problem_key(&path), Key::SourceParcelFirst);
    let path = folder.write("c.txt", format!("{HEAD}{}", SQUARE.replace("395", "405")));
    assert_eq!(Ask::default().problem_key(&path), Key::SourceParcelsZone);
}
