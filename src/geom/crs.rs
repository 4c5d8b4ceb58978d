//! Coordinate reference systems: which one a layer declares, and whether a file's own claim fits.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::BBox;
use super::proj::{Context, Kind};
use crate::say;
use crate::text::{Key, Message};

/// A reference system, as a layer declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crs {
    /// An entry of the EPSG registry.
    Epsg(u32),
    /// Longitude and latitude of WGS 84, in that order.
    Crs84,
    /// The shifted degrees of Chinese web maps.
    Gcj02,
    /// Baidu's own shift on top of it.
    Bd09,
    /// A definition in a file: WKT, or a PROJ string. For local systems.
    Definition {
        /// The file.
        path: PathBuf,
        /// What it holds.
        text: String,
    },
}

/// How coordinates of a system are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Habits {
    /// Whether the registry puts north before east. Where there is no registry: longitude first.
    pub(super) north_first: bool,
    /// Whether they are degrees.
    pub(super) degrees: bool,
    /// Where the system is meant to be used, if that is said.
    pub(super) area: Option<BBox>,
}

/// The EPSG codes of plain degrees that this program takes as equal: WGS 84 and CGCS2000.
const PLAIN_DEGREES: [u32; 2] = [4326, 4490];

impl Crs {
    /// Reads a declaration: `EPSG:4548`, `CRS84`, `GCJ-02`, `BD-09`, `wkt:FILE`, `proj:FILE`; files
    /// relative to `root`. PROJ must know the code or the definition, and it must be one of
    /// positions on the earth's surface.
    pub fn parse(text: &str, root: &Path) -> Result<Self, Message> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        match lower.as_str() {
            "crs84" | "ogc:crs84" => return Ok(Self::Crs84),
            "gcj-02" | "gcj02" => return Ok(Self::Gcj02),
            "bd-09" | "bd09" => return Ok(Self::Bd09),
            _ => {}
        }
        let unreadable = || say!(Key::GeomCrsUnreadable, value = text);
        let (scheme, rest) = text.split_once(':').ok_or_else(unreadable)?;
        match scheme.to_ascii_lowercase().as_str() {
            "epsg" => {
                let digits = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
                let code = rest
                    .parse()
                    .ok()
                    .filter(|_| digits)
                    .ok_or_else(unreadable)?;
                Self::Epsg(code).known()
            }
            "wkt" | "proj" => Self::from_file(&root.join(rest)),
            _ => Err(unreadable()),
        }
    }

    /// Reads a name that a person gives, who may not name a file: as [`Crs::parse`] does, with
    /// `CGCS2000` and `WGS84` for plain degrees, and spaces and hyphens where people put them.
    /// `None`: it names none, or nothing that is known by its name alone.
    pub fn named(text: &str) -> Option<Result<Self, Message>> {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '_' | ':'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        match plain.as_str() {
            "CRS84" | "OGCCRS84" | "WGS84" => Some(Ok(Self::Crs84)),
            "CGCS2000" => Some(Ok(Self::Epsg(4490))),
            "GCJ02" => Some(Ok(Self::Gcj02)),
            "BD09" | "BD09LL" => Some(Ok(Self::Bd09)),
            other => {
                let code = other.strip_prefix("EPSG")?;
                let digits = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
                let unreadable = || say!(Key::GeomCrsUnreadable, value = text);
                let code = code
                    .parse()
                    .map_err(|_long: std::num::ParseIntError| unreadable());
                digits.then(|| code.and_then(|code| Self::Epsg(code).known()))
            }
        }
    }

    /// What is to be known for reading coordinates that a person has written.
    pub(super) fn habits(&self) -> Habits {
        let degrees = Habits {
            north_first: false,
            degrees: true,
            area: None,
        };
        match self {
            Self::Crs84 | Self::Gcj02 | Self::Bd09 => degrees,
            _ => {
                let habits = Context::new().ok().and_then(|context| {
                    let crs = context.crs(&self.definition())?;
                    Some(Habits {
                        north_first: crs.north_first().unwrap_or(false),
                        degrees: crs.is_geographic(),
                        area: crs.area(),
                    })
                });
                habits.unwrap_or(degrees)
            }
        }
    }

    fn from_file(path: &Path) -> Result<Self, Message> {
        let text = fs::read_to_string(path)
            .map_err(|e| say!(Key::GeomCrsFile, path = path.display(), reason = e))?;
        Self::Definition {
            path: path.to_owned(),
            text: text.trim().to_owned(),
        }
        .known()
    }

    /// Itself, if PROJ knows it as a system of positions.
    fn known(self) -> Result<Self, Message> {
        if PLAIN_DEGREES
            .into_iter()
            .any(|code| self == Self::Epsg(code))
        {
            return Ok(self);
        }
        let context = Context::new().map_err(|problem| problem.message().clone())?;
        match context.crs(&self.definition()).map(|crs| crs.kind()) {
            Some(Kind::Horizontal) => Ok(self),
            Some(Kind::Other) => Err(say!(Key::GeomCrsKind, crs = self)),
            None => Err(say!(Key::GeomCrsUnknown, crs = self)),
        }
    }

    /// What PROJ is given for it. GCJ-02 and BD-09 have none but the degrees they resemble.
    pub(super) fn definition(&self) -> String {
        match self {
            Self::Epsg(code) => format!("EPSG:{code}"),
            Self::Crs84 | Self::Gcj02 | Self::Bd09 => "OGC:CRS84".to_owned(),
            Self::Definition { text, .. } => text.clone(),
        }
    }

    /// Whether what a file claims to be in fits this declaration: the code and the definition it
    /// gives, either of which may be missing (`None`, empty).
    ///
    /// - Nothing claimed fits all.
    /// - CRS84, EPSG:4326 and EPSG:4490 fit one another: plain degrees, centimetres apart.
    /// - GCJ-02 and BD-09 have no code of their own; files in them claim to be plain degrees.
    /// - Anything else fits its own code, or a definition that PROJ finds equivalent.
    pub fn accepts(&self, epsg: Option<u32>, wkt: &str) -> bool {
        let wkt = wkt.trim();
        if epsg.is_none() && wkt.is_empty() {
            return true;
        }
        let own: &[u32] = match self {
            Self::Crs84 | Self::Gcj02 | Self::Bd09 | Self::Epsg(4326 | 4490) => &PLAIN_DEGREES,
            Self::Epsg(code) => std::slice::from_ref(code),
            Self::Definition { .. } => &[],
        };
        if epsg.is_some_and(|code| own.contains(&code)) {
            return true;
        }
        let Ok(context) = Context::new() else {
            return false;
        };
        // A code that EPSG does not have (Esri's own, say) leaves the definition to go by.
        let by_code = epsg.and_then(|code| context.crs(&format!("EPSG:{code}")));
        let coded = by_code.is_some();
        let claimed = by_code.or_else(|| context.crs(wkt));
        let (Some(claimed), Some(declared)) = (claimed, context.crs(&self.definition())) else {
            return false;
        };
        claimed.is_equivalent(&declared)
            || (!coded && claimed.epsg_codes().iter().any(|code| own.contains(code)))
    }
}

