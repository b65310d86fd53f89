import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";

/** The page's style sheet. */
export function pageStyle(): string {
  return read("page.css");
}

/** The page's modules as one script, since the page's policy lets it load nothing. */
export function pageScript(): string {
  return MODULES.map((file) =>
    read(file)
      .replace(/^import [^;]+;\n/gm, "")
      .replace(/^export /gm, ""),
  ).join("\n");
}

// A module comes after those that it imports. Names are unique across them.
const MODULES = [
  "element.js",
  "model.js",
  "state.js",
  "grids.js",
  "draw.js",
  "keyboard.js",
  "systems.js",
  "contents.js",
  "commands.js",
  "panel.js",
  "main.js",
];

// Browsers read lines that end with CRLF as if they ended with LF, and hash a script or style after that
// (https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream).
function read(file: string): string {
  const text = readFileSync(path.join(PACKAGE_ROOT, "reports/html/page", file), "utf8");
  return text.replaceAll("\r\n", "\n");
}
