//! A calendar that `init` makes has no mistake, and its workflow is green: its steps are run as GitHub runs them, in a clone
//! of the repository that is pushed.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yaml_rust2::{Yaml, YamlLoader};

const NOW: i64 = 1_795_176_000; // 2026-11-20T12:00:00Z
const DAY: i64 = 86_400;

/// The program by itself in a folder, which is then the only redletter on the path.
fn installed(bin: &Path) {
    fs::create_dir_all(bin).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_redletter"), bin.join("redletter")).expect("a link");
}

/// A script in a folder of programs.
fn script(bin: &Path, name: &str, text: &str) {
    fs::create_dir_all(bin).expect("a folder");
    fs::write(bin.join(name), format!("#!/bin/sh\n{text}\n")).expect("a script");
    fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).expect("permissions");
}

fn redletter(folder: &Path, now: i64, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("TZ", "Europe/Madrid")
        .env("SOURCE_DATE_EPOCH", now.to_string())
        .stdin(std::process::Stdio::null())
        .output();
    output.expect("the program runs")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let names = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder).args(names).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", text(&output));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A repository as people start one, with a calendar at `inside`.
fn repository(top: &Path, inside: &str, options: &[&str]) {
    fs::create_dir_all(top).expect("a folder");
    git(top, &["init", "-q"]);
    fs::write(top.join("README.md"), "# Ours\n").expect("a file");
    fs::write(top.join(".gitignore"), "*.bak").expect("a file");
    let output = redletter(top, NOW, &[&["init", inside], options].concat());
    assert!(output.status.success(), "{}", text(&output));
    assert!(!text(&output).contains("warning"), "{}", text(&output));
    git(top, &["add", "-A"]);
    git(top, &["commit", "-qm", "Start the calendar"]);
}

/// What the steps of a job see.
struct Runner {
    bin: PathBuf,
    folder: PathBuf,
    now: i64,
    /// `vars.X`, `github.x`, `steps.x.outputs.y`.
    values: BTreeMap<String, String>,
    /// What the steps printed, by name.
    said: Vec<(String, String)>,
}

impl Runner {
    fn of(clone: &Path, bin: &Path, values: &[(&str, &str)]) -> Runner {
        let mut values: BTreeMap<String, String> =
            values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        for (key, value) in [
            ("runner.os", "Linux"),
            ("github.event_name", "push"),
            ("github.ref_name", "main"),
            ("github.event.repository.default_branch", "main"),
        ] {
            values.entry(key.into()).or_insert_with(|| value.into());
        }
        Runner { bin: bin.into(), folder: clone.into(), now: NOW, values, said: Vec::new() }
    }

