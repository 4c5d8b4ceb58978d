//! An engine that is not ours answers the same questions: PostGIS, on its `geography`, for every
//! spatial layer of the demonstration district and ten thousand parcels.

pub(crate) mod postgis;
mod district;
mod parcels;
mod near;
