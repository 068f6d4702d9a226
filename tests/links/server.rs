//! A web server on loopback that answers well or badly, as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is done with a request.
pub enum Reply {
    /// A status line without its protocol, and lines of the head.
    Head(String),
    /// A good head, and a body without an end.
    Endless,
    /// Half a head, and then nothing.
    Half,
    /// Nothing at all.
    Silence,
    /// The connection is closed at once.
    Cut,
}

/// A reply that is no more than a status.
pub fn status(line: &str) -> Reply {
    Reply::Head(format!("{line}\r\n"))
}

/// A reply that leads on.
pub fn leads(line: &str, to: &str) -> Reply {
    Reply::Head(format!("{line}\r\nLocation: {to}\r\n"))
}

#[derive(Default)]
struct Seen {
    requests: Vec<String>,
    /// How many are looked at now, and how many were at once.
    now: usize,
    most: usize,
}

pub struct Server {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// `answer` decides by method, path and the name by which the server was asked.
    pub fn start(answer: impl Fn(&str, &str, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (seen, answer) = (Arc::<Mutex<Seen>>::default(), Arc::new(answer));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (seen, answer) = (Arc::clone(&shared), Arc::clone(&answer));
                thread::spawn(move || serve(client, &seen, &*answer));
            }
        });
        Self { port, seen }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The same by the server's other name, which is another host to those who ask.
    pub fn by_name(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Every request in the order in which they came, as `HEAD /path`.
    pub fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// How many requests were looked at at the same time.
    pub fn most_at_once(&self) -> usize {
        self.seen.lock().unwrap().most
    }
}

fn serve(mut client: TcpStream, seen: &Mutex<Seen>, answer: &dyn Fn(&str, &str, &str) -> Reply) {
    let mut reader = BufReader::new(client.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if line.trim_end().is_empty() {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let (method, rest) = head[0].split_once(' ').unwrap();
    let path = rest.split(' ').next().unwrap();
    let name = head.iter().find_map(|line| line.to_ascii_lowercase().strip_prefix("host: ").map(str::to_owned));
    let name = name.unwrap().split(':').next().unwrap().to_owned();
    {
        let mut seen = seen.lock().unwrap();
        seen.requests.push(format!("{method} {path}"));
        seen.now += 1;
        seen.most = seen.most.max(seen.now);
    }
    let reply = answer(method, path, &name);
    // Another request has time to come, if one is under way.
    (0..200).for_each(|_| thread::yield_now());
    seen.lock().unwrap().now -= 1;
    let _ = send(&mut client, reply);
    let _ = client.shutdown(Shutdown::Both);
}

fn send(client: &mut TcpStream, reply: Reply) -> std::io::Result<()> {
    match reply {
        Reply::Head(head) => {
            write!(client, "HTTP/1.1 {head}Content-Length: 0\r\nConnection: close\r\n\r\n")
        }
        Reply::Endless => {
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            loop {
                client.write_all(&[b'x'; 4096])?;
            }
        }
        Reply::Half => {
            client.write_all(b"HTTP/1.1 200 OK\r\nContent-Ty")?;
            until_it_leaves(client)
        }
        Reply::Silence => until_it_leaves(client),
        Reply::Cut => Ok(()),
    }
}

fn until_it_leaves(client: &mut TcpStream) -> std::io::Result<()> {
    client.read_to_end(&mut Vec::new()).map(|_| ())
}
