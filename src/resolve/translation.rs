//! `translations`: the texts of an event in other languages.

use std::collections::BTreeMap;

use super::{Context, text};
use crate::diagnostic::{Code, Finding};
use crate::event::Translation;
use crate::record::{Field, Slot, Text, TranslationTable, limits};

/// `translations` of the texts `of`, in the order of their tags. `own` is the language of the record.
pub(super) fn translations(
    slot: &Slot<BTreeMap<String, Field<TranslationTable<'_>>>>,
    of: [&Slot<Text<'_>>; 3],
    own: Option<&str>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Box<[Translation]>> {
    let field = slot.as_ref()?;
    if field.value.is_empty() {
        findings.push(
            Finding::new(Code::EmptyValue, field.span, "the table is empty")
                .label("expected a table for each language below it")
                .help("write `[translations.es]` and below it `title = \"…\"`, or delete it"),
        );
    }
    let tables =
        field.value.values().flat_map(|table| [&table.value.title, &table.value.reason, &table.value.description]);
    let texts = of.into_iter().chain(tables).flatten().map(|text| text.span);
    findings.extend(limits::with_translations(texts, field.key));
    let mut all: Vec<Translation> = Vec::new();
    for (tag, table) in &field.value {
        let TranslationTable { title, reason, description, unread } = &table.value;
        if title.is_none() && reason.is_none() && description.is_none() {
            if unread.is_empty() {
                findings.push(
                    Finding::new(Code::EmptyValue, table.span, "the translation is empty")
                        .label("expected a `title`, a `reason` or a `description`")
                        .help("fill it in, or delete it"),
                );
            }
            continue;
        }
        let title = title.as_ref().and_then(|field| text::line(field, text::TITLE, findings));
        let reason = reason.as_ref().and_then(|field| text::line(field, text::LINE, findings));
        let description = description.as_ref().and_then(|field| text::prose(field, findings));
        let Some(language) = text::language_key(tag, table.key, findings) else { continue };
        let calendars = own.is_none();
        if language.eq_ignore_ascii_case(own.unwrap_or(context.language)) {
            let whose = if calendars {
                "the calendar's language, and the record names no other"
            } else {
                "the record's own language"
            };
            findings.push(
                Finding::new(Code::InvalidLanguage, table.key, format!("a translation to {whose}, `{language}`"))
                    .label("expected another language")
                    .help("put this text into `title` and `description` themselves, or say in `language` what they are written in"),
            );
            continue;
        }
        if all.iter().any(|other| other.language == language) {
            findings.push(
                Finding::new(Code::InvalidLanguage, table.key, format!("a second translation to `{language}`"))
                    .label("expected each language once")
                    .help("put both into one table"),
            );
            continue;
        }
        if title.is_some() || reason.is_some() || description.is_some() {
            all.push(Translation { language, title, reason, description });
        }
    }
    (!all.is_empty()).then(|| all.into())
}
