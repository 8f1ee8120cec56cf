//! A server of static files, for one browser on this machine.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;

use anyhow::Result;

/// Content types by file ending.
const TYPES: [(&str, &str); 7] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("ts", "text/plain; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
];

/// More than any browser's request line and headers.
const LONGEST_REQUEST: u64 = 65_536;

pub(super) struct Server(TcpListener);

impl Server {
    /// Takes a port of this machine, or any free one for 0.
    pub(super) fn bind(port: u16) -> Result<Self> {
        Ok(Self(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?))
    }

    pub(super) fn address(&self) -> Result<String> {
        Ok(format!("http://{}/", self.0.local_addr()?))
    }

    /// Answers until the program ends. Browsers keep connections open that they ask nothing on, so each has a thread.
    pub(super) fn serve(&self, folder: &Path) -> Result<()> {
        loop {
            let (stream, _) = self.0.accept()?;
            let folder = folder.to_owned();
            // A browser that leaves before it has its answer is no reason to stop.
            thread::spawn(move || drop(answer(&stream, &folder)));
        }
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> Result<()> {
    let mut lines = BufReader::new(stream.take(LONGEST_REQUEST)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The rest is read too: a connection that is closed with something unread is reset.
    while lines.next().transpose()?.is_some_and(|header| !header.is_empty()) {}
    let (method, target) = request.split_once(' ').unwrap_or_default();
    let path = target.split([' ', '?']).next().and_then(|path| file_path(path, folder));
    let file = path.and_then(|path| Some((content_type(&path), fs::read(path).ok()?)));
    let (status, content_type, body) = match file {
        Some((content_type, body)) => ("200 OK", content_type, body),
        None => ("404 Not Found", "text/plain", b"not found".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    Ok(())
}

/// The file an address names, if that is inside the folder.
fn file_path(address: &str, folder: &Path) -> Option<PathBuf> {
    let path = address.strip_prefix('/')?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| folder.join(path))
}

fn content_type(path: &Path) -> &'static str {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    TYPES
        .iter()
        .find(|(known, _)| *known == ending)
        .map_or("application/octet-stream", |(_, content_type)| content_type)
}
