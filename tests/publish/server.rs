//! An S3 server on loopback, and a proxy before it that does to requests what networks do.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// What is published is in this one.
pub const BUCKET: &str = "site";

/// The server that `tests/run` installs.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// Starts it with an empty bucket; nothing, when it is not installed.
    pub fn start() -> Option<Self> {
        let program = PathBuf::from(concat!(env!("CARGO_TARGET_TMPDIR"), "/s3-server/bin/moto_server"));
        if !program.is_file() {
            crate::common::program::skipped(&format!(
                "there is no S3 server at {}; tests/run installs it",
                program.display()
            ));
            return None;
        }
        let mut command = Command::new(program);
        command.args(["-H", "127.0.0.1", "-p", "0"]).env("PYTHONUNBUFFERED", "1");
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("http://127.0.0.1:")?;
            rest.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
        });
        // What else it says is read, so that it never waits for a reader.
        thread::spawn(move || lines.for_each(drop));
        let server = Self { child, port: port.expect("the server says where it listens") };
        assert_eq!(server.ask("PUT", &format!("/{BUCKET}")).0, 200);
        Some(server)
    }

    /// Status, headers and body.
    pub fn ask(&self, method: &str, path: &str) -> (u16, BTreeMap<String, String>, Vec<u8>) {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            self.port
        );
        let answer = passed_on(self.port, request.as_bytes()).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let headers = head.lines().filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        (status, headers, answer[end + 4..].to_vec())
    }

    /// Every object of the bucket outside our own folder.
    pub fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        let (status, _, list) = self.ask("GET", &format!("/{BUCKET}?list-type=2&max-keys=1000"));
        assert_eq!(status, 200);
        let list = String::from_utf8(list).unwrap();
        let keys = list.split("<Key>").skip(1).map(|rest| rest.split("</Key>").next().unwrap().to_owned());
        let site = keys.filter(|key| !key.starts_with(".rahnuma/"));
        site.map(|key| (key.clone(), self.ask("GET", &format!("/{BUCKET}/{key}")).2)).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn passed_on(port: u16, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut upstream = TcpStream::connect(("127.0.0.1", port))?;
    upstream.write_all(request)?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// A host that sends a folder's files to readers, and for some paths an answer of its own; gives its port.
pub fn host(folder: PathBuf, own: impl Fn(&str) -> Option<&'static str> + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let _ = send(client, &folder, &own);
        }
    });
    port
}

fn send(mut client: TcpStream, folder: &Path, own: &dyn Fn(&str) -> Option<&'static str>) -> std::io::Result<()> {
    let mut lines = BufReader::new(client.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
    let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').replace("%20", " ");
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    let bytes = std::fs::read(folder.join(&file));
    let status = own(&file).unwrap_or(if bytes.is_ok() { "200 OK" } else { "404 Not Found" });
    let bytes = bytes.unwrap_or_default();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
    client.write_all(&[head.as_bytes(), &bytes].concat())
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Forward,
    /// The store is busy.
    Busy,
    /// The credentials may not do that.
    Forbid,
    /// The connection breaks before the request arrives.
    Cut,
    /// It breaks before the answer arrives.
    CutAnswer,
    /// Nothing comes back until the proxy is opened.
    Hold,
}

#[derive(Default)]
struct Gate {
    held: usize,
    is_open: bool,
    /// Whether what was held is passed on once it is open.
    passes: bool,
}

/// Stands before the server.
pub struct Proxy {
    pub port: u16,
    gate: Arc<(Mutex<Gate>, Condvar)>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// `fate` decides by the number of a request, counted from 1, and by its method and path.
    pub fn start(server: u16, fate: impl Fn(usize, &str) -> Fate + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (gate, seen) = (Arc::<(Mutex<Gate>, Condvar)>::default(), Arc::<Mutex<Vec<String>>>::default());
        let (shared, fate) = ((Arc::clone(&gate), Arc::clone(&seen)), Arc::new(fate));
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let ((gate, seen), fate) = (shared.clone(), Arc::clone(&fate));
                thread::spawn(move || {
                    let _ = serve(client, server, &gate, &seen, &*fate);
                });
            }
        });
        Self { port, gate, seen }
    }

    /// Waits until a request is held, or `ended` says that none will be.
    pub fn wait_held(&self, mut ended: impl FnMut() -> bool) -> bool {
        let mut gate = self.gate.0.lock().unwrap();
        while gate.held == 0 {
            if ended() {
                return false;
            }
            gate = self.gate.1.wait_timeout(gate, std::time::Duration::from_millis(20)).unwrap().0;
        }
        true
    }

    /// Lets go of what is held: passes it on, or cuts it off.
    pub fn open(&self, passes: bool) {
        let mut gate = self.gate.0.lock().unwrap();
        (gate.is_open, gate.passes) = (true, passes);
        self.gate.1.notify_all();
        while gate.held > 0 {
            gate = self.gate.1.wait(gate).unwrap();
        }
    }

    /// Every request, as `PUT /site/key`.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn serve(
    client: TcpStream,
    server: u16,
    gate: &(Mutex<Gate>, Condvar),
    seen: &Mutex<Vec<String>>,
    fate: &dyn Fn(usize, &str) -> Fate,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut client = client;
    let (mut head, mut length, mut first) = (String::new(), 0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line == "\r\n" {
            break;
        }
        if first.is_empty() {
            line.trim_end().trim_end_matches(" HTTP/1.1").clone_into(&mut first);
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if !lower.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.push(first.clone());
        seen.len()
    };
    let mut fate = fate(number, &first);
    if fate == Fate::Hold {
        let mut state = gate.0.lock().unwrap();
        state.held += 1;
        gate.1.notify_all();
        while !state.is_open {
            state = gate.1.wait(state).unwrap();
        }
        fate = if state.passes { Fate::CutAnswer } else { Fate::Cut };
    }
    let request = [format!("{head}Connection: close\r\n\r\n").as_bytes(), &body].concat();
    let answer = match fate {
        Fate::Forward | Fate::CutAnswer => passed_on(server, &request)?,
        Fate::Busy => refusal("503 Service Unavailable", "SlowDown"),
        Fate::Forbid => refusal("403 Forbidden", "SignatureDoesNotMatch"),
        Fate::Cut | Fate::Hold => Vec::new(),
    };
    if fate != Fate::CutAnswer {
        client.write_all(&answer)?;
    }
    let _ = client.shutdown(Shutdown::Both);
    let mut state = gate.0.lock().unwrap();
    if state.is_open && state.held > 0 {
        state.held -= 1;
        gate.1.notify_all();
    }
    Ok(())
}

fn refusal(status: &str, code: &str) -> Vec<u8> {
    let body = format!(
        "<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>no</Message><AWSAccessKeyId>{}</AWSAccessKeyId></Error>",
        super::ACCESS_KEY
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
