//! Units of the content of a substance in soil.

/// The units contents are recorded in, with the power of ten that one of them is in mg/kg.
pub const UNITS: [(&str, i32); 8] = [
    ("mg/kg", 0),
    ("µg/kg", -3),
    ("ug/kg", -3),
    ("ng/kg", -6),
    ("g/kg", 3),
    ("%", 4),
    ("mg/g", 3),
    ("µg/g", 0),
];

/// The power of ten that one `unit` is in mg/kg; `None`: it is no unit of content that can be
/// converted. The Greek letter μ is as good as the sign µ.
pub fn power_of_mg_per_kg(unit: &str) -> Option<i32> {
    let unit = unit.replace('\u{3bc}', "\u{b5}");
    UNITS
        .iter()
        .find(|(name, _)| *name == unit)
        .map(|(_, power)| *power)
}
