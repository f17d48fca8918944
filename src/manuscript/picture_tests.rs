//! What is a picture and what is refused, from bytes made here.

use super::*;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    let sum = crc(&bytes[12..]);
    bytes.extend(sum.to_be_bytes());
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

/// The checksum of PNG chunks.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

#[test]
fn headers_give_format_and_size() {
    let info = inspect(&png(30, 20)).unwrap();
    assert_eq!(info, PictureInfo { format: PictureFormat::Png, width: 30, height: 20 });
    assert_eq!(inspect(&png(20_000, 20_000)), Err(PictureError::TooManyPixels { width: 20_000, height: 20_000 }));
    assert_eq!(inspect(b"hello"), Err(PictureError::UnknownFormat));
    assert_eq!(inspect(b""), Err(PictureError::UnknownFormat));
    assert!(matches!(inspect(&png(3, 2)[..20]), Err(PictureError::Damaged(_))));
}

#[test]
fn svg_must_keep_to_itself() {
    let svg = |inner: &str| {
        inspect(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 5.5\">{inner}</svg>").as_bytes())
    };
    assert_eq!(svg("<path d=\"M0 0\"/>"), Ok(PictureInfo { format: PictureFormat::Svg, width: 10, height: 6 }));
    assert!(svg("<use href=\"#a\"/><rect fill=\"url(#g)\"/><style>a{fill:url('#g')}</style>").is_ok());
    for bad in [
        "<script>1</script>",
        "<a onclick=\"x\"/>",
        "<image href=\"https://e.org/x.png\"/>",
        "<image xlink:href=\"../x.png\"/>",
        "<rect fill=\"url(https://e.org/#g)\"/>",
        "<style>@import 'x.css';</style>",
        "<?x y?>",
        r#"<style>@im\70ort "http://e/x.css"; *{fill:u\72l(http://e/)}</style>"#,
        "<style>@im<![CDATA[port]]> 'x.css';</style>",
        "<style>@im&#112;ort 'x.css';</style>",
        "<rect fill=\"&#117;rl(http://e/)\"/>",
        "<rect style=\"fill:URL( 'http://e/' )\"/>",
        "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>",
        "<image href=\"data:image/png;base64,H4sIAAAA\"/>",
    ] {
        assert!(matches!(svg(bad), Err(PictureError::Unsafe(_))), "{bad}: {:?}", svg(bad));
    }
    assert!(matches!(inspect(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"), Err(PictureError::Unsafe(_))));
    assert!(matches!(inspect(b"<html><svg/></html>"), Err(PictureError::UnknownFormat)));
}

/// A PNG as an address, each byte written as `%41`.
fn quoted(bytes: &[u8]) -> String {
    bytes.iter().fold("data:image/png,".to_owned(), |text, byte| format!("{text}%{byte:02x}"))
}

#[test]
fn pictures_inside_pass_the_same_gate() {
    let svg = |address: &str, times: usize| {
        let image = format!("<image href=\"{address}\"/>").repeat(times);
        inspect(format!("<svg viewBox=\"0 0 10 5\">{image}</svg>").as_bytes())
    };
    assert!(svg(&quoted(&png(30, 20)), 3).is_ok());
    assert!(svg(&quoted(&png(60_000, 60_000)), 1).is_err());
    assert!(matches!(svg(&quoted(&png(9_000, 9_000)), 2), Err(PictureError::Costly(_))));
    assert!(svg("data:image/png;base64,!", 1).is_err());
    let style =
        format!("<svg viewBox=\"0 0 9 9\"><style>a{{mask:url({})}}</style></svg>", quoted(&png(60_000, 60_000)));
    assert!(inspect(style.as_bytes()).is_err());
}

#[test]
fn a_packed_picture_is_refused() {
    assert!(matches!(inspect(b"\x1f\x8b\x08\0\0\0\0\0"), Err(PictureError::Unsafe(_))));
}

#[test]
fn an_svg_is_drawn_within_reason() {
    let svg = |inner: &str| inspect(format!("<svg viewBox=\"0 0 100 100\">{inner}</svg>").as_bytes());
    let shadow = "<filter id=\"f\" width=\"150%\"><feGaussianBlur stdDeviation=\"2\"/><feOffset dx=\"1\"/>\
        <feMerge><feMergeNode/><feMergeNode in=\"SourceGraphic\"/></feMerge></filter>";
    let laughs = |element: &str, begin: &str, end: &str| -> String {
        let level =
            |n: usize| format!("<{element} id=\"u{}\">{}</{element}>", n + 1, format!("{begin}#u{n}{end}").repeat(10));
        format!("<g id=\"u0\"><path d=\"M0 0\"/></g>{}", (0..9).map(level).collect::<String>())
    };
    let marked = format!(
        "<marker id=\"m\">{}</marker><path marker-mid=\"url(#m)\" d=\"{}\"/>",
        "<g/>".repeat(300),
        "h1".repeat(2_000)
    );
    for good in [
        format!("{shadow}{}", "<rect filter=\"url(#f)\"/>".repeat(50)),
        "<g style=\"filter: drop-shadow(1px 1px 2px #000)\"/>".repeat(50),
        "<g id=\"a\"/><use href=\"#a\"/><use xlink:href=\"#a\"/>".to_owned(),
        "<marker id=\"m\"><path/></marker><path marker-end=\"url(#m)\" d=\"M0 0h9\"/>".to_owned(),
        "<text>e\u{301}&#769; &amp; more</text>".to_owned(),
        "<a href=\"https://e.org/\" xlink:href=\"https://e.org/\"><text>a</text></a>".to_owned(),
    ] {
        assert!(svg(&good).is_ok(), "{good}: {:?}", svg(&good));
    }
    for bad in [
        "<filter id=\"f\"><feMorphology radius=\"50\"/></filter>".to_owned(),
        "<filter><feTurbulence numOctaves=\"1000000\"/></filter>".to_owned(),
        "<filter><feGaussianBlur stdDeviation=\"1 1e9\"/></filter>".to_owned(),
        "<filter width=\"1e9\"/>".to_owned(),
        "<filter filterUnits=\"userSpaceOnUse\" width=\"10\" height=\"20000\"/>".to_owned(),
        format!("<filter>{}</filter>", "<feOffset/>".repeat(17)),
        format!("{shadow}{}", "<rect filter=\"url(#f)\"/>".repeat(100)),
        format!("{shadow}<g id=\"g\">{}</g>{}", "<g filter=\"url(#f)\"/>".repeat(20), "<use href=\"#g\"/>".repeat(20)),
        format!("<style>g{{filter: blur(3px)}}</style>{}", "<g/>".repeat(2_100)),
        laughs("g", "<use href=\"", "\"/>"),
        laughs("pattern", "<path fill=\"url(", ")\"/>"),
        laughs("mask", "<path style=\"mask:url(", ")\"/>"),
        marked,
        "<g id=\"a\"><use href=\"#a\"/></g>".to_owned(),
        format!("<text>e{}</text>", "\u{301}".repeat(40)),
        format!("<text>e{}</text>", "&#769;".repeat(40)),
        format!("<text>{}</text>", "a".repeat(100_001)),
        format!("<style>{}</style>{}", "a{}".repeat(5_000), "<g/>".repeat(5_000)),
        format!("<g {}/>", (0..300).map(|n| format!("a{n}=\"\" ")).collect::<String>()),
        "<g>".repeat(200),
    ] {
        assert!(
            matches!(svg(&bad), Err(PictureError::Costly(_))),
            "{}: {:?}",
            bad.get(..80).unwrap_or(&bad),
            svg(&bad)
        );
    }
}

#[test]
fn foreign_text_needs_another_form() {
    let svg = |inner: &str| {
        inspect(format!("<!DOCTYPE svg PUBLIC \"x\" \"y\"><svg viewBox=\"0 0 10 5\">{inner}</svg>").as_bytes())
    };
    let foreign = "<foreignObject><div onclick=\"x\"><img src=\"a.png\"/><foreignObject/></div></foreignObject>";
    for good in [
        format!("<switch>{foreign}<text>a</text></switch>"),
        format!("<g><switch><image href=\"{}\"/>{foreign}</switch></g>", quoted(&png(3, 2))),
        "<switch><foreignObject/><g/></switch>".to_owned(),
        "<a href=\"https://e.org/\"><text>a</text></a>".to_owned(),
    ] {
        assert!(svg(&good).is_ok(), "{good}: {:?}", svg(&good));
    }
    for bad in [
        foreign.to_owned(),
        format!("<switch>{foreign}</switch><text>a</text>"),
        format!("<switch><g>{foreign}</g><text>a</text></switch>"),
        format!("<switch>{foreign}<foreignObject/></switch>"),
    ] {
        assert_eq!(svg(&bad), Err(PictureError::ForeignText), "{bad}");
    }
}
