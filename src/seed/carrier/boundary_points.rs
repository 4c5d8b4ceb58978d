//! The ministry's TXT of boundary points.

use std::fmt::Write as _;

use super::DEMONSTRATION;
use super::csv::gbk;

/// What the line of a parcel says of it.
#[derive(Debug, Clone, Copy)]
pub(in crate::seed) struct Lot<'a> {
    /// Its number.
    pub(in crate::seed) id: &'a str,
    /// What it is called.
    pub(in crate::seed) name: &'a str,
    /// Its area, hectares.
    pub(in crate::seed) area_ha: f64,
    /// What it is for; may be empty.
    pub(in crate::seed) purpose: &'a str,
    /// The code of its land use; may be empty.
    pub(in crate::seed) land_use: &'a str,
}

/// The ministry's file of boundary points (勘测定界界址点坐标), north before east.
#[derive(Debug)]
pub(in crate::seed) struct BoundaryPoints {
    text: String,
}

impl BoundaryPoints {
    /// A file in CGCS2000, three-degree zone 39.
    pub(in crate::seed) fn new() -> Self {
        let text = format!(
            "[属性描述]\r\n格式版本号=1.01\r\n数据产生单位=OneMap（{DEMONSTRATION}）\r\n\
             数据产生日期=2025-06-30\r\n坐标系=2000国家大地坐标系\r\n几度分带=3\r\n投影类型=高斯克吕格\r\n\
             计量单位=米\r\n带号=39\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n"
        );
        Self { text }
    }

    /// Adds a parcel; the ring as it is to stand, closed or not: easting with its zone, northing.
    pub(in crate::seed) fn parcel(&mut self, lot: &Lot<'_>, ring: &[(f64, f64)]) {
        let points = ring.len();
        // Writing to a text does not fail.
        _ = write!(
            self.text,
            "{points},{:.4},{},{},面,,{},{},@\r\n",
            lot.area_ha, lot.id, lot.name, lot.purpose, lot.land_use
        );
        for (i, (east, north)) in ring.iter().enumerate() {
            let number = if i > 0 && ring.first() == Some(&(*east, *north)) {
                1
            } else {
                i + 1
            };
            _ = write!(self.text, "J{number},1,{north:.3},{east:.3}\r\n");
        }
    }

    /// The whole file, in GBK.
    pub(in crate::seed) fn finish(self) -> Vec<u8> {
        gbk(&self.text)
    }
}
