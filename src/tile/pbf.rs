//! The little of Protocol Buffers that a vector tile needs, written straight into bytes.

/// Bytes of a message under construction.
#[derive(Debug, Default)]
pub(super) struct Message {
    bytes: Vec<u8>,
}

impl Message {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Seven bits a byte, the lowest first, the eighth set on all but the last.
    pub(super) fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.bytes.push(value.to_le_bytes()[0]);
    }

    fn key(&mut self, field: u32, wire_type: u64) {
        self.varint(u64::from(field) << 3 | wire_type);
    }

    /// A field of an unsigned number, or of an `int64` that is not negative.
    pub(super) fn uint(&mut self, field: u32, value: u64) {
        self.key(field, 0);
        self.varint(value);
    }

    /// A field of type `sint64`.
    pub(super) fn sint(&mut self, field: u32, value: i64) {
        self.uint(field, zigzag(value));
    }

    /// A field of type `double`.
    pub(super) fn double(&mut self, field: u32, value: f64) {
        self.key(field, 1);
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// A field of text, bytes or a message.
    pub(super) fn bytes(&mut self, field: u32, value: &[u8]) {
        self.key(field, 2);
        self.varint(crate::geom::cast::usize_to_u64(value.len()));
        self.bytes.extend_from_slice(value);
    }

    /// A packed field of unsigned numbers; none when there are none. `scratch` is overwritten.
    pub(super) fn packed(&mut self, field: u32, values: &[u32], scratch: &mut Self) {
        if values.is_empty() {
            return;
        }
        scratch.clear();
        for &value in values {
            scratch.varint(u64::from(value));
        }
        self.bytes(field, &scratch.bytes);
    }
}

/// Signed numbers as unsigned, small ones small: 0, −1, 1, −2 → 0, 1, 2, 3.
pub(super) const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

/// The same for the 32 bits of a drawing command's parameter.
pub(super) const fn zigzag32(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of the Protocol Buffers encoding guide.
    #[test]
    fn messages_are_those_of_the_encoding_guide() {
        let mut message = Message::default();
        message.uint(1, 150);
        message.bytes(2, b"testing");
        assert_eq!(message.as_bytes(), b"\x08\x96\x01\x12\x07testing");
        let mut packed = Message::default();
        packed.packed(6, &[3, 270, 86_942], &mut message);
        assert_eq!(packed.as_bytes(), b"\x32\x06\x03\x8e\x02\x9e\xa7\x05");
        for (plain, coded) in [
            (0, 0),
            (-1, 1),
            (1, 2),
            (i64::MAX, u64::MAX - 1),
            (i64::MIN, u64::MAX),
        ] {
            assert_eq!(zigzag(plain), coded);
        }
        assert_eq!([0, -1, 1, i32::MIN].map(zigzag32), [0, 1, 2, u32::MAX]);
    }
}
