//! What the templates of a calendar may take: one page, 64 MB of text in all, counted when it is made.
//!
//! The engine counts instructions and no bytes, and one instruction may double a text. [`guarded`](super::guard::guarded)
//! therefore puts the results of operators and calls through the functions here, and filters are replaced by ones that
//! count. What is counted is what is made, not what is still held, so that a page never holds much more.

use std::cell::Cell;
use std::fmt::{self, Write as _};

use minijinja::value::{Rest, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, Value, filters};

/// Bytes of text that a page may make.
pub(super) const MOST_BYTES: usize = 64 << 20;
/// Values that a list may have.
const MOST_VALUES: usize = 1_000_000;
/// How deep lists may be nested in each other: what reads a value recurses.
const DEEPEST: usize = 64;
/// Values that a page may look at to compare, to nest and to print lists. A list may have another one twice, and so on, so
/// that few lists are many values.
const MOST_LOOKS: usize = 10_000_000;
/// Bytes of a text that a filter takes to pieces.
const MOST_PIECES: usize = 1 << 20;
/// Bytes that a value of a list takes up.
const VALUE: usize = 32;
/// The largest width or count that a filter takes.
const MOST_WIDTH: i64 = 10_000;

thread_local! {
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    static LOOKS: Cell<usize> = const { Cell::new(0) };
}

/// Runs what makes a page, with the budget of a page if it is made by templates of the calendar.
pub(super) fn within<T>(is_limited: bool, make: impl FnOnce() -> T) -> T {
    LEFT.set(is_limited.then_some(MOST_BYTES));
    LOOKS.set(MOST_LOOKS);
    let made = make();
    LEFT.set(None);
    made
}

/// Takes bytes from what is left.
pub(super) fn spend(bytes: usize) -> Result<(), Error> {
    let Some(left) = LEFT.get() else { return Ok(()) };
    let rest = left.checked_sub(bytes).ok_or_else(|| over(format!("the page takes over {} MB", MOST_BYTES >> 20)))?;
    LEFT.set(Some(rest));
    Ok(())
}

fn over(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

/// Looks at all that a value has in it, as a comparison or a print does, and refuses what is too deep or too much.
pub(super) fn weigh(value: &Value) -> Result<(), Error> {
    if LEFT.get().is_none() { Ok(()) } else { weigh_below(value, 0) }
}

fn weigh_below(value: &Value, depth: usize) -> Result<(), Error> {
    let kind = value.kind();
    if !matches!(kind, ValueKind::Seq | ValueKind::Map | ValueKind::Iterable) {
        return Ok(());
    }
    if depth > DEEPEST {
        return Err(over(format!("lists are nested over {DEEPEST} deep")));
    }
    // Without a length it may have no end.
    let Ok(items) = value.try_iter() else { return Ok(()) };
    for item in items {
        let left = LOOKS
            .get()
            .checked_sub(1)
            .ok_or_else(|| over(format!("the page compares, nests or prints lists of over {MOST_LOOKS} values")))?;
        LOOKS.set(left);
        weigh_below(&item, depth + 1)?;
        if kind == ValueKind::Map {
            weigh_below(&value.get_item(&item)?, depth + 1)?;
        }
    }
    Ok(())
}

/// Takes what a value takes up that was just made.
fn spend_value(value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::String => spend(value.as_str().map_or(0, str::len)),
        ValueKind::Bytes => spend(value.len().unwrap_or_default()),
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => {
            let length = value.len().unwrap_or_default();
            if length > MOST_VALUES {
                return Err(over(format!("a list has {length} values, over {MOST_VALUES}")));
            }
            spend(length * VALUE)
        }
        _ => Ok(()),
    }
}

/// Counts the text of a value that is no text yet, before it is made: a list may hold one text a million times.
pub(super) fn spend_shown(value: &Value) -> Result<(), Error> {
    struct Counted(Result<(), Error>);
    impl fmt::Write for Counted {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 = spend(text.len());
            if self.0.is_ok() { Ok(()) } else { Err(fmt::Error) }
        }
    }
    if LEFT.get().is_none() {
        return Ok(());
    }
    if let Some(text) = value.as_str() {
        return spend(text.len());
    }
    weigh(value)?;
    let mut counted = Counted(Ok(()));
    // What fails is the counting.
    let _ = write!(counted, "{value}");
    counted.0
}

