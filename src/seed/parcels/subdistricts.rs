//! The 43 sub-districts: their names and codes are real, their outlines are grown from places near
//! where they lie, along the city's streets.

use std::collections::{BTreeMap, BTreeSet};

use super::Face;
use crate::seed::arrangement::{Node, ring_edges};
use crate::seed::boundary::Boundary;
use crate::seed::place::{apart_m, in_ring, node};

/// A sub-district.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::seed) struct Subdistrict {
    /// Its code of nine digits.
    pub(in crate::seed) code: &'static str,
    /// Its name.
    pub(in crate::seed) name: &'static str,
    /// Its name in Latin letters.
    pub(in crate::seed) name_en: &'static str,
}

/// Code, name, name in Latin letters (china-division 2.7.0, MIT; the Latin names after `GeoNames` and
/// pinyin), a place near its middle, and how far it reaches beside its neighbours.
type Seed = (&'static str, &'static str, &'static str, (f64, f64), f64);

const SEEDS: &[Seed] = &[
    (
        "110105001",
        "建外街道",
        "Jianwai Subdistrict",
        (116.4500, 39.9090),
        1.0,
    ),
    (
        "110105002",
        "朝外街道",
        "Chaowai Subdistrict",
        (116.4370, 39.9210),
        1.0,
    ),
    (
        "110105003",
        "呼家楼街道",
        "Hujialou Subdistrict",
        (116.4600, 39.9220),
        1.0,
    ),
    (
        "110105004",
        "三里屯街道",
        "Sanlitun Subdistrict",
        (116.4510, 39.9360),
        1.0,
    ),
    (
        "110105005",
        "左家庄街道",
        "Zuojiazhuang Subdistrict",
        (116.4440, 39.9550),
        1.0,
    ),
    (
        "110105006",
        "香河园街道",
        "Xiangheyuan Subdistrict",
        (116.4400, 39.9660),
        1.0,
    ),
    (
        "110105007",
        "和平街街道",
        "Hepingjie Subdistrict",
        (116.4230, 39.9660),
        1.0,
    ),
    (
        "110105008",
        "安贞街道",
        "Anzhen Subdistrict",
        (116.4050, 39.9690),
        1.0,
    ),
    (
        "110105009",
        "亚运村街道",
        "Yayuncun Subdistrict",
        (116.4040, 39.9870),
        1.0,
    ),
    (
        "110105010",
        "小关街道",
        "Xiaoguan Subdistrict",
        (116.4180, 39.9800),
        1.0,
    ),
    (
        "110105011",
        "酒仙桥街道",
        "Jiuxianqiao Subdistrict",
        (116.4890, 39.9740),
        1.0,
    ),
    (
        "110105012",
        "麦子店街道",
        "Maizidian Subdistrict",
        (116.4680, 39.9480),
        1.0,
    ),
    (
        "110105013",
        "团结湖街道",
        "Tuanjiehu Subdistrict",
        (116.4660, 39.9320),
        1.0,
    ),
    (
        "110105014",
        "六里屯街道",
        "Liulitun Subdistrict",
        (116.4800, 39.9320),
        1.0,
    ),
    (
        "110105015",
        "八里庄街道",
        "Balizhuang Subdistrict",
        (116.4940, 39.9210),
        1.0,
    ),
    (
        "110105016",
        "双井街道",
        "Shuangjing Subdistrict",
        (116.4600, 39.8940),
        1.0,
    ),
    (
        "110105017",
        "劲松街道",
        "Jinsong Subdistrict",
        (116.4600, 39.8830),
        1.0,
    ),
    (
        "110105018",
        "潘家园街道",
        "Panjiayuan Subdistrict",
        (116.4570, 39.8730),
        1.0,
    ),
    (
        "110105019",
        "垡头街道",
        "Fatou Subdistrict",
        (116.5080, 39.8640),
        1.0,
    ),
    (
        "110105020",
        "首都机场街道",
        "Capital Airport Subdistrict",
        (116.5850, 40.0750),
        1.0,
    ),
    (
        "110105021",
        "南磨房地区",
        "Nanmofang Area",
        (116.4800, 39.8880),
        1.35,
    ),
    (
        "110105022",
        "高碑店地区",
        "Gaobeidian Area",
        (116.5200, 39.9050),
        1.35,
    ),
    (
        "110105023",
        "将台地区",
        "Jiangtai Area",
        (116.5060, 39.9650),
        1.35,
    ),
    (
        "110105024",
        "太阳宫地区",
        "Taiyanggong Area",
        (116.4420, 39.9760),
        1.35,
    ),
    (
        "110105025",
        "大屯街道",
        "Datun Subdistrict",
        (116.4130, 40.0030),
        1.15,
    ),
    (
        "110105026",
        "望京街道",
        "Wangjing Subdistrict",
        (116.4730, 39.9950),
        1.15,
    ),
    (
        "110105027",
        "小红门地区",
        "Xiaohongmen Area",
        (116.4530, 39.8330),
        1.35,
    ),
    (
        "110105028",
        "十八里店地区",
        "Shibalidian Area",
        (116.4830, 39.8520),
        1.35,
    ),
    (
        "110105029",
        "平房地区",
        "Pingfang Area",
        (116.5440, 39.9420),
        1.35,
    ),
    (
        "110105030",
        "东风地区",
        "Dongfeng Area",
        (116.5060, 39.9450),
        1.35,
    ),
    (
        "110105031",
        "奥运村街道",
        "Aoyuncun Subdistrict",
        (116.3900, 40.0060),
        1.15,
    ),
    (
        "110105032",
        "来广营地区",
        "Laiguangying Area",
        (116.4540, 40.0320),
        1.35,
    ),
    (
        "110105033",
        "常营地区",
        "Changying Area",
        (116.5920, 39.9260),
        1.35,
    ),
    (
        "110105034",
        "三间房地区",
        "Sanjianfang Area",
        (116.5600, 39.9130),
        1.35,
    ),
    (
        "110105035",
        "管庄地区",
        "Guanzhuang Area",
        (116.5900, 39.9110),
        1.35,
    ),
    (
        "110105036",
        "金盏地区",
        "Jinzhan Area",
        (116.5900, 40.0080),
        1.35,
    ),
    (
        "110105037",
        "孙河地区",
        "Sunhe Area",
        (116.5300, 40.0500),
        1.35,
    ),
    (
        "110105038",
        "崔各庄地区",
        "Cuigezhuang Area",
        (116.5120, 40.0210),
        1.35,
    ),
    (
        "110105039",
        "东坝地区",
        "Dongba Area",
        (116.5510, 39.9680),
        1.35,
    ),
    (
        "110105040",
        "黑庄户地区",
        "Heizhuanghu Area",
        (116.5940, 39.8590),
        1.35,
    ),
    (
        "110105041",
        "豆各庄地区",
        "Dougezhuang Area",
        (116.5470, 39.8700),
        1.35,
    ),
    (
        "110105042",
        "王四营地区",
        "Wangsiying Area",
        (116.5200, 39.8850),
        1.35,
    ),
    (
        "110105043",
        "东湖街道",
        "Donghu Subdistrict",
        (116.4810, 40.0120),
        1.15,
    ),
];

/// The one that is the exclave.
const AIRPORT: usize = 19;

/// Every sub-district, in the order of the codes.
pub(super) fn all() -> Vec<Subdistrict> {
    SEEDS
        .iter()
        .map(|&(code, name, name_en, _, _)| Subdistrict {
            code,
            name,
            name_en,
        })
        .collect()
}

/// The sub-district whose middle is nearest, by its reach.
fn nearest(at: Node) -> usize {
    let apart = |i: &usize| {
        let (_, _, _, (lon, lat), reach) = SEEDS[*i];
        apart_m(at, node(lon, lat)) / reach
    };
    (0..SEEDS.len())
        .filter(|i| *i != AIRPORT)
        .min_by(|i, j| apart(i).total_cmp(&apart(j)))
        .unwrap_or_default()
}

/// Gives each face its sub-district: the lots of a quarter together, what lies between with the
/// neighbour it borders longest, and no sub-district in two pieces.
pub(super) fn assign(faces: &mut [Face], boundary: &Boundary) {
    let mut quarters: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
    for face in faces.iter() {
        if let Some(block) = face.block() {
            let (lon, lat) = crate::seed::place::degrees(face.centre);
            let sum = quarters.entry(block.quarter).or_default();
            *sum = (
                sum.0 + lon * face.area_m2,
                sum.1 + lat * face.area_m2,
                sum.2 + face.area_m2,
            );
        }
    }
    let quarters: BTreeMap<usize, usize> = quarters
        .into_iter()
        .map(|(number, (lon, lat, area))| (number, nearest(node(lon / area, lat / area))))
        .collect();
    for face in faces.iter_mut() {
        let in_exclave = boundary
            .parts
            .iter()
            .skip(1)
            .any(|part| in_ring(part, face.centre));
        face.subdistrict = match face.block() {
            _ if in_exclave => AIRPORT,
            Some(block) => quarters[&block.quarter],
            None => usize::MAX,
        };
    }
    let borders = borders(faces);
    spread(faces, &borders);
    for face in faces
        .iter_mut()
        .filter(|face| face.subdistrict == usize::MAX)
    {
        face.subdistrict = nearest(face.centre);
    }
    while join_islands(faces, &borders) {}
}

/// How long the border of each face with each of its neighbours is, metres.
fn borders(faces: &[Face]) -> Vec<BTreeMap<usize, f64>> {
    let mut left: BTreeMap<(Node, Node), usize> = BTreeMap::new();
    for (i, face) in faces.iter().enumerate() {
        left.extend(ring_edges(&face.ring).map(|(a, b)| ((*a, *b), i)));
    }
    let mut borders = vec![BTreeMap::new(); faces.len()];
    for (&(a, b), &i) in &left {
        if let Some(&j) = left.get(&(b, a)) {
            *borders[i].entry(j).or_default() += apart_m(a, b);
        }
    }
    borders
}

/// Gives faces without a sub-district that of the neighbours they border longest, until none is left
/// that borders one.
fn spread(faces: &mut [Face], borders: &[BTreeMap<usize, f64>]) {
    loop {
        let found: Vec<(usize, usize)> = (0..faces.len())
            .filter(|i| faces[*i].subdistrict == usize::MAX)
            .filter_map(|i| Some((i, longest(faces, &borders[i], usize::MAX)?)))
            .collect();
        if found.is_empty() {
            return;
        }
        for (i, subdistrict) in found {
            faces[i].subdistrict = subdistrict;
        }
    }
}

/// The sub-district, other than one, that a face or several border longest.
fn longest(faces: &[Face], borders: &BTreeMap<usize, f64>, but: usize) -> Option<usize> {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for (&neighbour, length) in borders {
        let there = faces[neighbour].subdistrict;
        if there != but && there != usize::MAX {
            *sums.entry(there).or_default() += length;
        }
    }
    sums.into_iter()
        .max_by(|p, q| p.1.total_cmp(&q.1))
        .map(|(there, _)| there)
}

/// Gives every piece of a sub-district but its largest to a neighbour. Whether there was one.
fn join_islands(faces: &mut [Face], borders: &[BTreeMap<usize, f64>]) -> bool {
    let mut seen = vec![false; faces.len()];
    let mut pieces: BTreeMap<usize, Vec<(f64, BTreeSet<usize>)>> = BTreeMap::new();
    for start in 0..faces.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let here = faces[start].subdistrict;
        let (mut piece, mut open) = (BTreeSet::from([start]), vec![start]);
        while let Some(i) = open.pop() {
            for &j in borders[i].keys() {
                if !seen[j] && faces[j].subdistrict == here {
                    seen[j] = true;
                    piece.insert(j);
                    open.push(j);
                }
            }
        }
        let area = piece.iter().map(|i| faces[*i].area_m2).sum();
        pieces.entry(here).or_default().push((area, piece));
    }
    let mut joined = false;
    for (here, mut pieces) in pieces {
        pieces.sort_by(|p, q| q.0.total_cmp(&p.0));
        for (_, piece) in pieces.into_iter().skip(1) {
            let mut around: BTreeMap<usize, f64> = BTreeMap::new();
            for (&neighbour, length) in piece.iter().flat_map(|i| &borders[*i]) {
                *around.entry(neighbour).or_default() += length;
            }
            if let Some(there) = longest(faces, &around, here) {
                for i in piece {
                    faces[i].subdistrict = there;
                }
                joined = true;
            }
        }
    }
    joined
}
