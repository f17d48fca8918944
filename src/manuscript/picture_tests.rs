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
    ] {
        assert!(matches!(svg(bad), Err(PictureError::Unsafe(_))), "{bad}: {:?}", svg(bad));
    }
    assert!(matches!(inspect(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"), Err(PictureError::Unsafe(_))));
    assert!(matches!(inspect(b"<html><svg/></html>"), Err(PictureError::UnknownFormat)));
}

#[test]
fn foreign_text_needs_another_form() {
    let svg = |inner: &str| {
        inspect(format!("<!DOCTYPE svg PUBLIC \"x\" \"y\"><svg viewBox=\"0 0 10 5\">{inner}</svg>").as_bytes())
    };
    let foreign = "<foreignObject><div onclick=\"x\"><img src=\"a.png\"/><foreignObject/></div></foreignObject>";
    for good in [
        format!("<switch>{foreign}<text>a</text></switch>"),
        format!("<g><switch><image href=\"data:image/png;base64,x\"/>{foreign}</switch></g>"),
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
