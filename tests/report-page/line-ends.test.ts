import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { makeFolder } from "../program/bindcheck.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STREAM = path.join(ROOT, "reports/golden/stream.ndjson");
const PAGE = "reports/html/page";

/** The recorded stream's page, as a package writes it whose page files end their lines in this way. */
async function pageWith(lineEnd: "\n" | "\r\n"): Promise<string> {
  const folder = await makeFolder();
  for (const name of ["package.json", "dist/bindcheck.cjs", "dist/chunks", PAGE])
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  for (const name of readdirSync(path.join(folder, PAGE))) {
    const file = path.join(folder, PAGE, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(/\r?\n/g, lineEnd));
  }
  const page = path.join(folder, "page.html");
  const program = path.join(folder, "dist/bindcheck.cjs");
  await execa(process.execPath, [program, "merge", STREAM, "--reporter", `html=${page}`], {
    reject: false,
  });
  return readFileSync(page, "utf8");
}

// Git for Windows checks text out with CRLF; a browser hashes scripts and styles with LF.
test("A page is the same whichever line ends its own files were checked out with", async () => {
  const page = await pageWith("\n");
  expect(page).toContain("<script type=");
  expect(await pageWith("\r\n")).toBe(page);
});
