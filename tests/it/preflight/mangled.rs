//! Any file whatever is read without a panic and without end.

use dama_pub::checks::print::preflight;
use dama_pub::inspect::{Unreadable, inspect};
use dama_pub::model::Profile;
use lopdf::{Dictionary, Object, Stream, dictionary};

use super::sample::Sample;
use crate::publication;

/// A fixed sequence of numbers that look random (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below the limit")
    }
}

fn survive(bytes: &[u8]) -> bool {
    let Ok(facts) = inspect(bytes) else { return false };
    for profile in [Profile::Print, Profile::Screen] {
        preflight(&facts, profile, None);
    }
    true
}

#[test]
fn mangled_files_are_survived() {
    let real = std::fs::read(publication::artifact("ten-trends-2022-en.pdf")).expect("it was built");
    let small = Sample::new().font("F", "TrueType", true, true).image("I", [8, 8], "DeviceRGB", 3);
    let small = small.page("BT /F 9 Tf (a) Tj ET q 9 0 0 9 9 9 cm /I Do Q 0 0 9 9 re f 1 w 0 0 m 9 9 l S").bytes();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut tried) = (0, 0);
    for (file, rounds) in [(&real, 30), (&small, 600)] {
        for _ in 0..rounds {
            let mut bytes = file.clone();
            match dice.below(3) {
                0 => bytes.truncate(dice.below(bytes.len())),
                1 => {
                    let at = dice.below(bytes.len());
                    let length = dice.below(64).min(bytes.len() - at);
                    bytes.drain(at..at + length);
                }
                _ => {}
            }
            for _ in 0..dice.below(24) {
                if !bytes.is_empty() {
                    let at = dice.below(bytes.len());
                    bytes[at] = u8::try_from(dice.below(256)).expect("a byte");
                }
            }
            tried += 1;
            read += usize::from(survive(&bytes));
        }
    }
    assert!(read > tried / 10, "{read} of {tried} could be read: the others prove little");
}

#[test]
fn endless_work_ends() {
    // A form that shows itself twice asks for 2^depth times the work.
    let form = dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 900.into(), 900.into()] };
    let content = "/A Do ".repeat(40);
    let sample = Sample::new().resource("XObject", "A", Stream::new(form, content.clone().into_bytes())).page(&content);
    let facts = inspect(&sample.bytes()).expect("it is a PDF");
    assert!(facts.partial, "the report says that it did not see all");
}

#[test]
fn a_page_tree_in_a_circle_ends() {
    let mut sample = Sample::new().page("0 g");
    let own = sample.pages[0];
    sample.of_page(0).set("Parent", own);
    sample.of_page(0).remove(b"MediaBox");
    assert!(survive(&sample.bytes()));
}

#[test]
fn what_is_no_pdf_is_said_to_be_none() {
    for bytes in [&b""[..], b"hello", b"%PDF-1.7", &[0xFF; 4096]] {
        assert!(inspect(bytes).is_err());
    }
    let empty = Sample::new().bytes_with(Dictionary::new());
    assert_eq!(inspect(&empty).err(), Some(Unreadable::NoPages));
}

#[test]
fn a_stream_that_unpacks_to_gigabytes_is_left_alone() {
    let mut sample = Sample::new().page("0 g");
    let mut bomb = Stream::new(Dictionary::new(), vec![b' '; 80 << 20]);
    bomb.compress().expect("it can be packed");
    let id = sample.document.add_object(bomb);
    sample.of_page(0).set("Contents", Object::Reference(id));
    let facts = inspect(&sample.bytes()).expect("it is a PDF");
    assert!(facts.partial);
}
