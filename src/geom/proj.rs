//! PROJ, safely: the few functions of its C interface that OneMap calls. Every context looks for
//! its database where [`super::proj_data`] has laid it, whatever `PROJ_DATA` says.
//!
//! The `proj` crate is not used because it puts a search path *behind* `PROJ_DATA`'s, does not turn
//! the axes of a definition given as text, and cannot compare two definitions.

#![expect(
    unsafe_code,
    reason = "PROJ is a C library; every pointer stays within this file"
)]

use std::ffi::{CStr, CString, c_int};
use std::marker::PhantomData;
use std::os::unix::ffi::OsStrExt as _;
use std::ptr::{self, NonNull};

use proj_sys as sys;

use super::{BBox, cast, proj_data};
use crate::say;
use crate::text::{Key, Problem};

/// A PROJ context with our database.
#[derive(Debug)]
pub(super) struct Context(NonNull<sys::PJ_CONTEXT>);

// SAFETY: a context may be used by any one thread at a time; `&mut`/ownership rules keep it so,
// since `Context` is not `Sync`.
unsafe impl Send for Context {}

impl Context {
    /// A new context. Fails when the database cannot be laid into the cache folder.
    pub(super) fn new() -> Result<Self, Problem> {
        let database = proj_data::database()?;
        let unusable = || say!(Key::GeomProjUnusable, path = database.display());
        let path = CString::new(database.as_os_str().as_bytes())
            .map_err(|e| Problem::because(unusable(), e))?;
        let folder = database.parent().unwrap_or(&database);
        let folder = CString::new(folder.as_os_str().as_bytes())
            .map_err(|e| Problem::because(unusable(), e))?;
        // SAFETY: the strings outlive the calls, which copy them; the context is freed in `drop`.
        unsafe {
            let context = Self(NonNull::new(sys::proj_context_create()).ok_or_else(unusable)?);
            sys::proj_log_level(context.0.as_ptr(), sys::PJ_LOG_LEVEL_PJ_LOG_NONE);
            sys::proj_context_set_enable_network(context.0.as_ptr(), 0);
            sys::proj_context_set_search_paths(context.0.as_ptr(), 1, [folder.as_ptr()].as_ptr());
            let set = sys::proj_context_set_database_path(
                context.0.as_ptr(),
                path.as_ptr(),
                ptr::null(),
                ptr::null(),
            );
            if set == 1 {
                Ok(context)
            } else {
                Err(unusable().into())
            }
        }
    }

    /// The reference system of a definition: `EPSG:4548`, WKT, PROJ string, PROJJSON. `None` when
    /// PROJ does not know it or it is something else than a reference system.
    pub(super) fn crs(&self, definition: &str) -> Option<Object<'_>> {
        let mut text = definition.trim().to_owned();
        let is_proj_string = text.starts_with('+') || text.starts_with("proj=");
        if is_proj_string && !text.contains("type=crs") {
            text.push_str(" +type=crs");
        }
        let text = CString::new(text).ok()?;
        // SAFETY: context and text are alive; the object is freed in `drop`.
        let object = unsafe { self.own(sys::proj_create(self.0.as_ptr(), text.as_ptr())) }?;
        // SAFETY: the object is alive.
        (unsafe { sys::proj_is_crs(object.pj.as_ptr()) } == 1).then_some(object)
    }

    /// # Safety
    /// `pj` is null or an object of this context that nobody else frees.
    unsafe fn own(&self, pj: *mut sys::PJ) -> Option<Object<'_>> {
        NonNull::new(pj).map(|pj| Object { pj, context: self })
    }

    fn error_text(&self, number: c_int) -> String {
        // SAFETY: PROJ returns null or a string that lives until its next call on this context.
        unsafe {
            let text = sys::proj_context_errno_string(self.0.as_ptr(), number);
            if text.is_null() {
                String::new()
            } else {
                CStr::from_ptr(text).to_string_lossy().into_owned()
            }
        }
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: objects borrow or own their context, so all are freed by now.
        unsafe { sys::proj_context_destroy(self.0.as_ptr()) };
    }
}

/// What a reference system is, as far as OneMap cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Positions on the earth's surface.
    Horizontal,
    /// Heights, geocentric, engineering and the like: no longitude and latitude without more.
    Other,
}

/// A reference system.
#[derive(Debug)]
pub(super) struct Object<'c> {
    pj: NonNull<sys::PJ>,
    context: &'c Context,
}

