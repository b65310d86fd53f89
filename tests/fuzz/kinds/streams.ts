import * as fc from "fast-check";
import { compareVersions } from "../../../harness/results/compare-versions.ts";
import type { Line } from "../../../harness/results/line.ts";
import { mergeRuns } from "../../../harness/results/merge-runs.ts";
import { readRuns, type RecordedRun } from "../../../harness/results/recorded-run.ts";
import { recordedLines, replay } from "../../../reports/golden/replay.ts";
import { reporterNames, type ReporterName } from "../../../reports/reporters.ts";
import { takeFile, type FuzzKind } from "../kind.ts";
import { spoiltText, spoiltValues } from "../spoil.ts";

const WORDS = [
  "tcp",
  "udp",
  "ipv4",
  "dual",
  "held",
  "contradicted",
  "broken",
  "skipped",
  "known-deviation",
  "linux",
  "windows",
  "local",
  "wine",
  "1/4",
  "4/1",
  "2/4",
  "bind",
  "listen",
  "success",
  "error",
  "delivered",
  "value",
  "unstable",
  "observation",
  "verdict",
  "target",
  "run",
  "summary",
  98,
  1024,
  { kind: "success" },
  { kind: "unstable", outcomes: [] },
];

// What steers a terminal or a careless reader, in a report that is read as text.
const STEERING = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;
const IS_TEXT: ReadonlySet<string> = new Set([
  "pretty",
  "tap",
  "junit",
  "markdown",
  "html",
  "github",
]);

export function streams(): FuzzKind {
  const lines = recordedLines() as [Line, ...Line[]];
  // Most are whole and in order, with few lines spoilt: what is spoilt everywhere is refused at its first line.
  const texts = fc
    .tuple(
      fc.array(fc.tuple(fc.nat(lines.length - 1), spoiltValues(lines, WORDS)), { maxLength: 2 }),
      fc.array(fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1)), { maxLength: 1 }),
      spoiltText,
    )
    .map(([changed, moved, spoil]) => {
      const all: unknown[] = [...lines];
      for (const [at, line] of changed) all[at] = line;
      for (const [from, to] of moved) all.splice(to, 0, ...all.splice(from, 1));
      return spoil(all.map((line) => `${JSON.stringify(line)}\n`).join(""));
    });
  return {
    name: "streams",
    what: "result streams",
    share: 2,
    texts,
    take: (text, file) =>
      takeFile(file, async () => {
        const runs = await readRuns({ file, machine: null });
        compareVersions(runs);
        await report(runs, reporterNames[text.length % reporterNames.length] ?? "pretty");
      }),
  };
}

async function report(runs: readonly RecordedRun[], name: ReporterName): Promise<void> {
  const { run, lines } = mergeRuns(runs);
  const written = (await replay(name, [run, ...lines])).join("");
  const found = IS_TEXT.has(name) ? STEERING.exec(written) : null;
  if (found) throw new Error(`${name} has U+${found[0].codePointAt(0)?.toString(16)} in it`);
}
