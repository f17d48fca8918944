//! What the file says of itself: trapping, identity and, with an output intent, PDF/X-4 (ISO 15930-7).

use lopdf::{Document, Object, Stream, StringFormat, dictionary};
use uuid::Uuid;

use crate::model::OutputIntent;

/// The registry in which printing conditions have their names.
const REGISTRY: &str = "http://www.color.org";

/// The namespace in which XMP names the version of PDF/X.
const PDFX_ID: &str = "http://www.npes.org/pdfx/ns/id/";

/// Where the description of the document ends.
const END: &str = "</rdf:Description></rdf:RDF>";

/// Declares the file untrapped and, with an output intent, made for a printing condition.
pub(super) fn declare(doc: &mut Document, intent: Option<&OutputIntent>, instance: Uuid) -> lopdf::Result<()> {
    if let Some(intent) = intent {
        let mut profile = Stream::new(dictionary! { "N" => 4, "Alternate" => "DeviceCMYK" }, intent.icc.to_vec());
        profile.compress()?;
        let profile = doc.add_object(profile);
        let entry = dictionary! {
            "Type" => "OutputIntent", "S" => "GTS_PDFX",
            "OutputConditionIdentifier" => text(&intent.identifier), "Info" => text(&intent.identifier),
            "RegistryName" => text(REGISTRY), "DestOutputProfile" => profile,
        };
        let entry = doc.add_object(entry);
        doc.catalog_mut()?.set("OutputIntents", vec![Object::Reference(entry)]);
    }
    trapped_in_info(doc)?;
    identify(doc, instance);
    rewrite_xmp(doc, intent.is_some(), instance)
}

fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

fn trapped_in_info(doc: &mut Document) -> lopdf::Result<()> {
    let info = match doc.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(info) => info,
        Err(_) => {
            let info = doc.add_object(dictionary! {});
            doc.trailer.set("Info", info);
            info
        }
    };
    doc.get_dictionary_mut(info)?.set("Trapped", "False");
    Ok(())
}

/// The second part of the identifier names this very file (ISO 32000-1, 14.4); the first stays.
fn identify(doc: &mut Document, instance: Uuid) {
    let own = Object::String(instance.as_bytes().to_vec(), StringFormat::Hexadecimal);
    let lasting = doc.trailer.get(b"ID").and_then(Object::as_array).ok().and_then(|id| id.first()).cloned();
    doc.trailer.set("ID", vec![lasting.unwrap_or_else(|| own.clone()), own]);
}

/// Typst writes the description in one element and each property once, so that they can be exchanged as text.
fn rewrite_xmp(doc: &mut Document, pdfx: bool, instance: Uuid) -> lopdf::Result<()> {
    let metadata = doc.catalog()?.get(b"Metadata").and_then(Object::as_reference)?;
    let stream = doc.get_object_mut(metadata)?.as_stream_mut()?;
    let plain = String::from_utf8_lossy(&stream.get_plain_content()?).into_owned();
    let mut xmp = exchanged(&plain, "xmpMM:InstanceID", &format!("uuid:{instance}"));
    let mut more = String::from("<pdf:Trapped>False</pdf:Trapped>");
    if pdfx {
        xmp = exchanged(&xmp, "xmpMM:RenditionClass", "default");
        more.push_str("<xmpMM:VersionID>1</xmpMM:VersionID>");
        more.push_str(&format!("<pdfxid:GTS_PDFXVersion xmlns:pdfxid=\"{PDFX_ID}\">PDF/X-4</pdfxid:GTS_PDFXVersion>"));
    }
    stream.set_plain_content(xmp.replacen(END, &format!("{more}{END}"), 1).into_bytes());
    // Metadata stay plain, so that programs that do not know PDF can read them.
    stream.allows_compression = false;
    Ok(())
}

/// The text with another value in an element that stands in it once.
fn exchanged(xmp: &str, element: &str, value: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    match (xmp.find(&open), xmp.find(&close)) {
        (Some(from), Some(to)) if from < to => format!("{}{value}{}", &xmp[..from + open.len()], &xmp[to..]),
        _ => xmp.to_owned(),
    }
}
