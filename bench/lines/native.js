// The crate without JavaScript: one link in Rust, against the form_urlencoded and base64 crates.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

await line(async ({ effort }) => {
  return run(effort(301, 51)).map(({ name, ours, peer }) => {
    return ratioRow(`native Rust, ${name}`, "form_urlencoded + base64", { ours, peer }, { target: 0.5 });
  });
});

function run(pairs) {
  const build = ["run", "--release", "--quiet", "--locked", "--manifest-path", "bench/native/Cargo.toml"];
  const args = [...build, "--target-dir", "target/bench-native", "--", String(pairs)];
  const { error, status, stdout } = spawnSync("cargo", args, {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error || status !== 0) throw error ?? new Error("bench/native failed");
  return JSON.parse(stdout);
}