    /// The value of an expression with the operators that the workflow has.
    fn value(&self, expression: &str) -> String {
        let expression = expression.trim();
        let split = |operator: &str| {
            let mut depth = 0;
            let at = expression.char_indices().find(|(at, character)| {
                depth += i32::from(*character == '(') - i32::from(*character == ')');
                depth == 0 && expression[*at..].starts_with(operator)
            });
            at.map(|(at, _)| (&expression[..at], &expression[at + operator.len()..]))
        };
        if let Some((one, other)) = split("||") {
            return Some(self.value(one)).filter(|one| !one.is_empty()).unwrap_or_else(|| self.value(other));
        }
        if let Some((one, other)) = split("&&") {
            return if self.value(one).is_empty() { String::new() } else { self.value(other) };
        }
        let truth = |is_true: bool| if is_true { "true".to_owned() } else { String::new() };
        if let Some((one, other)) = split("==") {
            return truth(self.value(one) == self.value(other));
        }
        if let Some((one, other)) = split("!=") {
            return truth(self.value(one) != self.value(other));
        }
        if let Some(inner) = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            return self.value(inner);
        }
        if let Some(literal) = expression.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            return literal.to_owned();
        }
        self.values.get(expression).cloned().unwrap_or_default()
    }

    /// A text whose `${{ … }}` are filled in.
    fn filled(&self, text: &str) -> String {
        let mut parts = text.split("${{");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once("}}").expect("an expression ends");
            out.push_str(&self.value(expression));
            out.push_str(rest);
        }
        out
    }

    /// Runs the `run` steps of a job, as `bash -e` does on GitHub.
    fn run(&mut self, job: &Yaml) {
        let folder = job["defaults"]["run"]["working-directory"].as_str().unwrap_or(".");
        let folder = self.folder.join(folder);
        for step in job["steps"].as_vec().expect("steps") {
            if step["if"].as_str().is_some_and(|condition| self.value(condition).is_empty()) {
                continue;
            }
            let Some(command) = step["run"].as_str() else {
                let what = step["uses"].as_str().expect("a step uses or runs something");
                self.said.push((what.to_owned(), self.filled(step["with"]["path"].as_str().unwrap_or_default())));
                continue;
            };
            let outputs = tempfile::NamedTempFile::new().expect("a file");
            let mut bash = Command::new("bash");
            bash.args(["-e", "-c", &self.filled(command)]).current_dir(&folder).env_clear();
            bash.env("PATH", format!("{}:/usr/bin:/bin", self.bin.display()));
            bash.env("GITHUB_OUTPUT", outputs.path()).env("GITHUB_REPOSITORY", "ours/calendar");
            bash.env("SOURCE_DATE_EPOCH", self.now.to_string()).env("HOME", &self.bin);
            for (key, value) in step["env"].as_hash().into_iter().flatten() {
                bash.env(key.as_str().expect("a name"), self.filled(value.as_str().unwrap_or_default()));
            }
            let output = bash.output().expect("bash runs");
            let name = step["name"].as_str().expect("a name").to_owned();
            assert!(output.status.success(), "{name}: {}", text(&output));
            self.said.push((name, text(&output)));
            if let Some(id) = step["id"].as_str() {
                for line in fs::read_to_string(outputs.path()).expect("outputs").lines() {
                    let (key, value) = line.split_once('=').expect("key=value");
                    self.values.insert(format!("steps.{id}.outputs.{key}"), value.to_owned());
                }
            }
        }
    }

    fn said(&self, step: &str) -> Option<&str> {
        self.said.iter().find(|(name, _)| name.starts_with(step)).map(|(_, said)| &**said)
    }
}

/// The workflow at the top of a repository.
fn workflow(top: &Path) -> Yaml {
    let text = fs::read_to_string(top.join(".github/workflows/calendar.yml")).expect("a workflow");
    assert!(!text.contains("{source}") && !text.contains("{public}") && !text.contains("{folder}"), "{text}");
    YamlLoader::load_from_str(&text).expect("YAML").remove(0)
}

#[test]
fn the_workflow_is_green_on_the_first_push_and_on_later_days() {
    let home = tempfile::tempdir().expect("a folder");
    let bin = home.path().join("bin");
    installed(&bin);
    for (number, (inside, options)) in [
        (".", &[][..]),
        ("our days", &["--title", "Días", "--language", "es", "--timezone", "Lima", "--url", "example.org/d"]),
        (".", &["--empty", "--domain", "example.org"]),
    ]
    .into_iter()
    .enumerate()
    {
        let (top, clone) = (home.path().join(format!("top{number}")), home.path().join(format!("clone{number}")));
        repository(&top, inside, options);
        for (ahead, event) in [(0, "push"), (0, "pull_request"), (1, "schedule"), (45, "schedule")] {
            let _ = fs::remove_dir_all(&clone);
            git(home.path(), &["clone", "-q", &top.display().to_string(), &clone.display().to_string()]);
            let workflow = workflow(&clone);
            let mut runner = Runner::of(&clone, &bin, &[("github.event_name", event)]);
            runner.now = NOW + ahead * DAY;
            runner.run(&workflow["jobs"]["build"]);
            let (checked, built) = (runner.said("Check the records"), runner.said("Build the site"));
            assert!(checked.is_some_and(|said| !said.contains("::")), "{checked:?}");
            assert!(built.is_some_and(|said| said.contains("pages") && !said.contains("warning")), "{built:?}");
            assert!(clone.join(inside).join("public/index.html").is_file());
            // Pages is off, and nothing is to be committed.
            assert_eq!(runner.value("steps.pages.outputs.publish"), "");
            assert_eq!(git(&clone, &["status", "--porcelain"]), "");
        }
    }
}

