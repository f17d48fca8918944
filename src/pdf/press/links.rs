//! A printed page has no links: PDF/X-4 wants no annotation on the page (ISO 15930-7, 6.16).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Depth to which the tree of parents is followed.
const MAX_DEPTH: usize = 64;

/// Takes out the annotations of all pages and what the tags say of them. The text of a link stays.
pub(super) fn remove(doc: &mut Document) -> lopdf::Result<()> {
    let mut removed = BTreeSet::new();
    for page in doc.page_iter().collect::<Vec<_>>() {
        let annotations = doc.get_dictionary(page)?.get_deref(b"Annots", doc).and_then(Object::as_array);
        removed.extend(annotations.iter().flat_map(|list| list.iter()).filter_map(|one| one.as_reference().ok()));
        let page = doc.get_dictionary_mut(page)?;
        page.remove(b"Annots");
        page.remove(b"Tabs");
    }
    let keys: BTreeSet<i64> = removed
        .iter()
        .filter_map(|id| doc.get_dictionary(*id).ok()?.get(b"StructParent").ok()?.as_i64().ok())
        .collect();
    forget_in_tags(doc, &removed);
    let root = doc.catalog()?.get(b"StructTreeRoot").and_then(Object::as_reference);
    if let Ok(root) = root
        && let Some(tree) = child(doc, root, b"ParentTree")
    {
        forget_parents(doc, &tree, &keys, 0);
    }
    for id in &removed {
        doc.objects.remove(id);
    }
    Ok(())
}

/// Elements lose their references to annotations. A link without one is none: it becomes a plain span or division.
fn forget_in_tags(doc: &mut Document, removed: &BTreeSet<ObjectId>) {
    let refers = |dict: &Dictionary| {
        let target = dict.get(b"Obj").and_then(Object::as_reference);
        target.is_ok_and(|target| removed.contains(&target))
    };
    let indirect: BTreeSet<ObjectId> =
        doc.objects.iter().filter(|(_, object)| object.as_dict().is_ok_and(refers)).map(|(id, _)| *id).collect();
    let refers_to_removed = |object: &Object| match object {
        Object::Dictionary(dict) => refers(dict),
        Object::Reference(id) => indirect.contains(id),
        _ => false,
    };
    for element in doc.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()) {
        let Ok(kids) = element.get_mut(b"K") else { continue };
        let lost = match kids {
            Object::Array(list) => {
                let before = list.len();
                list.retain(|kid| !refers_to_removed(kid));
                before != list.len()
            }
            other if refers_to_removed(other) => {
                *other = Object::Array(Vec::new());
                true
            }
            _ => false,
        };
        if lost && element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"Link") {
            let kind = if is_block(element) { "Div" } else { "Span" };
            element.set("S", kind);
        }
    }
    for id in &indirect {
        doc.objects.remove(id);
    }
}

/// Whether the layout attributes of an element say that it stands as a block (ISO 32000-1, 14.8.5.4).
fn is_block(element: &Dictionary) -> bool {
    let Ok(attributes) = element.get(b"A") else { return false };
    let block = |dict: &Object| {
        let placement = dict.as_dict().and_then(|dict| dict.get(b"Placement")).and_then(Object::as_name);
        placement.is_ok_and(|placement| placement == b"Block")
    };
    block(attributes) || attributes.as_array().is_ok_and(|list| list.iter().any(block))
}

/// A node of the tree of parents, in its own object or in another one.
enum Node {
    Own(ObjectId),
    Inside(ObjectId, &'static [u8]),
}

fn child(doc: &Document, owner: ObjectId, key: &'static [u8]) -> Option<Node> {
    match doc.get_dictionary(owner).ok()?.get(key).ok()? {
        Object::Reference(id) => Some(Node::Own(*id)),
        Object::Dictionary(_) => Some(Node::Inside(owner, key)),
        _ => None,
    }
}

/// The number tree forgets the keys of what was removed.
fn forget_parents(doc: &mut Document, node: &Node, keys: &BTreeSet<i64>, depth: usize) {
    let dict = match node {
        Node::Own(id) => doc.get_dictionary_mut(*id).ok(),
        Node::Inside(owner, key) => {
            doc.get_dictionary_mut(*owner).ok().and_then(|dict| dict.get_mut(key).ok()?.as_dict_mut().ok())
        }
    };
    let Some(dict) = dict.filter(|_| depth < MAX_DEPTH) else { return };
    if let Ok(numbers) = dict.get_mut(b"Nums").and_then(Object::as_array_mut) {
        let kept = numbers.chunks(2).filter(|pair| !pair[0].as_i64().is_ok_and(|key| keys.contains(&key)));
        *numbers = kept.flatten().cloned().collect();
    }
    let kids = dict.get(b"Kids").and_then(Object::as_array).cloned().unwrap_or_default();
    for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
        forget_parents(doc, &Node::Own(kid), keys, depth + 1);
    }
}
