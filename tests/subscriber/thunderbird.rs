//! Thunderbird without a window, asked through its remote control (Marionette) what its calendar shows.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Occurrences, Running, Shown, instant, program};

const ZONE: &str = "Asia/Seoul";
const LIMIT: Duration = Duration::from_secs(60);

/// Runs in Thunderbird: lists the only calendar, each occurrence by itself as Thunderbird expands it. All-day values are
/// days, hours those of the user's own clock.
const LIST: &str = r#"
const [from, to, refresh, done] = arguments;
(async () => {
  const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
  const calendars = cal.manager.getCalendars();
  if (calendars.length != 1) throw new Error(`${calendars.length} calendars`);
  if (refresh) calendars[0].refresh();
  const which = Ci.calICalendar.ITEM_FILTER_ALL_ITEMS | Ci.calICalendar.ITEM_FILTER_CLASS_OCCURRENCES;
  const found = await calendars[0].getItemsAsArray(which, 0, cal.createDateTime(from), cal.createDateTime(to));
  const shown = time => time.isDate ? time.icalString : time.getInTimezone(cal.dtz.defaultTimezone).icalString;
  return found.map(one => ({ start: shown(one.startDate), end: shown(one.endDate), title: one.title, status: one.status }));
})().then(list => done({ list }), error => done({ error: `${error}\n${error.stack}` }));
"#;

/// A Thunderbird that has subscribed to one feed, and reaches nothing but this machine.
pub(crate) struct Thunderbird {
    _process: Running,
    control: TcpStream,
    calls: u64,
}

impl Thunderbird {
    pub(crate) fn subscribed(home: &Path, feed: &str) -> Thunderbird {
        let profile = home.join("thunderbird");
        fs::create_dir_all(&profile).expect("a folder");
        fs::write(profile.join("user.js"), settings(feed)).expect("a file");
        let log = fs::File::create(profile.join("log")).expect("a file");
        let mut command = program("thunderbird", &profile, ZONE);
        command.args(["--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile"]);
        command.arg(&profile).stdout(Stdio::null()).stderr(log);
        let mut process = Running::start(&mut command);
        let port = port(&profile, &mut process);
        let control = TcpStream::connect(("127.0.0.1", port)).expect("Thunderbird listens");
        control.set_read_timeout(Some(LIMIT)).expect("a limit");
        let mut thunderbird = Thunderbird { _process: process, control, calls: 0 };
        thunderbird.message();
        thunderbird.call("WebDriver:NewSession", &json!({}));
        thunderbird.call("Marionette:SetContext", &json!({ "value": "chrome" }));
        thunderbird
    }

    /// What it shows of these days, having asked for the feed anew.
    pub(crate) fn refreshed(&mut self, from: &str, to: &str) -> Occurrences {
        self.list(from, to, true)
    }

    /// What it shows of these days by now.
    pub(crate) fn shown(&mut self, from: &str, to: &str) -> Occurrences {
        self.list(from, to, false)
    }

    fn list(&mut self, from: &str, to: &str, refresh: bool) -> Occurrences {
        let [from, to] = [from, to].map(|day| format!("{}T000000Z", day.replace('-', "")));
        let arguments = json!({ "script": LIST, "args": [from, to, refresh] });
        let answer = self.call("WebDriver:ExecuteAsyncScript", &arguments);
        let list = answer["value"]["list"].as_array().unwrap_or_else(|| panic!("Thunderbird: {answer}"));
        list.iter().map(shown).collect()
    }

    fn call(&mut self, name: &str, arguments: &Value) -> Value {
        self.calls += 1;
        let text = json!([0, self.calls, name, arguments]).to_string();
        self.control.write_all(format!("{}:{text}", text.len()).as_bytes()).expect("Thunderbird listens");
        let answer = self.message();
        assert!(answer[1] == self.calls && answer[2].is_null(), "{name}: {answer}");
        answer[3].clone()
    }

    /// The length in digits, a colon, JSON.
    fn message(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut byte = [0];
            self.control.read_exact(&mut byte).expect("Thunderbird answers");
            match byte[0] {
                b':' => break,
                digit => length = length * 10 + usize::from(digit - b'0'),
            }
        }
        let mut text = vec![0; length];
        self.control.read_exact(&mut text).expect("Thunderbird answers");
        serde_json::from_slice(&text).expect("JSON")
    }
}

fn settings(feed: &str) -> String {
    let calendar = "calendar.registry.00000000-0000-4000-8000-000000000001";
    // A proxy that does not exist stands between it and all but this machine.
    let settings = json!({
        "marionette.port": 0,
        format!("{calendar}.type"): "ics",
        format!("{calendar}.uri"): feed,
        format!("{calendar}.name"): "Feed",
        format!("{calendar}.cache.enabled"): true,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
        "network.proxy.no_proxies_on": "127.0.0.1",
        "app.update.auto": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "mailnews.start_page.enabled": false,
        "calendar.timezone.useSystemTimezone": true,
    });
    let lines = settings.as_object().expect("an object").iter();
    lines
        .map(|(name, value)| format!("user_pref({}, {value});\n", Value::from(name.as_str())))
        .collect::<Vec<_>>()
        .concat()
}

/// Of its own choice, written into the profile.
fn port(profile: &Path, process: &mut Running) -> u16 {
    let begin = Instant::now();
    loop {
        let written = fs::read_to_string(profile.join("MarionetteActivePort")).unwrap_or_default();
        if let Ok(port) = written.trim().parse() {
            return port;
        }
        let ended = process.0.try_wait().expect("a child");
        let log = || fs::read_to_string(profile.join("log")).unwrap_or_default();
        assert!(ended.is_none(), "Thunderbird ended; if it is missing, run tests/run\n{}", log());
        assert!(begin.elapsed() < LIMIT, "Thunderbird does not begin to listen\n{}", log());
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn shown(one: &Value) -> Shown {
    let text = |key: &str| one[key].as_str().unwrap_or_else(|| panic!("no {key} in {one}"));
    let time = |text: &str| match text.len() {
        8 => super::day(text, "%Y%m%d", 0),
        _ => instant(text, "%Y%m%dT%H%M%S", 9),
    };
    Shown {
        start: time(text("start")),
        end: time(text("end")),
        title: text("title").to_owned(),
        status: Some(text("status").to_owned()),
    }
}