#[test]
fn the_site_is_published_from_the_main_branch_once_pages_is_on() {
    let home = tempfile::tempdir().expect("a folder");
    let (bin, top) = (home.path().join("bin"), home.path().join("top"));
    installed(&bin);
    script(&bin, "gh", "echo workflow");
    repository(&top, "days", &[]);
    let workflow = workflow(&top);
    for (event, branch, is_published) in [
        ("push", "main", true),
        ("schedule", "main", true),
        ("push", "draft", false),
        ("pull_request", "1/merge", false),
    ] {
        let mut runner = Runner::of(&top, &bin, &[("github.event_name", event), ("github.ref_name", branch)]);
        runner.run(&workflow["jobs"]["build"]);
        let uploaded = runner.said("actions/upload-pages-artifact");
        assert_eq!(uploaded.is_some(), is_published, "{event} {branch}");
        assert!(uploaded.is_none_or(|path| top.join(path).join("index.html").is_file()), "{uploaded:?}");
        let publish = runner.filled(workflow["jobs"]["build"]["outputs"]["publish"].as_str().expect("an output"));
        runner.values.insert("needs.build.outputs.publish".into(), publish);
        let condition = workflow["jobs"]["publish"]["if"].as_str().expect("a condition");
        assert_eq!(!runner.value(condition).is_empty(), is_published, "{event} {branch}");
    }
    assert!(workflow["on"]["schedule"][0]["cron"].as_str().is_some_and(|cron| cron.ends_with(" * * *")));
}

#[test]
fn redletter_is_built_from_its_repository_and_never_from_a_name() {
    let home = tempfile::tempdir().expect("a folder");
    let (bin, top, source) = (home.path().join("bin"), home.path().join("top"), home.path().join("source"));
    repository(&top, ".", &[]);
    repository(&source, ".", &[]);
    let workflow = workflow(&top);
    // Without an address, a warning says what to do.
    fs::create_dir_all(&bin).expect("a folder");
    let mut runner = Runner::of(&top, &bin, &[]);
    runner.run(&workflow["jobs"]["build"]);
    assert!(runner.said("Find redletter").is_some_and(|said| said.contains("REDLETTER_SOURCE")));
    assert_eq!(runner.said("Check the records"), None);
    // With one, the newest revision is built.
    let program = env!("CARGO_BIN_EXE_redletter");
    script(&bin, "cargo", &format!("echo \"$@\" && ln -s '{program}' '{}/redletter'", bin.display()));
    let address = source.display().to_string();
    let mut runner = Runner::of(&top, &bin, &[("vars.REDLETTER_SOURCE", &address)]);
    runner.run(&workflow["jobs"]["build"]);
    let revision = git(&source, &["rev-parse", "HEAD"]);
    let wanted = format!("install --locked --git {address} --rev {revision} redletter\n");
    assert_eq!(runner.said("Build redletter"), Some(&*wanted));
    assert!(runner.said("Build the site").is_some());
}

