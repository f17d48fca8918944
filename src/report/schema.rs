//! JSON Schemas (draft 2020-12) for editors and programs: of `book.yaml`, `glossary.yaml`, and of findings.

use serde_json::{Map, Value, json};

use crate::checks::CHECKS;
use crate::codes;
use crate::layout::{self, LayoutAbout, OptionAbout};
use crate::model::{Claim, release};

/// The schema of what `--format json` gives.
pub fn diagnostics_schema() -> String {
    pretty(&parse(include_str!("diagnostics.schema.json")))
}

/// The schema of `manuscript/glossary.yaml`.
pub fn glossary_schema() -> String {
    pretty(&parse(include_str!("glossary.schema.json")))
}

/// The schema of `release.json` in the folder of a release.
pub fn release_schema() -> String {
    pretty(&parse(include_str!("release.schema.json")))
}

/// The schema of what `verify --format json` prints.
pub fn verification_schema() -> String {
    pretty(&parse(include_str!("verification.schema.json")))
}

/// The schema of `manuscript/book.yaml`. Names of checks and the built-in layouts with their options come from the program
/// itself; a project's own layouts are allowed with any options.
pub fn book_schema() -> String {
    let mut schema = parse(include_str!("book.schema.json"));
    schema["properties"]["checks"]["properties"] = levels();
    schema["properties"]["checks"]["properties"]["extends"] = json!({
        "type": "string",
        "pattern": "^([\\p{L}\\p{N}_-]+-)?checks$",
        "description": "Levels of the house, to which these add: the file of this name with .yaml, beside the nearest catalogue.yaml above the book.",
        "examples": ["checks"],
    });
    schema["properties"]["epub"]["properties"]["accessibility"]["properties"]["conforms-to"]["enum"] =
        json!(Claim::LEVELS);
    schema["$defs"]["layout"] = layouts();
    release(&mut schema);
    pretty(&schema)
}

/// The words that keys of `release:` can have.
fn release(schema: &mut Value) {
    let names = |all: Vec<&'static str>| json!(all);
    let release = &mut schema["properties"]["release"]["properties"];
    release["gates"]["items"]["enum"] = names(release::Gate::ALL.iter().map(|word| word.name()).collect());
    release["status"]["enum"] = names(release::Status::ALL.iter().map(|word| word.name()).collect());
    release["binding"]["enum"] = names(release::Binding::ALL.iter().map(|word| word.name()).collect());
    release["protection"]["enum"] = names(release::Protection::ALL.iter().map(|word| word.name()).collect());
    release["related"]["items"]["properties"]["relation"]["enum"] =
        names(release::Relation::ALL.iter().map(|word| word.name()).collect());
    let defs = &mut schema["$defs"];
    defs["audience"]["enum"] = names(release::Audience::ALL.iter().map(|word| word.name()).collect());
    defs["unpriced"]["enum"] = names(release::Unpriced::ALL.iter().map(|word| word.name()).collect());
    defs["form"]["enum"] = names(release::ProductForm::ALL.iter().map(|word| word.name()).collect());
}

fn levels() -> Value {
    let mut known = Map::new();
    let mut groups: Vec<&str> = CHECKS.iter().map(|check| check.group).collect();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        let description = format!("Every check of the group {group}.");
        known.insert(group.to_owned(), json!({"$ref": "#/$defs/level", "description": description}));
    }
    for check in CHECKS {
        known
            .insert(check.name.to_string(), json!({"$ref": "#/$defs/level", "description": check.summary.to_string()}));
    }
    for entry in codes::levelled() {
        let description = entry.summary.to_string();
        known.insert(entry.code.to_string(), json!({"$ref": "#/$defs/level", "description": description}));
    }
    Value::Object(known)
}

fn layouts() -> Value {
    let built_in = layout::built_in();
    let names: Vec<&str> = built_in.iter().map(|layout| layout.name.as_str()).collect();
    let mut forms = vec![json!({"type": "string", "examples": names})];
    forms.extend(built_in.iter().map(form));
    forms.push(json!({
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string", "not": {"enum": names}}, "options": {"type": "object"}},
        "additionalProperties": false,
    }));
    json!({"anyOf": forms})
}

fn form(layout: &LayoutAbout) -> Value {
    let options: Map<String, Value> = layout.options.iter().map(|option| (option.name.clone(), kind(option))).collect();
    json!({
        "type": "object",
        "description": layout.title,
        "required": ["name"],
        "properties": {
            "name": {"const": layout.name},
            "options": {"type": "object", "properties": options, "additionalProperties": false},
        },
        "additionalProperties": false,
    })
}

fn kind(option: &OptionAbout) -> Value {
    let mut known = match option.kind.as_str() {
        "bool" => json!({"type": "boolean"}),
        "choice" => json!({"enum": option.values}),
        "int" => json!({"type": "integer"}),
        _ => json!({"type": ["string", "number"]}),
    };
    known["description"] = json!(option.doc);
    known["default"] = serde_yaml::from_str(&option.default).unwrap_or_default();
    known
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the binary carries sound JSON")
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("plain data always serialises") + "\n"
}
