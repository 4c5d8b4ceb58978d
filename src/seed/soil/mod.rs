//! `seeds/soil`: pollution sites, enterprises and facilities that may become such, samples, the list of
//! land under risk control and remediation, and what the soil is used for.

mod analytes;
mod dirt;
mod farmland;
mod ground;
mod list;
mod non_point;
mod regulated;
mod samples;
mod sites;
mod survey_points;
mod unused;
mod waste;

pub(super) use self::ground::{coverage, district};

pub(super) use self::dirt::DIRT;
use crate::seed::carrier::SeedFile;
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let listed = list::listed(city);
    let sites = sites::sites(city, &listed);
    let regulated = regulated::parcels(city, &listed);
    let mut files = sites::files(&sites);
    files.extend(regulated::files(city, &regulated)?);
    files.extend(samples::files(city, &sites, &regulated)?);
    files.extend(list::files(city, &listed)?);
    files.extend(waste::files(city));
    files.extend(farmland::files(city)?);
    files.extend(unused::files(city)?);
    files.extend(survey_points::files(city));
    files.extend(non_point::files(city));
    Ok(files)
}
