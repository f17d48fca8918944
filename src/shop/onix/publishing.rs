//! `PublishingDetail`: who publishes it, since when, and where it may be sold.

use super::{Xml, codes, in_language};
use crate::model::release::{Region, Sender, Status};
use crate::shop::catalogue::{Catalogue, Product, said, said_anyhow};

pub(super) fn detail(xml: &mut Xml, catalogue: &Catalogue<'_>, product: &Product<'_>, sender: &Sender) {
    let (meta, shop, lang) = (&catalogue.book.meta, catalogue.shop(), product.lang());
    let publisher = said_anyhow(&meta.publisher, lang).unwrap_or(&sender.name);
    xml.nest("Publisher", &[], |xml| {
        xml.text("PublishingRole", &[], "01");
        xml.text("PublisherName", &in_language(lang), publisher);
        if let Some(address) = said_anyhow(&shop.website, lang) {
            xml.nest("Website", &[], |xml| {
                xml.text("WebsiteRole", &[], "02");
                xml.text("WebsiteLink", &[], address);
            });
        }
    });
    xml.text("CityOfPublication", &in_language(lang), said(&shop.city, lang).unwrap_or_default());
    xml.text("CountryOfPublication", &[], shop.country.as_deref().unwrap_or_default());
    xml.text("PublishingStatus", &[], codes::status(shop.status.unwrap_or(Status::Active)));
    xml.nest("PublishingDate", &[], |xml| {
        xml.text("PublishingDateRole", &[], "01");
        xml.text("Date", &[("dateformat", "00")], &catalogue.day(""));
    });
    rights(xml, catalogue);
}

/// Rights by territory (List 46); of what nothing is said they are unknown.
fn rights(xml: &mut Xml, catalogue: &Catalogue<'_>) {
    let all = kinds(catalogue);
    let named: Vec<&str> = all.iter().flat_map(|(_, region)| countries(region)).map(String::as_str).collect();
    for (kind, region) in &all {
        xml.nest("SalesRights", &[], |xml| {
            xml.text("SalesRightsType", &[], kind);
            xml.nest("Territory", &[], |xml| territory(xml, region, &named));
        });
    }
    if !all.is_empty() && !all.iter().any(|(_, region)| **region == Region::World) {
        xml.text("ROWSalesRightsType", &[], "00");
    }
}

fn kinds<'c>(catalogue: &'c Catalogue<'_>) -> Vec<(&'static str, &'c Region)> {
    let territories = &catalogue.shop().territories;
    let of = [("01", &territories.exclusive), ("02", &territories.non_exclusive), ("03", &territories.not_for_sale)];
    of.into_iter().filter_map(|(kind, region)| Some((kind, region.as_ref()?))).collect()
}

fn countries(region: &Region) -> &[String] {
    match region {
        Region::World => &[],
        Region::Countries(countries) => countries,
    }
}

/// A region; the world is what is named nowhere else.
pub(super) fn territory(xml: &mut Xml, region: &Region, named: &[&str]) {
    match region {
        Region::World => {
            xml.text("RegionsIncluded", &[], "WORLD");
            xml.text("CountriesExcluded", &[], &named.join(" "));
        }
        Region::Countries(countries) => xml.text("CountriesIncluded", &[], &countries.join(" ")),
    }
}

/// Where the product may be sold: `None` where nothing is said.
pub(super) fn market(catalogue: &Catalogue<'_>) -> Option<(Region, Vec<String>)> {
    let territories = &catalogue.shop().territories;
    let sold: Vec<&Region> = [&territories.exclusive, &territories.non_exclusive].into_iter().flatten().collect();
    let out = territories.not_for_sale.as_ref().map(|region| countries(region).to_vec()).unwrap_or_default();
    if sold.iter().any(|region| **region == Region::World) {
        return Some((Region::World, out));
    }
    let all: Vec<String> = sold.iter().flat_map(|region| countries(region)).cloned().collect();
    (!all.is_empty()).then_some((Region::Countries(all), Vec::new()))
}
