//! From the coordinates of a file to longitude and latitude, and back.
//!
//! Always x east and y north in, longitude and latitude out, whatever order the registry gives the
//! axes. Degrees of WGS 84 and of CGCS2000 are taken as equal: their ellipsoids differ by a tenth of
//! a millimetre and their frames by centimetres.

use geo_types::{Geometry as G, LineString, Polygon};

use super::proj::{Context, Direction, Transformation};
use super::{Crs, Geometry, bd09, gcj02, mercator};
use crate::say;
use crate::text::{Key, Message, Problem};

/// The way between a reference system and degrees.
#[derive(Debug)]
enum Way {
    Degrees,
    Mercator,
    Gcj02,
    Bd09,
    Proj(Transformation),
}

impl Way {
    fn of(crs: &Crs) -> Result<Self, Problem> {
        Ok(match crs {
            Crs::Crs84 | Crs::Epsg(4326 | 4490) => Self::Degrees,
            Crs::Epsg(3857) => Self::Mercator,
            Crs::Gcj02 => Self::Gcj02,
            Crs::Bd09 => Self::Bd09,
            Crs::Epsg(_) | Crs::Definition { .. } => {
                let way = Transformation::to_degrees(Context::new()?, &crs.definition());
                Self::Proj(way.ok_or_else(|| say!(Key::GeomCrsNoWay, crs = crs))?)
            }
        })
    }
}

/// Turns coordinates of one reference system into degrees. One a thread: it may be sent to another
/// thread but not shared.
#[derive(Debug)]
pub struct ToLonLat {
    crs: Crs,
    way: Way,
}

impl ToLonLat {
    /// The way from a reference system to degrees. Fails when PROJ does not know it, knows no
    /// transformation to WGS 84, or its database cannot be laid out.
    pub fn new(crs: &Crs) -> Result<Self, Problem> {
        Ok(Self {
            crs: crs.clone(),
            way: Way::of(crs)?,
        })
    }

    /// The longitude and latitude of one coordinate, x east, y north.
    pub fn coord(&self, x: f64, y: f64) -> Result<(f64, f64), Message> {
        finite(x, y)?;
        let (lon, lat) = match &self.way {
            Way::Degrees => (x, y),
            Way::Mercator => mercator::from_metres(x, y),
            Way::Gcj02 => on_the_globe(&self.crs, x, y, (x, y)).map(|()| gcj02::to_wgs84(x, y))?,
            Way::Bd09 => on_the_globe(&self.crs, x, y, (x, y)).map(|()| bd09::to_wgs84(x, y))?,
            Way::Proj(way) => way.coord(Direction::Forward, x, y).map_err(|reason| {
                say!(
                    Key::GeomCoordRefused,
                    x = x,
                    y = y,
                    crs = self.crs,
                    reason = reason
                )
            })?,
        };
        on_the_globe(&self.crs, x, y, (lon, lat))?;
        Ok((lon, lat))
    }

    /// Turns every coordinate of a geometry. After an error the geometry is half turned and of no
    /// use.
    pub fn geometry(&self, geometry: &mut Geometry) -> Result<(), Message> {
        turn(geometry, &|x, y| self.coord(x, y))
    }
}

/// Turns degrees into coordinates of one reference system. One a thread, like [`ToLonLat`].
#[derive(Debug)]
pub struct FromLonLat {
    crs: Crs,
    way: Way,
}

impl FromLonLat {
    /// The way from degrees to a reference system. Fails like [`ToLonLat::new`].
    pub fn new(crs: &Crs) -> Result<Self, Problem> {
        Ok(Self {
            crs: crs.clone(),
            way: Way::of(crs)?,
        })
    }

    /// The coordinate of a longitude and latitude: x east, y north.
    pub fn coord(&self, lon: f64, lat: f64) -> Result<(f64, f64), Message> {
        finite(lon, lat)?;
        on_the_globe(&Crs::Crs84, lon, lat, (lon, lat))?;
        match &self.way {
            Way::Degrees => Ok((lon, lat)),
            Way::Mercator => Ok(mercator::to_metres(lon, lat)),
            Way::Gcj02 => Ok(gcj02::from_wgs84(lon, lat)),
            Way::Bd09 => Ok(bd09::from_wgs84(lon, lat)),
            Way::Proj(way) => way.coord(Direction::Back, lon, lat).map_err(|reason| {
                say!(
                    Key::GeomCoordRefused,
                    x = lon,
                    y = lat,
                    crs = self.crs,
                    reason = reason
                )
            }),
        }
    }

    /// Turns every coordinate of a geometry. After an error the geometry is half turned and of no
    /// use.
    pub fn geometry(&self, geometry: &mut Geometry) -> Result<(), Message> {
        turn(geometry, &|x, y| self.coord(x, y))
    }
}

/// What turns one coordinate.
type Turn<'a> = &'a dyn Fn(f64, f64) -> Result<(f64, f64), Message>;

fn turn(geometry: &mut Geometry, coord: Turn<'_>) -> Result<(), Message> {
    match geometry {
        G::Point(point) => point.0 = coord(point.x(), point.y())?.into(),
        G::Line(line) => {
            line.start = coord(line.start.x, line.start.y)?.into();
            line.end = coord(line.end.x, line.end.y)?.into();
        }
        G::LineString(line) => turn_line(line, coord)?,
        G::Polygon(polygon) => turn_polygon(polygon, coord)?,
        G::MultiPoint(points) => {
            for point in &mut points.0 {
                point.0 = coord(point.x(), point.y())?.into();
            }
        }
        G::MultiLineString(lines) => {
            lines
                .0
                .iter_mut()
                .try_for_each(|line| turn_line(line, coord))?;
        }
        G::MultiPolygon(polygons) => {
            polygons
                .0
                .iter_mut()
                .try_for_each(|polygon| turn_polygon(polygon, coord))?;
        }
        G::GeometryCollection(members) => {
            members
                .0
                .iter_mut()
                .try_for_each(|member| turn(member, coord))?;
        }
        // Turned, they are no longer what they were.
        G::Rect(rect) => {
            let mut polygon = rect.to_polygon();
            turn_polygon(&mut polygon, coord)?;
            *geometry = polygon.into();
        }
        G::Triangle(triangle) => {
            let mut polygon = triangle.to_polygon();
            turn_polygon(&mut polygon, coord)?;
            *geometry = polygon.into();
        }
    }
    Ok(())
}

fn turn_polygon(polygon: &mut Polygon<f64>, coord: Turn<'_>) -> Result<(), Message> {
    polygon.try_exterior_mut(|ring| turn_line(ring, coord))?;
    polygon.try_interiors_mut(|rings| rings.iter_mut().try_for_each(|ring| turn_line(ring, coord)))
}

fn turn_line(line: &mut LineString<f64>, coord: Turn<'_>) -> Result<(), Message> {
    for at in &mut line.0 {
        *at = coord(at.x, at.y)?.into();
    }
    Ok(())
}

fn finite(x: f64, y: f64) -> Result<(), Message> {
    if x.is_finite() && y.is_finite() {
        Ok(())
    } else {
        Err(say!(Key::GeomCoordNotFinite, x = x, y = y))
    }
}

/// Refuses what is no longitude and latitude: mostly metres that were declared as degrees.
fn on_the_globe(crs: &Crs, x: f64, y: f64, (lon, lat): (f64, f64)) -> Result<(), Message> {
    if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
        Ok(())
    } else {
        Err(say!(Key::GeomCoordOffGlobe, x = x, y = y, crs = crs))
    }
}
