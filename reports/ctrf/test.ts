import type { VerdictLine } from "../../harness/results/line.ts";
import { failureText } from "../failure-text.ts";
import { legible, oneLine } from "../legible.ts";
import { causeText } from "../matrix/causes.ts";
import { judged } from "../matrix/judged.ts";
import { partOf } from "../matrix/table-position.ts";
import type { RunFacts } from "../run-facts.ts";
import { claimText } from "../sentences.ts";

/** One test of a CTRF report. */
export interface CtrfTest {
  /** Target, document and claim: some consumers show nothing else. */
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  /** The verdict as we call it. */
  readonly rawStatus: string;
  /** In whole milliseconds. */
  readonly duration: number;
  readonly testId?: string;
  readonly suite?: readonly string[];
  readonly filePath?: string;
  readonly line?: number;
  readonly message?: string;
  readonly trace?: string;
}

/** A claim on a target as a test. What could not be decided has failed: no reader may take it for good. */
export function ctrfTest(verdict: VerdictLine, facts: RunFacts): CtrfTest {
  const { target, document, experiment, claim } = verdict;
  const name = oneLine(`${target} ${document} ${claimText(verdict)}`);
  const status = statusOf(verdict);
  return {
    name,
    status,
    rawStatus: verdict.verdict,
    duration: Math.round(facts.observation(verdict)?.durationMs ?? 0),
    testId: name,
    suite: [target, document, partOf(experiment)].map(oneLine),
    filePath: claim.source.file,
    line: claim.source.line,
    ...(verdict.verdict === "held" ? {} : { message: causeText(judged(verdict, facts)) }),
    ...(status === "failed" ? { trace: legible(failureText(verdict, facts)) } : {}),
  };
}

function statusOf({ verdict }: VerdictLine): CtrfTest["status"] {
  if (verdict === "skipped") return "skipped";
  return PASSED.includes(verdict) ? "passed" : "failed";
}

const PASSED: readonly string[] = ["held", "known-deviation"];
