//! What a release says of its making to programs of others: an in-toto statement with SLSA's predicate of provenance.

use serde_json::{Value, json};

use super::manifest::Manifest;

/// The file.
pub const PROVENANCE: &str = "provenance.intoto.json";

/// An in-toto Statement v1 with the predicate `https://slsa.dev/provenance/v1` over the artifacts of a release. Of time it says what the
/// files themselves bear: when and where the program ran is not known to it, and a build service that knows attests that itself.
pub fn provenance(manifest: &Manifest) -> String {
    let subject: Vec<Value> = manifest
        .artifacts
        .iter()
        .map(|artifact| json!({"name": artifact.name, "digest": {"sha256": artifact.sha256}}))
        .collect();
    let mut sources = vec![json!({"name": "manuscript", "digest": {"sha256": manifest.source.digest}})];
    if let Some(commit) = &manifest.source.commit {
        sources.push(json!({"name": "checkout", "digest": {"gitCommit": commit}}));
    }
    let program = &manifest.program;
    super::json(&json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subject,
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "https://dama-pub.example/release/1",
                "externalParameters": {
                    "version": manifest.version,
                    "sourceDateEpoch": manifest.source_date_epoch,
                },
                "resolvedDependencies": sources,
            },
            "runDetails": {
                "builder": {
                    "id": format!("https://dama-pub.example/{}/{}", program.name, program.version),
                    "version": {"dama-pub": program.version, "typst": program.typst},
                },
            },
        },
    }))
}
