//! The rivers by name. Names are real geography and so is which river joins which; the courses are
//! schematic: those of the city's figures, and the lesser ones drawn here.

/// Where a course comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Drawn {
    /// A river of the city: its place among `city::rivers()`.
    City(usize),
    /// A lesser one: its corners in degrees.
    Here(&'static [(f64, f64)]),
}

/// A river of the network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    /// Its name, in Chinese and English.
    pub(super) name: (&'static str, &'static str),
    /// Its kind (`river-class`).
    pub(super) class: &'static str,
    /// How wide it is, metres.
    pub(super) width_m: f64,
    /// The Strahler order it comes with.
    pub(super) order: u8,
    /// Where it runs.
    pub(super) drawn: Drawn,
    /// The river it joins, which stands before it here; `None`: it leaves the district.
    pub(super) into: Option<&'static str>,
    /// How it fares, 0 (well) to 1 (badly).
    pub(super) burden: f64,
}

const fn river(
    name: (&'static str, &'static str),
    width_m: f64,
    order: u8,
    city: usize,
    burden: f64,
) -> Course {
    Course {
        name,
        class: "river",
        width_m,
        order,
        drawn: Drawn::City(city),
        into: None,
        burden,
    }
}

const fn lesser(
    name: (&'static str, &'static str),
    class: &'static str,
    width_m: f64,
    drawn: Drawn,
    into: &'static str,
    burden: f64,
) -> Course {
    Course {
        name,
        class,
        width_m,
        order: 1,
        drawn,
        into: Some(into),
        burden,
    }
}

const BAHE: &str = "坝河";
const TONGHUI: &str = "通惠河";
const XIAOTAIHOU: &str = "萧太后河";

/// Every river, each after the one it joins.
pub(super) const COURSES: &[Course] = &[
    river(("清河", "Qinghe River"), 55.0, 2, 0, 0.45),
    river((BAHE, "Bahe River"), 50.0, 1, 1, 0.5),
    river((TONGHUI, "Tonghui River"), 60.0, 2, 3, 0.28),
    river(("凉水河", "Liangshui River"), 55.0, 2, 4, 0.55),
    river((XIAOTAIHOU, "Xiaotaihou River"), 45.0, 1, 5, 0.6),
    lesser(
        ("亮马河", "Liangma River"),
        "tributary",
        40.0,
        Drawn::City(2),
        BAHE,
        0.16,
    ),
    lesser(
        ("北小河", "Beixiaohe River"),
        "tributary",
        28.0,
        Drawn::Here(&[
            (116.398, 40.003),
            (116.432, 40.0085),
            (116.468, 40.006),
            (116.503, 39.9985),
            (116.537, 39.9935),
            (116.566, 39.9835),
        ]),
        BAHE,
        0.42,
    ),
    lesser(
        ("土城沟", "Tuchenggou"),
        "ditch",
        18.0,
        Drawn::Here(&[(116.36, 39.9715), (116.392, 39.9735), (116.4235, 39.9745)]),
        BAHE,
        0.5,
    ),
    lesser(
        ("二道沟", "Erdaogou"),
        "ditch",
        16.0,
        Drawn::Here(&[
            (116.4905, 39.9415),
            (116.5065, 39.931),
            (116.512, 39.9165),
            (116.5255, 39.9055),
        ]),
        TONGHUI,
        0.55,
    ),
    lesser(
        ("青年路沟", "Qingnianlugou"),
        "ditch",
        12.0,
        Drawn::Here(&[
            (116.529, 39.943),
            (116.532, 39.928),
            (116.545, 39.915),
            (116.552, 39.905),
        ]),
        TONGHUI,
        0.6,
    ),
    lesser(
        ("大柳树沟", "Daliushugou"),
        "ditch",
        14.0,
        Drawn::Here(&[
            (116.523, 39.8595),
            (116.545, 39.862),
            (116.566, 39.869),
            (116.583, 39.8785),
        ]),
        XIAOTAIHOU,
        0.84,
    ),
    lesser(
        ("大羊坊沟", "Dayangfanggou"),
        "ditch",
        15.0,
        Drawn::Here(&[
            (116.493, 39.8695),
            (116.5085, 39.8615),
            (116.5235, 39.852),
            (116.536, 39.841),
        ]),
        "凉水河",
        1.04,
    ),
    lesser(
        ("演示沟一", "Demonstration ditch 1"),
        "ditch",
        8.0,
        Drawn::Here(&[(116.4325, 40.0295), (116.4455, 40.041), (116.4575, 40.0575)]),
        "清河",
        0.5,
    ),
    lesser(
        ("演示沟二", "Demonstration ditch 2"),
        "ditch",
        8.0,
        Drawn::Here(&[
            (116.5455, 40.0325),
            (116.556, 40.018),
            (116.5805, 40.0075),
            (116.5965, 39.9965),
        ]),
        BAHE,
        0.45,
    ),
    lesser(
        ("演示沟三", "Demonstration ditch 3"),
        "ditch",
        8.0,
        Drawn::Here(&[
            (116.556, 39.956),
            (116.568, 39.9665),
            (116.5905, 39.975),
            (116.602, 39.9965),
        ]),
        BAHE,
        0.4,
    ),
    lesser(
        ("演示沟四", "Demonstration ditch 4"),
        "ditch",
        8.0,
        Drawn::Here(&[(116.576, 39.938), (116.586, 39.925), (116.5965, 39.9045)]),
        TONGHUI,
        0.5,
    ),
    lesser(
        ("演示沟五", "Demonstration ditch 5"),
        "ditch",
        8.0,
        Drawn::Here(&[(116.553, 39.8955), (116.572, 39.891), (116.5945, 39.8775)]),
        XIAOTAIHOU,
        0.66,
    ),
    lesser(
        ("演示沟六", "Demonstration ditch 6"),
        "ditch",
        8.0,
        Drawn::Here(&[(116.463, 39.868), (116.4705, 39.8585), (116.486, 39.8445)]),
        "凉水河",
        0.7,
    ),
];