/// As it is declared; reading it again gives the same.
impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Epsg(code) => write!(f, "EPSG:{code}"),
            Self::Crs84 => f.write_str("CRS84"),
            Self::Gcj02 => f.write_str("GCJ-02"),
            Self::Bd09 => f.write_str("BD-09"),
            Self::Definition { path, text } => {
                let scheme = if text.starts_with('+') || text.starts_with("proj=") {
                    "proj"
                } else {
                    "wkt"
                };
                write!(f, "{scheme}:{}", path.display())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Esri's software writes it beside a Shapefile.
    const ESRI_4548: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    const ESRI_4490: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const ESRI_4326: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

    fn crs(text: &str) -> Crs {
        Crs::parse(text, Path::new("/")).unwrap()
    }

    fn refusal(text: &str) -> Key {
        Crs::parse(text, Path::new("/nowhere")).unwrap_err().key()
    }

    #[test]
    fn a_declaration_is_read_and_shown_alike() {
        for text in ["EPSG:4548", "EPSG:3857", "CRS84", "GCJ-02", "BD-09"] {
            assert_eq!(crs(text).to_string(), text);
        }
        assert_eq!(crs(" epsg:4490 "), Crs::Epsg(4490));
        assert_eq!(crs("gcj02"), Crs::Gcj02);
    }

    #[test]
    fn what_is_no_reference_system_is_refused() {
        for text in [
            "",
            "4548",
            "EPSG:",
            "EPSG:+1",
            "EPSG:4548x",
            "EPSG:-1",
            "WGS84",
            "CGCS2000:39",
        ] {
            assert_eq!(refusal(text), Key::GeomCrsUnreadable, "{text}");
        }
        assert_eq!(refusal("EPSG:999999"), Key::GeomCrsUnknown);
        // Heights; geocentric.
        assert_eq!(refusal("EPSG:5773"), Key::GeomCrsKind);
        assert_eq!(refusal("EPSG:4978"), Key::GeomCrsKind);
        assert_eq!(refusal("wkt:none.prj"), Key::GeomCrsFile);
    }

    #[test]
    fn a_definition_is_read_from_a_file_beside_the_layers() {
        let folder = tempfile::tempdir().unwrap();
        let parse = |text: &str| {
            fs::write(folder.path().join("local.txt"), text).unwrap();
            let scheme = if text.starts_with('+') { "proj" } else { "wkt" };
            Crs::parse(&format!("{scheme}:local.txt"), folder.path())
        };
        let local =
            parse("+proj=tmerc +lat_0=0 +lon_0=116.35 +x_0=500000 +ellps=GRS80 +towgs84=0,0,0\n");
        let local = local.unwrap();
        assert!(local.to_string().starts_with("proj:") && local.to_string().ends_with("local.txt"));
        assert_eq!(
            Crs::parse(&local.to_string(), Path::new("/")).unwrap(),
            local
        );
        let esri = parse(ESRI_4548).unwrap();
        assert!(esri.to_string().starts_with("wkt:"));
        assert!(esri.accepts(Some(4548), ""));
        assert!(!esri.accepts(Some(4549), ""));
        assert_eq!(
            parse("+proj=nonsense").unwrap_err().key(),
            Key::GeomCrsUnknown
        );
        assert_eq!(parse("hello").unwrap_err().key(), Key::GeomCrsUnknown);
    }

    #[test]
    fn a_claim_fits_what_is_declared_or_does_not() {
        let degrees = ["CRS84", "EPSG:4326", "EPSG:4490", "GCJ-02", "BD-09"];
        for declared in degrees.map(crs) {
            assert!(declared.accepts(None, ""), "{declared}");
            assert!(declared.accepts(Some(4326), "") && declared.accepts(Some(4490), ""));
            assert!(declared.accepts(None, ESRI_4326) && declared.accepts(None, ESRI_4490));
            assert!(!declared.accepts(Some(4548), "") && !declared.accepts(None, ESRI_4548));
            assert!(!declared.accepts(Some(3857), "") && !declared.accepts(Some(4214), ""));
        }
        let declared = crs("EPSG:4548");
        assert!(declared.accepts(None, "") && declared.accepts(Some(4548), ESRI_4548));
        assert!(declared.accepts(None, ESRI_4548));
        // The same zone with its number before the easting; another meridian; degrees; nonsense.
        assert!(!declared.accepts(Some(4527), "") && !declared.accepts(Some(4547), ""));
        assert!(!declared.accepts(Some(4326), "") && !declared.accepts(None, ESRI_4490));
        assert!(!declared.accepts(Some(999_999), "") && !declared.accepts(None, "hello"));
        assert!(declared.accepts(Some(999_999), ESRI_4548));
        let local = "+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=400000 +y_0=0 +ellps=GRS80 +units=m";
        assert!(!declared.accepts(None, local));
    }
}
