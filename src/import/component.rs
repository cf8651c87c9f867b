//! The tree of components of a file: VCALENDAR, VEVENT and what stands in them.
//!
//! Built without recursion, so that no nesting exhausts the stack. A component that is not closed, or closed by another
//! name, is a problem; what was read of it is kept.

use std::ops::Range;

use super::lines::{ContentLine, Lines, Problem};

/// A component.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Component<'t> {
    /// In capitals.
    pub name: String,
    /// The line of its BEGIN.
    pub line: u32,
    /// In their order.
    pub properties: Vec<ContentLine<'t>>,
    /// In their order.
    pub components: Vec<Component<'t>>,
}

/// Components that may be open at a time; iCalendar needs three.
pub const DEEPEST: usize = 16;

/// What a text holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tree<'t> {
    /// The outermost components, in their order.
    pub components: Vec<Component<'t>>,
    /// What is wrong, by line.
    pub problems: Vec<Problem>,
}

impl<'t> Component<'t> {
    /// The first property of that name.
    pub fn property(&self, name: &str) -> Option<&ContentLine<'t>> {
        self.properties.iter().find(|property| property.is(name))
    }

    /// All properties of that name.
    pub fn all<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c ContentLine<'t>> {
        self.properties.iter().filter(move |property| property.is(name))
    }
}

/// Reads all components of a text.
pub fn tree(text: &str) -> Tree<'_> {
    tree_from(text, 0..text.len(), 1)
}

/// Reads the components that stand in a range of bytes of a text, whose first line has that number.
pub fn tree_from(text: &str, range: Range<usize>, line: u32) -> Tree<'_> {
    let mut tree = Tree::default();
    let mut open: Vec<Component<'_>> = Vec::new();
    // Components that are left out because they are nested too deeply.
    let mut too_deep = 0_usize;
    let mut lines = Lines::from(&text[..range.end], range.start, line);
    let mut stray = false;
    for line in lines.by_ref() {
        if line.is("BEGIN") {
            if open.len() >= DEEPEST {
                if too_deep == 0 {
                    let found = format!("{} is nested {} components deep", line.value.trim(), open.len());
                    problem(&mut tree, line.line, found, "at most three levels of components", true);
                }
                too_deep += 1;
                continue;
            }
            begin(&mut tree, &mut open, &line);
        } else if line.is("END") {
            if too_deep > 0 {
                too_deep -= 1;
            } else {
                end(&mut tree, &mut open, &line);
            }
        } else if too_deep > 0 {
        } else if let Some(component) = open.last_mut() {
            component.properties.push(line);
        } else if !stray {
            stray = true;
            let found = format!("{} stands outside of a component", line.name);
            problem(&mut tree, line.line, found, "`BEGIN:VCALENDAR` before it", true);
        }
    }
    let last = lines.line();
    while let Some(component) = open.pop() {
        let found = format!("{} of line {} has no end", component.name, component.line);
        problem(&mut tree, last, found, "`END:` with its name", false);
        close(&mut tree, &mut open, component);
    }
    tree.problems.append(&mut lines.take_problems());
    tree.problems.sort_by_key(|problem| problem.line);
    tree
}

fn problem(tree: &mut Tree<'_>, line: u32, found: String, expected: &'static str, is_loss: bool) {
    if tree.problems.len() < 1_000 {
        tree.problems.push(Problem { line, found, expected, is_loss });
    }
}

fn begin<'t>(tree: &mut Tree<'t>, open: &mut Vec<Component<'t>>, line: &ContentLine<'t>) {
    let name = line.value.trim().to_ascii_uppercase();
    // An event is never inside an event: the one before lacks its end.
    while matches!(name.as_str(), "VEVENT" | "VCALENDAR")
        && open.iter().any(|component| component.name == "VEVENT" || component.name == name)
    {
        let Some(component) = open.pop() else { break };
        let found = format!("{name} begins before {} of line {} has ended", component.name, component.line);
        problem(tree, line.line, found, "`END:` with the name of the open component", false);
        close(tree, open, component);
    }
    open.push(Component { name, line: line.line, properties: Vec::new(), components: Vec::new() });
}

fn end<'t>(tree: &mut Tree<'t>, open: &mut Vec<Component<'t>>, line: &ContentLine<'t>) {
    let name = line.value.trim().to_ascii_uppercase();
    let Some(depth) = open.iter().rposition(|component| component.name == name) else {
        let found = format!("END:{} ends nothing", super::shown(&name));
        problem(tree, line.line, found, "the end of the component that is open", false);
        return;
    };
    while open.len() > depth {
        let Some(component) = open.pop() else { break };
        if open.len() > depth {
            let found = format!("{} of line {} has no end", component.name, component.line);
            problem(tree, line.line, found, "`END:` with its name", false);
        }
        close(tree, open, component);
    }
}

fn close<'t>(tree: &mut Tree<'t>, open: &mut [Component<'t>], component: Component<'t>) {
    match open.last_mut() {
        Some(parent) => parent.components.push(component),
        None => tree.components.push(component),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(components: &[Component<'_>]) -> String {
        let one = |component: &Component<'_>| {
            format!("{}[{}]({})", component.name, component.properties.len(), outline(&component.components))
        };
        components.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    fn read(text: &str) -> (String, Vec<u32>) {
        let tree = tree(text);
        (outline(&tree.components), tree.problems.iter().map(|problem| problem.line).collect())
    }

    #[test]
    fn components_are_nested() {
        let text =
            "begin:vcalendar\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";
        assert_eq!(read(text), ("VCALENDAR[1](VEVENT[1](VALARM[0]()))".to_owned(), vec![]));
    }

    #[test]
    fn missing_ends_are_problems_and_events_are_kept() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\nEND:VTODO\n";
        let expected = "VCALENDAR[0](VEVENT[1](VALARM[0]()) VEVENT[1]())";
        assert_eq!(read(text), (expected.to_owned(), vec![5, 5, 8, 9]));
    }

    #[test]
    fn a_thousand_levels_are_cut() {
        let text = format!("{}UID:1\n{}", "BEGIN:X\n".repeat(1_000), "END:X\n".repeat(1_000));
        let tree = tree(&text);
        assert_eq!((tree.components.len(), tree.problems.len()), (1, 1));
        assert_eq!(tree.problems[0].line, DEEPEST as u32 + 1);
    }

    #[test]
    fn lines_outside_are_reported_once() {
        assert_eq!(read("A:1\nB:2\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"), ("VCALENDAR[0]()".to_owned(), vec![1]));
    }
}
