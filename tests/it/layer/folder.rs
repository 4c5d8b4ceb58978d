//! A small good folder of layers, to be spoilt in one place at a time.

use std::path::{Path, PathBuf};

use super::limits::{
    BACKGROUND, BACKGROUND_SETS, CONSTRUCTION, FARMLAND, FARMLAND_USES, GRADES, INDICES,
    SUBSTANCES, TOXIC_RESPONSE,
};

/// `layers/soil/sites.toml`: points with codes, precision, coverage and time.
pub(super) const SITES: &str = r#"id = "sites"
theme = "soil"
title = { zh = "污染源", en = "Pollution sites" }
geometry = "point"
public_form = "full"
role = "source"
[source]
path = "seeds/sites.csv"
crs = "GCJ-02"
encoding = "GBK"
lon = "LON"
lat = "LAT"
[identity]
fields = ["site_id"]
[[fields]]
name = "site_id"
type = "text"
required = true
visibility = "public"
title = { zh = "编号", en = "Number" }
[[fields]]
name = "status"
from = "STATUS"
type = "code"
codes = "site-status"
visibility = "public"
title = { zh = "状态", en = "Status" }
[[fields]]
name = "cd"
type = "number"
detection_limit = true
min = 0
max = 1000
visibility = "public"
unit = "mg/kg"
title = { zh = "镉", en = "Cadmium" }
[[fields]]
name = "accuracy_m"
type = "number"
visibility = "department"
unit = "m"
title = { zh = "精度", en = "Accuracy" }
[[fields]]
name = "opened"
type = "date"
title = { zh = "启用", en = "Opened" }
[precision]
field = "accuracy_m"
[coverage]
path = "seeds/sites-coverage.geojson"
surveyed = "2025-06"
[time]
from = "opened"
[tiles]
minzoom = 8
points = "cluster"
class = "status"
[provenance]
publisher = { zh = "演示", en = "Demonstration" }
licence = "CC0-1.0"
updated = "2025-06-30"
kind = "demonstration"
"#;

/// `layers/soil/sites.style.json`: every operator of the subset.
pub(super) const SITES_STYLE: &str = r##"[
  {
    "id": "sites-circle",
    "type": "circle",
    "filter": ["all", ["!", ["has", "point_count"]], ["!=", ["get", "site_id"], "x"]],
    "paint": {
      "circle-color": ["match", ["get", "status"], ["closed"], "#888", "open", "#e31a1c", "#000000"],
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 2, 14, ["case", [">=", ["get", "cd"], 5], 8, 4]],
      "circle-opacity": ["coalesce", ["get", "cd_lod"], 0.5],
      "circle-stroke-width": 1
    }
  },
  {
    "id": "sites-name",
    "type": "symbol",
    "minzoom": 12,
    "metadata": { "anything": 1 },
    "filter": ["any", ["<", ["get", "cd"], 1], ["<=", ["zoom"], 14], ["==", ["get", "status"], "open"], [">", ["get", "cd"], 3]],
    "layout": {
      "text-field": ["concat", ["get", "site_id"], " ", ["to-string", ["get", "cd"]]],
      "text-size": ["step", ["zoom"], 10, 14, 12],
      "text-offset": ["literal", [0, 1.2]],
      "text-anchor": "top"
    },
    "paint": { "text-halo-color": "rgba(255, 255, 255, 0.8)", "text-halo-width": 1 }
  }
]
"##;

/// `layers/base/boundary.toml`: the territory.
pub(super) const BOUNDARY: &str = r#"id = "boundary"
theme = "base"
title = { zh = "区界", en = "Boundary" }
geometry = "polygon"
public_form = "full"
role = "context"
[source]
path = "seeds/boundary.geojson"
crs = "EPSG:4490"
[identity]
fields = "content"
[provenance]
publisher = { zh = "演示", en = "Demonstration" }
licence = "CC0-1.0"
updated = "2025"
kind = "real"
"#;

/// `layers/base/boundary.style.json`
pub(super) const BOUNDARY_STYLE: &str = r##"[
  {
    "id": "boundary-line",
    "type": "line",
    "layout": { "line-join": "round" },
    "paint": { "line-color": "#333333", "line-dasharray": [4, 2] }
  }
]
"##;

/// `layers/biodiversity/orchids.toml`: generalised by a sensitivity list; shown as points.
pub(super) const ORCHIDS: &str = r#"id = "orchids"
theme = "biodiversity"
title = { zh = "兰科植物", en = "Orchids" }
geometry = "point"
public_form = "generalised"
role = "receptor"
[source]
path = "seeds/orchids.csv"
[source.points]
path = "seeds/orchid-points.csv"
crs = "EPSG:4548"
easting = "Y"
northing = "X"
key = "point"
[identity]
fields = ["occurrenceID"]
[[fields]]
name = "occurrenceID"
type = "text"
visibility = "public"
title = { zh = "编号", en = "Number" }
[[fields]]
name = "scientificName"
type = "text"
visibility = "public"
title = { zh = "学名", en = "Scientific name" }
[[fields]]
name = "eventDate"
type = "date"
visibility = "public"
title = { zh = "日期", en = "Date" }
[[fields]]
name = "locality"
type = "text"
visibility = "department"
title = { zh = "地点", en = "Locality" }
[generalise]
taxa = "orchid-sensitivity"
taxon = "scientificName"
date = "eventDate"
[provenance]
publisher = { zh = "演示", en = "Demonstration" }
licence = "CC0-1.0"
updated = "2025-06"
kind = "demonstration"
"#;

