//! `theme eject`: files of the built-in theme, to change.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::FAILURE;
use super::change::{self, refuse};
use super::terminal::Terminal;
use crate::change::Changes;
use crate::diag::suggest;
use crate::source::layout;
use crate::source::path::SourcePath;
use crate::theme::FILES;

#[derive(Args)]
pub struct ThemeArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Write files of the built-in theme into the site's theme, to change them; those that are not there stay the built-in ones.
    Eject {
        /// Such as templates/guide.html, assets/site.css or strings/en.yaml; all of them if none is named.
        #[arg(value_name = "FILE")]
        files: Vec<String>,
        /// The folder that holds `content`.
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
    },
}

/// Does what was asked of the theme.
pub fn theme(arguments: &ThemeArguments, terminal: &Terminal) -> u8 {
    let What::Eject { files, root } = &arguments.what;
    let Some((tree, documents)) = change::read(root, terminal) else { return FAILURE };
    let names = || FILES.iter().map(|(name, _)| *name);
    if let Some(unknown) = files.iter().find(|file| !names().any(|name| name == file.as_str())) {
        let help = suggest::words(unknown, names()).map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        return refuse(&format!("the built-in theme has no file `{unknown}`{help}"));
    }
    let mut changes = Changes::default();
    let folder = layout::theme(&documents.config.theme);
    for (name, bytes) in FILES.iter().filter(|(name, _)| files.is_empty() || files.iter().any(|file| file == name)) {
        let Ok(path) = SourcePath::new(&format!("{folder}{name}")) else { continue };
        if tree.contains(&path) {
            return refuse(&format!("{path} is there already; nothing was changed"));
        }
        changes.write(path, *bytes);
    }
    change::write(
        root,
        &tree,
        &changes,
        "these go before the built-in ones; take away what you do not change",
        terminal,
    )
}
