import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** The releases of a file, the oldest first; none where there is no file. */
function readHistory(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** Adds a release; one of the same version is replaced, since a release has one line. */
export function writeRelease(file, release) {
  const others = readHistory(file).filter(({ version }) => version !== release.version);
  const lines = [...others, release].map((each) => `${JSON.stringify(each)}\n`);
  writeFileSync(file, lines.join(""));
}

/** Prints the ratios beside those of the last release. */
export function compareWithLast(print, file, ratios) {
  const last = readHistory(file).at(-1);
  if (last === undefined) return;
  print("");
  print(`## Against ${last.version}`);
  print("");
  print(`Measured on ${last.date} (${last.machine}).`);
  print("");
  print("| ratio | now | then |");
  print("| --- | --- | --- |");
  for (const [what, ratio] of Object.entries(ratios)) {
    const then = last.ratios[what];
    print(`| ${what} | ${textOf(ratio)} | ${then === undefined ? "" : textOf(then)} |`);
  }
}

/** `3.87 (3.3-5.4)`: the ratio of medians, and the least and the greatest of one pair. */
export function textOf([ratio, least, greatest]) {
  return `${ratio.toFixed(2)} (${least.toFixed(1)}-${greatest.toFixed(1)})`;
}
