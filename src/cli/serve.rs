//! `serve`: a preview of the site while it is written.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};

use super::build::plural;
use super::day;
use super::gates::Gates;
use super::terminal::{self, Terminal};
use super::{FAILURE, Format, ServeArguments};
use crate::diag::{Diagnostic, Severity};
use crate::edge::disk::reason;
use crate::edge::serve::{Found, Listener, Settings, serve as preview};

/// Serves a preview until it is stopped.
#[expect(clippy::disallowed_methods, reason = "the command line is told of folders on the disk")]
pub fn serve(arguments: &ServeArguments, terminal: &Terminal) -> u8 {
    if !arguments.root.is_dir() {
        terminal::fail(&format!("there is no folder {}", arguments.root.display()));
        return FAILURE;
    }
    let address = SocketAddr::new(arguments.bind.unwrap_or(Ipv4Addr::LOCALHOST.into()), arguments.port);
    let bound = TcpListener::bind(address).and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = match bound {
        Ok(bound) => bound,
        Err(error) => {
            terminal::fail(&refused(address, &error));
            return FAILURE;
        }
    };
    let day = || arguments.as_of.unwrap_or_else(|| day::today_in(&arguments.root));
    let settings = Settings {
        root: &arguments.root,
        base_url: arguments.base_url.clone(),
        today: &day,
        editor: arguments.editor.clone(),
    };
    let mut told = Told { terminal, address, open: arguments.open };
    match preview(listener, &settings, &mut told) {
        Ok(()) => 0,
        Err(error) => {
            terminal::fail(&format!("the preview cannot begin: {}", reason(&error)));
            FAILURE
        }
    }
}

fn refused(address: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {} is in use, perhaps by another preview; stop that one, or choose another port with --port (0 takes one that is free)",
            address.port()
        ),
        ErrorKind::PermissionDenied => {
            format!("port {} may not be used; choose one above 1023 with --port", address.port())
        }
        ErrorKind::AddrNotAvailable => {
            format!(
                "{} is no address of this machine; leave --bind out to serve it to this machine alone",
                address.ip()
            )
        }
        _ => format!("nothing can be served at {address}: {}", reason(error)),
    }
}

/// Tells the terminal what happens.
struct Told<'a> {
    terminal: &'a Terminal,
    address: SocketAddr,
    open: bool,
}

impl Told<'_> {
    fn origin(&self) -> String {
        // What stands for every address of the machine is reached by its own.
        let unspecified = self.address.ip().is_unspecified();
        let address: IpAddr = if unspecified { Ipv4Addr::LOCALHOST.into() } else { self.address.ip() };
        format!("http://{}", SocketAddr::new(address, self.address.port()))
    }

    /// Errors with their places; of warnings how many there are, because the desk shows them.
    fn findings(&self, found: &Found<'_>) {
        let is_error = |found: &&Diagnostic| found.severity() == Severity::Error;
        let errors: Vec<Diagnostic> = found.all.iter().filter(is_error).cloned().collect();
        let _ = self.terminal.diagnostics(&errors, found.tree, (Format::Human, &Gates::default()));
        let warnings = found.all.len() - errors.len();
        self.terminal.say(&format!(
            "{} and {}; {}/_desk/ shows them",
            plural(errors.len(), "error"),
            plural(warnings, "warning"),
            self.origin()
        ));
    }
}

impl Listener for Told<'_> {
    fn ready(&mut self, base: &str, found: &Found<'_>) {
        let address = format!("{}{base}", self.origin());
        self.findings(found);
        // On its own line on stdout: whoever started the preview may read it.
        let _ = terminal::data(&format!("{address}\n"));
        if !self.address.ip().is_loopback() {
            terminal::note("everyone in this network can read the preview, and the names of its files");
        }
        self.terminal.say("saved files are shown at once; stop with Ctrl+C");
        if self.open && !opened(&address) {
            terminal::note(&format!("no browser could be started; open {address}"));
        }
    }

    fn changed(&mut self, found: &Found<'_>) {
        self.findings(found);
    }

    fn blind(&mut self, why: &str) {
        terminal::note(&format!(
            "the system does not tell of saved files ({why}); start the preview again to see them"
        ));
    }
}

/// Asks the system to open an address in the browser; whether it could be asked.
fn opened(address: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
    };
    let command = command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_says_what_to_do() {
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 80);
        let told = |kind: ErrorKind| refused(address, &kind.into());
        assert!(
            told(ErrorKind::AddrInUse).contains("port 80 is in use") && told(ErrorKind::AddrInUse).contains("--port")
        );
        assert!(told(ErrorKind::PermissionDenied).contains("above 1023 with --port"));
        assert!(told(ErrorKind::AddrNotAvailable).contains("--bind"));
        assert!(told(ErrorKind::OutOfMemory).starts_with("nothing can be served at 127.0.0.1:80"));
    }
}
