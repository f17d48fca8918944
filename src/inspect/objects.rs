//! Objects of a PDF looked up with references followed; whatever is not as it should be is as if it were not there.

use lopdf::{Dictionary, Document, Object};

use super::geometry::{Matrix, Rect};

/// The objects of a file.
#[derive(Clone, Copy)]
pub(super) struct ObjectReader<'a>(pub(super) &'a Document);

impl<'a> ObjectReader<'a> {
    /// The object that a reference leads to, or the object itself.
    pub(super) fn follow<'b>(self, object: &'b Object) -> &'b Object
    where
        'a: 'b,
    {
        self.0.dereference(object).map_or(&Object::Null, |(_, found)| found)
    }

    /// An entry of a dictionary.
    pub(super) fn get<'b>(self, dict: &'b Dictionary, key: &[u8]) -> Option<&'b Object>
    where
        'a: 'b,
    {
        dict.get(key).ok().map(|found| self.follow(found)).filter(|found| !found.is_null())
    }

    /// A dictionary, be it that of a stream.
    pub(super) fn as_dict<'b>(self, object: &'b Object) -> Option<&'b Dictionary>
    where
        'a: 'b,
    {
        match self.follow(object) {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub(super) fn dict<'b>(self, dict: &'b Dictionary, key: &[u8]) -> Option<&'b Dictionary>
    where
        'a: 'b,
    {
        self.as_dict(dict.get(key).ok()?)
    }

    pub(super) fn array<'b>(self, dict: &'b Dictionary, key: &[u8]) -> Option<&'b [Object]>
    where
        'a: 'b,
    {
        self.get(dict, key)?.as_array().ok().map(|array| &array[..])
    }

    pub(super) fn integer(self, dict: &Dictionary, key: &[u8]) -> Option<i64> {
        self.get(dict, key)?.as_i64().ok()
    }

    pub(super) fn number(self, object: &Object) -> Option<f64> {
        match self.follow(object) {
            Object::Integer(whole) => Some(*whole as f64),
            Object::Real(real) => Some(f64::from(*real)).filter(|real| real.is_finite()),
            _ => None,
        }
    }

    pub(super) fn name(self, object: &Object) -> Option<String> {
        self.follow(object).as_name().ok().map(|name| String::from_utf8_lossy(name).into_owned())
    }

    pub(super) fn name_at(self, dict: &Dictionary, key: &[u8]) -> Option<String> {
        self.name(dict.get(key).ok()?)
    }

    /// A text string (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 by its mark, else taken as Latin.
    pub(super) fn text(self, dict: &Dictionary, key: &[u8]) -> Option<String> {
        let bytes = self.get(dict, key)?.as_str().ok()?;
        let text = match bytes {
            [0xFE, 0xFF, rest @ ..] => {
                let units: Vec<u16> = rest.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
                String::from_utf16_lossy(&units)
            }
            [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
            latin => latin.iter().map(|byte| char::from(*byte)).collect(),
        };
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn numbers<const N: usize>(self, dict: &Dictionary, key: &[u8]) -> Option<[f64; N]> {
        let numbers: Vec<f64> = self.array(dict, key)?.iter().map_while(|object| self.number(object)).collect();
        numbers.try_into().ok()
    }

    pub(super) fn rect(self, dict: &Dictionary, key: &[u8]) -> Option<Rect> {
        self.numbers::<4>(dict, key).map(Rect::new)
    }

    pub(super) fn matrix(self, dict: &Dictionary, key: &[u8]) -> Matrix {
        self.numbers::<6>(dict, key).map_or(Matrix::IDENTITY, Matrix)
    }
}
