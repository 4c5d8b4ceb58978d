//! Faults of meaning in layers' files and the district's.

use super::folder::Spoilt;

/// Each case puts one text in place of another in a good folder.
pub(super) const CASES: &[Spoilt] = &[
    Spoilt(
        "layers/soil/sites.toml",
        r#"id = "sites""#,
        r#"id = "Sites_1""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"id = "sites""#,
        r#"id = "site""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"id = "sites""#,
        r#"id = "boundary""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"theme = "soil""#,
        r#"theme = "land""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"title = { zh = "污染源", en = "Pollution sites" }"#,
        r#"title = { zh = " ", en = "Pollution sites" }"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"codes = "site-status""#,
        r#"codes = "sites-status""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"codes = "site-status""#,
        r#"codes = "../site-status""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"codes = "site-status"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"name = "cd"
type = "number""#,
        r#"name = "cd"
codes = "site-status"
type = "number""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality""#,
        r#"name = "Locality""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality""#,
        r#"name = "地点""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality""#,
        r#"name = "where-it-is""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality""#,
        r#"name = "fid""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality""#,
        r#"name = "eventdate""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"[[fields]]
name = "opened""#,
        r#"[[fields]]
name = "cd_lod"
type = "text"
title = { zh = "检出限", en = "Limit" }
[[fields]]
name = "opened""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        "fields = []",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        r#"fields = ["site_id", "site_id"]"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        r#"fields = [
  "site_id",
  "site_ID2",
]"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"fields = ["site_id"]"#,
        r#"fields = ["parcel"]"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"field = "accuracy_m""#,
        r#"field = "accuracy_m"
metres = 5"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"field = "accuracy_m"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"field = "accuracy_m""#,
        "metres = 0",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"field = "accuracy_m""#,
        r#"field = "status""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"unit = "m"
"#,
        r#"unit = "km"
"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"from = "opened""#,
        r#"from = "status""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"from = "opened"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"surveyed = "2025-06""#,
        r#"surveyed = "June 2025""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"surveyed = "2025-06"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"surveyed = "2025-06""#,
        r#"surveyed = "2025-06"
surveyed_field = "when""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"public_form = "full""#,
        r#"public_form = "generalised""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"public_form = "generalised""#,
        r#"public_form = "full""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxa = "orchid-sensitivity""#,
        "grid_deg = 0.1",
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxa = "orchid-sensitivity""#,
        r#"taxa = "orchid-sensitivity"
withhold = ["occurrenceId"]"#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxa = "orchid-sensitivity"
taxon = "scientificName"
date = "eventDate"
"#,
        r#"grid_deg = 0.1
withhold = ["occurrenceID"]
"#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxa = "orchid-sensitivity"
taxon = "scientificName"
date = "eventDate"
"#,
        r"grid_deg = 0.05
",
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxa = "orchid-sensitivity""#,
        r#"grid_deg = 1
taxa = "orchid-sensitivity""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxa = "orchid-sensitivity""#,
        r#"taxa = "orchids""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxon = "scientificName"
"#,
        "",
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"taxon = "scientificName""#,
        r#"taxon = "eventDate""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"date = "eventDate""#,
        r#"date = "scientificName""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"date = "eventDate""#,
        r#"date = "eventDat""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality"
type = "text"
visibility = "department""#,
        r#"name = "locality"
type = "text"
visibility = "public""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality"
type = "text"
visibility = "department""#,
        r#"name = "where"
from = "verbatimLocality"
type = "text"
visibility = "public""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"name = "locality"
type = "text"
visibility = "department""#,
        r#"name = "east"
from = "Y"
type = "text"
visibility = "public""#,
    ),
    Spoilt(
        "layers/base/boundary.toml",
        r#"geometry = "polygon"
public_form = "full""#,
        r#"geometry = "none"
public_form = "generalised""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"crs = "GCJ-02"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"crs = "GCJ-02""#,
        r#"crs = "EPSG:999999""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"path = "seeds/sites.csv""#,
        r#"path = "seeds/site.csv""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"path = "seeds/sites.csv""#,
        r#"path = """#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"path = "seeds/sites-coverage.geojson""#,
        r#"path = "seeds/coverage.geojson""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"path = "seeds/orchid-points.csv""#,
        r#"path = "seeds/points.csv""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"encoding = "GBK""#,
        r#"encoding = "GB-2312-80""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"lat = "LAT"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"lon = "LON"
lat = "LAT"
"#,
        r#"northing = "X"
"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"lat = "LAT"
"#,
        r#"lat = "LAT"
wkt = "WKT"
"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"lon = "LON"
lat = "LAT"
"#,
        "",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"geometry = "point""#,
        r#"geometry = "polygon""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"geometry = "point"
public_form = "full""#,
        r#"geometry = "none"
public_form = "none""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"geometry = "point"
public_form = "generalised""#,
        r#"geometry = "none"
public_form = "none""#,
    ),
    Spoilt(
        "layers/biodiversity/orchids.toml",
        r#"path = "seeds/orchids.csv""#,
        r#"path = "seeds/orchids.csv"
crs = "CRS84""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        "minzoom = 8",
        r"minzoom = 8
maxzoom = 23",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        "minzoom = 8",
        r"minzoom = 8
maxzoom = 7",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"class = "status""#,
        r#"class = "kind""#,
    ),
    Spoilt(
        "layers/base/boundary.toml",
        "[identity]",
        r#"[tiles]
points = "thin"
[identity]"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        "minzoom = 8",
        r"minzoom = 8
tessellating = true",
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"type = "number"
detection_limit = true
min = 0
max = 1000"#,
        r#"type = "integer"
detection_limit = true
min = 0
max = 1000"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"type = "number"
detection_limit = true
min = 0
max = 1000"#,
        r#"type = "text"
min = 0
max = 1000"#,
    ),
    Spoilt("layers/soil/sites.toml", "max = 1000", "max = -1"),
    Spoilt(
        "layers/soil/sites.toml",
        r#"updated = "2025-06-30""#,
        r#"updated = "2025-06-31""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"licence = "CC0-1.0""#,
        r#"licence = """#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"role = "source""#,
        r#"role = "source"
label = "nam""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r#"role = "source""#,
        r#"role = "source"
label = "opened""#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[part_of]
layer = "orchid"
field = "site_id"
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[part_of]
layer = "air-stations"
field = "site_id"
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[part_of]
layer = "sites"
field = "site_id"
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[part_of]
layer = "boundary"
field = "site_id"
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[part_of]
layer = "orchids"
field = "cd"
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[part_of]
layer = "orchids"
field = "orchid"
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[series]
time = "cd"
values = []
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/soil/sites.toml",
        r"[tiles]
minzoom = 8",
        r#"[series]
time = "month"
values = [
  "cd",
  "status",
  "cd",
  "cr",
]
[tiles]
minzoom = 8"#,
    ),
    Spoilt(
        "layers/district.toml",
        r#"boundary = "boundary""#,
        r#"boundary = "boundry""#,
    ),
    Spoilt(
        "layers/district.toml",
        r#"boundary = "boundary""#,
        r#"boundary = "territory-of-the-district""#,
    ),
    Spoilt(
        "layers/district.toml",
        r#"boundary = "boundary""#,
        r#"boundary = "sites""#,
    ),
    Spoilt(
        "layers/district.toml",
        r#"time_zone = "Asia/Shanghai""#,
        r#"time_zone = "Asia/Peking""#,
    ),
    Spoilt(
        "layers/district.toml",
        r"[audiences]
public =",
        r"[audiences]
department =",
    ),
    Spoilt(
        "layers/district.toml",
        r"[audiences]
public =",
        r"[audiences]
press =",
    ),
    Spoilt(
        "layers/district.toml",
        r#"time_zone = "Asia/Shanghai""#,
        r#"time_zone = "Asia/Shanghai"
margin_km = -1"#,
    ),
    Spoilt(
        "layers/district.toml",
        r#"land_use_system = "ydyh-2023""#,
        r#"land_use_system = "ydyh-2020""#,
    ),
    Spoilt(
        "layers/district.toml",
        r#"land_use_system = "ydyh-2023""#,
        r#"land_use_system = """#,
    ),
    Spoilt(
        "layers/district.toml",
        r#"time_zone = "Asia/Shanghai"
"#,
        "",
    ),
];
