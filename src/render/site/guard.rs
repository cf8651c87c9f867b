//! Inserts the limits of [`budget`](super::budget) into a template of the calendar: the results of operators, calls and
//! slices are counted, and so is the text of a loop in each iteration. Line numbers stay the same.

use std::collections::BTreeMap;

use minijinja::machinery::{Token, Tokenizer, ast, parse};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Error, ErrorKind};

/// Bytes of a template whose name is only known when the page is made.
const UNKNOWN: usize = 1_000_000;

/// Words and signs of an expression or a tag. The parser, and what follows it, recurse as deep as an expression is long.
const MOST_TOKENS: usize = 2_000;
/// `elif` in a template, which are nested in each other.
const MOST_ELIF: usize = 200;

/// What would take more than a known stack to parse: its line, and why. What is no expression at all, the parser reports.
pub(super) fn boundless(name: &str, text: &str, syntax: SyntaxConfig) -> Option<(usize, String)> {
    let (mut tokens, mut elifs) = (0, 0);
    let mut tokenizer = Tokenizer::new(text, name, false, syntax);
    while let Ok(Some((token, span))) = tokenizer.next_token() {
        let line = usize::from(span.start_line);
        match token {
            Token::TemplateData(_) | Token::VariableStart | Token::BlockStart => tokens = 0,
            Token::Ident("elif") => elifs += 1,
            _ => {}
        }
        tokens += 1;
        if tokens > MOST_TOKENS {
            return Some((line, format!("an expression has over {MOST_TOKENS} words and signs")));
        }
        if elifs > MOST_ELIF {
            return Some((line, format!("a template has over {MOST_ELIF} `elif`")));
        }
    }
    None
}

/// The template with its limits. `sizes` has the bytes of all templates, by name.
pub(super) fn guarded(
    name: &str,
    text: &str,
    syntax: SyntaxConfig,
    sizes: &BTreeMap<String, usize>,
) -> Result<String, Error> {
    let mut guard = Guard { text, sizes, inserted: Vec::new() };
    guard.statement(&parse(text, name, syntax)?);
    let mut inserted = guard.inserted;
    // What opens outside comes first, and what closes inside.
    inserted.sort_by_key(|(at, order, _)| (*at, *order));
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    let odd = || Error::new(ErrorKind::SyntaxError, "an expression has no place in the text");
    for (at, _, piece) in inserted {
        out.push_str(text.get(done..at).ok_or_else(odd)?);
        out.push_str(&piece);
        done = at;
    }
    out.push_str(text.get(done..).ok_or_else(odd)?);
    Ok(out)
}

struct Guard<'g> {
    text: &'g str,
    sizes: &'g BTreeMap<String, usize>,
    /// Where, in which order, what.
    inserted: Vec<(usize, [i64; 2], String)>,
}

