//! `where` of a declared feed. Words are compared as those of the filter options are, so that both choose the same events.

use crate::calendar::Filter;
use crate::diagnostic::{Code, Finding, shorten};
use crate::event::{Country, Kinds, Status};
use crate::language::countries;
use crate::record::fields::WhereTable;
use crate::record::{Field, Slot, Text};
use crate::resolve::text::{self, LINE};
use crate::source::Span;

type Findings = Vec<Finding>;

/// The filter that the table describes. A word that means nothing is a finding.
pub(super) fn judge(table: &WhereTable<'_>, kinds: &Kinds, findings: &mut Findings) -> Filter {
    let WhereTable { kind, tag, country, city, status, language, online, in_person, unread: _ } = table;
    let words =
        |slot: &Slot<Vec<Field<Text<'_>>>>, findings: &mut Findings, wrong: &dyn Fn(&str, Span) -> Option<Finding>| {
            let mut words = Vec::new();
            for field in slot.iter().flat_map(|field| &field.value) {
                let Some(word) = text::line(field, LINE, findings) else { continue };
                findings.extend(wrong(word.strip_prefix('!').unwrap_or(&word), field.span));
                words.push(word.into_string());
            }
            words
        };
    Filter {
        kinds: words(kind, findings, &|word, span| {
            kinds.find(word).is_none().then(|| crate::resolve::unknown_kind(word, span, kinds))
        }),
        tags: words(tag, findings, &|_, _| None).iter().map(|tag| Filter::folded_tag(tag)).collect(),
        countries: words(country, findings, &|word, span| {
            Country::from_code(&word.to_uppercase()).is_none().then(|| {
                let finding =
                    Finding::new(Code::InvalidCountry, span, format!("`{}` is not a country code", shorten(word)))
                        .label("expected two capital letters of ISO 3166-1, such as GR");
                match &countries::named(word)[..] {
                    [] => finding,
                    codes => finding.help(format!("write {}", countries::listed(codes))),
                }
            })
        }),
        cities: words(city, findings, &|_, _| None).iter().map(|city| Filter::folded_city(city)).collect(),
        statuses: words(status, findings, &|word, span| {
            Status::from_name(word).is_none().then(|| {
                Finding::new(Code::UnknownStatus, span, format!("unknown status `{}`", shorten(word)))
                    .label("expected tentative, confirmed, cancelled or postponed")
            })
        }),
        languages: words(language, findings, &|word, span| {
            text::checked_language(word).is_none().then(|| text::no_language(word, span))
        }),
        online: online.as_ref().map(|field| field.value),
        in_person: in_person.as_ref().map(|field| field.value),
        within: None,
    }
}
