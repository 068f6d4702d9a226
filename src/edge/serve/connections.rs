//! Connections: a thread each, as few as one person's browser opens.

use std::io::{self, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::Preview;
use super::answer::{self, Answer};
use super::request::{self, Refused, Request};
use super::response::Response;

/// How many connections are open at most.
const MOST: usize = 256;

/// How long a connection may say nothing.
const SILENCE: Duration = Duration::from_secs(30);

/// How often a waiting browser hears that it still waits; how soon one that left is noticed.
const PULSE: Duration = Duration::from_secs(15);

/// What a thread may use for calls within calls: pages are made on it.
const STACK: usize = 8 * 1024 * 1024;

/// Answers whoever asks, until the program ends.
pub fn accept(listener: &TcpListener, preview: &Arc<Preview>) {
    let open = Arc::new(AtomicUsize::new(0));
    for connection in listener.incoming() {
        let Ok(connection) = connection else {
            // The system is out of connections or memory: some end, if it is left alone for a moment.
            thread::sleep(Duration::from_millis(100));
            continue;
        };
        let place = Place(Arc::clone(&open));
        if open.fetch_add(1, Ordering::Relaxed) >= MOST {
            let _ = refuse(&connection, 503, "too many connections");
            continue;
        }
        let preview = Arc::clone(preview);
        let talk = move || {
            let _place = place;
            // Whoever left has heard enough.
            let _ = converse(&connection, &preview);
            let _ = connection.shutdown(Shutdown::Both);
        };
        // Without a thread the connection is dropped, and the browser tries again.
        drop(thread::Builder::new().name("preview".into()).stack_size(STACK).spawn(talk));
    }
}

/// One of the open connections.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn refuse(mut connection: &TcpStream, status: u16, words: &str) -> io::Result<()> {
    Response::words(status, words).send(&mut connection, false, false)
}

fn converse(mut connection: &TcpStream, preview: &Preview) -> io::Result<()> {
    connection.set_read_timeout(Some(SILENCE))?;
    connection.set_write_timeout(Some(SILENCE))?;
    connection.set_nodelay(true)?;
    let mut rest = Vec::new();
    while let Some(request) = request::read(&mut connection, &mut rest)? {
        let request = match request {
            Ok(request) => request,
            Err(Refused::Malformed) => return refuse(connection, 400, "that is no request"),
            Err(Refused::Method) => return refuse(connection, 405, "a preview is only read"),
            Err(Refused::Host) => {
                return refuse(connection, 403, "call the preview by its number or as localhost, not by another name");
            }
        };
        match answered(preview, &request) {
            Answer::Whole(response) => {
                response.send(&mut connection, request.head_only, request.stays)?;
                if !request.stays {
                    return Ok(());
                }
            }
            Answer::News(news) => return tell(connection, preview, news),
        }
    }
    Ok(())
}

/// An answer whatever happens: what the program did wrong was told on the terminal.
fn answered(preview: &Preview, request: &Request) -> Answer {
    let answer = panic::catch_unwind(AssertUnwindSafe(|| answer::to(preview, request)));
    answer.unwrap_or_else(|_| Answer::Whole(Response::words(500, "the program failed; the terminal says more")))
}

/// Tells a page what happens, as long as it listens.
fn tell(mut connection: &TcpStream, preview: &Preview, mut news: answer::News) -> io::Result<()> {
    Response::of(200, "text/event-stream", Vec::new()).begin(&mut connection)?;
    loop {
        let words = match preview.state.after(news.version, PULSE) {
            Some(shown) => news.of(&shown),
            None => ":\n\n".to_owned(),
        };
        connection.write_all(words.as_bytes())?;
        connection.flush()?;
    }
}
