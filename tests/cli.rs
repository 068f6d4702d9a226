//! The program where the system gives less than usual: no threads, a full device, a closed pipe, odd names.

#![cfg(unix)]
use std::fs::File;
use std::io::Read;
use std::process::{Command, Output, Stdio};

use crate::common::program::{has_user, rahnuma, stderr, user_command};
use crate::common::{starter, write};

fn lines(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}

#[test]
fn one_thread_does_when_the_system_gives_no_more() {
    let site = starter();
    let root = site.path().to_str().unwrap();
    let limited = |limit: &str, command: &mut Command| -> Output {
        let script = format!("{limit}; exec \"$0\" \"$@\"");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_rahnuma")]);
        command.args(["check", "--as-of", "2026-11-22", "--root", root]).output().unwrap()
    };
    let memory = limited("ulimit -v 4000000", Command::new("sh").env("RAYON_NUM_THREADS", "20000"));
    // So many were never of use, and are not asked for.
    assert_eq!(memory.status.code(), Some(0), "{}", stderr(&memory));
    assert!(!stderr(&memory).contains("threads"), "{}", stderr(&memory));
    if has_user(site.path()) {
        let mut command = Command::new("bash");
        let processes = limited("ulimit -u 1", user_command(&mut command));
        assert_eq!(processes.status.code(), Some(0), "{}", stderr(&processes));
        assert!(stderr(&processes).contains("no more threads"), "{}", stderr(&processes));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_a_failure() {
    let site = starter();
    write(site.path(), "content/stray.txt", "x");
    let root = site.path().to_str().unwrap();
    for arguments in [
        &["check", "--format", "json", "--root", root][..],
        &["check", "--format", "short", "--root", root],
        &["explain"],
        &["explain", "unknown-fact"],
        &["schema"],
        &["schema", "site"],
        &["completions", "bash"],
        &["--help"],
        &["--version"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = rahnuma().args(arguments).stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).starts_with("error: ") && stderr(&output).contains("full"), "{}", stderr(&output));
    }
    let full = File::options().write(true).open("/dev/full").unwrap();
    let status = rahnuma().args(["check", "--root", root]).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(2), "findings for people that could not be written");
}

#[test]
fn a_closed_pipe_is_the_readers_choice() {
    for arguments in [&["explain"][..], &["schema", "site"], &["completions", "bash"], &["--help"]] {
        let mut child = rahnuma().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn a_finding_is_one_line_whatever_a_file_is_called() {
    let site = starter();
    let names = ["a\nb.en.md", "a\u{1b}[31mb.en.md", "a\r\tb.en.md", "a\u{202e}b.en.md", "a\u{85}b.en.md"];
    for name in names {
        write(site.path(), &format!("content/pages/{name}"), "x");
    }
    let check = |format: &str| {
        let root = site.path().to_str().unwrap();
        let output = rahnuma().args(["check", "--as-of", "2026-11-22", "--root", root, "--format", format]).output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        output
    };
    let short = check("short").stdout;
    assert_eq!(lines(&short), names.len(), "{}", String::from_utf8_lossy(&short));
    let short = String::from_utf8(short).unwrap();
    assert!(short.lines().all(|line| line.starts_with("content/pages/a")), "{short}");
    assert!(short.contains("content/pages/a\\nb.en.md:1:1:"), "{short}");
    assert!(short.contains("content/pages/a\\u{1b}[31mb.en.md:1:1:"), "{short}");
    assert!(short.contains("content/pages/a\\u{202e}b.en.md:1:1:"), "{short}");
    assert_eq!(lines(&check("json").stdout), names.len());
    let human = String::from_utf8(check("human").stderr).unwrap();
    assert!(human.contains("--> content/pages/a\\nb.en.md") && !human.contains("\u{1b}[31mb"), "{human}");
}
