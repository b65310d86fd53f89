import { readFileSync } from "node:fs";

/** The page's style sheet. */
export function pageStyle(): string {
  return read("page.css");
}

/** The page's modules as the one script of a page that can load none. */
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
  "panel.js",
  "main.js",
];

function read(file: string): string {
  return readFileSync(new URL(`page/${file}`, import.meta.url), "utf8");
}
