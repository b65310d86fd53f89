import type { VerdictWord } from "../../harness/verdicts/verdict.ts";

/** Shapes that tell the verdicts apart without colour. */
export const MARKS: Readonly<Record<VerdictWord, string>> = {
  held: "✓",
  contradicted: "✗",
  skipped: "–",
  broken: "!",
};