/// Adds the functions and filters that count.
pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_function("__made", |value: Value| spend_value(&value).map(|()| value));
    // What a call gives may be a list that is only made while it is read, such as a range.
    environment.add_function("__called", |value: Value| match value.kind() {
        ValueKind::String => spend_value(&value).map(|()| value),
        // A `dict` or a `namespace` may have another one in it.
        ValueKind::Seq | ValueKind::Map => weigh(&value).map(|()| value),
        _ => Ok(value),
    });
    environment.add_function("__weighed", |value: Value| weigh(&value).map(|()| value));
    add_tests(environment);
    environment.add_function("__shown", |value: Value| {
        let is_list = matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::Iterable | ValueKind::Plain);
        if is_list {
            spend_shown(&value)?;
        }
        Ok::<_, Error>(value)
    });
    environment.add_function("__each", |values: Value, bytes: usize| {
        spend(values.len().unwrap_or(1).saturating_mul(bytes)).map(|()| values)
    });
    environment.add_function("__if", |is_so: Value, bytes: usize| {
        if is_so.is_true() {
            spend(bytes)?;
        }
        Ok::<_, Error>(is_so)
    });
    let filters: [(&'static str, Value, Input); 33] = [
        ("batch", Value::from_function(filters::batch), Input::Pieces),
        ("capitalize", Value::from_function(filters::capitalize), Input::Text),
        ("chain", Value::from_function(filters::chain), Input::Pieces),
        ("dictsort", Value::from_function(filters::dictsort), Input::Pieces),
        ("e", Value::from_function(filters::escape), Input::Text),
        ("escape", Value::from_function(filters::escape), Input::Text),
        ("format", Value::from_function(filters::format), Input::Text),
        ("groupby", Value::from_function(filters::groupby), Input::Pieces),
        ("indent", Value::from_function(filters::indent), Input::Text),
        ("items", Value::from_function(filters::items), Input::Pieces),
        ("join", Value::from_function(filters::join), Input::Pieces),
        ("lines", Value::from_function(filters::lines), Input::Pieces),
        ("list", Value::from_function(filters::list), Input::Pieces),
        ("lower", Value::from_function(filters::lower), Input::Text),
        ("map", Value::from_function(filters::map), Input::Pieces),
        ("max", Value::from_function(filters::max), Input::Pieces),
        ("min", Value::from_function(filters::min), Input::Pieces),
        ("pprint", Value::from_function(filters::pprint), Input::Text),
        ("reject", Value::from_function(filters::reject), Input::Pieces),
        ("rejectattr", Value::from_function(filters::rejectattr), Input::Pieces),
        ("replace", Value::from_function(filters::replace), Input::Text),
        ("reverse", Value::from_function(filters::reverse), Input::Pieces),
        ("select", Value::from_function(filters::select), Input::Pieces),
        ("selectattr", Value::from_function(filters::selectattr), Input::Pieces),
        ("slice", Value::from_function(filters::slice), Input::Pieces),
        ("sort", Value::from_function(filters::sort), Input::Pieces),
        ("split", Value::from_function(filters::split), Input::Pieces),
        ("string", Value::from_function(filters::string), Input::Text),
        ("sum", Value::from_function(filters::sum), Input::Pieces),
        ("title", Value::from_function(filters::title), Input::Text),
        ("unique", Value::from_function(filters::unique), Input::Pieces),
        ("upper", Value::from_function(filters::upper), Input::Text),
        ("zip", Value::from_function(filters::zip), Input::Pieces),
    ];
    for (name, filter, input) in filters {
        environment.add_filter(name, move |state: &mut State<'_, '_>, args: Rest<ValueOrKwargs>| {
            let args = args.into_values();
            if LEFT.get().is_none() {
                return filter.call(state, &args);
            }
            args.iter().try_for_each(weigh)?;
            before(name, input, &args)?;
            let made = filter.call(state, &args)?;
            weigh(&made)?;
            spend_value(&made).map(|()| made)
        });
    }
    // It shows all that a page is made from.
    environment.remove_global("debug");
}

