import { execFileSync } from "node:child_process";

/** Binders and whole programs run from dist: it is built before any test, never taken as found. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}