impl Guard<'_> {
    /// Puts an expression into a call of `function`.
    fn wrap(&mut self, expr: &ast::Expr<'_>, function: &str, more: &str) {
        let (start, end) = (self.start(expr), expr.span().end_offset as usize);
        // What is wrapped later is outside.
        let (length, order) = (end.saturating_sub(start) as i64, self.inserted.len() as i64);
        // At one place, closings come before openings; of the openings the longest first, of the closings the shortest.
        self.inserted.push((start, [(1 << 40) - length, -order], format!("{function}(")));
        self.inserted.push((end, [length - (1 << 40), order], format!("{more})")));
    }

    /// Has the values of an expression counted, where it may be a list of lists: before it is compared, and before it
    /// becomes a part of another one. What literals nest, the parser bounds.
    fn weigh(&mut self, expr: &ast::Expr<'_>) {
        use ast::BinOpKind::{Add, ScAnd, ScOr};
        use ast::Expr::{BinOp, Compare, Const, List, Map, Test, Tuple, UnaryOp};
        let is_plain = match expr {
            Const(_) | List(_) | Map(_) | Tuple(_) | UnaryOp(_) | Compare(_) | Test(_) => true,
            BinOp(it) => !matches!(it.op, Add | ScAnd | ScOr),
            _ => false,
        };
        if !is_plain {
            self.wrap(expr, "__weighed", "");
        }
    }

    /// The offset at which an expression begins. For a suffix such as `[1:]`, the parser's span begins at the suffix only.
    fn start(&self, expr: &ast::Expr<'_>) -> usize {
        use ast::BinOpKind::{Eq, Gt, Gte, In, Lt, Lte, Ne};
        let first = match expr {
            ast::Expr::Slice(it) => &it.expr,
            ast::Expr::Compare(it) => &it.expr,
            // A comparison of two; other operators begin where the parser says.
            ast::Expr::BinOp(it) if matches!(it.op, Eq | Ne | Lt | Lte | Gt | Gte | In) => &it.left,
            ast::Expr::IfExpr(it) => &it.true_expr,
            ast::Expr::Test(it) => &it.expr,
            ast::Expr::GetAttr(it) => &it.expr,
            ast::Expr::GetItem(it) => &it.expr,
            ast::Expr::Call(it) => &it.expr,
            ast::Expr::Filter(it) => match &it.expr {
                Some(expr) => expr,
                None => return expr.span().start_offset as usize,
            },
            _ => return expr.span().start_offset as usize,
        };
        // With the parentheses around it.
        let (mut start, end) = (self.start(first), first.span().end_offset as usize);
        let (Some(mut before), Some(mut after)) = (self.text.get(..start), self.text.get(end..)) else { return start };
        while let (Some(outer), Some(rest)) =
            (before.trim_end().strip_suffix('('), after.trim_start().strip_prefix(')'))
        {
            (start, before, after) = (outer.len(), outer, rest);
        }
        start
    }

    fn statements(&mut self, statements: &[ast::Stmt<'_>]) -> usize {
        statements.iter().map(|statement| self.statement(statement)).sum()
    }

    /// Guards a statement; how many bytes it writes each time, without those of loops within it.
    fn statement(&mut self, statement: &ast::Stmt<'_>) -> usize {
        match statement {
            ast::Stmt::Template(it) => self.statements(&it.children),
            ast::Stmt::EmitExpr(it) => self.expr(&it.expr),
            ast::Stmt::EmitRaw(it) => return it.raw.len(),
            ast::Stmt::ForLoop(it) => {
                self.expr(&it.iter);
                it.filter_expr.iter().for_each(|expr| {
                    self.expr(expr);
                });
                let bytes = self.statements(&it.body);
                match &it.filter_expr {
                    Some(expr) => self.wrap(expr, "__if", &format!(",{bytes}")),
                    None => self.wrap(&it.iter, "__each", &format!(",{bytes}")),
                }
                return self.statements(&it.else_body);
            }
            ast::Stmt::IfCond(it) => {
                self.expr(&it.expr);
                return self.statements(&it.true_body) + self.statements(&it.false_body);
            }
            ast::Stmt::WithBlock(it) => {
                it.assignments.iter().for_each(|(_, expr)| {
                    self.expr(expr);
                });
                return self.statements(&it.body);
            }
            ast::Stmt::Set(it) => self.expr(&it.expr),
            ast::Stmt::SetBlock(it) => {
                it.filter.iter().for_each(|expr| {
                    self.expr(expr);
                });
                return self.statements(&it.body);
            }
            ast::Stmt::AutoEscape(it) => {
                self.expr(&it.enabled);
                return self.statements(&it.body);
            }
            ast::Stmt::FilterBlock(it) => {
                self.expr(&it.filter);
                return self.statements(&it.body);
            }
            ast::Stmt::Block(it) => return self.statements(&it.body),
            ast::Stmt::Import(it) => return self.included(&it.expr),
            ast::Stmt::FromImport(it) => return self.included(&it.expr),
            ast::Stmt::Extends(it) => self.expr(&it.name),
            ast::Stmt::Include(it) => return self.included(&it.name),
            ast::Stmt::Macro(it) => return self.declaration(it),
            ast::Stmt::CallBlock(it) => {
                self.args(&it.call.args);
                return self.declaration(&it.macro_decl);
            }
            ast::Stmt::Do(it) => self.args(&it.call.args),
        };
        0
    }

    fn declaration(&mut self, it: &ast::Macro<'_>) -> usize {
        it.defaults.iter().for_each(|expr| {
            self.expr(expr);
        });
        self.statements(&it.body)
    }

    fn included(&mut self, name: &ast::Expr<'_>) -> usize {
        self.expr(name);
        match name {
            ast::Expr::Const(name) => {
                name.value.as_str().and_then(|name| self.sizes.get(name)).copied().unwrap_or_default()
            }
            _ => UNKNOWN,
        }
    }

    fn args(&mut self, args: &[ast::CallArg<'_>]) -> usize {
        for arg in args {
            match arg {
                ast::CallArg::Pos(expr)
                | ast::CallArg::Kwarg(_, expr)
                | ast::CallArg::PosSplat(expr)
                | ast::CallArg::KwargSplat(expr) => self.expr(expr),
            };
        }
        0
    }

    /// Guards an expression; it writes nothing by itself.
    fn expr(&mut self, expr: &ast::Expr<'_>) -> usize {
        use ast::BinOpKind::{Add, Concat, Eq, Gt, Gte, In, Lt, Lte, Mul, Ne};
        match expr {
            ast::Expr::Var(_) | ast::Expr::Const(_) => {}
            ast::Expr::Slice(it) => {
                self.expr(&it.expr);
                [&it.start, &it.stop, &it.step].into_iter().flatten().for_each(|expr| {
                    self.expr(expr);
                });
                self.wrap(expr, "__made", "");
            }
            ast::Expr::UnaryOp(it) => {
                self.expr(&it.expr);
            }
            ast::Expr::BinOp(it) => {
                self.expr(&it.left);
                self.expr(&it.right);
                match it.op {
                    Concat => {
                        self.wrap(&it.left, "__shown", "");
                        self.wrap(&it.right, "__shown", "");
                        self.wrap(expr, "__made", "");
                    }
                    Mul => {
                        // The engine would work it out when it reads the template, without a limit.
                        self.wrap(&it.left, "__shown", "");
                        self.wrap(expr, "__made", "");
                    }
                    Add => self.wrap(expr, "__made", ""),
                    Eq | Ne | Gt | Gte | Lt | Lte | In => {
                        self.weigh(&it.left);
                        self.weigh(&it.right);
                    }
                    _ => {}
                }
            }
            ast::Expr::Compare(it) => {
                self.expr(&it.expr);
                self.weigh(&it.expr);
                it.ops.iter().for_each(|op| {
                    self.expr(&op.expr);
                    self.weigh(&op.expr);
                });
            }
            ast::Expr::IfExpr(it) => {
                self.expr(&it.test_expr);
                self.expr(&it.true_expr);
                it.false_expr.iter().for_each(|expr| {
                    self.expr(expr);
                });
            }
            ast::Expr::Filter(it) => {
                it.expr.iter().for_each(|expr| {
                    self.expr(expr);
                });
                self.args(&it.args);
            }
            ast::Expr::Test(it) => {
                self.expr(&it.expr);
                self.args(&it.args);
            }
            ast::Expr::GetAttr(it) => {
                self.expr(&it.expr);
            }
            ast::Expr::GetItem(it) => {
                self.expr(&it.expr);
                self.expr(&it.subscript_expr);
                // A key is compared with others.
                self.weigh(&it.subscript_expr);
            }
            ast::Expr::Call(it) => {
                if let ast::Expr::GetAttr(attr) = &it.expr {
                    self.expr(&attr.expr);
                }
                self.args(&it.args);
                self.wrap(expr, "__called", "");
            }
            ast::Expr::List(it) => it.items.iter().for_each(|expr| {
                self.expr(expr);
                self.weigh(expr);
            }),
            ast::Expr::Tuple(it) => it.items.iter().for_each(|expr| {
                self.expr(expr);
                self.weigh(expr);
            }),
            ast::Expr::Map(it) => it.keys.iter().chain(&it.values).for_each(|expr| {
                self.expr(expr);
                self.weigh(expr);
            }),
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Templates of random pieces: what the engine reads, it must still read with the limits, on as many lines.
    #[test]
    fn limits_keep_a_template_readable() {
        const PIECES: [&str; 36] = [
            "{{ ",
            " }}",
            "{% for é in ",
            " %}",
            "{% endfor %}",
            "{% if ",
            "{% endif %}",
            "{% set ü = ",
            "{# ñ #}",
            "a",
            "(",
            ")",
            " ~ ",
            " * ",
            " + ",
            " - ",
            " if a",
            " else a",
            "[1:]",
            "[",
            "]",
            ".b",
            "|upper",
            "|replace('é', \"日本\")",
            "(1, 2)",
            ", ",
            " in a",
            " is defined",
            "'ß'",
            "\n",
            "日",
            "not a",
            " == ",
            "{'k': 1}",
            "2",
            " and ",
        ];
        let mut state: u64 = 20_261_128;
        let mut next = |most: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % most
        };
        let mut read = 0;
        for _ in 0..40_000 {
            let inner: String = (0..=next(7)).map(|_| PIECES[8 + next(PIECES.len() - 8)]).collect();
            let text = match next(4) {
                0 => (0..next(9)).map(|_| PIECES[next(PIECES.len())]).collect(),
                1 => format!("é{{% for x in {inner} %}}日{{% endfor %}}"),
                2 => format!("{{% if {inner} %}}\n{{% endif %}}ü"),
                _ => format!("日{{{{ {inner} }}}}é"),
            };
            let syntax = SyntaxConfig::default;
            if parse(&text, "t", syntax()).is_err() {
                assert!(guarded("t", &text, syntax(), &BTreeMap::new()).is_err(), "{text}");
                continue;
            }
            read += 1;
            let limited =
                guarded("t", &text, syntax(), &BTreeMap::new()).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!(parse(&limited, "t", syntax()).is_ok(), "{text}\n{limited}");
            assert_eq!(text.matches('\n').count(), limited.matches('\n').count(), "{text}\n{limited}");
        }
        assert!(read > 1_000, "{read} templates were read");
    }
}
