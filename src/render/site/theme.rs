//! Templates, style and script: the built-in ones, and those with which a calendar overrides them.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use super::{Frame, budget, guard};
use crate::error::{Error, Result};
use crate::language::{Arg, Language, Word};
use crate::lock::{Digest, Digesting};

/// The built-in templates, by the names under which a calendar may have its own in `templates/`.
pub const TEMPLATES: [(&str, &str); 12] = [
    ("base.html", include_str!("templates/base.html")),
    ("rows.html", include_str!("templates/rows.html")),
    ("days.html", include_str!("templates/days.html")),
    ("choices.html", include_str!("templates/choices.html")),
    ("zone.html", include_str!("templates/zone.html")),
    ("index.html", include_str!("templates/index.html")),
    ("agenda.html", include_str!("templates/agenda.html")),
    ("month.html", include_str!("templates/month.html")),
    ("event.html", include_str!("templates/event.html")),
    ("when.html", include_str!("templates/when.html")),
    ("subscribe.html", include_str!("templates/subscribe.html")),
    ("404.html", include_str!("templates/404.html")),
];

/// Instructions that a page may take. A month of 10,000 events takes some two millions; a loop
/// without an end stops at once.
const FUEL: u64 = 20_000_000;

/// Bytes of stack for an expression as long as [`guard`] allows.
const STACK: usize = 128 << 20;

/// Files for programs.
const FILES: [(&str, &str); 2] =
    [("sitemap.xml", include_str!("templates/sitemap.xml")), ("feed.xml", include_str!("templates/feed.xml"))];

/// The built-in files of `static/`, by the names under which a calendar may have its own.
pub const STATICS: [(&str, &str); 3] = [
    ("icon.svg", include_str!("static/icon.svg")),
    ("site.css", include_str!("static/site.css")),
    ("site.js", include_str!("static/site.js")),
];

/// A file of `static/`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Static {
    /// Below `static/`, with slashes.
    pub path: Box<str>,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Templates, style and script of a site.
#[derive(Debug)]
pub struct Theme {
    environment: Environment<'static>,
    /// Whether the calendar has templates of its own, which have limits.
    is_own: bool,
    /// In the order of their paths.
    statics: Vec<Static>,
    digest: Digest,
}

#[derive(Serialize)]
struct Whole<'a, P> {
    frame: &'a Frame,
    page: P,
}

