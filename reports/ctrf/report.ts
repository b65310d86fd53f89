import { targetText } from "../sentences.ts";
import type { RunFacts } from "../run-facts.ts";
import type { CtrfTest } from "./test.ts";

/** The whole report, by version 0.0.0 of the specification (https://ctrf.io/docs/specification/overview). */
export function ctrfReport(tests: readonly CtrfTest[], facts: RunFacts): object {
  const { run, summary, targets } = facts;
  const start = run === null ? 0 : Date.parse(run.startedAt);
  const duration = Math.round(summary?.wallMs ?? 0);
  const count = (status: CtrfTest["status"]): number =>
    tests.filter((test) => test.status === status).length;
  return {
    reportFormat: "CTRF",
    specVersion: "0.0.0",
    generatedBy: "bindcheck",
    results: {
      tool: { name: "bindcheck", ...(run === null ? {} : { version: run.harness }) },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: count("skipped"),
        pending: 0,
        other: 0,
        suites: new Set(tests.map(({ suite }) => suite?.join("\n"))).size,
        start,
        stop: start + duration,
        duration,
      },
      tests,
      environment: {
        extra: {
          targets: Object.fromEntries([...targets].map(([name, line]) => [name, targetText(line)])),
        },
      },
    },
  };
}
