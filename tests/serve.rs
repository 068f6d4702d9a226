//! The preview, asked over the network as a browser asks it. What takes time is waited for by its own news, never slept through.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::common::program::{files, rahnuma, stderr};
use crate::common::starter;

/// Saves a file at once, as editors do: nobody meets it half-written.
fn write(root: &Path, name: &str, text: impl AsRef<[u8]>) {
    let draft = root.join("saving.tmp");
    fs::write(&draft, text).unwrap();
    let place = root.join(name);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::rename(draft, place).unwrap();
}

const GUIDE: &str = "content/guides/example/close-sim.en.md";
const PAGE: &str = "en/example/close-sim/index.html";

/// A preview that ends with its test.
struct Preview {
    child: Child,
    _out: BufReader<ChildStdout>,
    host: String,
    base: String,
}

impl Preview {
    fn of(root: &Path, more: &[&str]) -> Self {
        let mut command: Command = rahnuma();
        command.args(["serve", "--port", "0", "--root", root.to_str().unwrap()]).args(more);
        if !more.contains(&"--as-of") {
            command.args(["--as-of", "2026-11-22"]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("{line:?}"));
        let (host, base) = address.split_at(address.find('/').unwrap());
        Self { child, _out: out, host: host.to_owned(), base: base.to_owned() }
    }

    fn connected(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        // Only so that a fault ends the test: nothing waits for it.
        stream.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
        stream
    }

    /// The whole answer to a request as it is sent.
    fn asked(&self, request: &[u8]) -> String {
        let mut stream = self.connected();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        // A refused connection may end before all of the request was read.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> (u16, String) {
        let answer =
            self.asked(format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host).as_bytes());
        (answer[9..12].parse().unwrap(), answer)
    }

    /// A page's news, from the moment at which it was served.
    fn news(&self, page: &str) -> News {
        let path = page.strip_suffix("index.html").unwrap();
        let (_, html) = self.get(&format!("{}{path}", self.base));
        let seen = html.rsplit_once("data-seen=\"").unwrap().1.split('"').next().unwrap().to_owned();
        self.news_since(page, &seen)
    }

