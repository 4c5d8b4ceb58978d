//! What the commands that screen have in common: which parcels, by what, for whom, as of when.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::progress::Progress;
use super::{Session, Terminal, past};
use crate::assess::ask;
use crate::batch::parcels::{self, Shape};
use crate::batch::{Input, PlannedFrom, Screener, Watch};
use crate::geom::Crs;
use crate::layer::book::Profile;
use crate::layer::{Atlas, Book};
use crate::model::{Audience, Revision};
use crate::query::World;
use crate::say;
use crate::source::Diagnostic;
use crate::store::geopackage::GeoPackage;
use crate::store::{Store as _, StoreError};
use crate::text::{Key, Problem};

/// Which parcels, and how they are screened.
#[derive(Debug, Clone, Args)]
pub(super) struct Asking {
    /// 规划用途，混合用地以逗号分隔 / planned use for all parcels; several of a mixed one: 0701,0901
    #[arg(long, value_name = "CODE", conflicts_with = "planned_use_field")]
    planned_use: Option<String>,
    /// 规划用途所在的列 / the column with each parcel's planned use
    #[arg(long, value_name = "FIELD")]
    planned_use_field: Option<String>,
    /// 规划用途的分类体系 / the classification of planned uses [the district's]
    #[arg(long, value_name = "SYSTEM")]
    planned_use_system: Option<String>,
    /// 筛查方案 / the profile [the district's]
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// 文件中的图层或工作表 / the layer or sheet within the file
    #[arg(long, value_name = "LAYER")]
    layer: Option<String>,
    /// 坐标参考系（文件未说明时）/ the reference system, where the file does not say
    #[arg(long, value_name = "CRS")]
    crs: Option<String>,
    /// 文本文件的编码 / the encoding of a text file [UTF-8]
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,
    /// 本区地块编号所在的列（代替几何）/ the column with numbers of the district's parcels, instead of geometry
    #[arg(long, value_name = "FIELD")]
    parcel_field: Option<String>,
    /// 结果中保留的列，以逗号分隔 / which columns of the file stand in the output [all]
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    keep: Option<Vec<String>>,
    /// 面向谁 / for whom [public]
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,
    /// 当时入库的数据：日期或时刻 / as was on record then: a day or a moment
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
}

/// All of that, looked up.
pub(super) struct Asked {
    pub(super) atlas: Atlas,
    pub(super) store: GeoPackage,
    pub(super) input: Input,
    pub(super) shape: Shape,
    pub(super) own: Vec<usize>,
    pub(super) profile: Arc<Profile>,
    pub(super) audience: Audience,
    pub(super) as_of: Option<Timestamp>,
    pub(super) now: Timestamp,
}

impl Asking {
    /// Looks everything up that does not need the store's content.
    pub(super) fn look_up(&self, session: &Session, path: &Path) -> Result<Asked, Problem> {
        let atlas = session.atlas()?;
        let store = GeoPackage::open(&session.store()).map_err(StoreError::into_problem)?;
        let now = Timestamp::now();
        let zone = &atlas.district.time_zone;
        let as_of = self.as_of.as_deref().map(|text| moment(text, zone));
        let as_of = as_of.transpose()?;
        if as_of.is_some_and(|moment| moment > now) {
            return Err(say!(Key::CliAsOfFuture).into());
        }
        let profile = ask::profile(&atlas.book, self.profile.as_deref())
            .map_err(|fault| Problem::new(fault.message()))?;
        let input = self.input(path, &atlas.book)?;
        let shape = parcels::look(&input)?;
        let geometry = shape.geometry_column();
        if let Some(missing) = self
            .keep
            .iter()
            .flatten()
            .find(|n| !shape.columns.contains(n))
        {
            let (file, columns) = (path.display(), shape.columns.join(", "));
            return Err(say!(
                Key::BatchColumnMissing,
                file = file,
                column = missing,
                columns = columns
            )
            .into());
        }
        let own = crate::batch::own(&shape.columns, self.keep.as_deref(), geometry);
        Ok(Asked {
            audience: audience(&atlas, self.audience.as_deref())?,
            atlas,
            store,
            input,
            shape,
            own,
            profile,
            as_of,
            now,
        })
    }

