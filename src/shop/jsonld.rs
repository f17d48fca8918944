//! schema.org `Book` in JSON-LD: a work for each language, with the products in it.

use serde_json::{Map, Value, json};

use super::catalogue::{Catalogue, Number, Product, said, said_anyhow};
use crate::model::release::{PriceValue, ProductForm, Protection, Unpriced};
use crate::model::{EditionKind, Lang, Person};

/// The document.
pub(super) fn document(catalogue: &Catalogue<'_>) -> String {
    let mut editions: Vec<&EditionKind> = Vec::new();
    for product in &catalogue.products {
        if !editions.contains(&&product.file.edition) {
            editions.push(&product.file.edition);
        }
    }
    let graph: Vec<Value> = editions.iter().map(|edition| work(catalogue, edition)).collect();
    let document = json!({"@context": "https://schema.org", "@graph": graph});
    serde_json::to_string_pretty(&document).expect("plain data always serialises") + "\n"
}

fn id(catalogue: &Catalogue<'_>, edition: &EditionKind) -> String {
    format!("#{}", catalogue.book.artifact_stem(edition))
}

fn work(catalogue: &Catalogue<'_>, edition: &EditionKind) -> Value {
    let (book, meta, shop) = (catalogue.book, &catalogue.book.meta, catalogue.shop());
    let langs = book.languages_of(edition);
    let lang = langs[0];
    let mut work = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            work.insert(key.to_owned(), value);
        }
    };
    put("@type", Some(json!("Book")));
    put("@id", Some(json!(id(catalogue, edition))));
    put("name", Some(json!(meta.title_in(lang))));
    put("alternativeHeadline", said(&meta.subtitle, lang).map(Value::from));
    put("description", said(&shop.texts.long, lang).or_else(|| said(&meta.description, lang)).map(Value::from));
    put("abstract", said(&shop.texts.short, lang).map(Value::from));
    put("inLanguage", Some(one_or_all(langs.iter().map(|lang| json!(lang.bcp47())).collect())));
    put("datePublished", Some(json!(catalogue.day("-"))));
    put("version", meta.version.clone().map(Value::from));
    put("url", said_anyhow(&shop.website, lang).map(Value::from));
    put("license", shop.license.clone().map(Value::from));
    put("copyrightNotice", said(&meta.rights, lang).map(Value::from));
    put("keywords", meta.keywords.get(lang).filter(|words| !words.is_empty()).map(|words| json!(words)));
    put("publisher", said_anyhow(&meta.publisher, lang).map(|name| json!({"@type": "Organization", "name": name})));
    put("isPartOf", series(catalogue, lang));
    put("about", subjects(catalogue, edition));
    put("sameAs", catalogue.doi(edition).map(|doi| json!(format!("https://doi.org/{doi}"))));
    put(
        "image",
        catalogue.cover(edition).map(|file| json!(catalogue.address(file).unwrap_or_else(|| file.name.clone()))),
    );
    for (key, people) in by_role(catalogue, edition, lang) {
        put(key, Some(one_or_all(people)));
    }
    let (of, into) = translations(catalogue, edition);
    put("translationOfWork", of);
    put("workTranslation", into);
    let products = catalogue.products.iter().filter(|product| product.file.edition == *edition);
    put("workExample", Some(products.map(|product| example(catalogue, product)).collect()));
    Value::Object(work)
}

fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

fn series(catalogue: &Catalogue<'_>, lang: &Lang) -> Option<Value> {
    let series = catalogue.book.meta.series.as_ref()?;
    let mut value = json!({"@type": "BookSeries", "name": said_anyhow(&series.name, lang)?});
    if let Some(number) = &series.number {
        value["position"] = json!(number);
    }
    Some(value)
}

fn subjects(catalogue: &Catalogue<'_>, edition: &EditionKind) -> Option<Value> {
    let given = &catalogue.shop().subjects;
    let clc = catalogue.clc(edition);
    let term = |set: &'static str| move |code: &String| json!({"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": set});
    let all: Vec<Value> = given
        .thema
        .iter()
        .map(term("Thema"))
        .chain(given.bisac.iter().map(term("BISAC")))
        .chain(clc.iter().map(term("CLC")))
        .collect();
    (!all.is_empty()).then_some(Value::Array(all))
}

