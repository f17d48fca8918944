//! Colours of several series. They differ in lightness, so that they do in grey and to every eye.

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// The colours on a light page and on a dark one, in the order in which series take them: neighbours are far apart in lightness.
pub const SERIES: [(Rgb, Rgb); 6] = [
    ([0x1b, 0x3f, 0x73], [0x8f, 0xb8, 0xf0]),
    ([0xe0, 0x8a, 0x1e], [0xb5, 0x60, 0x0a]),
    ([0x1f, 0x83, 0x78], [0x46, 0xb1, 0xa4]),
    ([0xa9, 0xcd, 0xe6], [0xc3, 0xdb, 0xee]),
    ([0x8c, 0x1d, 0x40], [0xa0, 0x37, 0x9a]),
    ([0xf0, 0xd9, 0x7a], [0xf7, 0xea, 0xb4]),
];

/// The colours of a series, light and dark; those after the last begin again.
pub fn series(at: usize) -> (Rgb, Rgb) {
    SERIES[at % SERIES.len()]
}

/// Whether text on a colour is white.
pub fn ground_of(colour: Rgb) -> bool {
    contrast(colour, [255; 3]) >= contrast(colour, [0x1a; 3])
}

/// The contrast of two colours as WCAG 2 computes it.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(linear(a)), luminance(linear(b)));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colour as amounts of light.
fn linear(colour: Rgb) -> [f64; 3] {
    colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    })
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::{Rgb, SERIES, contrast, ground_of, linear, luminance};

    /// What eyes without one kind of cones see, as matrices on amounts of light (Machado, Oliveira and Fernandes 2009).
    const EYES: [(&str, [[f64; 3]; 3]); 3] = [
        (
            "without red",
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ),
        (
            "without green",
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ),
        (
            "without blue",
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        ),
    ];

    fn seen(colour: Rgb, eye: &[[f64; 3]; 3]) -> [f64; 3] {
        let light = linear(colour);
        eye.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
    }

    /// The colour in CIE L*a*b*, whose distances are about those that are seen.
    fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
        let xyz = [
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        ];
        let [x, y, z] = xyz.map(|t| if t > 0.008856 { libm::cbrt(t) } else { 7.787 * t + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn lightness(colour: Rgb) -> f64 {
        let y = luminance(linear(colour));
        lab([y; 3])[0]
    }

    fn schemes() -> [(Vec<Rgb>, Rgb); 2] {
        [
            (SERIES.iter().map(|pair| pair.0).collect(), [255; 3]),
            (SERIES.iter().map(|pair| pair.1).collect(), [0x12; 3]),
        ]
    }

    #[test]
    fn series_differ_in_grey_and_to_every_eye() {
        for (colours, _) in schemes() {
            for (at, a) in colours.iter().enumerate() {
                for (other, b) in colours.iter().enumerate().skip(at + 1) {
                    let grey = (lightness(*a) - lightness(*b)).abs();
                    let least = if other == at + 1 { 14.0 } else { 4.0 };
                    assert!(grey >= least, "{at} and {other} in grey: {grey:.1}");
                    for (eye, matrix) in &EYES {
                        let (one, two) = (lab(seen(*a, matrix)), lab(seen(*b, matrix)));
                        let far = one.iter().zip(two).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
                        assert!(far >= 16.0, "{at} and {other} {eye}: {far:.1}");
                    }
                }
            }
        }
    }

    #[test]
    fn series_stand_out_from_the_page_and_their_labels_from_them() {
        for (colours, page) in schemes() {
            for colour in colours {
                assert!(contrast(colour, page) >= 1.35, "{colour:?} on {page:?}");
                let text = if ground_of(colour) { [255; 3] } else { [0x1a; 3] };
                assert!(contrast(colour, text) >= 4.5, "text on {colour:?}");
            }
        }
    }
}
