//! Diagnostics as SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};

use super::json::Places;
use super::{Code, Diagnostic, Severity};

/// One log with one run.
pub fn render(diagnostics: &[Diagnostic]) -> Value {
    let used: Vec<Code> = {
        let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.finding.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let rules: Vec<Value> = used.iter().map(|code| rule(*code)).collect();
    let results: Vec<Value> = diagnostics.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "redletter", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    let mut rule = json!({"id": code.name(), "shortDescription": {"text": code.meaning()}});
    if let Code::Feed(code) = code {
        let clients: Vec<&str> = code.clients().iter().map(|client| client.name()).collect();
        rule["helpUri"] = json!(code.links().first());
        rule["fullDescription"] = json!({"text": code.breaks()});
        rule["properties"] = json!({"tags": clients});
    }
    rule
}

fn result(diagnostic: &Diagnostic) -> Value {
    let Diagnostic { source, finding } = diagnostic;
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut text = finding.message.clone();
    for help in &finding.help {
        text.push('\n');
        text.push_str(help);
    }
    let location = |span| json!({"artifactLocation": {"uri": uri(source.path.as_deref().unwrap_or_default())}, "region": region(&Places::of(source, span))});
    let mut value = json!({
        "ruleId": finding.code.name(),
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": location(finding.span)}],
    });
    if let Some(fix) = diagnostic.told_fix() {
        let replacements: Vec<Value> = fix
            .edits()
            .iter()
            .map(|(span, text)| json!({"deletedRegion": region(&Places::of(source, *span)), "insertedContent": {"text": text}}))
            .collect();
        value["fixes"] = json!([{
            "description": {"text": finding.help.first().cloned().unwrap_or_default()},
            "artifactChanges": [{
                "artifactLocation": {"uri": uri(source.path.as_deref().unwrap_or_default())},
                "replacements": replacements,
            }],
        }]);
    }
    value
}

fn region(places: &Places) -> Value {
    json!({
        "startLine": places.line, "startColumn": places.column,
        "endLine": places.end_line, "endColumn": places.end_column,
    })
}

/// A path as a relative URI reference, percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
