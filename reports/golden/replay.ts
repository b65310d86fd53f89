import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";
import type { Line } from "../../harness/results/line.ts";
import type { Output, ReportContext } from "../reporter.ts";
import { createReporter, type ReporterName } from "../reporters.ts";

/** For a reporter that writes alone. */
export const ALONE: ReportContext = { verbose: false, timings: false, written: [], results: null };

/** A golden file's text. */
export function golden(file: string): string {
  return readFileSync(path.join(PACKAGE_ROOT, "reports/golden", file), "utf8");
}

/** The recorded stream, made by hand: every verdict, and characters that break careless writers. */
export function recordedLines(): Line[] {
  return golden("stream.ndjson")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** What a reporter writes for these lines, write by write. */
export async function replay(
  name: ReporterName,
  lines: Iterable<Line>,
  output: Partial<Omit<Output, "write">> = {},
  context: Partial<ReportContext> = {},
): Promise<string[]> {
  const writes: string[] = [];
  const whole: Output = {
    colours: false,
    columns: 80,
    close: () => {},
    ...output,
    write: (text) => void writes.push(text),
  };
  const reporter = await createReporter(name, whole, { ...ALONE, ...context });
  for (const line of lines) reporter.line(line);
  await reporter.end();
  return writes;
}
