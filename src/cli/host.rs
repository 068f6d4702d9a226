//! `host`: settings for hosts that do not read them from the site's folder.

use std::path::PathBuf;

use clap::Args;

use super::terminal::{self, Terminal};
use super::{CONTENT, FAILURE, day};
use crate::compile::{Options, compile};
use crate::edge::disk;
use crate::model::host::{HOSTS, Host};

#[derive(Args)]
pub struct HostArguments {
    /// The host, such as nginx; the one that site.yaml names if not given.
    #[arg(value_name = "HOST", value_parser = host)]
    host: Option<Host>,
    /// The folder that holds `content`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Another address than `base_url` in site.yaml.
    #[arg(long, value_name = "URL", value_parser = super::base_url)]
    base_url: Option<String>,
}

fn host(text: &str) -> Result<Host, String> {
    let known = || HOSTS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let found = HOSTS.iter().find(|(name, _)| *name == text).map(|(_, host)| *host);
    found.ok_or_else(|| format!("expected one of {}", known()))
}

/// Prints what a host is told.
pub fn print(arguments: &HostArguments, terminal: &Terminal) -> u8 {
    let (tree, _) = disk::read(&arguments.root);
    let as_of = day::today(&tree);
    let compiled = compile(&tree, &Options { as_of, base_url: arguments.base_url.clone(), ..Options::default() });
    let Some(renderer) = compiled.renderer().filter(|_| !compiled.has_errors()) else {
        terminal::fail("the site has errors; `rahnuma check` tells them");
        return CONTENT;
    };
    let Some(host) = arguments.host.or(renderer.site().config.host) else {
        terminal::fail("which host? Say `host: nginx` in site.yaml, or `rahnuma host nginx`");
        return FAILURE;
    };
    match renderer.host_settings(host) {
        Ok(Some(settings)) => terminal::data(&settings),
        Ok(None) => {
            let (name, files) = (host.name(), host.files().join(" and "));
            terminal
                .say(&format!("{name} reads {files} in the site's folder: say `host: {name}` in site.yaml and build"));
            0
        }
        Err(failed) => {
            terminal::fail(&failed.headline);
            CONTENT
        }
    }
}
