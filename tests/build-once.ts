import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Binders and whole programs run from dist: it is built before any test, never taken as found. What tests write goes
 * into one folder, which is removed in the end.
 */
export function setup(): () => void {
  execFileSync("npm", ["run", "--silent", "build"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-tests-"));
  chmodSync(folder, 0o1777); // some tests run as another account
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  // A registry that does not answer at once is asked again soon, and more often than npm does by itself.
  process.env["npm_config_fetch_retries"] = "6";
  process.env["npm_config_fetch_retry_mintimeout"] = "1000";
  process.env["npm_config_fetch_retry_factor"] = "2";
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