    fn input(&self, path: &Path, book: &Book) -> Result<Input, Problem> {
        let system = self.planned_use_system.clone();
        let planned = match (&self.planned_use, &self.planned_use_field) {
            (Some(codes), _) => {
                let uses = parcels::uses(codes, system.as_deref());
                // A code that is none is wrong for every row: better said at once.
                for asked in &uses {
                    ask::coded_use(book, asked).map_err(|fault| Problem::new(fault.message()))?;
                }
                PlannedFrom::All(uses)
            }
            (None, Some(name)) => PlannedFrom::Field {
                name: name.clone(),
                system,
            },
            (None, None) => PlannedFrom::Record,
        };
        let crs = self.crs.as_deref();
        Ok(Input {
            path: path.to_owned(),
            layer: self.layer.clone(),
            encoding: self.encoding.clone(),
            crs: crs.map(|crs| Crs::parse(crs, Path::new(""))).transpose()?,
            parcel_field: self.parcel_field.clone(),
            planned,
        })
    }
}

impl Asked {
    /// Today, where the district is.
    pub(super) fn today(&self) -> Date {
        self.atlas.district.time_zone.to_datetime(self.now).date()
    }

    /// The revision that is answered from: that of the moment asked for, else the newest.
    pub(super) fn revision(&self) -> Result<Revision, Problem> {
        let Some(moment) = self.as_of else {
            return self.store.revision().map_err(StoreError::into_problem);
        };
        let found = self.store.revision_at(moment);
        found
            .map_err(StoreError::into_problem)?
            .ok_or_else(|| say!(Key::CliAsOfBefore).into())
    }

    /// The world as it was on record at a revision.
    pub(super) fn world(&self, revision: Revision) -> Result<World, Problem> {
        past::world_at(&self.atlas, &self.store, self.audience, revision)
            .map_err(StoreError::into_problem)
    }

    /// Who answers from a world, by a book.
    pub(super) fn screener<'a>(
        &'a self,
        world: &'a World,
        book: &'a Book,
        today: Date,
    ) -> Screener<'a> {
        Screener {
            world,
            book,
            profile: &self.profile,
            as_of: self.as_of,
            today,
            now: self.now,
            own: self.own.clone(),
            planned_field: crate::batch::planned_field(&self.input),
            columns: crate::batch::columns(&self.shape.columns, &self.own, &self.profile),
        }
    }
}

/// A moment as a person writes it: RFC 3339, or a day of the district, which is meant to its end.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, Problem> {
    let unreadable = || say!(Key::CliAsOfUnreadable, value = text);
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let end = |day: Date| {
        let next = day.checked_add(1.day())?.to_datetime(Time::midnight());
        zone.to_timestamp(next)?.checked_sub(1.nanosecond())
    };
    let day: Date = text
        .parse()
        .map_err(|error: jiff::Error| Problem::because(unreadable(), error))?;
    end(day).map_err(|error| Problem::because(unreadable(), error))
}

/// The audience of that name, if the district has it; none is named: the public, for whom an answer
/// can hold nothing that may not be passed on.
pub(super) fn audience(atlas: &Atlas, name: Option<&str>) -> Result<Audience, Problem> {
    let Some(name) = name else {
        return Ok(Audience::Public);
    };
    Audience::parse(name)
        .filter(|audience| atlas.district.audiences.contains_key(audience))
        .ok_or_else(|| say!(Key::CliAudienceUnknown, audience = name).into())
}

/// How many reasons the terminal shows; the list has them all.
const SHOWN_ON_TERMINAL: u64 = 20;

/// A person who watches a run.
pub(super) struct Watcher {
    terminal: Terminal,
    progress: Progress,
    file: PathBuf,
    begun: bool,
    /// How many reasons there were.
    pub(super) told: u64,
}

impl Watcher {
    pub(super) fn new(terminal: &Terminal, asked: &Asked) -> Self {
        let name = asked.input.path.file_name().unwrap_or_default();
        let mut progress = Progress::new(terminal, &name.to_string_lossy());
        progress.total(asked.shape.rows);
        Self {
            terminal: terminal.clone(),
            progress,
            file: asked.input.path.clone(),
            begun: false,
            told: 0,
        }
    }

    pub(super) fn finish(&self) {
        self.progress.finish();
    }
}

impl Watch for Watcher {
    fn done(&mut self, rows: u64) {
        if self.begun {
            self.progress.advance(rows);
        } else {
            self.begun = true;
            self.progress.resume(rows);
        }
    }

    fn bad(&mut self, fault: &Diagnostic) {
        self.told += 1;
        if self.told > SHOWN_ON_TERMINAL {
            return;
        }
        let cell = match (&fault.column, &fault.value) {
            (Some(column), Some(value)) => format!(" {column}=\"{value}\""),
            (Some(column), None) => format!(" {column}"),
            (None, Some(value)) => format!(" \"{value}\""),
            (None, None) => String::new(),
        };
        let reason = fault.reason.in_lang(self.terminal.lang());
        let file = self.file.display();
        self.terminal
            .line(&format!("{file}:{}{cell}: {reason}", fault.row));
    }
}
