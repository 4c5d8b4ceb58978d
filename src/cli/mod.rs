//! Commands and wiring: the only place that picks a store, and the only one that speaks to a
//! terminal.

mod asking;
mod check;
mod digest;
mod import;
mod memory;
mod past;
mod progress;
mod rejects;
mod rules;
mod screen;
mod serve;
mod terminal;
mod verify;
mod worlds;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Environment, SettingsFile};
use crate::geom::proj_data;
use crate::http::FrameAncestors;
use crate::layer::Atlas;
use crate::model::Audience;
use crate::say;
use crate::seed;
use crate::store::geopackage::GeoPackage;
use crate::store::{Store as _, StoreError};
use crate::text::{Key, Lang, Problem};

use terminal::Terminal;

/// 土壤污染源头防控“一张图” / the one map of soil pollution prevention
#[derive(Debug, Parser)]
#[command(name = "onemap", version, about, max_term_width = 100)]
struct Command {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Args)]
struct Common {
    /// 图层定义所在文件夹 / folder of the layer definitions [layers]
    #[arg(long, global = true, value_name = "FOLDER")]
    layers: Option<PathBuf>,
    /// 数据库文件 / the store [onemap.gpkg]
    #[arg(long, global = true, value_name = "FILE")]
    store: Option<PathBuf>,
    /// 设置文件 / settings [onemap.toml]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 语言 / language: zh, en
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// 启动服务 / serve the map
    Serve {
        /// 面向公众的地址 / where the public is served [127.0.0.1:8080]
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
        /// 面向本部门的地址（须在内网登录之后）/ where the department is served, behind its own login
        #[arg(long, value_name = "ADDRESS")]
        listen_department: Option<SocketAddr>,
        /// 客户端访问的地址 / the address clients use
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// 可嵌入 /embed 的来源 / who may frame /embed: '*', 'none' or origins [*]
        #[arg(long, value_name = "SOURCES")]
        frame_ancestors: Option<String>,
    },
    /// 导入图层 / import layers
    Import {
        /// 图层编号，缺省为全部 / layer ids; none: all
        #[arg(value_name = "LAYER")]
        names: Vec<String>,
        /// 有不合格行时仍导入其余行 / store a layer without its rejected rows
        #[arg(long)]
        keep_going: bool,
    },
    /// 检查图层定义、代码表与示例 / check layers, code lists and examples
    Check {
        /// 输出图层文件的 JSON Schema / print the JSON Schema of a layer file
        #[arg(long)]
        schema: bool,
    },
    /// 筛查地块 / screen many parcels
    Screen(Box<screen::Arguments>),
    /// 核验保存的报告 / make a kept report anew, and hold it against what was kept
    Verify {
        /// 报告编号 / the report's id
        id: String,
        /// 属于谁 / whose it is [anyone's]
        #[arg(long, value_name = "AUDIENCE")]
        audience: Option<String>,
    },
    /// 规则 / rules
    Rules {
        #[command(subcommand)]
        rules: Box<rules::Rules>,
    },
    /// 生成演示数据 / write the demonstration data
    Seed {
        /// 输出文件夹 / where to
        #[arg(default_value = "seeds")]
        folder: PathBuf,
    },
    /// 备份数据库 / write a consistent copy of the store
    Backup {
        /// 备份文件（不得已存在）/ a file that does not exist yet
        file: PathBuf,
    },
    /// 检查数据库 / look the store over
    Doctor,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// All was done.
    Done,
    /// A layer had rejected rows and was not stored.
    Rejected,
    /// Something failed.
    Failed,
}

impl Exit {
    const fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Self::Failed, _) | (_, Self::Failed) => Self::Failed,
            (Self::Rejected, _) | (_, Self::Rejected) => Self::Rejected,
            _ => Self::Done,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Rejected => 3,
        })
    }
}

/// Runs the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 rejected rows.
pub fn main() -> ExitCode {
    let command = Command::parse();
    let environment = Environment::read();
    if let Some(folder) = &environment.cache_dir {
        proj_data::set_cache_dir(folder.clone());
    }
    let asked = command.common.lang.as_deref().and_then(Lang::of);
    let mut terminal = Terminal::new(asked.or(environment.lang).unwrap_or_default());
    let outcome = SettingsFile::read(command.common.config.as_deref()).and_then(|settings| {
        if let (None, Some(lang)) = (asked, settings.lang.as_deref().and_then(Lang::of)) {
            terminal = Terminal::new(lang);
        }
        let session = Session {
            terminal: terminal.clone(),
            environment,
            settings,
            common: command.common,
        };
        session.run(command.task)
    });
    match outcome {
        Ok(exit) => exit.into(),
        Err(problem) => {
            terminal.problem(&problem);
            Exit::Failed.into()
        }
    }
}