/// Those who made an edition, by the properties that schema.org has for them.
fn by_role(catalogue: &Catalogue<'_>, edition: &EditionKind, lang: &Lang) -> Vec<(&'static str, Vec<Value>)> {
    let mut all: Vec<(&'static str, Vec<Value>)> = Vec::new();
    for person in catalogue.people(edition) {
        let key = match person.role.as_str() {
            "aut" => "author",
            "edt" => "editor",
            "trl" => "translator",
            "ill" => "illustrator",
            _ => "contributor",
        };
        let Some(value) = person_of(person, lang) else { continue };
        match all.iter_mut().find(|(own, _)| *own == key) {
            Some((_, people)) => people.push(value),
            None => all.push((key, vec![value])),
        }
    }
    all
}

fn person_of(person: &Person, lang: &Lang) -> Option<Value> {
    let kind = if person.group { "Organization" } else { "Person" };
    let mut value = json!({"@type": kind, "name": said_anyhow(&person.name, lang)?});
    if let Some(text) = said(&person.biography, lang) {
        value["description"] = json!(text);
    }
    if let Some(orcid) = &person.orcid {
        value["sameAs"] = json!(format!("https://orcid.org/{orcid}"));
    }
    Some(value)
}

/// The work that an edition is translated from, or those that are translated from it.
fn translations(catalogue: &Catalogue<'_>, edition: &EditionKind) -> (Option<Value>, Option<Value>) {
    let EditionKind::Single(own) = edition else { return (None, None) };
    let source = catalogue.book.source_language();
    let there = |edition: &EditionKind| catalogue.products.iter().any(|product| product.file.edition == *edition);
    let named = |edition: &EditionKind| json!({"@id": id(catalogue, edition)});
    if own != source {
        let original = EditionKind::Single(source.clone());
        return (there(&original).then(|| named(&original)), None);
    }
    let others = catalogue.book.languages.iter().filter(|lang| *lang != own).cloned().map(EditionKind::Single);
    let others: Vec<Value> = others.filter(there).map(|edition| named(&edition)).collect();
    (None, (!others.is_empty()).then(|| one_or_all(others)))
}

fn example(catalogue: &Catalogue<'_>, product: &Product<'_>) -> Value {
    let file = product.file;
    let mut example = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            example.insert(key.to_owned(), value);
        }
    };
    let (form, media) = match product.form {
        ProductForm::Epub => ("https://schema.org/EBook", Some("application/epub+zip")),
        ProductForm::Pdf => ("https://schema.org/EBook", Some("application/pdf")),
        ProductForm::Print => match catalogue.shop().binding {
            Some(crate::model::release::Binding::Hardback) => ("https://schema.org/Hardcover", None),
            _ => ("https://schema.org/Paperback", None),
        },
    };
    put("@type", Some(json!("Book")));
    put("@id", Some(json!(format!("#{}", product.own_name(catalogue.book)))));
    put("name", Some(json!(catalogue.book.meta.title_in(product.lang()))));
    put("bookFormat", Some(json!(form)));
    put("encoding", media.map(|media| encoding(catalogue, product, media)));
    put("inLanguage", Some(one_or_all(product.langs.iter().map(|lang| json!(lang.bcp47())).collect())));
    match &product.number {
        Some(Number::Isbn(digits)) => put("isbn", Some(json!(digits))),
        Some(Number::Other(number)) => put("identifier", Some(json!(number))),
        None => put("identifier", file.access.identifier.clone().map(Value::from)),
    }
    put("numberOfPages", file.pages.map(Value::from));
    if media.is_some() {
        put("isAccessibleForFree", free(catalogue, product).then_some(json!(true)));
    }
    let list = |values: &[String]| (!values.is_empty()).then(|| json!(values));
    put("accessMode", list(&file.access.modes));
    // Each set of modes by which the whole can be had is a list of its own.
    let set = |modes: &String| json!({"@type": "ItemList", "itemListElement": modes.split(',').collect::<Vec<_>>()});
    let sets: Vec<Value> = file.access.sufficient.iter().map(set).collect();
    put("accessModeSufficient", (!sets.is_empty()).then(|| one_or_all(sets)));
    put("accessibilityFeature", list(&file.access.features));
    put("accessibilityHazard", list(&file.access.hazards));
    put("accessibilitySummary", file.access.summary.clone().map(Value::from));
    put("offers", offers(catalogue, product));
    Value::Object(example)
}

/// The file itself: its size and address are no properties of a book.
fn encoding(catalogue: &Catalogue<'_>, product: &Product<'_>, media: &str) -> Value {
    let mut encoding = json!({"@type": "MediaObject", "encodingFormat": media});
    if let Some(bytes) = product.file.bytes {
        encoding["contentSize"] = json!(format!("{bytes} B"));
    }
    if let Some(address) = catalogue.address(product.file) {
        encoding["contentUrl"] = json!(address);
    }
    encoding
}

fn free(catalogue: &Catalogue<'_>, product: &Product<'_>) -> bool {
    let open = catalogue.shop().protection != Some(Protection::Drm);
    let prices = catalogue.prices(product);
    open && !prices.is_empty() && prices.iter().all(|price| price.value == PriceValue::None(Unpriced::Free))
}

fn offers(catalogue: &Catalogue<'_>, product: &Product<'_>) -> Option<Value> {
    let of = |(value, countries): (&PriceValue, &[String])| {
        let mut offer = match value {
            PriceValue::Amount { amount, currency, .. } => {
                json!({"@type": "Offer", "price": amount, "priceCurrency": currency})
            }
            PriceValue::None(_) => return None,
        };
        if !countries.is_empty() {
            offer["eligibleRegion"] = json!(countries);
        }
        Some(offer)
    };
    let offers: Vec<Value> =
        catalogue.prices(product).into_iter().filter_map(|price| of((&price.value, &price.countries))).collect();
    (!offers.is_empty()).then(|| one_or_all(offers))
}
