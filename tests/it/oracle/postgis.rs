//! A PostgreSQL server with PostGIS of its own: in a temporary folder, on a socket there and on no
//! port, gone with the process that started it.

use std::fs;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Nothing of it outlives the test: it need not survive a crash.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "autovacuum=off",
    "shared_buffers=512MB",
    "work_mem=64MB",
    "maintenance_work_mem=256MB",
    "jit=off",
];

/// Serves until its standard input ends, as it does when the test ends, however it ends; then stops
/// at once and leaves nothing behind. `$1` is the program, `$2` the folder, the rest its settings.
const WATCH: &str = r#"
    program=$1 folder=$2
    shift 2
    "$program" -D "$folder/data" -k "$folder" "$@" </dev/null >"$folder/log" 2>&1 &
    server=$!
    read -r _
    kill -QUIT "$server"
    wait "$server"
    rm -rf "$folder"
"#;

/// How long it may take to come up.
const PATIENCE: Duration = Duration::from_mins(1);

/// The server.
#[derive(Debug)]
pub(crate) struct Postgis {
    folder: tempfile::TempDir,
    watch: Child,
    /// Held open: when it closes, the server stops.
    life: Option<ChildStdin>,
}

impl Postgis {
    /// Starts a server and makes it speak PostGIS.
    ///
    /// # Errors
    /// Why it cannot be had on this machine.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = programs()?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let (user, mut initdb) = as_owner(folder.path(), &programs.join("initdb"))?;
        initdb
            .args([
                "--no-sync",
                "--no-locale",
                "--encoding=UTF8",
                "--auth=trust",
            ])
            .args(["--username=onemap", "--pgdata"])
            .arg(folder.path().join("data"));
        succeeded(&mut initdb)?;
        let mut watch = user.command(Path::new("sh"));
        watch.args(["-c", WATCH, "sh"]);
        watch.arg(programs.join("postgres")).arg(folder.path());
        for setting in SETTINGS {
            watch.args(["-c", setting]);
        }
        let quiet = watch.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut watch = quiet.spawn().map_err(|error| error.to_string())?;
        let life = watch.stdin.take();
        let server = Self {
            folder,
            watch,
            life,
        };
        server.wait()?;
        let made = server
            .psql()
            .args(["-c", "CREATE EXTENSION postgis"])
            .output();
        let made = made.map_err(|error| format!("psql: {error}"))?;
        if made.status.success() {
            Ok(server)
        } else {
            Err(said(&made))
        }
    }

    /// Waits until it answers.
    fn wait(&self) -> Result<(), String> {
        let began = Instant::now();
        loop {
            let asked = self.psql().args(["-c", "SELECT 1"]).output();
            let asked = asked.map_err(|error| format!("psql: {error}"))?;
            if asked.status.success() {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.path().join("log"));
                return Err(format!("{}{}", said(&asked), log.unwrap_or_default()));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A client that stops at the first error.
    fn psql(&self) -> Command {
        let mut psql = Command::new("psql");
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"])
            .args(["-U", "onemap", "-d", "postgres", "-h"])
            .arg(self.folder.path());
        psql
    }

    /// Runs statements, each on its own, and gives the lines they print, values parted by `|`.
    pub(crate) fn run(&self, statements: &[&str]) -> Vec<String> {
        let mut psql = self.psql();
        for statement in statements {
            psql.args(["-c", statement]);
        }
        let output = psql.output().unwrap();
        assert!(output.status.success(), "{statements:?}\n{}", said(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// Fills a table with lines whose values are parted by tabs.
    pub(crate) fn fill(&self, table: &str, lines: impl Iterator<Item = String>) {
        let mut psql = self.psql();
        psql.args(["-c", &format!("COPY {table} FROM STDIN")]);
        let mut child = psql.stdin(Stdio::piped()).spawn().unwrap();
        let mut into = BufWriter::new(child.stdin.take().unwrap());
        for line in lines {
            writeln!(into, "{line}").unwrap();
        }
        drop(into.into_inner().unwrap());
        assert!(child.wait().unwrap().success(), "COPY {table}");
    }

    /// The rows of a query one by one, as they come, values parted by tabs.
    pub(crate) fn each(&self, query: &str, mut row: impl FnMut(&str)) {
        let mut psql = self.psql();
        psql.args(["-c", &format!("COPY ({query}) TO STDOUT")]);
        let mut child = psql.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::with_capacity(1 << 16, child.stdout.take().unwrap());
        let mut line = String::new();
        while lines.read_line(&mut line).unwrap() > 0 {
            row(line.trim_end_matches('\n'));
            line.clear();
        }
        assert!(child.wait().unwrap().success(), "{query}");
    }
}

impl Drop for Postgis {
    fn drop(&mut self) {
        drop(self.life.take());
        drop(self.watch.wait());
    }
}

/// The folder of the newest server's programs.
fn programs() -> Result<PathBuf, String> {
    let newest = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .max_by_key(|bin| {
            let version = bin.parent()?.file_name()?.to_str()?;
            version.parse::<u32>().ok()
        });
    newest.ok_or_else(|| "PostgreSQL's server is not installed".to_owned())
}

/// As whom its programs run: they refuse to run as root.
#[derive(Debug, Clone)]
enum User {
    Ourselves,
    Another { user: u32, group: u32 },
}

impl User {
    fn command(&self, program: &Path) -> Command {
        match self {
            Self::Ourselves => Command::new(program),
            Self::Another { user, group } => {
                let mut command = Command::new("setpriv");
                command
                    .arg(format!("--reuid={user}"))
                    .arg(format!("--regid={group}"))
                    .arg("--clear-groups")
                    .arg(program);
                command
            }
        }
    }
}

/// Makes the folder belong to a user as whom the server can run, and starts to say what to run.
fn as_owner(folder: &Path, program: &Path) -> Result<(User, Command), String> {
    let is_root = fs::metadata(folder)
        .map_err(|error| error.to_string())?
        .uid()
        == 0;
    let user = if is_root {
        let user = id("-u")?;
        let group = id("-g")?;
        chown(folder, Some(user), Some(group)).map_err(|error| error.to_string())?;
        User::Another { user, group }
    } else {
        User::Ourselves
    };
    let mut command = user.command(program);
    command.current_dir(folder);
    Ok((user, command))
}

/// A number of the user whom every system has for programs that shall have no rights.
fn id(which: &str) -> Result<u32, String> {
    let mut asked = Command::new("id");
    let number = succeeded(asked.args([which, "nobody"]))?;
    number
        .trim()
        .parse()
        .map_err(|error| format!("{number}: {error}"))
}

/// What a program prints, or why it failed.
fn succeeded(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(said(&output))
    }
}

fn said(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    format!("{}: {}", output.status, error.trim())
}
