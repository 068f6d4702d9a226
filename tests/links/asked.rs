//! Each way in which a host may answer, and how it is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use rahnuma::edge::links::{Manners, ask};
use rahnuma::model::external::Answer;

use super::server::{Reply, Server, leads, status};

/// As in a real run, but without pauses, and past whatever proxy this machine uses.
fn manners() -> Manners {
    Manners { pause: Duration::ZERO, direct: true, ..Manners::default() }
}

fn answers(addresses: impl IntoIterator<Item = String>, manners: &Manners) -> BTreeMap<String, Answer> {
    let addresses: BTreeSet<String> = addresses.into_iter().collect();
    let told = Mutex::new(Vec::new());
    let answers = ask(&addresses, manners, &|done, of| told.lock().unwrap().push((done, of))).unwrap();
    assert!(answers.keys().eq(&addresses), "each address has an answer");
    let of = addresses.len();
    assert_eq!(told.into_inner().unwrap(), (1..=of).map(|done| (done, of)).collect::<Vec<_>>());
    answers
}

fn reached() -> Answer {
    Answer::Reachable { moved: None }
}

fn gone(why: &str) -> Answer {
    Answer::Gone(why.to_owned())
}

fn unsure(why: &str) -> Answer {
    Answer::Unsure(why.to_owned())
}

/// Answers by the path; what is asked for the second time is answered otherwise at `/later`.
fn answer(method: &str, path: &str, asked: &Mutex<u32>) -> Reply {
    let get = |otherwise: &str| status(if method == "GET" { "200 OK" } else { otherwise });
    if let Some(hops) = path.strip_prefix("/hops/").and_then(|hops| hops.parse::<u32>().ok()) {
        return if hops == 0 { status("200 OK") } else { leads("302 Found", &format!("/hops/{}", hops - 1)) };
    }
    match path {
        "/empty" => status("204 No Content"),
        "/head-forbidden" => get("403 Forbidden"),
        "/head-unknown" => get("405 Method Not Allowed"),
        "/head-lies" => get("404 Not Found"),
        "/head-cut" if method == "HEAD" => Reply::Cut,
        "/ok" | "/new" | "/head-cut" => status("200 OK"),
        "/endless" => Reply::Endless,
        "/moved" => leads("301 Moved Permanently", "/new#top"),
        "/moved-twice" => leads("308 Permanent Redirect", "/moved"),
        "/moved-once" => leads("301 Moved Permanently", "/hops/2"),
        "/moved-later" => leads("307 Temporary Redirect", "/moved"),
        "/moved-away" => leads("301 Moved Permanently", "/missing"),
        "/missing" => status("404 Not Found"),
        "/withdrawn" => status("410 Gone"),
        "/broken" => status("500 Internal Server Error"),
        "/forbidden" => status("403 Forbidden"),
        "/loop" => leads("301 Moved Permanently", "/loop"),
        "/to-mail" => leads("302 Found", "mailto:a@example.org"),
        "/to-nowhere" => status("302 Found"),
        "/unchanged" => status("304 Not Modified"),
        "/cut" => Reply::Cut,
        "/later" => {
            let mut asked = asked.lock().unwrap();
            *asked += 1;
            if *asked == 1 { leads("429 Too Many Requests\r\nRetry-After: 0", "/") } else { status("200 OK") }
        }
        _ => panic!("{method} {path}"),
    }
}

