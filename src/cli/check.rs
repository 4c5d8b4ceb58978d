//! `onemap check`, and the loading of `layers/` for every other command.

use std::path::Path;

use super::{Exit, Terminal};
use crate::layer::{self, Atlas, Fault};
use crate::say;
use crate::text::{Key, Problem};

/// Looks at every definition, list, style and example; every fault is told with file and line.
pub(super) fn run(terminal: &Terminal, layers: &Path) -> Result<Exit, Problem> {
    there(layers)?;
    let mut faults = match layer::load(root(layers), layers) {
        Ok(atlas) => {
            let mut faults = layer::run_examples(&atlas);
            faults.extend(atlas.absent.iter().cloned());
            if faults.is_empty() {
                terminal.say(&say!(Key::CliCheckWell, layers = atlas.layers.len()));
                return Ok(Exit::Done);
            }
            faults
        }
        Err(faults) => faults,
    };
    faults.sort();
    tell(terminal, &faults);
    Ok(Exit::Failed)
}

/// The atlas; its faults are told, and end the command.
pub(super) fn load(terminal: &Terminal, layers: &Path) -> Result<Atlas, Problem> {
    there(layers)?;
    layer::load(root(layers), layers).map_err(|faults| {
        tell(terminal, &faults);
        say!(Key::CliCheckFaults, faults = faults.len()).into()
    })
}

/// Without the folder there is one thing to say, not one for each file it lacks.
fn there(layers: &Path) -> Result<(), Problem> {
    match std::fs::metadata(layers) {
        Ok(found) if found.is_dir() => Ok(()),
        _ => Err(say!(Key::CliLayersAbsent, folder = layers.display()).into()),
    }
}

/// The folder that holds `layers/`: where the paths in layer files start.
fn root(layers: &Path) -> &Path {
    match layers.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

fn tell(terminal: &Terminal, faults: &[Fault]) {
    for fault in faults {
        terminal.line(&fault.in_lang(terminal.lang()));
    }
}
