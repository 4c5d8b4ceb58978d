//! Tiles, and what they are made from and found with, against decoders and judges that are not ours.

mod boxes;
mod decoded;
mod describing;
mod fixtures;
mod gdal;
mod golden;
mod output_areas;
mod samples;
mod seams;
mod shifted;
mod snapshots;
mod valid_tiles;
mod wire;