impl Object<'_> {
    /// What it is.
    pub(super) fn kind(&self) -> Kind {
        // SAFETY: the object is alive.
        match unsafe { sys::proj_get_type(self.pj.as_ptr()) } {
            sys::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_2D_CRS
            | sys::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_3D_CRS
            | sys::PJ_TYPE_PJ_TYPE_PROJECTED_CRS
            | sys::PJ_TYPE_PJ_TYPE_DERIVED_PROJECTED_CRS
            | sys::PJ_TYPE_PJ_TYPE_COMPOUND_CRS
            | sys::PJ_TYPE_PJ_TYPE_BOUND_CRS => Kind::Horizontal,
            _ => Kind::Other,
        }
    }

    /// Whether the registry puts the axis that runs north first; `None`: neither axis comes first, as
    /// on the pole.
    pub(super) fn north_first(&self) -> Option<bool> {
        let context = self.context.0.as_ptr();
        // SAFETY: all are alive; the system of axes is freed at the end of this block; a direction is
        // null or a string of its.
        unsafe {
            let axes = self.context.own(sys::proj_crs_get_coordinate_system(
                context,
                self.pj.as_ptr(),
            ))?;
            let mut direction = ptr::null();
            let known = sys::proj_cs_get_axis_info(
                context,
                axes.pj.as_ptr(),
                0,
                ptr::null_mut(),
                ptr::null_mut(),
                &raw mut direction,
                ptr::null_mut(),
                ptr::null_mut(),
                ptr::null_mut(),
                ptr::null_mut(),
            );
            if known != 1 || direction.is_null() {
                return None;
            }
            match CStr::from_ptr(direction).to_str() {
                Ok("north") => Some(true),
                Ok("east") => Some(false),
                _ => None,
            }
        }
    }

    /// Whether its coordinates are degrees.
    pub(super) fn is_geographic(&self) -> bool {
        // SAFETY: the object is alive.
        let kind = unsafe { sys::proj_get_type(self.pj.as_ptr()) };
        kind == sys::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_2D_CRS
            || kind == sys::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_3D_CRS
    }

    /// Where it is meant to be used; `None` where that is not said, or goes across the antimeridian.
    pub(super) fn area(&self) -> Option<BBox> {
        let (mut west, mut south, mut east, mut north) = (0.0, 0.0, 0.0, 0.0);
        // SAFETY: all are alive, and each number is written to where it stands.
        let known = unsafe {
            sys::proj_get_area_of_use(
                self.context.0.as_ptr(),
                self.pj.as_ptr(),
                &raw mut west,
                &raw mut south,
                &raw mut east,
                &raw mut north,
                ptr::null_mut(),
            )
        };
        (known == 1 && -180.0 <= west && west < east && south < north).then_some(BBox {
            west,
            south,
            east,
            north,
        })
    }

    /// The same with east before north.
    fn east_first(&self) -> Option<Self> {
        let context = self.context;
        // SAFETY: both are alive; the new object is freed in its `drop`.
        unsafe {
            context.own(sys::proj_normalize_for_visualization(
                context.0.as_ptr(),
                self.pj.as_ptr(),
            ))
        }
    }

    /// Whether both give the same numbers to the same place, names and the order of axes apart.
    pub(super) fn is_equivalent(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.east_first(), other.east_first()) else {
            return false;
        };
        let context = self.context.0.as_ptr();
        let criterion = sys::PJ_COMPARISON_CRITERION_PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS;
        // SAFETY: all are alive.
        let same = unsafe {
            sys::proj_is_equivalent_to_with_ctx(context, a.pj.as_ptr(), b.pj.as_ptr(), criterion)
        };
        same == 1
    }

    /// The EPSG codes that PROJ is at least 90 % sure this definition means.
    pub(super) fn epsg_codes(&self) -> Vec<u32> {
        let context = self.context.0.as_ptr();
        let mut confidence: *mut c_int = ptr::null_mut();
        let mut codes = Vec::new();
        // SAFETY: the list holds `number` objects and `confidence` as many numbers, or both are
        // null; both are freed here, each object in its `drop`.
        unsafe {
            let list = sys::proj_identify(
                context,
                self.pj.as_ptr(),
                c"EPSG".as_ptr(),
                ptr::null(),
                &raw mut confidence,
            );
            if list.is_null() {
                return codes;
            }
            let number = sys::proj_list_get_count(list);
            for i in 0..number {
                let sure = confidence.add(cast::u32_to_usize(i.unsigned_abs())).read();
                let Some(found) = self.context.own(sys::proj_list_get(context, list, i)) else {
                    continue;
                };
                let code = sys::proj_get_id_code(found.pj.as_ptr(), 0);
                if sure >= 90 && !code.is_null() {
                    codes.extend(
                        CStr::from_ptr(code)
                            .to_str()
                            .ok()
                            .and_then(|c| c.parse::<u32>().ok()),
                    );
                }
            }
            sys::proj_int_list_destroy(confidence);
            sys::proj_list_destroy(list);
        }
        codes
    }
}