/// `layers/biodiversity/orchids.style.json`
pub(super) const ORCHIDS_STYLE: &str =
    "[\n  { \"id\": \"orchids\", \"type\": \"circle\", \"paint\": { \"circle-radius\": 3 } }\n]\n";

/// `layers/district.toml`
pub(super) const DISTRICT: &str = r#"name = { zh = "某区", en = "A district" }
boundary = "boundary"
time_zone = "Asia/Shanghai"
publisher = { zh = "某局", en = "An authority" }
land_use_system = "ydyh-2023"
[audiences]
public = { zh = "公众", en = "The public" }
"#;

/// `layers/codes/site-status.csv`
pub(super) const STATUS: &str = "code,zh,en,parent\nopen,在产,Working,\nclosed,关闭,Closed,open\n";

/// `layers/codes/ydyh-2023.csv`
pub(super) const USES: &str = "code,zh,en,parent,basis\n07,居住用地,Residential,,\n\
    0701,城镇住宅用地,Urban residential,07,\n10,工矿用地,Industrial,,own derivation\n";

/// `layers/codes/crosswalk.csv`
pub(super) const CROSSWALK: &str = "system,code,survey_trigger,gb36600_class,basis\n\
    ydyh-2023,07,yes,I,Soil Law\nydyh-2023,0701,yes,I,own derivation\n\
    ydyh-2023,10,no,II,own derivation\n";

/// `layers/codes/orchid-sensitivity.csv`
pub(super) const SENSITIVITY: &str =
    "taxon,life_stage,months,grid\nOrchis a,,4-7,withheld\nOrchis a,,,0.1\nOrchis b,,,0.01\n";

/// A folder that holds `layers/` and what its files name.
#[derive(Debug)]
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    /// Nothing is in it.
    pub(super) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Nothing is wrong in it.
    pub(super) fn good() -> Self {
        let folder = Self::empty();
        for (path, text) in [
            ("layers/district.toml", DISTRICT),
            ("layers/base/boundary.toml", BOUNDARY),
            ("layers/base/boundary.style.json", BOUNDARY_STYLE),
            ("layers/soil/sites.toml", SITES),
            ("layers/soil/sites.style.json", SITES_STYLE),
            ("layers/biodiversity/orchids.toml", ORCHIDS),
            ("layers/biodiversity/orchids.style.json", ORCHIDS_STYLE),
            ("layers/codes/site-status.csv", STATUS),
            ("layers/codes/ydyh-2023.csv", USES),
            ("layers/codes/crosswalk.csv", CROSSWALK),
            ("layers/codes/orchid-sensitivity.csv", SENSITIVITY),
            ("layers/limits/substances.csv", SUBSTANCES),
            ("layers/limits/gb36600-2018.csv", CONSTRUCTION),
            ("layers/limits/gb15618-2018.csv", FARMLAND),
            ("layers/limits/farmland-uses.csv", FARMLAND_USES),
            ("layers/limits/background-sets.csv", BACKGROUND_SETS),
            ("layers/limits/background.csv", BACKGROUND),
            ("layers/limits/toxic-response.csv", TOXIC_RESPONSE),
            ("layers/limits/index-grades.csv", GRADES),
            ("layers/limits/indices.csv", INDICES),
            ("seeds/sites.csv", ""),
            ("seeds/sites-coverage.geojson", ""),
            ("seeds/boundary.geojson", ""),
            ("seeds/orchids.csv", ""),
            ("seeds/orchid-points.csv", ""),
        ] {
            folder.write(path, text);
        }
        folder
    }

    /// The folder that holds `layers/`.
    pub(super) fn root(&self) -> &Path {
        self.0.path()
    }

    /// `layers/`
    pub(super) fn layers(&self) -> PathBuf {
        self.root().join("layers")
    }

    /// Writes a file.
    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Takes a file away.
    pub(super) fn remove(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).unwrap();
    }
}

/// One thing spoilt in a good folder: in this file, this text, which stands there once, gives way to
/// that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoilt(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
);

impl Spoilt {
    /// A good folder with this spoilt, and the text of the file.
    pub(super) fn folder(&self) -> (Folder, String) {
        let Self(path, old, new) = self;
        let folder = Folder::good();
        let text = std::fs::read_to_string(folder.root().join(path)).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{path}: {old}");
        let text = text.replacen(old, new, 1);
        folder.write(path, &text);
        (folder, text)
    }
}