impl Theme {
    /// The built-in theme, with the templates (by name) and static files that a calendar has of its own.
    ///
    /// # Errors
    /// A template that does not parse.
    pub fn new(templates: Vec<(String, String)>, statics: Vec<Static>) -> Result<Self> {
        if templates.is_empty() {
            return Theme::parsed(templates, statics);
        }
        // The parser recurses, and the caller's stack may be small.
        let parsed = std::thread::scope(|scope| {
            let parse = || Theme::parsed(templates, statics);
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, parse);
            thread.map(std::thread::ScopedJoinHandle::join)
        });
        match parsed {
            Ok(Ok(theme)) => theme,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => Err(Error::new(format!("no thread can be started that reads `templates/`: {error}"))),
        }
    }

    fn parsed(templates: Vec<(String, String)>, statics: Vec<Static>) -> Result<Self> {
        let mut digesting = Digesting::default();
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        // The delimiters are the usual ones.
        let syntax = syntax.expect("the syntax is sound");
        environment.set_syntax(syntax.clone());
        environment.set_fuel(Some(FUEL));
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_formatter(|out, state, value| {
            budget::spend_shown(value)?;
            let is_html = matches!(state.auto_escape(), AutoEscape::Html);
            match value.as_str().filter(|_| is_html && !value.is_safe()) {
                // The built-in escape writes every slash of an address as `&#x2f;`, for contexts in which no value stands.
                Some(text) => escape(text, out),
                None => escape_formatter(out, state, value),
            }
        });
        budget::add(&mut environment);
        environment.add_function("word", word);
        environment.add_function("say", say);
        for (name, text) in FILES.into_iter().chain(TEMPLATES) {
            digesting.part(text.as_bytes());
            environment.add_template(name, text).map_err(|error| broken(&error))?;
        }
        let is_own = !templates.is_empty();
        let built_in = FILES.into_iter().chain(TEMPLATES).map(|(name, text)| (name.to_owned(), text.len()));
        let mut sizes: BTreeMap<String, usize> = built_in.collect();
        sizes.extend(templates.iter().map(|(name, text)| (name.clone(), text.len())));
        for (name, text) in templates {
            digesting.part(name.as_bytes());
            digesting.part(text.as_bytes());
            if let Some((line, why)) = guard::boundless(&name, &text, syntax.clone()) {
                return Err(Error::new(format!("templates/{name}:{line}: syntax error: {why}")).help("divide it"));
            }
            let text = guard::guarded(&name, &text, syntax.clone(), &sizes).map_err(|error| broken(&error))?;
            environment.add_template_owned(name, text).map_err(|error| broken(&error))?;
        }
        let mut all: Vec<Static> = STATICS
            .into_iter()
            .filter(|(path, _)| statics.iter().all(|own| *own.path != **path))
            .map(|(path, text)| Static { path: path.into(), bytes: text.into() })
            .collect();
        all.extend(statics);
        all.sort_by(|a, b| a.path.cmp(&b.path));
        for one in &all {
            digesting.part(one.path.as_bytes());
            digesting.part(&one.bytes);
        }
        Ok(Theme { environment, is_own, statics: all, digest: digesting.done() })
    }

    /// That of all templates and files.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The files of `static/`, in the order of their paths.
    pub fn statics(&self) -> &[Static] {
        &self.statics
    }

    /// The first digits of the digest of a static file, to tell browsers of a new one; empty where there is no such file.
    pub fn version(&self, path: &str) -> String {
        let file = self.statics.iter().find(|file| *file.path == *path);
        file.map(|file| Digest::of(&[&file.bytes]).to_string()[..8].to_owned()).unwrap_or_default()
    }

    /// A page by its template.
    ///
    /// # Errors
    /// A template that asks for what is not there.
    pub(super) fn render(&self, template: &str, frame: &Frame, page: impl Serialize) -> Result<String> {
        let template = self.environment.get_template(template).map_err(|error| broken(&error))?;
        let made = budget::within(self.is_own, || template.render(Serde(Whole { frame, page })));
        let mut text = made.map_err(|error| broken(&error))?;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(text)
    }

    /// A file for programs, by its template, which nobody overrides; `it` is what it is made from.
    pub(super) fn plain(&self, template: &str, it: impl Serialize) -> Result<String> {
        let template = self.environment.get_template(template).map_err(|error| broken(&error))?;
        let made = budget::within(self.is_own, || template.render(Serde(BTreeMap::from([("it", it)]))));
        made.map_err(|error| broken(&error))
    }
}

fn broken(error: &minijinja::Error) -> Error {
    // What is said first is what happened, and what is said last is why: an include says only that it could not.
    let mut cause = error;
    while let Some(inner) = std::error::Error::source(cause).and_then(|source| source.downcast_ref()) {
        cause = inner;
    }
    let place = match (cause.name(), cause.line()) {
        (Some(name), Some(line)) => format!("templates/{name}:{line}"),
        (Some(name), None) => format!("templates/{name}"),
        (None, _) => "a template".to_owned(),
    };
    let what = cause.detail().map_or_else(|| cause.kind().to_string(), |detail| format!("{}: {detail}", cause.kind()));
    Error::new(format!("{place}: {what}")).help("`redletter templates DIR` writes the built-in ones, to compare with")
}

/// For text and for attributes in quotes.
fn escape(text: &str, out: &mut Output<'_>) -> Result<(), minijinja::Error> {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    Ok(out.write_str(rest)?)
}

/// `word("today")`: a word of the page's language.
fn word(state: &State<'_, '_>, id: &str) -> Result<&'static str, minijinja::Error> {
    let (language, word) = of(state, id)?;
    Ok(language.word(word))
}

