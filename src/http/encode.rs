//! Content codings: a whole body at once, or a stream piece by piece.

use std::io::{self, Write as _};

use flate2::write::GzEncoder;
use http::HeaderValue;

/// A content coding OneMap sends, the one it prefers first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Coding {
    /// Zstandard: the quickest to make, and as small as Brotli at these levels.
    Zstd,
    /// Brotli.
    Br,
    /// Gzip.
    Gzip,
    /// As it is.
    Identity,
}

impl Coding {
    /// Every coding, the preferred first.
    pub(super) const ALL: [Self; 4] = [Self::Zstd, Self::Br, Self::Gzip, Self::Identity];

    /// Its name in `Accept-Encoding` and `Content-Encoding`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Br => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The value of `Content-Encoding`; `None` for identity.
    pub(super) const fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            other => Some(HeaderValue::from_static(other.name())),
        }
    }
}

/// Levels at which 100 kB of a tile take about a millisecond.
const ZSTD_LEVEL: i32 = 6;
const BROTLI_LEVEL: u32 = 5;
const BROTLI_WINDOW: u32 = 20;
const GZIP_LEVEL: u32 = 6;
/// Room for Brotli's input.
const BUFFER: usize = 32 * 1024;

/// A body in a coding.
pub(super) fn encode(body: &[u8], coding: Coding) -> io::Result<Vec<u8>> {
    let mut encoder = Encoder::new(coding)?;
    encoder.write(body)?;
    encoder.finish()
}

/// A body being encoded piece by piece.
pub(super) enum Encoder {
    Identity(Vec<u8>),
    Gzip(GzEncoder<Vec<u8>>),
    Br(Box<brotli::CompressorWriter<Vec<u8>>>),
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
}

impl Encoder {
    pub(super) fn new(coding: Coding) -> io::Result<Self> {
        Ok(match coding {
            Coding::Identity => Self::Identity(Vec::new()),
            Coding::Gzip => Self::Gzip(GzEncoder::new(
                Vec::new(),
                flate2::Compression::new(GZIP_LEVEL),
            )),
            Coding::Br => Self::Br(Box::new(brotli::CompressorWriter::new(
                Vec::new(),
                BUFFER,
                BROTLI_LEVEL,
                BROTLI_WINDOW,
            ))),
            Coding::Zstd => Self::Zstd(zstd::stream::write::Encoder::new(Vec::new(), ZSTD_LEVEL)?),
        })
    }

    pub(super) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        match self {
            Self::Identity(out) => out.write_all(piece),
            Self::Gzip(encoder) => encoder.write_all(piece),
            Self::Br(encoder) => encoder.write_all(piece),
            Self::Zstd(encoder) => encoder.write_all(piece),
        }
    }

    /// What is ready to be sent. The coding may hold back more.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(match self {
            Self::Identity(out) => out,
            Self::Gzip(encoder) => encoder.get_mut(),
            Self::Br(encoder) => encoder.get_mut(),
            Self::Zstd(encoder) => encoder.get_mut(),
        })
    }

    /// The rest.
    pub(super) fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity(out) => Ok(out),
            Self::Gzip(encoder) => encoder.finish(),
            Self::Br(encoder) => Ok(encoder.into_inner()),
            Self::Zstd(encoder) => encoder.finish(),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Read as _;

    use super::*;

    /// The body again, by each coding's own decoder.
    pub(in crate::http) fn decode(bytes: &[u8], coding: Coding) -> Vec<u8> {
        let mut out = Vec::new();
        match coding {
            Coding::Identity => out.extend_from_slice(bytes),
            Coding::Gzip => {
                flate2::read::GzDecoder::new(bytes)
                    .read_to_end(&mut out)
                    .unwrap();
            }
            Coding::Br => {
                brotli::Decompressor::new(bytes, 4096)
                    .read_to_end(&mut out)
                    .unwrap();
            }
            Coding::Zstd => out = zstd::decode_all(bytes).unwrap(),
        }
        out
    }

    #[test]
    fn every_coding_gives_the_body_back_at_once_and_piece_by_piece() {
        let body: Vec<u8> = (0..200_000_u32)
            .flat_map(|n| (n % 977).to_le_bytes())
            .collect();
        for coding in Coding::ALL {
            let whole = encode(&body, coding).unwrap();
            assert_eq!(decode(&whole, coding), body, "{coding:?}");
            let mut encoder = Encoder::new(coding).unwrap();
            let mut pieces = Vec::new();
            for piece in body.chunks(10_007) {
                encoder.write(piece).unwrap();
                pieces.extend(encoder.take());
            }
            pieces.extend(encoder.finish().unwrap());
            assert_eq!(decode(&pieces, coding), body, "{coding:?} in pieces");
            if coding != Coding::Identity {
                assert!(whole.len() < body.len() / 2, "{coding:?} compresses");
            }
        }
    }
}
