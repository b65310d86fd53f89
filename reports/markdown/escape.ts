import { oneLine } from "../legible.ts";

/** A text that is shown as it is, also in a cell of a table. */
export function plain(text: string): string {
  return clipped(text)
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? "")
    .replace(/[\\`*_{}[\]|~#$!]/g, "\\$&")
    .replace(/@(?=\w)/g, "@&#8203;");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** The same as code. GitHub's tables end a cell at a pipe in code as well, unless it is escaped. */
export function code(text: string): string {
  const shown = clipped(text).replaceAll("|", "\\|");
  const runs = shown.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
  const space = runs.length > 0 ? " " : "";
  return fence + space + shown + space + fence;
}

/** A link; text alone if the address is not one of the web. */
export function link(text: string, url: string | undefined): string {
  if (url === undefined || !/^https?:\/\/\S+$/i.test(url)) return plain(text);
  return `[${plain(text)}](${url.replace(/[\\()<>|`]/g, percent)})`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

// What a broken target said can be of any length.
function clipped(text: string): string {
  const shown = oneLine(text);
  return shown.length <= MOST ? shown : `${shown.slice(0, MOST)}…`;
}

const MOST = 400;
