//! Diagnostics as workflow commands, which a forge shows beside the lines of a change.

use super::json::Places;
use super::{Code, Diagnostic, Severity, visible, visible_lines};

/// One command a line.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for Diagnostic { source, finding } in diagnostics {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let Places { line, column, end_line, end_column } = Places::of(source, finding.span);
        let file = source.path.as_deref().unwrap_or_default();
        let mut text = finding.message.clone();
        for help in &finding.help {
            text.push('\n');
            text.push_str(help);
        }
        if let Code::Feed(code) = finding.code {
            let clients = code.client_list();
            let link = code.links().first().unwrap_or(&"");
            let separator = if clients.is_empty() { "" } else { ": " };
            text.push_str(&format!("\n{clients}{separator}{}\n{link}", code.breaks()));
        }
        out.push_str(&format!(
            "::{level} file={},line={line},col={column},endLine={end_line},endColumn={end_column},title={}::{}\n",
            property(file),
            property(finding.code.name()),
            message(&text),
        ));
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The text of a command.
pub(crate) fn message(text: &str) -> String {
    escape(&visible_lines(text))
}

/// The value of a property of a command.
pub(crate) fn property(text: &str) -> String {
    escape(&visible(text.chars())).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Finding;
    use crate::source::{Source, Span};

    #[test]
    fn a_message_cannot_begin_a_command_of_its_own() {
        let source = Source::file("events/a,b.toml", "x = 1");
        let finding = Finding::new(Code::Syntax, Span::new(0..1), "100%\n::error::x").help("y\u{1b}[2J");
        let out = render(&[finding.within(&source)]);
        assert_eq!(
            out,
            "::error file=events/a%2Cb.toml,line=1,col=1,endLine=1,endColumn=2,title=syntax::100%25%0A::error::x%0Ay\\u{1b}[2J\n"
        );
    }
}
