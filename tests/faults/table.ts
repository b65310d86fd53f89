import os from "node:os";
import type { FaultResult } from "./fault-result.ts";

/** What a campaign says of itself. */
export interface CampaignFacts {
  readonly seed: string;
  readonly seconds: number;
  /** How many experiments a run has. */
  readonly experiments: number;
}

/** The results of a campaign in Markdown: where and when, then fault by outcome. */
export function campaignText(results: readonly FaultResult[], facts: CampaignFacts): string {
  const done = results.filter(({ lack }) => lack === null);
  const lacking = results.filter(({ lack }) => lack !== null);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${os.availableParallelism()} x ${os.cpus()[0]?.model ?? "unknown processor"}`;
  const total = (of: (result: FaultResult) => number): number =>
    done.reduce((sum, result) => sum + of(result), 0);
  return [
    `${date}, ${machine}, ${os.type()} ${os.release()}, Node ${process.version}: seed ${facts.seed}, ` +
      `${total(({ runs }) => runs)} runs of ${facts.experiments} experiments each, ` +
      `**${total(({ injected }) => injected)} faults**, ${Math.round(facts.seconds / 60)} minutes. ` +
      `Wrong verdicts: **${total(({ wrong }) => wrong.length)}**. ` +
      `Exit codes that do not fit, and stack traces: **${total(({ problems }) => problems.length)}**. ` +
      `Left behind: **${total(({ left }) => left.length)}**. ` +
      `Longest that a process stayed after its run: ${Math.max(...done.map(({ longestWaitMs }) => longestWaitMs))} ms.`,
    "",
    `| ${COLUMNS.map(([name]) => name).join(" | ")} |`,
    `| ${COLUMNS.map(() => "---").join(" | ")} |`,
    ...done.map((result) => `| ${COLUMNS.map(([, cell]) => cell(result)).join(" | ")} |`),
    ...lacking.map(({ what, lack }) => `\nNot done on this machine: ${what} (${lack}).`),
  ].join("\n");
}

const COLUMNS: readonly (readonly [string, (result: FaultResult) => string])[] = [
  ["fault", ({ what }) => what],
  ["faults", ({ injected }) => String(injected)],
  ["runs", ({ runs }) => String(runs)],
  ["same", ({ same }) => String(same)],
  ["not decided, and why", ({ undone }) => counted(undone)],
  ["missing", ({ missing }) => String(missing)],
  ["wrong verdicts", ({ wrong }) => String(wrong.length)],
  ["left behind", ({ left }) => String(left.length)],
  ["ended with", ({ exits }) => counted(exits)],
];

/** `3 × binder-died, 1 × binder-hung`, the most frequent first. */
function counted(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return entries.map(([what, count]) => `${count} × ${what}`).join(", ") || "0";
}