/// One run of the command, with its settings.
#[derive(Debug)]
struct Session {
    terminal: Terminal,
    environment: Environment,
    settings: SettingsFile,
    common: Common,
}

impl Session {
    fn run(&self, task: Task) -> Result<Exit, Problem> {
        match task {
            Task::Serve {
                listen,
                listen_department,
                base_url,
                frame_ancestors,
            } => {
                let addresses = serve::Addresses {
                    public: listen
                        .or(self.settings.listen)
                        .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
                    department: listen_department.or(self.settings.listen_department),
                    base_url: base_url.or_else(|| self.settings.base_url.clone()),
                };
                self.serve(addresses, frame_ancestors)
            }
            Task::Import { names, keep_going } => self.import(&names, keep_going),
            Task::Check { schema: true } => {
                self.terminal.out(&crate::layer::schema().layer);
                Ok(Exit::Done)
            }
            Task::Check { schema: false } => check::run(&self.terminal, &self.layers()),
            Task::Screen(arguments) => screen::screen(self, &arguments),
            Task::Verify { id, audience } => verify::verify(self, &id, audience.as_deref()),
            Task::Rules { rules } => rules::run(self, &rules),
            Task::Seed { folder } => {
                let report = seed::write(&folder)?;
                let files = report.files.len();
                self.terminal.say(&say!(
                    Key::CliSeedDone,
                    folder = folder.display(),
                    files = files
                ));
                Ok(Exit::Done)
            }
            Task::Backup { file } => {
                let store = GeoPackage::open(&self.store()).map_err(StoreError::into_problem)?;
                store.backup(&file).map_err(StoreError::into_problem)?;
                self.terminal
                    .say(&say!(Key::CliBackupDone, file = file.display()));
                Ok(Exit::Done)
            }
            Task::Doctor => self.doctor(),
        }
    }

    fn layers(&self) -> PathBuf {
        let layers = self
            .common
            .layers
            .clone()
            .or_else(|| self.settings.layers.clone());
        layers.unwrap_or_else(|| PathBuf::from("layers"))
    }

    fn store(&self) -> PathBuf {
        let store = self
            .common
            .store
            .clone()
            .or_else(|| self.settings.store.clone());
        store.unwrap_or_else(|| PathBuf::from("onemap.gpkg"))
    }

    fn atlas(&self) -> Result<Atlas, Problem> {
        check::load(&self.terminal, &self.layers())
    }

    fn import(&self, layers: &[String], keep_going: bool) -> Result<Exit, Problem> {
        let atlas = self.atlas()?;
        let file = self.store();
        let store = GeoPackage::create_or_open(&file).map_err(StoreError::into_problem)?;
        let rejects = file
            .parent()
            .unwrap_or_else(|| Path::new(""))
            .join("rejects");
        let actor = self.environment.actor.as_str();
        let request = import::Request {
            layers,
            keep_going,
            rejects: &rejects,
            actor,
        };
        import::run(&self.terminal, &atlas, &store, &request)
    }

    fn serve(
        &self,
        addresses: serve::Addresses,
        frame_ancestors: Option<String>,
    ) -> Result<Exit, Problem> {
        let public = frame_ancestors
            .or_else(|| self.environment.frame_ancestors.clone())
            .or_else(|| self.settings.frame_ancestors.clone());
        let department = self.settings.frame_ancestors_department.as_deref();
        let framers = |said: Option<&str>, audience| {
            said.map_or_else(|| Ok(FrameAncestors::of(audience)), FrameAncestors::parse)
        };
        serve::run(serve::Serving {
            terminal: &self.terminal,
            layers: self.layers(),
            atlas: self.atlas()?,
            store: GeoPackage::open(&self.store())
                .map_err(StoreError::into_problem)?
                .keeping(),
            addresses,
            frame_ancestors: framers(public.as_deref(), Audience::Public)?,
            frame_ancestors_department: framers(department, Audience::Department)?,
            limits: &self.settings.limits,
            log: self.environment.log.as_deref(),
        })
    }

    fn doctor(&self) -> Result<Exit, Problem> {
        let file = self.store();
        let store = GeoPackage::open(&file).map_err(StoreError::into_problem)?;
        let found = store.doctor().map_err(StoreError::into_problem)?;
        for problem in &found {
            self.terminal.problem(problem);
        }
        if found.is_empty() {
            self.terminal
                .say(&say!(Key::CliDoctorWell, file = file.display()));
            return Ok(Exit::Done);
        }
        Ok(Exit::Failed)
    }
}
