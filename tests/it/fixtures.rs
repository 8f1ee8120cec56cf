//! The vendors' own examples in `tests/fixtures`: excerpts as printed, what had to be corrected in them, and the corrected form
//! that the other tests read.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};
use tiyin::ErrorCode;
use tiyin::bank::CreateBudgetPayment;
use tiyin::endpoint::{Endpoint, Incoming};

/// Each endpoint's folder, in the order of `paylov::ROUTES`.
pub(crate) const FOLDERS: [&str; 7] =
    ["list_services", "get_fields", "get_info", "create_payment", "pay", "get_status", "list_paid"];

/// The same of `bank::ROUTES`.
pub(crate) const BANK_FOLDERS: [&str; 6] = [
    "bank/list_services",
    "bank/create_payment",
    "bank/create_budget_payment",
    "bank/get_payment",
    "bank/get_balance",
    "bank/list_statement",
];

/// Paylov's folders go by their own names, those of others by their providers' names besides.
fn folder(name: &str) -> PathBuf {
    let provider = if name.contains('/') { "" } else { "paylov" };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(provider).join(name)
}

pub(crate) fn excerpt(name: &str, file: &str) -> String {
    text(&folder(name).join(file))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of JSON of an endpoint's folder.
pub(crate) fn json(name: &str, file: &str) -> Value {
    let text = text(&folder(name).join(file));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}/{file}: {error}"))
}

/// The documented calls of an endpoint.
pub(crate) fn cases(name: &str) -> Vec<Value> {
    json(name, "index.json")["cases"].as_array().unwrap().clone()
}

/// The answer of a documented call.
pub(crate) fn answer(name: &str, case: &Value) -> Value {
    json(name, case["answer"].as_str().unwrap())
}

/// The answer of an endpoint's first documented call, as bytes.
pub(crate) fn first_answer(name: &str) -> Vec<u8> {
    answer(name, &cases(name)[0]).to_string().into_bytes()
}

/// All folders with excerpts.
fn all() -> impl Iterator<Item = &'static str> {
    FOLDERS.into_iter().chain(BANK_FOLDERS).chain(["error", "bank/error"])
}

/// The excerpts of a folder, each with its file's name.
fn excerpts(name: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let excerpts = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    excerpts.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), text(&path))).collect()
}

/// All files of a folder and of the folders in it, so that none is overlooked that nothing names.
fn files_below(folder: &Path) -> Box<dyn Iterator<Item = PathBuf>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    Box::new(paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { Box::new(std::iter::once(path)) }))
}

pub(crate) struct Correction {
    pub(crate) file: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

pub(crate) fn corrections(name: &str) -> Vec<Correction> {
    if !folder(name).join("corrections.json").exists() {
        return Vec::new();
    }
    let list = json(name, "corrections.json");
    let member = |correction: &Value, name: &str| correction[name].as_str().unwrap().to_owned();
    let corrections = list.as_array().unwrap().iter().map(|correction| {
        assert!(member(correction, "reason").len() > 10, "{correction}");
        Correction { file: member(correction, "file"), from: member(correction, "from"), to: member(correction, "to") }
    });
    corrections.collect()
}

pub(crate) fn corrected<'a>(excerpt: &str, corrections: impl Iterator<Item = &'a Correction>) -> String {
    corrections.fold(excerpt.to_owned(), |text, correction| {
        assert_eq!(text.matches(&correction.from).count(), 1, "{} in {text}", correction.from);
        text.replace(&correction.from, &correction.to)
    })
}

fn is_json(file: &str) -> bool {
    !file.starts_with("address") && !file.starts_with("codes")
}

#[test]
fn each_corrected_form_is_its_excerpt_with_the_corrections_that_are_listed() {
    let mut rebuilt = 0;
    for name in all() {
        let corrections = corrections(name);
        for (file, excerpt) in excerpts(name) {
            if !is_json(&file) {
                continue;
            }
            let ours = corrections.iter().filter(|correction| correction.file == file);
            let from_excerpt: Value = serde_json::from_str(&corrected(&excerpt, ours)).unwrap();
            let committed = json(name, &file.replace(".txt", ".json"));
            // As text, since members have an order.
            assert_eq!(from_excerpt.to_string(), committed.to_string(), "{name}/{file}");
            rebuilt += 1;
        }
    }
    assert_eq!(rebuilt, 24);
}

#[test]
fn no_correction_is_without_need() {
    let mut needed = 0;
    for name in all() {
        let corrections = corrections(name);
        for unneeded in &corrections {
            let ours = |other: &&Correction| other.file == unneeded.file && other.from != unneeded.from;
            let excerpt = text(&folder(name).join(&unneeded.file));
            let almost = corrected(&excerpt, corrections.iter().filter(ours));
            // Where it is JSON all the same, the endpoint itself must refuse it.
            if serde_json::from_str::<Value>(&almost).is_ok() {
                assert_eq!(name, "bank/create_budget_payment", "{}", unneeded.from);
                let incoming = Incoming::new("api/v2/paymentBudget", Some(almost.as_bytes())).unwrap();
                let error = CreateBudgetPayment::accept(&incoming).unwrap_err();
                assert_eq!(error.code(), ErrorCode::InvalidDigits, "{}", unneeded.from);
            }
            needed += 1;
        }
    }
    assert_eq!(needed, 7);
}

#[test]
fn every_file_is_told_of_in_its_folders_index() {
    for name in all() {
        let index = json(name, "index.json").to_string();
        for (file, _) in excerpts(name) {
            let named = if is_json(&file) { file.replace(".txt", ".json") } else { file.clone() };
            assert!(index.contains(&format!("\"{named}\"")), "{name}/{file}");
        }
    }
}

/// `SHA256SUMS` has the digest of each excerpt as it was found in the vendor's document, as `sha256sum` writes them.
#[test]
fn each_excerpt_is_still_what_was_found_in_the_vendors_document() {
    for provider in ["paylov", "bank"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(provider);
        let mut found = Vec::new();
        for file in files_below(&folder).filter(|file| file.extension().is_some_and(|extension| extension == "txt")) {
            let digest: String = Sha256::digest(text(&file)).iter().map(|byte| format!("{byte:02x}")).collect();
            let name = file.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
            found.push(format!("{digest}  {name}"));
        }
        let by_name = |line: &String| line.rsplit(' ').next().unwrap().to_owned();
        found.sort_by_key(by_name);
        assert_eq!(found, text(&folder.join("SHA256SUMS")).lines().collect::<Vec<_>>());
    }
}

/// Where the vendors' documents are at hand, which are not the project's to publish, `TIYIN_VENDOR_DOCS` names their folder.
#[test]
fn each_excerpt_stands_in_the_vendors_document_as_it_is() {
    let Some(documents) = std::env::var_os("TIYIN_VENDOR_DOCS") else {
        // Past the test harness, which shows nothing of a test that passes.
        let skipped = "skipped: TIYIN_VENDOR_DOCS names no folder to compare excerpts with the vendor's document in\n";
        return std::io::stderr().write_all(skipped.as_bytes()).unwrap();
    };
    let [paylov, bank] = ["paylov-service-payment.txt", "bank-requisites.txt"]
        .map(|document| text(&Path::new(&documents).join(document)));
    for name in all() {
        let document = if name.starts_with("bank/") { &bank } else { &paylov };
        let section = json(name, "index.json")["section"].as_str().unwrap().to_owned();
        let within = &document[document.find(&section).unwrap_or_else(|| panic!("{section}"))..];
        for (file, excerpt) in excerpts(name) {
            assert!(within.contains(&excerpt), "{name}/{file}");
        }
    }
}