impl Drop for Object<'_> {
    fn drop(&mut self) {
        // SAFETY: this object alone owns the pointer, and its context is alive.
        unsafe { sys::proj_destroy(self.pj.as_ptr()) };
    }
}

/// Which way a transformation is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To longitude and latitude.
    Forward,
    /// From longitude and latitude.
    Back,
}

/// The way from a reference system to longitude and latitude, east first on both sides.
#[derive(Debug)]
pub(super) struct Transformation {
    pj: NonNull<sys::PJ>,
    context: Context,
    _one_thread_at_a_time: PhantomData<*mut ()>,
}

// SAFETY: it owns its context and its object, which nothing else can reach; it is not `Sync`.
unsafe impl Send for Transformation {}

impl Transformation {
    /// The way from a definition to degrees of WGS 84, or else of CGCS2000; `None` when PROJ does
    /// not know the system, or knows no transformation to either datum (it is not let guess one).
    pub(super) fn to_degrees(mut context: Context, definition: &str) -> Option<Self> {
        for degrees in ["EPSG:4326", "EPSG:4490"] {
            match Self::between(context, definition, degrees) {
                Ok(way) => return Some(way),
                Err(unused) => context = unused,
            }
        }
        None
    }

    fn between(context: Context, from: &str, to: &str) -> Result<Self, Context> {
        let Some(pj) = Self::find(&context, from, to) else {
            return Err(context);
        };
        Ok(Self {
            pj,
            context,
            _one_thread_at_a_time: PhantomData,
        })
    }

    /// An object that whoever takes it must free.
    fn find(context: &Context, from: &str, to: &str) -> Option<NonNull<sys::PJ>> {
        let (from, to) = (context.crs(from)?, context.crs(to)?);
        let options = [c"ALLOW_BALLPARK=NO".as_ptr(), ptr::null()];
        // SAFETY: all are alive; the way is freed at the end of this block.
        unsafe {
            let way = context.own(sys::proj_create_crs_to_crs_from_pj(
                context.0.as_ptr(),
                from.pj.as_ptr(),
                to.pj.as_ptr(),
                ptr::null_mut(),
                options.as_ptr(),
            ))?;
            NonNull::new(sys::proj_normalize_for_visualization(
                context.0.as_ptr(),
                way.pj.as_ptr(),
            ))
        }
    }

    /// Transforms one coordinate; the error is PROJ's own words, in English.
    pub(super) fn coord(&self, way: Direction, x: f64, y: f64) -> Result<(f64, f64), String> {
        let direction = match way {
            Direction::Forward => sys::PJ_DIRECTION_PJ_FWD,
            Direction::Back => sys::PJ_DIRECTION_PJ_INV,
        };
        let given = sys::PJ_COORD {
            xyzt: sys::PJ_XYZT {
                x,
                y,
                z: 0.0,
                t: f64::INFINITY,
            },
        };
        // SAFETY: the object is alive and used by this thread only; `xyzt` of the answer is four
        // plain numbers, any bits of which are numbers.
        let (xyzt, errno) = unsafe {
            sys::proj_errno_reset(self.pj.as_ptr());
            let answer = sys::proj_trans(self.pj.as_ptr(), direction, given);
            (answer.xyzt, sys::proj_errno(self.pj.as_ptr()))
        };
        if errno == 0 && xyzt.x.is_finite() && xyzt.y.is_finite() {
            Ok((xyzt.x, xyzt.y))
        } else {
            Err(self.context.error_text(errno))
        }
    }
}

impl Drop for Transformation {
    fn drop(&mut self) {
        // SAFETY: this value alone owns the pointer; the context is dropped after it.
        unsafe { sys::proj_destroy(self.pj.as_ptr()) };
    }
}
