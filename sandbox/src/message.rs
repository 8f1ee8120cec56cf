//! What a sandbox takes and what it gives back.

use serde_json::{Value, json};

/// A request as it arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// In capitals, as it is on the wire.
    pub method: String,
    /// An absolute address, or its path and query alone.
    pub url: String,
    /// Names in any letter case.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body; none for a request without one.
    pub body: Vec<u8>,
}

impl Request {
    /// A request that reads.
    #[must_use]
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: "GET".into(), url: url.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// A request with a body of JSON.
    #[must_use]
    pub fn post(url: impl Into<String>, json: impl Into<Vec<u8>>) -> Self {
        let request = Self { method: "POST".into(), url: url.into(), headers: Vec::new(), body: json.into() };
        request.with_header("content-type", "application/json")
    }

    /// The same request with another header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn says_json(&self) -> bool {
        let content_type = self.header("content-type").unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        media_type.eq_ignore_ascii_case("application/json")
    }

    pub(crate) fn path(&self) -> &str {
        self.target().0
    }

    /// The first value of a query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let pairs = self.target().1.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs
            .map(|(key, value)| (unescaped(key, b' '), value))
            .find(|(key, _)| key == name)
            .map(|(_, value)| unescaped(value, b' '))
    }

    fn target(&self) -> (&str, &str) {
        let url = self.url.split('#').next().unwrap_or_default();
        let from_path = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
            None => url,
        };
        from_path.split_once('?').unwrap_or((from_path, ""))
    }
}

/// A segment of a path as it was before it was encoded.
pub(crate) fn unescaped_segment(segment: &str) -> String {
    unescaped(segment, b'+')
}

/// An encoded text as it was before, with what a plus stands for; what is not well-formed stays as it is.
fn unescaped(text: &str, plus: u8) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|digits| str::from_utf8(digits).ok());
        let byte = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(if *first == b'+' { plus } else { *first }));
        rest = tail.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a client meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// How long it takes until then.
    pub after_ms: u64,
    /// What comes.
    pub answer: Answer,
}

/// How an exchange ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// With an answer, whatever is in it.
    Answered(Response),
    /// The connection is lost.
    Dropped,
    /// It does not end.
    Hangs,
}

impl Reply {
    pub(crate) fn at_once(response: Response) -> Self {
        Self { after_ms: 0, answer: Answer::Answered(response) }
    }

    pub(crate) fn dropped() -> Self {
        Self { after_ms: 0, answer: Answer::Dropped }
    }

    pub(crate) fn hanging() -> Self {
        Self { after_ms: 0, answer: Answer::Hangs }
    }
}

/// An answer over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

impl Response {
    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::text(status, "application/json", value.to_string())
    }

    pub(crate) fn text(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: body.into().into_bytes() }.with_header("content-type", content_type)
    }

    pub(crate) fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn not_found() -> Self {
        let page = "<h1>Not Found</h1><p>The requested resource was not found on this server.</p>";
        Self::text(404, "text/html", page)
    }

    pub(crate) fn not_allowed(method: &str, allowed: &str) -> Self {
        let detail = json!({ "detail": format!("Method \"{method}\" not allowed.") });
        Self::json(405, &detail).with_header("allow", allowed)
    }

    /// What a web framework says of its own defects.
    pub(crate) fn server_error() -> Self {
        Self::text(500, "text/html", "<h1>Server Error (500)</h1>")
    }

    /// What stands before a provider says, when it did not hear from it.
    pub(crate) fn gateway_page(status: u16, title: &str) -> Self {
        let title = format!("{status} {title}");
        let head = format!("<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n");
        let body = format!("<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
        Self::text(status, "text/html", head + &body)
    }

    pub(crate) fn too_many_requests(retry_after_ms: u64) -> Self {
        let seconds = retry_after_ms.div_ceil(1000).max(1);
        Self::text(429, "text/plain", "Too Many Requests").with_header("retry-after", seconds.to_string())
    }

    /// The answer up to some place before its end, which is no JSON any more.
    pub(crate) fn cut(mut self, draw: u64) -> Self {
        let length = u64::try_from(self.body.len()).unwrap_or(u64::MAX);
        let kept = usize::try_from(draw.checked_rem(length).unwrap_or(0)).unwrap_or(0);
        // Within a character it could not cross to JavaScript as text.
        let boundary = str::from_utf8(&self.body).map_or(0, |text| text.floor_char_boundary(kept));
        self.body.truncate(boundary);
        self
    }

    pub(crate) fn without_body(mut self) -> Self {
        self.body.clear();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_the_path_and_query_of_any_address() {
        for url in ["/a/b?x=1", "http://127.0.0.1:8788/a/b?x=1", "https://shop.uz/a/b?x=1#part"] {
            let request = Request::get(url);
            assert_eq!((request.path(), request.query("x").as_deref()), ("/a/b", Some("1")));
        }
        assert_eq!(Request::get("https://shop.uz").path(), "/");
    }

    #[test]
    fn query_values_are_form_encoded() {
        let request = Request::get("/?a=2024-10-14+15%3A07&b&c=%zz%4");
        let values = ["a", "b", "c", "d"].map(|name| request.query(name));
        assert_eq!(values.each_ref().map(Option::as_deref), [Some("2024-10-14 15:07"), Some(""), Some("%zz%4"), None]);
    }

    #[test]
    fn a_cut_answer_is_never_json() {
        let response = Response::json(200, &json!({ "имя": "Ж" }));
        for draw in 0..100 {
            let cut = response.clone().cut(draw);
            assert!(str::from_utf8(&cut.body).is_ok());
            assert!(serde_json::from_slice::<Value>(&cut.body).is_err());
        }
    }
}
