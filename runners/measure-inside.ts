import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Line, ObservationLine, TargetLine } from "../harness/results/line.ts";
import { startInner, type InnerCommand } from "./inner-process.ts";
import { openRunFolder } from "./run-folder.ts";
import { TargetProblem, type RunRequest } from "./runner.ts";
import { tailLines } from "./tail-lines.ts";

/** A harness to be run on a target, and the target's name in our results. */
export interface Inside {
  readonly target: string;
  readonly command: (resultFile: string) => InnerCommand;
  /** How long it may say nothing at all before it counts as hung. */
  readonly silenceMs?: number;
}

// Longer than the harness inside waits for a binder to start.
const SILENCE_MS = 120_000;

/**
 * Runs a whole harness on a target and yields its target line and observations as they happen, under
 * the target's name here. What the inner harness judged is dropped, and its exit code does not matter:
 * its stream is whole when it has a summary. Ends early and quietly when the request is aborted.
 * Leaves no process behind, however it ends, and no file; where this process is killed, the next run removes those.
 */
export async function* measureInside(
  inside: Inside,
  request: RunRequest,
): AsyncGenerator<TargetLine | ObservationLine> {
  if (request.signal.aborted) return;
  const folder = openRunFolder();
  try {
    yield* relabel(innerLines(inside, folder.path, request.signal), inside.target);
  } finally {
    await folder.remove();
  }
}

/** Every line up to the summary; where that is missing, a problem takes its place. */
async function* innerLines(
  inside: Inside,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Line> {
  const { target, silenceMs = SILENCE_MS } = inside;
  const results = join(folder, "results.ndjson");
  writeFileSync(results, "");
  const inner = await startInner(inside.command(results), folder);
  let silent = false;
  const watchdog = setTimeout(() => {
    silent = true;
    inner.end();
  }, silenceMs);
  signal.addEventListener("abort", inner.end);
  process.once("exit", inner.end);
  try {
    if (signal.aborted) inner.end();
    for await (const line of tailLines(results, inner.isOver)) {
      watchdog.refresh();
      yield line as Line;
      if ((line as Line).type === "summary") return;
    }
    if (signal.aborted) return;
    const what = silent ? `said nothing for ${silenceMs / 1000} s` : "ended before it was done";
    const problem = `The harness inside ${target} ${what} (${inner.ending()})`;
    yield { type: "target-problem", target, problem };
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener("abort", inner.end);
    process.off("exit", inner.end);
    inner.end();
    await inner.over;
  }
}

/** Measurements under the target's name; the first problem is thrown when nothing more comes. Believes no line unseen. */
export async function* relabel(
  lines: AsyncIterable<Line>,
  target: string,
): AsyncGenerator<TargetLine | ObservationLine> {
  let problem: string | null = null;
  const { checkLine } = await import("../harness/results/check-line.ts");
  for await (const line of lines) {
    if (!TAKEN.has(line.type)) continue;
    const checked = checkLine(line);
    if ("problem" in checked)
      throw new TargetProblem(
        `The target wrote a '${line.type}' line that is wrong at ${checked.problem}`,
      );
    if (line.type === "target" || line.type === "observation") yield { ...line, target };
    if (line.type === "target-problem") problem ??= line.problem;
  }
  if (problem !== null) throw new TargetProblem(problem);
}

const TAKEN: ReadonlySet<string> = new Set(["target", "observation", "target-problem"]);