#[test]
fn each_answer_of_a_host_says_what_became_of_an_address() {
    let asked = Mutex::new(0);
    let server = Server::start(move |method, path, _| answer(method, path, &asked));
    let moved = |to: &str| Answer::Reachable { moved: Some(server.at(to)) };
    let expected = [
        ("/ok", reached()),
        ("/empty", reached()),
        ("/head-forbidden", reached()),
        ("/head-unknown", reached()),
        ("/head-lies", reached()),
        ("/head-cut", reached()),
        ("/endless", reached()),
        ("/later", reached()),
        ("/hops/10", reached()),
        ("/moved", moved("/new")),
        ("/moved-twice", moved("/new")),
        ("/moved-once", moved("/hops/2")),
        ("/moved-later", reached()),
        ("/moved-away", gone("404 Not Found")),
        ("/missing", gone("404 Not Found")),
        ("/withdrawn", gone("410 Gone")),
        ("/hops/11", unsure("it leads on more than 10 times")),
        ("/loop", unsure("it leads on more than 10 times")),
        ("/broken", unsure("it answers 500 Internal Server Error")),
        ("/forbidden", unsure("it answers 403 Forbidden")),
        ("/unchanged", unsure("it answers 304 Not Modified")),
        ("/to-mail", unsure("it leads on to no address of the web")),
        ("/to-nowhere", unsure("it leads on to no address of the web")),
        ("/cut", unsure("the connection was cut before it answered")),
    ];
    let expected: BTreeMap<String, Answer> = expected.map(|(path, answer)| (server.at(path), answer)).into();
    assert_eq!(answers(expected.keys().cloned(), &manners()), expected);
    assert_eq!(server.most_at_once(), 1);
}

#[test]
fn a_host_that_says_nothing_keeps_nobody_waiting() {
    let server = Server::start(|_, path, _| if path == "/half" { Reply::Half } else { Reply::Silence });
    let short = Manners { patience: Duration::from_millis(300), ..manners() };
    for answer in answers([server.at("/half"), server.at("/silent")], &short).into_values() {
        assert!(matches!(&answer, Answer::Unsure(why) if why.contains("in time")), "{answer:?}");
    }
}

#[test]
fn a_port_at_which_nobody_listens_is_asked_once() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let at = |path: &str| format!("http://127.0.0.1:{free}{path}");
    let expected = unsure("127.0.0.1 cannot be reached");
    let answers = answers([at("/a"), at("/b")], &manners());
    assert!(answers.values().all(|answer| *answer == expected), "{answers:?}");
}

#[test]
fn a_connection_that_is_not_safe_says_nothing_of_the_address() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Answers in the open to whoever wants to speak in secret.
    thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            let _ = client.read(&mut [0; 16384]);
            let _ = client.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n");
            let _ = client.read_to_end(&mut Vec::new());
        }
    });
    let answers = answers([format!("https://127.0.0.1:{port}/")], &manners());
    let answer = answers.into_values().next().unwrap();
    assert!(matches!(&answer, Answer::Unsure(why) if why.contains("no safe connection")), "{answer:?}");
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_and_each_address_once() {
    let server = Server::start(|method, path, _| match path {
        "/b" if method == "HEAD" => status("501 Not Implemented"),
        "/c" => leads("302 Found", "/d"),
        _ => status("200 OK"),
    });
    let all = answers(["/a", "/b", "/c", "/d"].map(|path| server.at(path)), &manners());
    assert!(all.values().all(|answer| *answer == reached()), "{all:?}");
    assert_eq!(server.requests(), ["HEAD /a", "HEAD /b", "GET /b", "HEAD /c", "HEAD /d", "HEAD /d"]);
    assert_eq!(server.most_at_once(), 1);
}

/// A redirect from one host to another waits for its turn there.
#[test]
fn a_host_that_others_lead_to_is_asked_one_thing_at_a_time() {
    let server = Server::start(|_, path, _| {
        let to = path.strip_prefix("/to/").map(|rest| rest.split_once('/').unwrap());
        match to {
            Some((port, number)) => leads("302 Found", &format!("http://127.0.0.1:{port}/{number}")),
            None => status("200 OK"),
        }
    });
    let target = Server::start(|_, _, _| status("200 OK"));
    let leading = (0..5).map(|number| server.by_name(&format!("/to/{}/{number}", target.port)));
    let own = (5..10).map(|number| target.at(&format!("/{number}")));
    let all = answers(leading.chain(own), &manners());
    assert!(all.values().all(|answer| *answer == reached()), "{all:?}");
    assert_eq!((target.requests().len(), target.most_at_once()), (10, 1));
}

