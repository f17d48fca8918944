//! Small PDFs written for a test.

use std::io::Write as _;

use dama_pub::checks::print::{Flaw, preflight};
use dama_pub::inspect::{Facts, inspect};
use dama_pub::model::Profile;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// 3 mm in points.
pub(crate) const BLEED: f64 = 8.504;

/// Trimmed width and height of a page in points: 148 × 210 mm.
pub(crate) const TRIM: [f64; 2] = [419.53, 595.28];

/// A PDF of one kind of page: 148 × 210 mm with 3 mm of bleed around it, in order unless a test breaks it.
pub(crate) struct Sample {
    pub(crate) document: Document,
    pub(crate) pages: Vec<ObjectId>,
    tree: ObjectId,
    resources: Dictionary,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        let empty = || Object::Dictionary(Dictionary::new());
        let resources = dictionary! { "Font" => empty(), "XObject" => empty(), "ColorSpace" => empty() };
        Self { document, pages: Vec::new(), tree, resources }
    }

    /// Adds a resource that content can name.
    pub(crate) fn resource(mut self, kind: &str, name: &str, object: impl Into<Object>) -> Self {
        let id = self.document.add_object(object);
        let kind = self.resources.get_mut(kind.as_bytes()).and_then(Object::as_dict_mut).expect("a kind of resource");
        kind.set(name, id);
        self
    }

    /// Adds a font; what is `None` stays out.
    pub(crate) fn font(mut self, name: &str, kind: &str, embedded: bool, unicode: bool) -> Self {
        let mut descriptor = dictionary! { "Type" => "FontDescriptor", "FontName" => name, "Flags" => 4 };
        if embedded {
            let program = self.document.add_object(Stream::new(Dictionary::new(), Vec::new()));
            descriptor.set("FontFile2", program);
        }
        let descriptor = self.document.add_object(descriptor);
        let widths = vec![Object::Integer(500); 96];
        let mut font = dictionary! {
            "Type" => "Font", "Subtype" => kind, "BaseFont" => name, "FirstChar" => 32, "LastChar" => 127,
            "Widths" => widths, "FontDescriptor" => descriptor,
            "FontMatrix" => vec![0.001.into(), 0.into(), 0.into(), 0.001.into(), 0.into(), 0.into()],
        };
        if unicode {
            let map = self.document.add_object(Stream::new(Dictionary::new(), b"begincmap endcmap".to_vec()));
            font.set("ToUnicode", map);
        }
        self.resource("Font", name, font)
    }

    /// Adds an image of a colour space with uncompressed pixels.
    pub(crate) fn image(
        self,
        name: &str,
        [width, height]: [i64; 2],
        space: impl Into<Object>,
        components: i64,
    ) -> Self {
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
            "ColorSpace" => space, "BitsPerComponent" => 8,
        };
        let bytes = usize::try_from(width * height * components).expect("a size");
        self.resource("XObject", name, Stream::new(dict, vec![120; bytes]))
    }

    /// Adds a page with this content. The lower left corner of the trimmed page is the origin.
    pub(crate) fn page(mut self, content: &str) -> Self {
        let content = self.document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let [width, height] = TRIM;
        let rect = |out: f64| [-out, -out, width + out, height + out].map(Object::from).to_vec();
        let page = dictionary! {
            "Type" => "Page", "Parent" => self.tree, "Contents" => content,
            "MediaBox" => rect(BLEED), "BleedBox" => rect(BLEED), "TrimBox" => rect(0.0),
        };
        self.pages.push(self.document.add_object(page));
        self
    }

    /// The dictionary of a page, to be changed.
    pub(crate) fn of_page(&mut self, index: usize) -> &mut Dictionary {
        self.document.get_dictionary_mut(self.pages[index]).expect("the page is there")
    }

    /// The file, with these entries of its catalogue beside those that it needs.
    pub(crate) fn bytes_with(mut self, catalogue: Dictionary) -> Vec<u8> {
        let resources = self.document.add_object(self.resources);
        let kids: Vec<Object> = self.pages.iter().map(|id| Object::Reference(*id)).collect();
        let count = i64::try_from(kids.len()).expect("few pages");
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources };
        self.document.objects.insert(self.tree, Object::Dictionary(tree));
        let mut root = dictionary! { "Type" => "Catalog", "Pages" => self.tree };
        root.extend(&catalogue);
        let root = self.document.add_object(root);
        self.document.trailer.set("Root", root);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).expect("memory takes it");
        bytes
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.bytes_with(Dictionary::new())
    }

    /// What preflight finds in it: level and check, a line each.
    pub(crate) fn found(self, profile: Profile) -> Vec<String> {
        said(&look(&self.bytes(), profile).1)
    }
}

pub(crate) fn look(bytes: &[u8], profile: Profile) -> (Facts, Vec<Flaw>) {
    let facts = inspect(bytes).expect("the file can be read");
    let flaws = preflight(&facts, profile, None);
    (facts, flaws)
}

pub(crate) fn said(flaws: &[Flaw]) -> Vec<String> {
    flaws.iter().map(|flaw| format!("{} {}", flaw.finding.severity.name(), flaw.finding.check)).collect()
}

/// Tells past the test runner, which would swallow it, that a test did not run.
pub(crate) fn skipped(test: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {why}");
}
