//! The site of a calendar over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Running;
use crate::binary::NOW;

/// A server at a port that the system chose.
pub(crate) struct Server {
    _process: Running,
    port: u16,
}

impl Server {
    /// `redletter serve` of a calendar.
    pub(crate) fn of(root: &Path) -> Server {
        let mut command = Command::new("timeout");
        command.args(["--kill-after=5", "120", env!("CARGO_BIN_EXE_redletter"), "--now", NOW, "--root"]).arg(root);
        command.args(["serve", "--port", "0"]).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = Running::start(&mut command);
        let mut lines = BufReader::new(process.0.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
        let said = lines.find_map(|line| line.strip_prefix("serving http://127.0.0.1:").map(str::to_owned));
        let port = said.as_deref().and_then(|rest| rest.trim_end_matches('/').parse().ok());
        // What it says later is read, or it would wait for somebody who does.
        std::thread::spawn(move || lines.for_each(drop));
        Server { _process: process, port: port.unwrap_or_else(|| panic!("no port in {said:?}")) }
    }

    /// Waits until the server has read what was written, and serves a feed as `redletter feed` prints it.
    pub(crate) fn wait_for(&self, path: &str, bytes: &[u8]) {
        let begin = Instant::now();
        while self.get(path) != bytes {
            assert!(begin.elapsed() < Duration::from_secs(30), "{path} is not what `redletter feed` prints");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What stands at `path`.
    pub(crate) fn get(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).expect("the server listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        assert!(head.split(' ').nth(1) == Some("200"), "{path}: {head}");
        answer.split_off(end + 4)
    }
}
