import type { VerdictWord } from "../../harness/model/verdict.ts";

/** Shapes that distinguish the verdicts without colour. */
export const MARKS: Readonly<Record<VerdictWord, string>> = {
  held: "✓",
  contradicted: "✗",
  "known-deviation": "◆",
  "stale-deviation": "◇",
  skipped: "–",
  broken: "!",
};
