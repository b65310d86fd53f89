import { code, plain } from "../markdown/escape.ts";
import type { Change, Comparison } from "../../harness/results/compare-runs.ts";
import { KINDS, diffCounts, targetText } from "./diff-text.ts";

/** What changed, for a pull request: GitHub takes 65,536 characters in a comment, so long lists are cut. */
export function diffMarkdown(comparison: Comparison): string {
  const targets = comparison.targets.flatMap((target) => targetText(target) ?? []);
  const changes = KINDS.flatMap((kind) => comparison[kind].map((change) => ({ kind, change })));
  const rest = changes.length - MOST_ROWS;
  const lines = [
    `## bindcheck diff: ${plain(diffCounts(comparison))}`,
    ...(targets.length > 0 ? ["", ...targets.map((text) => `- ${plain(text)}`)] : []),
    ...(changes.length > 0 ? ["", ...HEADER] : []),
    ...changes.slice(0, MOST_ROWS).map(({ kind, change }) => rowOf(kind, change)),
    ...(rest > 0 ? ["", `and ${rest} more`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

const MOST_ROWS = 200;
const HEADER = ["| | target | experiment | old | new |", "| --- | --- | --- | --- | --- |"];

function rowOf(kind: string, { target, experiment, step, old, new: now }: Change): string {
  const what = `${code(experiment)}${step === undefined ? "" : `, step ${plain(step)}`}`;
  const cells = [kind, plain(target), what, plain(old ?? "–"), plain(now ?? "–")];
  return `| ${cells.join(" | ")} |`;
}
