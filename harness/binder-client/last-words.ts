import { stripVTControlCharacters } from "node:util";

/** The end of what a program writes to its error output. */
export interface LastWords {
  add(chunk: string): void;
  /** As part of a sentence: `; it last said: …`, or nothing if it was silent. */
  text(): string;
  raw(): string;
}

const MOST_CHARACTERS = 400;

/** Keeps the last few hundred characters, whatever comes. */
export function createLastWords(): LastWords {
  let words = "";
  return {
    add: (chunk) => void (words = (words + chunk).slice(-MOST_CHARACTERS)),
    text: () => lastWordsText(words),
    raw: () => words,
  };
}

/** The same of words that are all there. */
export function lastWordsText(words: string): string {
  const said = onOneLine(words).slice(-MOST_CHARACTERS);
  return said ? `; it last said: ${said}` : "";
}

/** Without the escape sequences and line feeds that a dying program may leave. */
function onOneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- and without worse
  const onOne = (words: string): string => words.replaceAll(/[\s\u0000-\u001F\u007F]+/g, " ");
  return onOne(stripVTControlCharacters(text)).trim();
}