#[test]
fn several_hosts_are_asked_at_once() {
    let both = Arc::new((Mutex::new(BTreeSet::new()), Condvar::new()));
    // Whoever asks by one name is answered once somebody asks by the other.
    let server = Server::start(move |_, _, name| {
        let (names, came) = &*both;
        let mut names = names.lock().unwrap();
        names.insert(name.to_owned());
        came.notify_all();
        let limit = Duration::from_secs(15);
        let (_names, waited) = came.wait_timeout_while(names, limit, |names| names.len() < 2).unwrap();
        status(if waited.timed_out() { "500 Internal Server Error" } else { "200 OK" })
    });
    let all = answers([server.at("/"), server.by_name("/")], &manners());
    assert!(all.values().all(|answer| *answer == reached()), "{all:?}");
}

#[test]
#[expect(
    clippy::disallowed_types,
    reason = "a pause is seen on a clock alone; a slow machine makes it longer, which is as good"
)]
fn there_is_a_pause_between_two_requests() {
    let times = Arc::new(Mutex::new(Vec::<std::time::Instant>::new()));
    let noted = Arc::clone(&times);
    let server = Server::start(move |_, _, _| {
        noted.lock().unwrap().push(std::time::Instant::now());
        status("404 Not Found")
    });
    let pause = Duration::from_millis(40);
    answers([server.at("/a"), server.at("/b")], &Manners { pause, ..manners() });
    let times = times.lock().unwrap();
    assert_eq!(times.len(), 4);
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= pause), "{times:?}");
}

#[test]
fn a_host_that_wants_to_be_left_alone_is_left_alone() {
    let wait = |line: &'static str| Server::start(move |_, _, _| status(line));
    for (line, requests) in [
        ("429 Too Many Requests\r\nRetry-After: 7200", 1),
        ("503 Service Unavailable\r\nRetry-After: 7200", 1),
        ("429 Too Many Requests", 1),
        ("429 Too Many Requests\r\nRetry-After: 0", 3),
    ] {
        let server = wait(line);
        let all = answers(["/a", "/b", "/c"].map(|path| server.at(path)), &manners());
        let expected = unsure(&format!("it answers {}", line.split('\r').next().unwrap()));
        assert!(all.values().all(|answer| *answer == expected), "{line}: {all:?}");
        assert_eq!(server.requests(), vec!["HEAD /a"; requests], "{line}");
    }
    // Without a word of when, it may be this address alone.
    let server = wait("503 Service Unavailable");
    answers(["/a", "/b"].map(|path| server.at(path)), &manners());
    assert_eq!(server.requests(), ["HEAD /a", "GET /a", "HEAD /b", "GET /b"]);
}

/// Some systems say the same of every name while they are not connected.
#[test]
fn a_name_is_gone_only_where_other_hosts_answer() {
    let server = Server::start(|_, _, _| status("200 OK"));
    let nowhere = "http://nothing.invalid/".to_owned();
    let alone = answers([nowhere.clone()], &manners());
    assert!(matches!(alone[&nowhere], Answer::Unsure(_)), "{alone:?}");
    let both = answers([nowhere.clone(), server.at("/")], &manners());
    // A system that cannot find out is as good as one that knows.
    let words = match &both[&nowhere] {
        Answer::Gone(why) => why == "no host has the name nothing.invalid",
        Answer::Unsure(why) => why.starts_with("nothing.invalid cannot be reached"),
        Answer::Reachable { .. } => false,
    };
    assert!(words, "{both:?}");
}

#[test]
fn a_machine_without_a_network_says_nothing_of_any_address() {
    let ports: Vec<u16> =
        [(); 3].map(|()| TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()).into();
    let hosts = ["127.0.0.1", "localhost", "[::1]"];
    let all = hosts.iter().zip(ports).map(|(host, port)| format!("http://{host}:{port}/")).collect();
    let refused = ask(&all, &manners(), &|_, _| {}).unwrap_err();
    assert!(refused.contains("none of 3 hosts answered"), "{refused}");
}
