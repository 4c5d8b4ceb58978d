//! The real binary, as people use it.

mod carriers;
mod districts;
mod import;
mod screen;
mod serve;
mod verify;

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;

/// A district's folder, copied to where a test may change it: `layers/` and its data.
pub(crate) struct District {
    folder: tempfile::TempDir,
}

impl District {
    /// A district of `tests/fixtures/districts`.
    pub(crate) fn fixture(name: &str) -> Self {
        let from = repository().join("tests/fixtures/districts").join(name);
        let folder = tempfile::tempdir().unwrap();
        copy(&from, folder.path());
        Self { folder }
    }

    /// The demonstration district.
    pub(crate) fn demonstration() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["layers", "seeds"] {
            copy(&repository().join(part), &folder.path().join(part));
        }
        Self { folder }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// `onemap` in this folder, in English.
    pub(crate) fn onemap(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onemap"));
        command
            .current_dir(self.folder.path())
            .args(["--lang", "en"])
            .args(arguments);
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.onemap(arguments).output().unwrap())
    }

    /// Starts serving on free ports, and waits until it is ready.
    pub(crate) fn serve(&self, more: &[&str]) -> Serving {
        let mut arguments = vec!["serve", "--listen", "127.0.0.1:0"];
        arguments.extend(more);
        let mut command = self.onemap(&arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Read all along: a server whose log nobody reads stands still.
        let mut stderr = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = || {
            let line = lines.next().and_then(Result::ok)?;
            Some(line[line.find("http://")?..].trim().to_owned())
        };
        let Some(public) = address() else {
            panic!("it did not start: {}", log.join().unwrap())
        };
        let department = more
            .contains(&"--listen-department")
            .then(|| address().unwrap());
        Serving {
            child,
            log: Some(log),
            public,
            department,
        }
    }
}

/// What a command said and how it ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The run, if it ended as it should.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Of a layer's import: rows read, stored, rejected.
    pub(crate) fn rows(&self, layer: &str) -> (u64, u64, u64) {
        let line = self
            .out
            .lines()
            .find(|line| line.starts_with(&format!("{layer}: revision")));
        let line = line.unwrap_or_else(|| panic!("{layer} is not in: {}\n{}", self.out, self.err));
        let number = |word: &str| -> u64 {
            let before = line.split(word).next().unwrap().trim_end();
            before.rsplit(' ').next().unwrap().parse().unwrap()
        };
        (number(" read ="), number(" stored +"), number(" rejected;"))
    }
}

/// A server that runs, and is told to stop when the test is done with it.
pub(crate) struct Serving {
    child: Child,
    log: Option<JoinHandle<String>>,
    pub(crate) public: String,
    pub(crate) department: Option<String>,
}

impl Serving {
    /// Tells it to stop as an operator would; what it logged.
    pub(crate) fn stop(mut self) -> String {
        self.signal("-TERM");
        let status = self.child.wait().unwrap();
        assert!(status.success(), "it did not stop cleanly: {status}");
        self.log.take().unwrap().join().unwrap()
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have stopped already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of a GET, and its status.
pub(crate) fn get(url: &str) -> (u16, Vec<u8>) {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .new_agent();
    let mut response = agent.get(url).call().unwrap();
    let status = response.status().as_u16();
    (
        status,
        response
            .body_mut()
            .with_config()
            .limit(1 << 30)
            .read_to_vec()
            .unwrap(),
    )
}

/// The JSON of a GET that succeeds.
#[track_caller]
pub(crate) fn json(url: &str) -> serde_json::Value {
    let (status, body) = get(url);
    assert_eq!(status, 200, "{url}: {}", String::from_utf8_lossy(&body));
    serde_json::from_slice(&body).unwrap()
}

pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Copies a file of `layers/` into a district.
pub(crate) fn copy_file(layers: &Path, district: &District, name: &str) {
    let to = district.path("layers").join(name);
    std::fs::copy(layers.join(name), to).unwrap();
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
