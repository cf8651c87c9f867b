//! Digests of 16 bytes, by SHA-256.

use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};

use sha2::{Digest as _, Sha256};

/// 128 bits of a SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 16]);

impl Digest {
    /// That of byte strings, each with its length.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Digest::cut(hash)
    }

    fn cut(hash: Sha256) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        Digest(short)
    }

    /// Its 16 bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// The one of 16 bytes that were kept.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Digest(bytes)
    }

    /// Reads 32 hexadecimal digits.
    pub(in crate::lock) fn read(text: &str) -> Option<Self> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let bytes: &[u8; 32] = text.as_bytes().try_into().ok()?;
        let mut digest = [0; 16];
        for (byte, pair) in digest.iter_mut().zip(bytes.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Digest(digest))
    }
}

/// A digest in the making: takes text as it comes, such as what `Debug` prints of a value, without holding it.
#[derive(Clone, Default)]
pub struct Digesting(Sha256);

impl Digesting {
    /// Takes one more part, with its length, so that no two lists of parts are the same.
    pub fn part(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// Takes what `Debug` prints of a value. The digest holds for this very program only.
    pub fn debug(&mut self, value: &impl fmt::Debug) {
        // Hashing takes everything.
        let _ = write!(self, "{value:?}");
        self.0.update([0xff]);
    }

    /// Takes what `Hash` makes of a value. The digest holds for this very program only.
    pub fn hash(&mut self, value: &impl Hash) {
        value.hash(self);
        self.0.update([0xff]);
    }

    /// The digest of all that it took.
    pub fn done(self) -> Digest {
        Digest::cut(self.0)
    }
}

impl fmt::Write for Digesting {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Unused: digests are longer.
    fn finish(&self) -> u64 {
        let Digest(bytes) = self.clone().done();
        bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