#[test]
fn a_new_calendar_has_no_mistake_and_its_examples_go_without_a_trace() {
    let home = tempfile::tempdir().expect("a folder");
    let root = home.path();
    fs::write(root.join("README.md"), "ours").expect("a file");
    assert!(redletter(root, NOW, &["init"]).status.success());
    let events = root.join("events/2026");
    assert_eq!(fs::read_dir(&events).expect("events").count(), 3);
    for command in
        [&["check", "--deny", "warnings"][..], &["lock", "--locked"], &["build", "--locked"], &["fmt", "--check"]]
    {
        let output = redletter(root, NOW, command);
        assert!(output.status.success() && !text(&output).contains("warning"), "{command:?}: {}", text(&output));
    }
    // A second one replaces nothing.
    let before = fs::read(root.join("calendar.toml")).expect("settings");
    assert_eq!(redletter(root, NOW, &["init", "--title", "Other"]).status.code(), Some(2));
    assert_eq!(redletter(root, NOW, &["init", "--title", "Other", "--empty"]).status.code(), Some(2));
    assert_eq!(fs::read(root.join("calendar.toml")).expect("settings"), before);

    let march = events.join("11-28-march-for-housing.toml");
    let changed = fs::read_to_string(&march).expect("a record").replace("Town hall", "Station");
    fs::write(&march, &changed).expect("a record");
    let output = redletter(root, NOW, &["init", "--empty"]);
    assert!(output.status.success() && text(&output).contains("2 examples"), "{}", text(&output));
    assert_eq!(fs::read_to_string(&march).expect("the changed one stays"), changed);
    assert_eq!(fs::read_dir(&events).expect("events").count(), 1);
    let feed = redletter(root, NOW, &["feed", "all"]);
    assert!(!text(&feed).contains("Open assembly") && !text(&feed).contains("CANCELLED"), "{}", text(&feed));
    assert!(redletter(root, NOW, &["lock", "--locked"]).status.success());
    let again = redletter(root, NOW, &["init", "--empty"]);
    assert!(again.status.success() && text(&again).contains("stays"), "{}", text(&again));
}

#[test]
fn all_examples_go_unless_records_have_mistakes() {
    let home = tempfile::tempdir().expect("a folder");
    let root = home.path();
    assert!(redletter(root, NOW, &["init"]).status.success());
    let (wrong, year) = (root.join("events/wrong.toml"), root.join("events/2026"));
    fs::write(&wrong, "title = \"x\"\n").expect("a file");
    let output = redletter(root, NOW, &["init", "--empty"]);
    assert!(output.status.code() == Some(1) && text(&output).contains("left as they are"), "{}", text(&output));
    assert_eq!(fs::read_dir(&year).expect("events").count(), 3);
    fs::remove_file(&wrong).expect("a file");
    for command in [&["init", "--empty"][..], &["lock", "--locked"], &["build", "--locked"], &["agenda"]] {
        let output = redletter(root, NOW, command);
        assert!(output.status.success() && !text(&output).contains("error"), "{command:?}: {}", text(&output));
    }
    assert_eq!(fs::read_dir(&year).expect("events").count(), 0);
    assert!(!fs::read_to_string(root.join("calendar.lock")).expect("a lock").contains("assembly"));
}

#[test]
fn records_that_are_there_become_the_events() {
    let home = tempfile::tempdir().expect("a folder");
    let root = home.path();
    fs::create_dir_all(root.join("events")).expect("a folder");
    let record = "title = \"March\"\nkind = \"protest\"\nstart = 2026-12-05T12:00\n";
    fs::write(root.join("events/march.toml"), record).expect("a file");
    let output = redletter(root, NOW, &["init", "--ci", "none"]);
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(fs::read_dir(root.join("events")).expect("events").count(), 1);
    assert!(!root.join(".github").exists());
    assert!(fs::read_to_string(root.join("calendar.lock")).expect("a lock").contains("March"));
    // A workflow of that name is not replaced either, and nothing is written before that is clear.
    let other = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(other.path().join(".github/workflows")).expect("a folder");
    fs::write(other.path().join(".github/workflows/calendar.yml"), "name: theirs\n").expect("a file");
    let output = redletter(other.path(), NOW, &["init"]);
    assert!(output.status.code() == Some(2) && text(&output).contains("--ci none"), "{}", text(&output));
    assert_eq!(fs::read_dir(other.path()).expect("files").count(), 1);
}
