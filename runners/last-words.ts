import { readFileSync } from "node:fs";

const MOST_CHARACTERS = 300;

/** The end of what a program wrote, as part of a sentence: `; it last said: …`, or nothing if it was silent. */
export function lastWords(...files: readonly string[]): string {
  for (const file of files) {
    const words = onOneLine(readFileSync(file, "utf8"));
    if (words) return `; it last said: ${words.slice(-MOST_CHARACTERS)}`;
  }
  return "";
}

function onOneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a dying program may leave escape sequences and worse
  return text.replaceAll(/[\s\u0000-\u001F\u007F]+/g, " ").trim();
}