    fn news_since(&self, page: &str, seen: &str) -> News {
        let mut stream = self.connected();
        let request = format!("GET /_desk/events?page={page}&seen={seen} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        let mut news = News(BufReader::new(stream));
        while !news.line().is_empty() {}
        news
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a page is told.
struct News(BufReader<TcpStream>);

impl News {
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the preview ended");
        line.trim_end().to_owned()
    }

    fn next(&mut self) -> String {
        loop {
            let line = self.line();
            if let Some(event) = line.strip_prefix("event: ") {
                let data = self.line();
                return format!("{event} {}", data.trim_start_matches("data:").trim()).trim().to_owned();
            }
        }
    }
}

const FINE: &str = "state {\"errors\":0,\"warnings\":0}";

fn replace(root: &Path, file: &str, old: &str, new: &str) {
    let text = fs::read_to_string(root.join(file)).unwrap();
    assert!(text.contains(old), "{file} has no {old:?}");
    write(root, file, text.replacen(old, new, 1));
}

#[test]
fn every_page_is_served_as_it_is_built_and_nothing_is_written() {
    let site = starter();
    let before = files(site.path());
    let preview = Preview::of(site.path(), &[]);
    let compiled = crate::common::compiled(site.path());
    for (path, _) in compiled.routes() {
        let (status, answer) = preview.get(&format!("/{}", path.address()));
        assert!(answer.contains("X-Robots-Tag: noindex"), "{path}");
        if path.extension() == "html" {
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            let built = compiled.render(path).unwrap();
            let (page, bar) = body.split_once("<rahnuma-desk ").unwrap();
            assert_eq!(page.as_bytes(), &*built.bytes, "{path}");
            assert!(bar.contains("shadowrootmode") && bar.contains("as of 2026-11-22"), "{path}");
        }
        let expected = if path.as_str().starts_with("offline/") { 404 } else { 200 };
        assert_eq!(status, expected, "{path}");
    }
    assert_eq!(files(site.path()), before);
}

#[test]
fn a_page_loads_anew_only_where_what_it_is_made_from_changed() {
    let site = starter();
    fs::create_dir_all(site.path().join("themes/default/templates")).unwrap();
    let preview = Preview::of(site.path(), &[]);
    let (mut own, mut other) = (preview.news(PAGE), preview.news("zh/example/close-sim/index.html"));
    assert_eq!((own.next().as_str(), other.next().as_str()), (FINE, FINE));
    let text = fs::read_to_string(site.path().join(GUIDE)).unwrap();
    write(site.path(), GUIDE, format!("{text}\nOne sentence more.\n"));
    // Both translations have a paragraph less, which is told once.
    let told = "state {\"errors\":0,\"warnings\":1}";
    assert_eq!((own.next().as_str(), other.next().as_str()), ("reload", told));
    assert!(preview.get("/en/example/close-sim/").1.contains("One sentence more."));
    // A template is on every page.
    let template = include_str!("../themes/default/templates/base.html").replace("<main id", "<main data-mine id");
    write(site.path(), "themes/default/templates/base.html", template);
    assert_eq!((own.next().as_str(), other.next().as_str()), ("reload", "reload"));
    assert!(preview.get("/zh/example/close-sim/").1.contains("data-mine"));
    fs::remove_dir_all(site.path().join("themes")).unwrap();
    assert_eq!((own.next().as_str(), other.next().as_str()), ("reload", "reload"));
    assert!(!preview.get("/zh/example/close-sim/").1.contains("data-mine"));
}

#[test]
fn errors_stand_above_the_last_good_page() {
    let site = starter();
    let preview = Preview::of(site.path(), &[]);
    let (mut news, mut desk) = (preview.news(PAGE), preview.news_since("", "1"));
    assert_eq!((news.next().as_str(), desk.next().as_str()), (FINE, FINE));
    let good = preview.get("/en/example/close-sim/").1;
    let text = fs::read_to_string(site.path().join(GUIDE)).unwrap();
    write(site.path(), GUIDE, format!("{text}\nAsk for {{{{ helpline-nummer }}}}.\n"));
    assert_eq!((news.next().as_str(), desk.next().as_str()), ("state {\"errors\":1,\"warnings\":0}", "reload"));
    let (status, broken) = preview.get("/en/example/close-sim/");
    assert_eq!(status, 200);
    assert!(broken.contains("1 error, 0 warnings") && !broken.contains("helpline-nummer"));
    let page =
        |answer: &str| answer.split_once("\r\n\r\n").unwrap().1.split_once("<rahnuma-desk ").unwrap().0.to_owned();
    assert_eq!(page(&broken), page(&good));
    let (_, findings) = preview.get("/_desk/findings");
    for part in ["error[unknown-fact]", "vscode://file", "close-sim.en.md:", "href=\"/en/example/close-sim/\">page</a>"]
    {
        assert!(findings.contains(part), "{part}: {findings}");
    }
    write(site.path(), GUIDE, text);
    assert_eq!((news.next().as_str(), desk.next().as_str()), (FINE, "reload"));
}

#[test]
fn what_only_the_whole_site_can_break_is_told_above_the_new_page() {
    let site = starter();
    let preview = Preview::of(site.path(), &[]);
    let page = "ur/example/close-sim/index.html";
    let (mut news, mut desk) = (preview.news(page), preview.news_since("", "0"));
    assert_eq!((news.next().as_str(), desk.next().as_str()), (FINE, "reload"));
    let guide = "content/guides/example/close-sim.ur.md";
    replace(site.path(), guide, " when=wallet", "");
    assert_eq!((news.next().as_str(), desk.next().as_str()), ("reload", "reload"));
    assert!(preview.news(page).next().starts_with("state {\"errors\":1,"), "the page that was loaded anew is told");
    assert!(preview.get("/_desk/findings").1.contains("error[attribute-parity]"));
    replace(site.path(), guide, "{#empty-wallet}", "{#empty-wallet when=wallet}");
    assert_eq!((news.next().as_str(), desk.next().as_str()), ("reload", "reload"));
    assert_eq!(preview.news(page).next(), FINE);
}

#[test]
fn a_site_that_begins_with_errors_appears_when_they_are_mended() {
    let site = starter();
    replace(site.path(), "content/site.yaml", "source_locale: en", "source_locale: de");
    let preview = Preview::of(site.path(), &[]);
    let (status, answer) = preview.get("/en/");
    assert_eq!(status, 503);
    assert!(answer.contains("error[unknown-locale]") && answer.contains("data-seen=\"none\""), "{answer}");
    let mut news = preview.news_since("index.html", "none");
    assert_eq!(news.next(), "state {\"errors\":1,\"warnings\":0}");
    replace(site.path(), "content/site.yaml", "source_locale: de", "source_locale: en");
    assert_eq!(news.next(), "reload");
    assert_eq!(preview.get("/en/").0, 200);
}

#[test]
fn a_template_that_fails_leaves_the_page_as_it_was() {
    let site = starter();
    fs::create_dir_all(site.path().join("themes/default/templates")).unwrap();
    let preview = Preview::of(site.path(), &[]);
    let mut news = preview.news("en/about/index.html");
    assert_eq!(news.next(), FINE);
    let template =
        include_str!("../themes/default/templates/plain.html").replace("{{ plain.html", "{{ 1 / 0 }}{{ plain.html");
    write(site.path(), "themes/default/templates/plain.html", template);
    // The folder may be seen before the file is in it.
    while news.next() != "reload" {}
    let (status, answer) = preview.get("/en/about/");
    assert_eq!(status, 200, "{answer}");
    assert!(preview.get("/_desk/findings").1.contains("error[template-error]"));
    assert!(preview.get("/ur/about/").1.starts_with("HTTP/1.1 503"), "it was never made before");
}

#[test]
fn files_that_come_and_go_are_pages_that_come_and_go() {
    let site = starter();
    let preview = Preview::of(site.path(), &[]);
    let mut desk = preview.news_since("", "1");
    assert_eq!(desk.next(), FINE);
    assert_eq!(preview.get("/en/more/").0, 404);
    write(site.path(), "content/pages/more.en.md", "---\ntitle: More\nsummary: More.\n---\n\nMore words.\n");
    while !preview.get("/en/more/").1.contains("More words.") {
        assert_eq!(desk.next(), "reload");
    }
    fs::remove_file(site.path().join("content/pages/more.en.md")).unwrap();
    while preview.get("/en/more/").0 != 404 {
        assert_eq!(desk.next(), "reload");
    }
}

#[test]
fn only_this_machine_reads_and_only_the_site() {
    let site = starter();
    let preview = Preview::of(site.path(), &[]);
    let status = |request: &str| preview.asked(request.as_bytes()).get(9..12).unwrap_or_default().to_owned();
    for host in ["example.org", "localhost.example.org", "127.0.0.1.example.org", ""] {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")), "403", "{host}");
    }
    let host = "Host: localhost\r\nConnection: close\r\n\r\n";
    for (request, expected) in [
        ("GET / HTTP/1.1", "200"),
        ("HEAD / HTTP/1.1", "200"),
        ("POST / HTTP/1.1", "405"),
        ("OPTIONS / HTTP/1.1", "405"),
        ("GET /../Cargo.toml HTTP/1.1", "404"),
        ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "404"),
        ("GET /..%2fsite.yaml HTTP/1.1", "404"),
        ("GET /content/site.yaml HTTP/1.1", "404"),
        ("GET //etc/passwd HTTP/1.1", "404"),
        ("GET /en\\about HTTP/1.1", "404"),
        ("GET /%00 HTTP/1.1", "404"),
        ("GET /_desk/nothing HTTP/1.1", "404"),
        ("GET /% HTTP/1.1", "400"),
        ("nonsense", "400"),
    ] {
        assert_eq!(status(&format!("{request}\r\n{host}")), expected, "{request}");
    }
    assert_eq!(preview.asked(b"\0\xff\x16\x03\r\n\r\n").get(9..12), Some("400"));
    let (_, worker) = preview.get("/sw.js");
    assert!(worker.contains("registration.unregister()") && !worker.contains("caches.open"));
    let (_, page) = preview.get("/en/");
    for part in ["X-Frame-Options: DENY", "worker-src 'none'", "nosniff"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.to_lowercase().contains("access-control"));
    assert!(preview.get("/robots.txt").1.ends_with("Disallow: /\n"));
}

#[test]
fn the_site_stands_under_the_path_of_its_address() {
    let site = starter();
    replace(site.path(), "content/site.yaml", "https://example.org/", "https://example.org/sim%20karte/");
    let preview = Preview::of(site.path(), &[]);
    assert_eq!(preview.base, "/sim%20karte/");
    for from in ["/", "/sim%20karte"] {
        let (status, answer) = preview.get(from);
        assert!(status == 307 && answer.contains("Location: /sim%20karte/\r\n"), "{from}: {answer}");
    }
    assert_eq!(preview.get("/sim%20karte/en/").0, 200);
    assert_eq!(preview.get("/en/").0, 404);
    let (status, answer) = preview.get("/sim%20karte/en/about");
    assert!(status == 307 && answer.contains("Location: /sim%20karte/en/about/\r\n"), "{answer}");
    assert!(preview.get("/_desk/").1.contains("href=\"/sim%20karte/en/example/close-sim/\""));
}

#[test]
fn the_bar_and_the_desk_show_what_is_due_and_missing() {
    let site = starter();
    fs::remove_file(site.path().join("content/guides/example/close-sim.ur.md")).unwrap();
    let preview = Preview::of(site.path(), &["--as-of", "2046-11-22", "--editor", "x-mine:{file}#{line}"]);
    let (_, page) = preview.get("/en/example/close-sim/");
    for part in [
        "facts overdue</summary>",
        "close-sim.en.md#1\"",
        "<li data-id=",
        "class=\"cell source\" href=\"/en/example/close-sim/\" aria-current=\"page\">en",
        "class=\"cell missing\" href=\"/ur/example/close-sim/\">ur",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let (_, desk) = preview.get("/_desk/");
    for part in [
        "aria-label=\"example/close-sim in ur: missing\"",
        "<circle class=\"late\"",
        "warning: ",
        "warning[overdue-review]",
        "warning[missing-translation]",
        "href=\"x-mine:/",
    ] {
        assert!(desk.contains(part), "{part}");
    }
}

#[test]
fn a_port_in_use_and_other_names_are_told() {
    let site = starter();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = rahnuma().args(["serve", "--port", &port, "--root", site.path().to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(&format!("port {port} is in use")) && stderr(&output).contains("--port"));
    for name in ["watch", "dev"] {
        let output = rahnuma().arg(name).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("`rahnuma serve`"), "{name}");
    }
    let output = rahnuma().args(["serve", "--editor", "javascript:{file}"]).output().unwrap();
    assert!(stderr(&output).contains("vscode"), "{}", stderr(&output));
}
