use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;

fn variables(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                for variant in variants {
                    variables(&variant.value, found);
                }
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = inline {
            found.insert(id.name.to_owned());
        }
    }
}

/// Every message with its variables.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(source).expect("Fluent's grammar");
    let mut found = BTreeMap::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry {
            let mut used = BTreeSet::new();
            variables(message.value.as_ref().expect("a text"), &mut used);
            let before = found.insert(message.id.name.to_owned(), used);
            assert!(before.is_none(), "{} stands there twice", message.id.name);
        }
    }
    found
}

#[test]
fn every_language_has_every_word_with_the_same_variables() {
    let english = messages(Language::ENGLISH.source());
    let words: BTreeSet<&str> = Word::ALL.iter().map(|word| word.id()).collect();
    assert_eq!(english.keys().map(String::as_str).collect::<BTreeSet<_>>(), words);
    for language in Language::all() {
        let own = messages(language.source());
        for (id, variables) in &english {
            let found = own.get(id).unwrap_or_else(|| panic!("locales/{language}.ftl lacks `{id}`"));
            // A plural may leave the number out: `two days` is a word of its own in some languages. And in some an
            // ordinal agrees with its weekday.
            let mut may_have = variables.clone();
            may_have.extend((id == "nth-weekday").then(|| "day".to_owned()));
            let is_plural = variables.contains("count") || id == "nth-weekday";
            let sound = found == variables || (is_plural && found.is_subset(&may_have));
            assert!(sound, "locales/{language}.ftl: `{id}` has {found:?}, and not {variables:?}");
        }
        let more: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(more.is_empty(), "locales/{language}.ftl has {more:?}, which nothing uses");
    }
}

#[test]
fn every_word_is_written_without_an_error_or_a_leaked_variable() {
    let names = [
        "status",
        "title",
        "date",
        "time",
        "from",
        "to",
        "zones",
        "zone",
        "place",
        "country",
        "first",
        "last",
        "month",
        "platform",
        "name",
        "value",
        "locals",
        "countries",
        "weekday",
        "words",
    ];
    for language in Language::all() {
        for number in [0_i64, 1, 2, 3, 5, 11, 21, 100] {
            let numbers = ["day", "days", "count", "number"].map(|name| (name, Arg::Number(number)));
            let args: Vec<_> = names.iter().map(|name| (*name, Arg::Text("X"))).chain(numbers).collect();
            for word in Word::ALL {
                let text = language.say(*word, &args);
                let leaked = text.contains(['{', '}', '$', '\u{2068}', '\u{2069}']);
                assert!(!text.trim().is_empty() && !leaked, "{language}: {word:?}: {text}");
            }
        }
        for word in Word::ALL {
            assert!(!language.word(*word).is_empty());
        }
    }
}

#[test]
fn numbers_have_the_digits_and_plurals_of_the_language() {
    for (tag, number, shown) in [
        ("en", 1, "1 day"),
        ("en", 2, "2 days"),
        ("ru", 1, "1 день"),
        ("ru", 3, "3 дня"),
        ("ru", 11, "11 дней"),
        ("ar", 2, "يومان"),
        ("ar-EG", 3, "٣ أيام"),
        ("ar-MA", 3, "3 أيام"),
        ("fa", 37, "۳۷ روز"),
        ("he", 2, "יומיים"),
        ("ko", 5, "5일"),
    ] {
        assert_eq!(Language::of(tag).say(Word::Days, &[("count", Arg::Number(number))]), shown, "{tag}");
    }
    let second_of_three = [("day", Arg::Number(2)), ("days", Arg::Number(3))];
    assert_eq!(Language::of("fa").say(Word::DayOf, &second_of_three), "روز ۲ از ۳");
    assert_eq!(Language::of("zh").say(Word::DayOf, &second_of_three), "第2天，共3天");
}