/// Replaces the tests that compare.
fn add_tests(environment: &mut Environment<'_>) {
    type Compare = fn(&Value, &Value) -> bool;
    let tests: [(&[&'static str], Compare); 6] = [
        (&["eq", "equalto", "=="], |a, b| a == b),
        (&["ne", "!="], |a, b| a != b),
        (&["lt", "lessthan", "<"], |a, b| a < b),
        (&["le", "<="], |a, b| a <= b),
        (&["gt", "greaterthan", ">"], |a, b| a > b),
        (&["ge", ">="], |a, b| a >= b),
    ];
    for (names, compare) in tests {
        for name in names {
            environment.add_test(*name, move |a: Value, b: Value| {
                weigh(&a)?;
                weigh(&b)?;
                Ok::<_, Error>(compare(&a, &b))
            });
        }
    }
    environment.add_test("in", |state: &State<'_, '_>, a: Value, b: Value| {
        weigh(&a)?;
        weigh(&b)?;
        minijinja::tests::is_in(state, &a, &b)
    });
}

/// What a filter does with what it is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Input {
    /// It makes another text of it.
    Text,
    /// It goes through its values, or its characters.
    Pieces,
}

/// What a filter will make, as far as its arguments tell, before it is made.
fn before(name: &str, input: Input, args: &[Value]) -> Result<(), Error> {
    let [value, rest @ ..] = args else { return Ok(()) };
    match (input, value.as_str()) {
        (Input::Pieces, Some(text)) if text.len() > MOST_PIECES => {
            return Err(over(format!("`{name}` takes a text of at most {} MB to pieces", MOST_PIECES >> 20)));
        }
        (Input::Pieces, _) if value.len().is_some_and(|length| length > MOST_VALUES) => return spend_value(value),
        (Input::Text, None) => spend_shown(value)?,
        _ => {}
    }
    let text = value.as_str().unwrap_or_default();
    let of = |index: usize| rest.get(index).and_then(Value::as_str).unwrap_or_default();
    let named = |key: &str| rest.last()?.get_attr(key).ok().filter(|value| !value.is_undefined());
    match name {
        "replace" => {
            let found = if of(0).is_empty() { text.chars().count() + 1 } else { text.matches(of(0)).count() };
            let by = rest.get(1).map_or(0, |by| by.as_str().map_or(0, str::len));
            if let Some(by) = rest.get(1).filter(|by| by.as_str().is_none()) {
                spend_shown(by)?;
            }
            spend(found.saturating_mul(by))
        }
        "join" => {
            let count = value.len().unwrap_or(MOST_VALUES).max(text.len());
            let joiner = rest.first().map_or(0, |joiner| joiner.as_str().map_or(0, str::len));
            spend(count.saturating_mul(joiner))?;
            if let (None, Ok(values)) = (value.as_str(), value.try_iter()) {
                for one in values {
                    spend_shown(&one)?;
                }
            }
            Ok(())
        }
        "indent" => {
            let width = named("width").or_else(|| rest.first().cloned());
            spend((text.matches('\n').count() + 1).saturating_mul(small(name, width.as_ref())?))
        }
        "batch" | "slice" => {
            let count = named("count").or_else(|| rest.first().cloned());
            small(name, count.as_ref()).map(|_| ())
        }
        "format" => {
            let mut digits = text.split(|c: char| !c.is_ascii_digit());
            if digits.any(|width| width.len() > 4) {
                return Err(over(format!("a width of `format` is over {MOST_WIDTH}")));
            }
            let places = text.matches('%').count();
            for one in rest {
                small(name, Some(one).filter(|one| one.is_number() && text.contains('*')))?;
                // A text may be written for each place.
                spend(one.as_str().map_or(0, str::len).saturating_mul(places))?;
                if one.as_str().is_none() {
                    spend_shown(one)?;
                }
            }
            spend(places.saturating_mul(MOST_WIDTH as usize))
        }
        _ => Ok(()),
    }
}

/// A width or a count that is not too large.
fn small(name: &str, width: Option<&Value>) -> Result<usize, Error> {
    let width = width.and_then(|width| i64::try_from(width.clone()).ok()).unwrap_or_default();
    if width > MOST_WIDTH {
        return Err(over(format!("`{name}` takes a number of at most {MOST_WIDTH}")));
    }
    Ok(width.max(0) as usize)
}
