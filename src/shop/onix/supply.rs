//! `ProductSupply`: from whom it can be had, and for how much.

use super::{Xml, codes, publishing};
use crate::model::release::{Price, PriceValue, Region, Sender, Status};
use crate::shop::catalogue::{Catalogue, Product};

/// Nothing is written where no price is given and not why: that would be a guess.
pub(super) fn supply(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>, sender: &Sender) {
    let prices = catalogue.prices(product);
    if prices.is_empty() {
        return;
    }
    xml.nest("ProductSupply", &[], |xml| {
        if let Some((region, excluded)) = publishing::market(catalogue) {
            let excluded: Vec<&str> = excluded.iter().map(String::as_str).collect();
            xml.nest("Market", &[], |xml| {
                xml.nest("Territory", &[], |xml| publishing::territory(xml, &region, &excluded));
            });
        }
        xml.nest("SupplyDetail", &[], |xml| {
            xml.nest("Supplier", &[], |xml| {
                xml.text("SupplierRole", &[], "09");
                xml.text("SupplierName", &[], &sender.name);
                xml.text("EmailAddress", &[], sender.email.as_deref().unwrap_or_default());
            });
            let status = catalogue.shop().status.unwrap_or(Status::Active);
            xml.text("ProductAvailability", &[], codes::availability(status));
            self::prices(xml, &prices);
        });
    });
}

fn prices(xml: &mut Xml, prices: &[&Price]) {
    if let [Price { value: PriceValue::None(why), countries, .. }] = prices
        && countries.is_empty()
    {
        xml.text("UnpricedItemType", &[], codes::unpriced(*why));
        return;
    }
    for price in prices {
        xml.nest("Price", &[], |xml| self::price(xml, price));
    }
}

fn price(xml: &mut Xml, price: &Price) {
    match &price.value {
        PriceValue::Amount { amount, currency, tax_included } => {
            let kind = tax_included.map(|included| if included { "02" } else { "01" });
            xml.text("PriceType", &[], kind.unwrap_or_default());
            xml.text("PriceAmount", &[], amount);
            xml.text("CurrencyCode", &[], currency);
        }
        PriceValue::None(why) => xml.text("UnpricedItemType", &[], codes::unpriced(*why)),
    }
    if !price.countries.is_empty() {
        xml.nest("Territory", &[], |xml| {
            publishing::territory(xml, &Region::Countries(price.countries.clone()), &[]);
        });
    }
}
