import { readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa, type Options } from "execa";
import type { Line, ObservationLine, VerdictLine } from "../../harness/results/line.ts";

/** The built program. */
export const PROGRAM: string = fileURLToPath(new URL("../../dist/bindcheck.cjs", import.meta.url));

/** What a user sees of a run of the program. */
export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** All that a run or merge says whose reports go elsewhere: its last line. */
export const HAPPENED: RegExp =
  /^[✓✗!] [^\n]+; \d+ experiments?(?: in \d+\.\d s)?(?:; written: [^\n]+)?$/;

/** Runs the built program as a user does, from the package's folder unless told otherwise. */
export async function bindcheck(
  parameters: readonly string[],
  options: Options = {},
): Promise<Ended> {
  const { exitCode, stdout, stderr } = await startBindcheck(parameters, options);
  return { exitCode, stdout: String(stdout), stderr: String(stderr) };
}

/** Starts it, for tests that interfere while it runs. */
export function startBindcheck(parameters: readonly string[], options: Options = {}) {
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  return execa(process.execPath, [PROGRAM, ...parameters], {
    cwd,
    reject: false,
    stdin: "ignore",
    ...options,
    // Progress would come or not, by how long a run takes.
    env: { CI: "", ...options.env },
  });
}

/** A new folder for what a test writes; it goes with the folder of all tests in the end. */
export async function makeFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "bindcheck-test-"));
}

/** The lines of a result stream, every one of which has to be readable. */
export function readStream(file: string): Line[] {
  const text = readFileSync(file, "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

/** The observations of a stream by experiment id, without what may differ from run to run. */
export function observationsOf(lines: readonly Line[]): Map<string, object> {
  return new Map(
    lines
      .filter((line): line is ObservationLine => line.type === "observation")
      .map((line) => [line.experiment.id, withoutChance(line)]),
  );
}

/** Verdict lines of a stream. */
export function verdictsOf(lines: readonly Line[]): VerdictLine[] {
  return lines.filter((line): line is VerdictLine => line.type === "verdict");
}

/** An observation without its port, its duration and the ports that another process held at the time. */
export function withoutChance({ port, ...line }: ObservationLine): object {
  const evidence = { ...line.evidence, discarded: [] };
  const text = JSON.stringify({ ...line, evidence, durationMs: 0 });
  return JSON.parse(port === null ? text : text.replaceAll(`:${port}"`, ':PORT"')) as object;
}
