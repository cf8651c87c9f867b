//! Puts the limits of [`budget`](super::budget) into a template that a calendar brings along: what an operator, a call or a
//! slice makes is counted, and so is the text of a loop, for each time that it is written. The lines stay where they are.

use std::collections::BTreeMap;

use minijinja::Error;
use minijinja::machinery::{ast, parse};
use minijinja::syntax::SyntaxConfig;

/// Bytes of a template whose name is only known when the page is made.
const UNKNOWN: usize = 1_000_000;

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
    for (at, _, piece) in inserted {
        out.push_str(&text[done..at]);
        out.push_str(&piece);
        done = at;
    }
    out.push_str(&text[done..]);
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
        let (length, order) = ((end - start) as i64, self.inserted.len() as i64);
        // At one place, closings come before openings; of the openings the longest first, of the closings the shortest.
        self.inserted.push((start, [(1 << 40) - length, -order], format!("{function}(")));
        self.inserted.push((end, [length - (1 << 40), order], format!("{more})")));
    }

    /// Where an expression begins. The parser's places of what stands behind an expression, such as `[1:]`, begin there.
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
        let mut behind = self.text[end..].trim_start();
        while let (Some(before), Some(next)) =
            (self.text[..start].trim_end().strip_suffix('('), behind.strip_prefix(')'))
        {
            (start, behind) = (before.len(), next.trim_start());
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
        use ast::BinOpKind::{Add, Concat, Mul};
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
                    _ => {}
                }
            }
            ast::Expr::Compare(it) => {
                self.expr(&it.expr);
                it.ops.iter().for_each(|op| {
                    self.expr(&op.expr);
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
            }),
            ast::Expr::Tuple(it) => it.items.iter().for_each(|expr| {
                self.expr(expr);
            }),
            ast::Expr::Map(it) => it.keys.iter().chain(&it.values).for_each(|expr| {
                self.expr(expr);
            }),
        }
        0
    }
}
