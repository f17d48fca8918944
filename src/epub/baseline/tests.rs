use image::{Rgb, RgbImage};

use super::jpeg;

/// The greatest difference of a part of a colour between a picture and what its JPEG shows.
fn difference(picture: &RgbImage, quality: u8) -> u8 {
    let shown = image::load_from_memory(&jpeg(picture, quality).unwrap()).unwrap().to_rgb8();
    assert_eq!(shown.dimensions(), picture.dimensions());
    shown.iter().zip(picture.iter()).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

#[test]
fn a_colour_by_itself_stays_what_it_is() {
    for colour in [[0, 0, 0], [255, 255, 255], [20, 40, 80], [250, 10, 0], [1, 254, 128]] {
        let plain = RgbImage::from_pixel(31, 17, Rgb(colour));
        assert!(difference(&plain, 95) <= 2, "{colour:?}");
    }
}

#[test]
fn what_is_drawn_is_seen_again_at_every_quality() {
    // Slow waves in all three parts, a plain field, and sides that no square divides.
    let picture = RgbImage::from_fn(123, 77, |x, y| {
        let wave = |at: u32, long: f32| (127.5 + 120.0 * (at as f32 / long).sin()) as u8;
        if x > 80 && y > 30 { Rgb([10, 60, 90]) } else { Rgb([wave(x, 17.0), wave(y, 13.0), wave(x + y, 29.0)]) }
    });
    assert!(difference(&picture, 100) <= 4);
    let worse = [95, 80, 50].map(|quality| difference(&picture, quality));
    assert!(worse[0] <= 16 && worse[1] <= 60 && worse[2] <= 90, "{worse:?}");
}

#[test]
fn hard_edges_and_noise_are_coded_whole() {
    // Every number of zeros in a row, and the largest frequencies.
    let noise = RgbImage::from_fn(64, 64, |x, y| {
        let mixed = (x * 2_654_435_761_u32.wrapping_add(y * 40_503)) ^ (y * 97_531);
        if y < 32 {
            Rgb([if (x + y) % 2 == 0 { 255 } else { 0 }; 3])
        } else {
            Rgb([mixed as u8, (mixed >> 8) as u8, (mixed >> 16) as u8])
        }
    });
    assert!(difference(&noise, 100) <= 8);
    let dots = RgbImage::from_fn(64, 64, |x, y| if x % 8 == 7 && y % 8 == 7 { Rgb([255; 3]) } else { Rgb([0; 3]) });
    assert!(difference(&dots, 100) <= 8);
}

#[test]
fn a_plain_field_costs_next_to_nothing() {
    let plain = |side: u32| jpeg(&RgbImage::from_pixel(side, side, Rgb([20, 40, 80])), 80).unwrap().len();
    let squares = |side: usize| side * side / 64;
    assert!(plain(800) - plain(80) <= (squares(800) - squares(80)) * 3, "three bytes a square at most");
}

#[test]
fn no_picture_is_made_of_nothing_or_of_more_than_the_format_holds() {
    assert_eq!(jpeg(&RgbImage::new(0, 5), 80), None);
    assert_eq!(jpeg(&RgbImage::new(70_000, 1), 80), None);
    assert!(jpeg(&RgbImage::new(1, 1), 0).is_some());
}
