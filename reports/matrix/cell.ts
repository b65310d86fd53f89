import type { Judged } from "./judged.ts";
import { MARKS } from "./marks.ts";

/** Stands before what was said where something else was observed. */
export const UNLIKE = "≠";

/** The lines of a cell: what was observed, and where it is contradicted, what was said. */
export function cellLines(verdict: Judged): string[] {
  const [observed = verdict.word, ...rest] = verdict.shortly;
  const mark = MARKS[verdict.word];
  switch (verdict.word) {
    case "held":
      return [`${mark} ${observed}${footnoteMark(verdict.expect)}`, ...rest];
    case "stale-deviation":
      return [`${mark} ${observed}`, ...rest, "stale"];
    case "contradicted":
    case "known-deviation":
      return [`${mark} ${observed}`, ...rest, `${UNLIKE} ${unmarked(verdict.expect)}`];
    case "skipped":
      return wasNotDone(verdict)
        ? [`${mark} skipped`]
        : [`${mark} ${observed}`, ...rest, "(not judged)"];
    case "broken":
      return [`${mark} ${observed === "unstable" ? observed : "broken"}`];
  }
}

/** Whether nothing was observed; what a document leaves open is observed and not judged. */
export function wasNotDone({ word, shortly }: Pick<Judged, "word" | "shortly">): boolean {
  return word === "skipped" && (shortly[0] ?? "skipped") === "skipped";
}

function footnoteMark(expect: string): string {
  return FOOTNOTE_MARK.exec(expect)?.[0] ?? "";
}

function unmarked(expect: string): string {
  return expect.replace(FOOTNOTE_MARK, "");
}

const FOOTNOTE_MARK = /[^\w\s)]+$/;