/// `say("more", count=3)`: a message with what its variables stand for.
#[expect(clippy::needless_pass_by_value, reason = "minijinja hands it over so")]
fn say(state: &State<'_, '_>, id: &str, args: Kwargs) -> Result<String, minijinja::Error> {
    let (language, word) = of(state, id)?;
    let mut texts = Vec::new();
    for name in args.args() {
        let value: minijinja::Value = args.get(name)?;
        budget::spend_shown(&value)?;
        texts.push((name.to_owned(), value));
    }
    let shown: Vec<(&str, String, Option<i64>)> = texts
        .iter()
        .map(|(name, value)| {
            (&**name, value.to_string(), i64::try_from(value.clone()).ok().filter(|_| value.is_number()))
        })
        .collect();
    let args: Vec<(&str, Arg<'_>)> =
        shown.iter().map(|(name, text, number)| (*name, number.map_or(Arg::Text(text), Arg::Number))).collect();
    Ok(language.say(word, &args))
}

fn of(state: &State<'_, '_>, id: &str) -> Result<(Language, Word), minijinja::Error> {
    let frame = state.lookup("frame").unwrap_or_default();
    let tag = frame.get_attr("language")?.to_string();
    let word = Word::find(id)
        .ok_or_else(|| minijinja::Error::new(ErrorKind::InvalidOperation, format!("there is no word `{id}`")))?;
    Ok((Language::of(&tag), word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a template of an English page says.
    fn page(text: &str) -> String {
        let theme = Theme::new(vec![("404.html".to_owned(), text.to_owned())], Vec::new()).expect("a theme");
        let template = theme.environment.get_template("404.html").expect("a template");
        template.render(minijinja::context! { frame => minijinja::context! { language => "en" } }).expect("a page")
    }

    #[test]
    fn every_variable_of_a_message_can_be_given() {
        assert_eq!(page("{{ say('join-by', platform='Zoom') }}"), "Join (Zoom)");
        assert_eq!(page("{{ say('join-by', platform=1234) }}"), "Join (1234)");
        assert_eq!(page("{{ say('join-by', platform='<b>') }}"), "Join (&lt;b&gt;)");
        // Every variable that a message of ours has, by its own name.
        let messages = include_str!("../../../locales/en.ftl");
        let mut tried = 0;
        let blocks = messages.split('\n').fold(Vec::<String>::new(), |mut blocks, line| {
            match blocks.last_mut().filter(|_| line.starts_with([' ', '}'])) {
                Some(block) => block.push_str(line),
                None => blocks.push(line.to_owned()),
            }
            blocks
        });
        for block in blocks {
            let Some((id, text)) = block.split_once(" =").filter(|(id, _)| Word::find(id).is_some()) else { continue };
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let names: std::collections::BTreeSet<&str> =
                text.split('$').skip(1).filter_map(|rest| rest.split(|c| !is_name(c)).next()).collect();
            if names.is_empty() {
                continue;
            }
            let args: Vec<String> = names.iter().map(|name| format!("'{name}': 'x'")).collect();
            let shown = page(&format!("{{{{ say('{id}', **{{{}}}) }}}}", args.join(", ")));
            assert!(!shown.contains('$'), "{id}: {shown}");
            tried += 1;
        }
        assert!(tried > 20, "{tried}");
    }

    fn said(text: &str) -> String {
        let theme = Theme::new(vec![("404.html".to_owned(), text.to_owned())], Vec::new());
        let shown = theme.and_then(|theme| theme.plain("404.html", 1));
        shown.expect_err("a template that cannot be used").to_string()
    }

    #[test]
    fn mistakes_of_a_template_have_a_line() {
        for (text, place) in [
            ("a\n{% if %}", "templates/404.html:2: syntax error"),
            ("a\nb\n{{ page.nothing.at.all }}", "templates/404.html:3: undefined value"),
            ("{% extends \"none.html\" %}", "templates/404.html:1: template not found"),
            ("\n{{ word(\"no-such-word\") }}", "templates/404.html:2: "),
            ("{{ 1 / 0 }}", "templates/404.html:1: "),
        ] {
            let said = said(text);
            assert!(said.starts_with(place), "{said}");
        }
    }

    #[test]
    fn a_template_without_an_end_is_stopped() {
        let loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}";
        assert!(said(loops).contains("fuel"), "{}", said(loops));
        assert!(said("{% include \"404.html\" %}").contains("404.html:1"));
        assert!(said("{% extends \"404.html\" %}").contains("404.html"));
        assert!(said("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}").contains("404.html:1"));
    }

    #[test]
    fn an_expression_without_bound_is_refused() {
        let times = |text: &str, count: usize| text.repeat(count);
        for text in [
            format!("{{{{ {}1 }}}}", times("-", 60_000)),
            format!("{{{{ {}1 }}}}", times("not ", 60_000)),
            format!("{{{{ it{} }}}}", times(".a", 60_000)),
            format!("{{{{ it{} }}}}", times("|e", 60_000)),
            format!("{{{{ it{} }}}}", times("[0]", 60_000)),
            format!("{{{{ 1{} }}}}", times("~1", 100_000)),
            format!("{{{{ {}1 }}}}", times("1 if 1 else ", 30_000)),
            format!("{{{{ {}1 }}}}", times("1 if 1 ", 30_000)),
            format!("{{% if 1 %}}{}{{% endif %}}", times("{% elif 1 %}", 30_000)),
            format!("{{% set x = {} %}}", times("[", 60_000)),
            format!("{{% filter e{} %}}{{% endfilter %}}", times("|e", 60_000)),
        ] {
            let said = said(&format!("\n{text}"));
            assert!(said.starts_with("templates/404.html:2: syntax error: "), "{said}");
            assert!(said.contains("over") || said.contains("recursion"), "{said}");
        }
        // As much as is allowed, on the stack of a thread of a test.
        for text in [
            format!("{{{{ {}1 }}}}", times("-", 1_900)),
            format!("{{{{ {}1 }}}}", times("not ", 1_900)),
            format!("{{{{ 1{} }}}}", times("~1", 40)),
            format!("{{{{ it{} }}}}", times("|e", 900)),
            format!("{{{{ {}1 }}}}", times("1 if 0 else ", 450)),
            format!("{{% if 0 %}}{}{{% endif %}}", times("{% elif 0 %}", 200)),
            format!("{{% set x = [{}] %}}", times("it,", 900)),
        ] {
            let theme = Theme::new(vec![("404.html".to_owned(), text.clone())], Vec::new());
            let theme = theme.unwrap_or_else(|error| panic!("{error}: {text:.60}"));
            theme.plain("404.html", 1).unwrap_or_else(|error| panic!("{error}: {text:.60}"));
        }
    }

    #[test]
    fn lists_of_lists_without_bound_are_refused() {
        let twice = "{% set a = namespace(s=[1]) %}{% set b = namespace(s=[1]) %}{% for i in range(40) %}\
                     {% set a.s = [a.s, a.s] %}{% set b.s = [b.s, b.s] %}{% endfor %}";
        let deep = |made: &str| {
            format!(
                "{{% set a = namespace(s=[1]) %}}{{% for i in range(90000) %}}{{% set a.s = {made} %}}{{% endfor %}}"
            )
        };
        let mut texts: Vec<String> = [
            "{{ a.s == b.s }}",
            "{{ a.s < b.s }}",
            "{{ 1 < a.s < b.s }}",
            "{{ a.s in [b.s] }}",
            "{{ a.s is eq(b.s) }}",
            "{{ [a.s, b.s] | sort }}",
            "{{ [a.s, b.s] | unique | length }}",
            "{{ [a.s, b.s] | min }}",
            "{{ [a.s] | select('eq', b.s) | list }}",
            "{{ {a.s: 1, b.s: 2} }}",
            "{{ {'x': 1}[a.s] }}",
            "{{ a.s }}",
            "{{ say('more', count=a.s) }}",
        ]
        .map(|text| format!("{twice}{text}"))
        .into();
        let makes = ["[a.s]", "(a.s,)", "{'k': a.s}", "dict(k=a.s)", "namespace(k=a.s)", "a.s | batch(1) | list"];
        texts.extend(makes.map(deep));
        texts.push("{% set a = namespace() %}{% set a.s = a %}{{ a }}".to_owned());
        texts.push("{% set a = namespace() %}{% set a.s = a %}{{ a == [a] }}".to_owned());
        for text in texts {
            let begun = std::time::Instant::now();
            let said = said(&text);
            let is_limit = ["lists of over", "nested over"].iter().any(|word| said.contains(word));
            assert!(is_limit, "{text}: {said}");
            assert!(begun.elapsed().as_secs() < 30, "{text}: {:?}", begun.elapsed());
        }
    }

    #[test]
    fn text_without_bound_is_refused() {
        let raw = "x".repeat(100_000);
        for text in [
            "{% set ns = namespace(x='abcdefgh') %}{% for a in range(40) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "{% set ns = namespace(x='abcdefgh') %}{% for a in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
            "{% set ns = namespace(x='abcdefgh') %}{% for a in range(40) %}{% set ns.x = ns.x * 2 %}{% endfor %}",
            "{% set ns = namespace(x='abcdefgh') %}{% for a in range(40) %}{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}{% endfor %}",
            "{% set ns = namespace(x='abcdefgh') %}{% for a in range(40) %}{% set ns.x = ns.x | replace('a', ns.x) %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for a in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for a in range(40) %}{% set ns.x = ns.x | chain(ns.x) | list %}{% endfor %}",
            "{% macro m(x, n) %}{% if n > 0 %}{{ m(x ~ x, n - 1) }}{% else %}{{ x }}{% endif %}{% endmacro %}{{ m('abcdefgh', 40) }}",
            "{{ 'x' | indent(2000000000, true) }}",
            "{{ 'x' | indent(width=2000000000, first=true) }}",
            "{{ 'x' * 10**9 }}",
            "{{ 'x' * 99999999 }}",
            "{{ 10**6 * 'x' * 90 }}",
            "{{ ([1] * 99999999) | list | length }}",
            "{{ ([1] * 99999999) ~ '' }}",
            "{{ ['x' * 9999999] * 100000 }}",
            "{{ ['x' * 9999999] | batch(1000000000, 'x') | list }}",
            "{{ [1] | slice(1000000000, 'x') | list }}",
            "{{ ['x' * 9999999, 'y' * 9999999] | join('z' * 60000000) }}",
            "{{ '%999999999d' | format(1) }}",
            "{{ '%*d' | format(999999999, 1) }}",
            "{{ ('%s' * 1000) | format('x' * 1000000) }}",
            "{{ ('x ' * 9999999) | split | length }}",
            "{{ ('x\n' * 9999999) | lines | length }}",
            "{{ ('x' * 9999999) | list | length }}",
            "{{ ('x' * 9999999) | replace('', 'y' * 1000) }}",
            "{% for a in range(10**9) %}{% endfor %}",
            "{% set x %}{% for a in range(99999) %}RAW{% endfor %}{% endset %}",
            "{% set x %}{% for a in range(99999) if a %}RAW{% endfor %}{% endset %}",
            "{% for a in range(99999) %}RAW{% endfor %}",
            "{% for a in range(999) %}{% for b in range(9) %}RAW{% endfor %}{% endfor %}",
            "{% for a in [[[[1] * 99] * 99] * 99] recursive %}RAW{% if a is iterable %}{{ loop(a) }}{% endif %}{% endfor %}",
        ] {
            let begun = std::time::Instant::now();
            let said = said(&text.replace("RAW", &raw));
            let is_limit =
                ["over", "at most", "fuel", "too large", "too many", "large"].iter().any(|word| said.contains(word));
            assert!(is_limit, "{text}: {said}");
            assert!(said.starts_with("templates/404.html:"), "{text}: {said}");
            assert!(begun.elapsed().as_secs() < 20, "{text}: {:?}", begun.elapsed());
        }
    }

    #[test]
    fn templates_with_limits_say_what_they_said() {
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().expect("the syntax");
        for (name, text) in TEMPLATES {
            let guarded = guard::guarded(name, text, syntax.clone(), &BTreeMap::new()).expect("a template");
            let reread = minijinja::machinery::parse(&guarded, name, syntax.clone());
            assert!(reread.is_ok(), "{name}: {guarded}");
            assert_eq!(guarded.lines().count(), text.lines().count(), "{name}");
        }
        for text in [
            "{{ 1 ~ 2 * 3 ~ 'a' ~ 'b' | upper }}{{ 1 + 2 * 3 + 4 }}",
            "{{ ('a' ~ 'b') * 2 }}{{ (1, 2) + (3,) }}",
            "{{ -it * -it + - it }}{{ not it + 1 == 2 }}{{ it if it ~ '' == '1' else 2 }}",
            "{% for a in 'abc' if a ~ a != 'bb' %}{{ loop.index }}{{ a }}{{ ',' if not loop.last }}{% endfor %}",
            "{% for a in [1, [2, [3]]] recursive %}{% if a is iterable %}({{ loop(a) }}){% else %}{{ a }}{% endif %}{% endfor %}",
            "{% macro m(x, y='<' ~ '>') %}{{ x }}{{ y }}{{ caller() if caller }}{% endmacro %}{{ m(1) }}{% call m('a' ~ 'b', y=3) %}!{% endcall %}",
            "{{ [it, [it, 'b'], {'k': it ~ it}] }}{{ (it, it + 1) }}{{ it in [it] and [it] == [1] }}{{ 1 < it < 3 }}",
            "{{ it not in [2] }}{{ [not it, -it, it not in [3], it == 1, it is defined] }}{{ {'a': [it]}['a'][0] }}",
            "{{ 3 is in([3]) }}{{ [1, 2] | select('gt', 1) | list }}{{ [3, 1] | min }}{{ [[2], [1]] | sort }}",
            "{{ 'abc'[1:] ~ 'abc'[:-1] }}{{ [1, 2, 3][1:] | join('+') }}",
            "{% filter upper %}a{{ 'b' ~ 'c' }}{% endfilter %}{% set x | upper %}q{% endset %}{{ x }}",
            "{% with a = 'x' ~ 1, b = {'k': 'v' ~ 2} %}{{ a }}{{ b['k' ~ ''] }}{{ b.k }}{% endwith %}",
            "{{ '%05.1f|%s' | format(1.25, 'x') }}{{ 'a\nb' | indent(2) }}{{ 'aXbX' | replace('X', '--') }}",
        ] {
            let guarded = guard::guarded("404.html", text, syntax.clone(), &BTreeMap::new()).expect("a template");
            let theme = Theme::new(vec![("404.html".to_owned(), text.to_owned())], Vec::new());
            let theme = theme.unwrap_or_else(|error| panic!("{error}: {guarded}"));
            let plain =
                minijinja::Environment::new().render_named_str("404.html", text, minijinja::context! { it => 1 });
            assert_eq!(theme.plain("404.html", 1).expect("a page"), plain.expect("a page"), "{text}");
        }
    }

    #[test]
    fn what_a_calendar_has_of_its_own_comes_in_place_of_what_is_built_in() {
        let own = vec![
            ("404.html".to_owned(), "{% extends \"own.html\" %}{% block a %}<b>{{ it }}{% endblock %}".to_owned()),
            ("own.html".to_owned(), "own {% block a %}{% endblock %}".to_owned()),
        ];
        let style = Static { path: "site.css".into(), bytes: b"body {}".to_vec() };
        let theme = Theme::new(own, vec![style]).expect("a theme");
        assert_eq!(theme.plain("404.html", "<&\">").expect("a page"), "own <b>&lt;&amp;&quot;&gt;");
        assert_eq!(theme.statics().iter().filter(|file| &*file.path == "site.css").count(), 1);
        assert!(theme.statics().iter().any(|file| file.bytes == b"body {}"));
        assert_ne!(theme.digest(), Theme::new(Vec::new(), Vec::new()).expect("the built-in theme").digest());
    }
}
