//! `release:` of `book.yaml`: when the book may go out, and what shops are told of it.

use std::collections::BTreeMap;

use super::super::yaml::{Entry, Fields, Kind, Node};
use super::super::{choices, typed};
use super::ConfigReader;
use super::shop_codes::{
    is_address, is_bisac, is_clc, is_country, is_currency, is_doi, is_domain, is_folder, is_thema,
};
use crate::message::Message;
use crate::model::release::{
    Audience, Binding, Gate, Number, Protection, Region, Related, Relation, Release, Sample, Sender, Shop, Status,
    Subjects, Territories, Texts,
};
use crate::model::{Isbn, Lang, Spanned};

/// Most chapters of a sample: nobody means more.
const MOST_CHAPTERS: usize = 99;

impl ConfigReader<'_> {
    /// What is said of going out.
    pub(super) fn release(&mut self, entry: Option<Entry>) -> Option<Release> {
        let Entry { key_span, node } = entry?;
        let mut fields = Fields::open(node, typed("release"), self.sink)?;
        let release = Release {
            span: key_span,
            gates: fields.take("gates").map(|entry| self.gates(entry)),
            sample: self.sample(fields.take("sample")),
            shop: self.shop(&mut fields),
        };
        fields.finish(&typed("release"), self.sink);
        Some(release)
    }

    fn gates(&mut self, entry: Entry) -> Vec<Spanned<Gate>> {
        let known: Vec<&str> = Gate::ALL.iter().map(|gate| gate.name()).collect();
        let mut gates: Vec<Spanned<Gate>> = Vec::new();
        for name in self.texts(entry.node, "gates") {
            match Gate::of(&name.value) {
                Some(gate) if gates.iter().any(|other| other.value == gate) => {}
                Some(value) => gates.push(Spanned { value, span: name.span }),
                None => {
                    self.unknown(&name, msg!("`{name}` is not a condition of a release", name = &name.value), &known)
                }
            }
        }
        gates
    }

    fn sample(&mut self, entry: Option<Entry>) -> Option<Sample> {
        let mut fields = Fields::open(entry?.node, typed("sample"), self.sink)?;
        let written = fields.text("chapters", self.sink);
        fields.finish(&typed("sample"), self.sink);
        let Some(written) = written else { return Some(Sample { chapters: 1 }) };
        let chapters = written.value.parse().ok().filter(|number| (1..=MOST_CHAPTERS).contains(number));
        if chapters.is_none() {
            let hint = msg!("use a whole number from 1 to {most}", most = MOST_CHAPTERS);
            self.error(
                written.span,
                msg!("`{key}` cannot be `{value}`", key = "chapters", value = written.value),
                hint,
            );
        }
        chapters.map(|chapters| Sample { chapters })
    }

    fn shop(&mut self, fields: &mut Fields) -> Shop {
        let mut refused = Vec::new();
        let domain_hint = msg!("write a domain, such as `example.org`");
        let files_hint = msg!("use an address that starts with `https://` and ends in `/`");
        let licence_hint = msg!("use an address that starts with `https://`");
        Shop {
            sender: self.noting(&mut refused, "sender", |it| it.sender(fields.take("sender"))),
            domain: self.noting(&mut refused, "domain", |it| it.formed(fields, "domain", is_domain, domain_hint)),
            status: self.word(fields, "status", Status::ALL, Status::of, Status::name),
            country: self.formed(fields, "country", is_country, country_hint()),
            city: self.per_lang(fields.take("city"), "city"),
            website: self.noting(&mut refused, "website", |it| it.addresses(fields.take("website"), "website")),
            files: self.noting(&mut refused, "files", |it| it.formed(fields, "files", is_folder, files_hint)),
            audience: self.noting(&mut refused, "audience", |it| it.audience(fields.take("audience"))),
            subjects: self.noting(&mut refused, "subjects", |it| it.subjects(fields.take("subjects"))),
            texts: self.shop_texts(fields.take("texts")),
            territories: self.noting(&mut refused, "territories", |it| it.territories(fields.take("territories"))),
            prices: self.noting(&mut refused, "prices", |it| it.prices(fields.take("prices"))),
            binding: self.word(fields, "binding", Binding::ALL, Binding::of, Binding::name),
            protection: self.word(fields, "protection", Protection::ALL, Protection::of, Protection::name),
            license: self.formed(fields, "license", is_address, licence_hint),
            doi: self.dois(fields.take("doi")),
            related: self.related(fields.take("related")),
            refused,
        }
    }

    /// Reads a key, and notes it where something of it was refused: what is told is not told again as missing.
    fn noting<T>(
        &mut self,
        refused: &mut Vec<&'static str>,
        key: &'static str,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.sink.len();
        let value = read(self);
        if self.sink.len() > before {
            refused.push(key);
        }
        value
    }

    fn sender(&mut self, entry: Option<Entry>) -> Option<Sender> {
        let mut fields = Fields::open(entry?.node, typed("sender"), self.sink)?;
        let name = fields.text("name", self.sink);
        let form = |email: &str| email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_domain(host));
        let email = self.formed(&mut fields, "email", form, msg!("write an address, such as `books@example.org`"));
        if name.is_none() {
            self.absent(&fields, "name", fields.span(), msg!("the sender has no name"), msg!("add `name:`"));
        }
        fields.finish(&typed("sender"), self.sink);
        name.map(|name| Sender { name: name.value, email })
    }

    /// A text of a certain form; another is reported and left out.
    fn formed(
        &mut self,
        fields: &mut Fields,
        key: &'static str,
        good: impl Fn(&str) -> bool,
        hint: Message,
    ) -> Option<String> {
        let written = fields.text(key, self.sink)?;
        self.good(key, written, good, hint).map(|text| text.value)
    }

    fn good(
        &mut self,
        key: &str,
        text: Spanned<String>,
        good: impl Fn(&str) -> bool,
        hint: Message,
    ) -> Option<Spanned<String>> {
        if good(&text.value) {
            return Some(text);
        }
        self.error(text.span, msg!("`{key}` cannot be `{value}`", key, value = &text.value), hint);
        None
    }

    /// One of the words that a key can have.
    pub(super) fn word<T: Copy>(
        &mut self,
        fields: &mut Fields,
        key: &'static str,
        all: &[T],
        of: fn(&str) -> Option<T>,
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let written = fields.text(key, self.sink)?;
        self.one_of(key, &written, all, of, name)
    }

    pub(super) fn one_of<T: Copy>(
        &mut self,
        key: &str,
        written: &Spanned<String>,
        all: &[T],
        of: fn(&str) -> Option<T>,
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let known = of(&written.value);
        if known.is_none() {
            let names: Vec<&str> = all.iter().map(|choice| name(*choice)).collect();
            let message = msg!("`{key}` cannot be `{value}`", key, value = &written.value);
            self.unknown(written, message, &names);
        }
        known
    }

    /// One text or a list of texts.
    pub(super) fn one_or_more(&mut self, node: Node, key: &str) -> Vec<Spanned<String>> {
        match node.kind {
            Kind::Scalar(value) => vec![Spanned { value, span: node.span }],
            _ => self.texts(node, key),
        }
    }

    fn addresses(&mut self, entry: Option<Entry>, key: &str) -> BTreeMap<Lang, String> {
        let Some(entry) = entry else { return BTreeMap::new() };
        let span = entry.node.span;
        let mut found = self.per_lang(Some(entry), key);
        let all = found.len();
        found.retain(|_, address| is_address(address));
        if found.len() < all {
            let hint = msg!("use an address that starts with `https://`");
            self.error(span, msg!("`{key}` is no address of the web", key), hint);
        }
        found
    }

    fn audience(&mut self, entry: Option<Entry>) -> Vec<Audience> {
        let Some(entry) = entry else { return Vec::new() };
        let words = self.one_or_more(entry.node, "audience");
        let known = |word| self.one_of("audience", word, Audience::ALL, Audience::of, Audience::name);
        words.iter().filter_map(known).collect()
    }

    fn subjects(&mut self, entry: Option<Entry>) -> Subjects {
        let mut subjects = Subjects::default();
        let Some(mut fields) = entry.and_then(|e| Fields::open(e.node, typed("subjects"), self.sink)) else {
            return subjects;
        };
        subjects.thema = self.codes(
            &mut fields,
            "thema",
            is_thema,
            msg!("use codes of Thema, such as `UYQ`, or `1FPC` for a qualifier"),
        );
        subjects.bisac = self.codes(
            &mut fields,
            "bisac",
            is_bisac,
            msg!("use codes of BISAC, three letters and six digits, such as `TEC000000`"),
        );
        subjects.clc =
            self.codes(&mut fields, "clc", is_clc, msg!("use classes of 中图法, such as `TP18` or `I247.5`"));
        fields.finish(&typed("subjects"), self.sink);
        subjects
    }

    fn codes(&mut self, fields: &mut Fields, key: &'static str, good: fn(&str) -> bool, hint: Message) -> Vec<String> {
        let Some(entry) = fields.take(key) else { return Vec::new() };
        let mut codes: Vec<String> = Vec::new();
        for code in self.one_or_more(entry.node, key) {
            let Some(code) = self.good(key, code, good, hint.clone()) else { continue };
            if !codes.contains(&code.value) {
                codes.push(code.value);
            }
        }
        codes
    }

    fn shop_texts(&mut self, entry: Option<Entry>) -> Texts {
        let mut texts = Texts::default();
        let Some(mut fields) = entry.and_then(|e| Fields::open(e.node, typed("texts"), self.sink)) else {
            return texts;
        };
        texts.short = self.per_lang(fields.take("short"), "short");
        texts.long = self.per_lang(fields.take("long"), "long");
        texts.headline = self.per_lang(fields.take("headline"), "headline");
        texts.cover = self.per_lang(fields.take("cover"), "cover");
        fields.finish(&typed("texts"), self.sink);
        texts
    }

    fn territories(&mut self, entry: Option<Entry>) -> Territories {
        let mut territories = Territories::default();
        let Some(mut fields) = entry.and_then(|e| Fields::open(e.node, typed("territories"), self.sink)) else {
            return territories;
        };
        let mut named = Vec::new();
        territories.exclusive = self.region(&mut fields, "exclusive", &mut named);
        territories.non_exclusive = self.region(&mut fields, "non-exclusive", &mut named);
        territories.not_for_sale = self.region(&mut fields, "not-for-sale", &mut named);
        fields.finish(&typed("territories"), self.sink);
        territories
    }

    /// The countries of one kind of right, each of which may have one kind alone.
    fn region(&mut self, fields: &mut Fields, key: &'static str, named: &mut Vec<String>) -> Option<Region> {
        let entry = fields.take(key)?;
        let span = entry.node.span;
        let words = self.one_or_more(entry.node, key);
        let world = words.iter().any(|word| word.value == "world");
        let mut countries = if world { Vec::new() } else { self.countries(words) };
        if world {
            countries.push("world".to_owned());
        }
        for country in &countries {
            if named.contains(country) {
                let message = msg!("`{country}` is named under two kinds of rights", country);
                self.error(span, message, msg!("name each country once, and `world` for all others"));
            }
        }
        named.extend(countries.iter().cloned());
        match world {
            true => Some(Region::World),
            false => (!countries.is_empty()).then_some(Region::Countries(countries)),
        }
    }

    /// Codes of countries, each once.
    pub(super) fn countries(&mut self, words: Vec<Spanned<String>>) -> Vec<String> {
        let mut countries: Vec<String> = Vec::new();
        for word in words {
            let Some(word) = self.good("countries", word, is_country, country_hint()) else { continue };
            if !countries.contains(&word.value) {
                countries.push(word.value);
            }
        }
        countries
    }

    fn dois(&mut self, entry: Option<Entry>) -> BTreeMap<String, Spanned<String>> {
        let Some(Entry { node, .. }) = entry else { return BTreeMap::new() };
        let mut dois = BTreeMap::new();
        let mut put = |reader: &mut Self, edition: &str, node: Node| {
            let Some(text) = node.text(typed("doi"), reader.sink) else { return };
            if let Some(doi) = reader.doi(text) {
                dois.insert(edition.to_owned(), doi);
            }
        };
        if matches!(node.kind, Kind::Scalar(_)) {
            let first = self.langs.first().map_or_else(String::new, |lang| lang.tag().to_owned());
            put(self, &first, node);
            return dois;
        }
        let Some(fields) = Fields::open(node, typed("doi"), self.sink) else { return dois };
        for (key, span, node) in fields.rest() {
            if key == "bilingual" || self.langs.iter().any(|lang| lang.tag() == key) {
                put(self, &key, node);
            } else {
                self.unknown_language(&key, span);
            }
        }
        dois
    }

    fn doi(&mut self, text: Spanned<String>) -> Option<Spanned<String>> {
        let bare = text.value.trim_start_matches("https://doi.org/").trim_start_matches("doi:").to_owned();
        let doi = Spanned { value: bare, span: text.span };
        self.good("doi", doi, is_doi, msg!("write it as it was registered, such as `10.1000/182`"))
    }

    fn related(&mut self, entry: Option<Entry>) -> Vec<Related> {
        let Some(entry) = entry else { return Vec::new() };
        let mut related = Vec::new();
        for node in entry.node.list(typed("related"), self.sink) {
            let Some(mut fields) = Fields::open(node, msg!("a related product"), self.sink) else { continue };
            let before = self.sink.len();
            let relation = self.word(&mut fields, "relation", Relation::ALL, Relation::of, Relation::name);
            let number = self.number_of(&mut fields);
            if (relation.is_none() || number.is_none()) && self.sink.len() == before {
                let names = choices(Relation::ALL.iter().map(|relation| relation.name()));
                let message = msg!("a related product needs `relation`, and `isbn` or `doi`");
                self.error(fields.span(), message, msg!("use {choices}", choices = names));
            }
            related.extend(relation.zip(number).map(|(relation, number)| Related { relation, number }));
            fields.finish(&msg!("a related product"), self.sink);
        }
        related
    }

    fn number_of(&mut self, fields: &mut Fields) -> Option<Number> {
        if let Some(written) = fields.text("isbn", self.sink) {
            let good = Isbn::read(&written.value).filter(|isbn| isbn.is_right() && isbn.digits.len() == 13);
            if good.is_none() {
                let message = msg!("`{key}` cannot be `{value}`", key = "isbn", value = &written.value);
                self.error(
                    written.span,
                    message,
                    msg!("write an ISBN of 13 digits, whose last digit is a check digit"),
                );
            }
            return good.map(|isbn| Number::Isbn(isbn.digits));
        }
        let written = fields.text("doi", self.sink)?;
        self.doi(written).map(|doi| Number::Doi(doi.value))
    }

    /// A code of a currency.
    pub(super) fn currency(&mut self, text: Spanned<String>) -> Option<Spanned<String>> {
        self.good("currency", text, is_currency, msg!("use a code of ISO 4217, such as `CNY` or `EUR`"))
    }
}

fn country_hint() -> Message {
    msg!("use codes of ISO 3166-1, such as `CN` or `GB` (not `UK`)")
}
