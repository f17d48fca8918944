//! The parts of a document that are the same for every table: types, relations, styles, settings, the foot of its pages.

use quick_xml::escape::escape;

/// The namespace of Word's text, as every application writes it.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// How the identifier of the document begins, by which a table of this program is known.
pub(super) const IDENTIFIER: &str = "dama-pub review";

/// The languages of spelling: of Latin letters, and of East Asian characters.
pub(super) struct Proofing {
    pub(super) latin: String,
    pub(super) east_asian: String,
}

/// The types of the parts.
pub(super) fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, kind: String| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}+xml\"/>");
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    out += &part("word/document.xml", format!("{word}.document.main"));
    for name in ["styles", "settings", "footer"] {
        out += &part(&format!("word/{name}.xml"), format!("{word}.{name}"));
    }
    out += &part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties".to_owned());
    out + "</Types>"
}

fn relations(list: &[(&str, &str)]) -> String {
    let mut out =
        format!("{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (number, (kind, target)) in list.iter().enumerate() {
        out += &format!("<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", number + 1);
    }
    out + "</Relationships>"
}

/// Where the document and its properties are.
pub(super) fn package_relations() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relations(&[(&format!("{RELATIONS}/officeDocument"), "word/document.xml"), (core, "docProps/core.xml")])
}

/// What the document uses; the foot of the pages is `rId3`.
pub(super) fn document_relations() -> String {
    let names = ["styles", "settings", "footer"];
    let kinds = names.map(|name| (format!("{RELATIONS}/{name}"), format!("{name}.xml")));
    relations(&kinds.each_ref().map(|(kind, target)| (kind.as_str(), target.as_str())))
}

/// The title, the identifier and the language of what is said to people. There is no date: the same table has the same bytes.
pub(super) fn core(title: &str, identifier: &str, lang: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:identifier>{}</dc:identifier>\
         <dc:language>{}</dc:language></cp:coreProperties>",
        escape(title),
        escape(identifier),
        escape(lang)
    )
}

/// Fonts and paragraphs. The names of the built-in styles are those that every application knows.
pub(super) fn styles(proofing: &Proofing) -> String {
    let Proofing { latin, east_asian } = proofing;
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let mut out = format!(
        "{DECLARATION}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"{latin}\" w:eastAsia=\"{east_asian}\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr>\
         </w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>\
         <w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/>\
         <w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    );
    let big = |size: u32| format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    let grey = "<w:color w:val=\"7F7F7F\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>";
    out += &style("Title", "Title", "<w:spacing w:after=\"120\"/>", &big(36));
    let heading = "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>";
    out += &style("Heading1", "heading 1", heading, &big(28));
    out += &style("DamaGuide", "Dama Guide", "<w:spacing w:after=\"80\"/>", "<w:color w:val=\"595959\"/>");
    out += &style("DamaCell", "Dama Cell", "<w:spacing w:before=\"40\" w:after=\"40\"/>", "");
    out += &style(
        "DamaNote",
        "Dama Note",
        "<w:spacing w:before=\"20\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
        grey,
    );
    out += &style("Footer", "footer", "<w:jc w:val=\"right\"/>", grey);
    out + "</w:styles>"
}

/// Settings: whether changes are tracked from the start.
pub(super) fn settings(track: bool) -> String {
    let track = if track { "<w:trackRevisions/>" } else { "" };
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{WORD}\">{track}<w:defaultTabStop w:val=\"420\"/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat></w:settings>"
    )
}

/// The foot of the pages: the title and the number of the page.
pub(super) fn footer(title: &str) -> String {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{}    </w:t></w:r>{}<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}\
         <w:r><w:t>1</w:t></w:r>{}</w:p></w:ftr>",
        escape(title),
        field("begin"),
        field("separate"),
        field("end")
    )
}
