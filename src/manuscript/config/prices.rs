//! `prices:` below `release:` of `book.yaml`.

use super::super::yaml::{Entry, Fields, Kind};
use super::super::{choices, typed};
use super::ConfigReader;
use crate::model::release::{Price, PriceValue, ProductForm, Unpriced};
use crate::model::{EditionKind, Spanned};

impl ConfigReader<'_> {
    /// A word that holds for all products, or a list of prices.
    pub(super) fn prices(&mut self, entry: Option<Entry>) -> Vec<Price> {
        let Some(Entry { node, .. }) = entry else { return Vec::new() };
        if let Kind::Scalar(word) = &node.kind {
            let word = Spanned { value: word.clone(), span: node.span };
            let why = self.one_of("prices", &word, Unpriced::ALL, Unpriced::of, Unpriced::name);
            let of_all = |why| Price {
                span: word.span,
                value: PriceValue::None(why),
                editions: Vec::new(),
                forms: Vec::new(),
                countries: Vec::new(),
            };
            return why.map(of_all).into_iter().collect();
        }
        let nodes = node.list(typed("prices"), self.sink);
        nodes
            .into_iter()
            .filter_map(|node| {
                let mut fields = Fields::open(node, msg!("a price"), self.sink)?;
                let price = self.price(&mut fields);
                fields.finish(&msg!("a price"), self.sink);
                price
            })
            .collect()
    }

    fn price(&mut self, fields: &mut Fields) -> Option<Price> {
        let before = self.sink.len();
        let unpriced = self.word(fields, "unpriced", Unpriced::ALL, Unpriced::of, Unpriced::name);
        let amount = self.amount(fields);
        let value = match (amount, unpriced) {
            (Some(amount), None) => Some(amount),
            (None, Some(why)) => Some(PriceValue::None(why)),
            _ => {
                if self.sink.len() == before {
                    let hint = msg!("write `{{amount: 49.00, currency: CNY}}` or `{{unpriced: free}}`");
                    self.error(
                        fields.span(),
                        msg!("a price needs either an amount with its currency, or `unpriced`"),
                        hint,
                    );
                }
                None
            }
        };
        let editions = fields.take("editions").map_or_else(Vec::new, |entry| self.named_editions(entry));
        let forms = fields.take("forms").map_or_else(Vec::new, |entry| self.forms(entry));
        let countries = fields.take("countries").map_or_else(Vec::new, |entry| {
            let words = self.one_or_more(entry.node, "countries");
            self.countries(words)
        });
        Some(Price { span: fields.span(), value: value?, editions, forms, countries })
    }

    fn amount(&mut self, fields: &mut Fields) -> Option<PriceValue> {
        let amount = fields.text("amount", self.sink);
        let currency = fields.text("currency", self.sink);
        let tax_included = self.flag(fields, "tax-included");
        let amount = amount?;
        if !is_amount(&amount.value) {
            let hint = msg!("write a number greater than 0, such as `49.00`; what costs nothing is `unpriced: free`");
            self.error(amount.span, msg!("`{key}` cannot be `{value}`", key = "amount", value = &amount.value), hint);
            return None;
        }
        let currency = self.currency(currency?)?;
        Some(PriceValue::Amount { amount: amount.value, currency: currency.value, tax_included })
    }

    fn named_editions(&mut self, entry: Entry) -> Vec<EditionKind> {
        let names = self.one_or_more(entry.node, "editions");
        let mut editions = Vec::new();
        for name in names {
            match self.langs.iter().find(|lang| lang.tag() == name.value) {
                Some(lang) => editions.push(EditionKind::Single(lang.clone())),
                None if name.value == "bilingual" && self.langs.len() > 1 => editions.push(EditionKind::Bilingual),
                None => self.unknown_language(&name.value, name.span),
            }
        }
        editions
    }

    fn forms(&mut self, entry: Entry) -> Vec<ProductForm> {
        let mut forms = Vec::new();
        for word in self.one_or_more(entry.node, "forms") {
            match ProductForm::of(&word.value) {
                Some(form) => forms.push(form),
                None => {
                    let hint =
                        msg!("use {choices}", choices = choices(ProductForm::ALL.iter().map(|form| form.name())));
                    self.error(
                        word.span,
                        msg!("`{key}` cannot be `{value}`", key = "forms", value = &word.value),
                        hint,
                    );
                }
            }
        }
        forms
    }
}

/// Whether a text is a decimal number greater than 0 with at most three places after the point.
fn is_amount(text: &str) -> bool {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |part: &str, most: usize| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole, 9) && digits(cents, 3) && text.bytes().any(|b| (b'1'..=b'9').contains(&b))
}
