import { closeSync, fsyncSync, fstatSync, statSync, writeSync } from "node:fs";
import path from "node:path";
import type { Output, ReportContext, Reporter } from "../../reports/reporter.ts";
import { createReporter, type ReporterName } from "../../reports/reporters.ts";
import { InputError } from "../model/problem.ts";
import { removeHeld, renameHeld } from "../results/held-files.ts";
import { makeFolder } from "../results/make-folder.ts";
import { ReportLost } from "../session/report-lost.ts";
import { terminalText } from "../model/terminal-text.ts";
import { openWritable, unwritable } from "./open-writable.ts";
import { lockOutput, realPath } from "./output-lock.ts";
import { contextOf, type Loudness, type ReporterPlan } from "./plan-reporters.ts";

/** Opens every output, then makes the reporters. Throws InputError when an output cannot be written. */
export async function openReporters(
  plans: readonly ReporterPlan[],
  loudness: Loudness,
): Promise<Reporter[]> {
  return createReporters(plans, openOutputs(plans), contextOf(plans, loudness));
}

/** Reporters of a run that goes on. */
export interface ResumedReporters {
  readonly reporters: readonly Reporter[];
  /** Puts the new results in the place of those from which they go on; until then these stay as they are. */
  readonly replace: () => void;
}

/**
 * The same for a run that may go on from results in a file, which may be one of the outputs. Throws InputError when an
 * output cannot be written or would be the end of those results.
 */
export async function openReportersOf(
  resumption: { readonly file: string } | null,
  plans: readonly ReporterPlan[],
  loudness: Loudness,
): Promise<ResumedReporters> {
  if (!resumption)
    return { reporters: await openReporters(plans, loudness), replace: () => undefined };
  const resumed = resumption.file;
  const real = realPath(resumed);
  const isResumed = ({ file }: ReporterPlan): boolean => file !== null && realPath(file) === real;
  const own = plans.find(isResumed);
  if (!own) return { reporters: await openReporters(plans, loudness), replace: () => undefined };
  if (own.name !== "ndjson")
    throw new InputError([`${resumed} is to go on and would be overwritten by '${own.name}'`]);
  const others = plans.filter((plan) => plan !== own);
  const opened = openOutputs(others);
  // Last, so that nothing of it is left when another cannot be opened.
  const aside = openAside(real);
  const outputs = [aside.output, ...opened];
  const reporters = await createReporters([own, ...others], outputs, contextOf(plans, loudness));
  return { reporters, replace: aside.replace };
}

async function createReporters(
  plans: readonly ReporterPlan[],
  outputs: readonly Output[],
  context: ReportContext,
): Promise<Reporter[]> {
  return Promise.all(
    plans.map(async ({ name }, index) => createReporter(name, outputs[index] as Output, context)),
  );
}

/** A file that is written as text comes, or the terminal for null, for the report of a name. Throws InputError. */
export function openOutput(file: string | null, name: string): Output {
  return file === null ? openTerminal(name) : openFile(file);
}

function openOutputs(plans: readonly ReporterPlan[]): Output[] {
  return plans.map(({ name, file }) => openOutput(file, name));
}

// JSON has its own way to carry any text, and commands to GitHub are what the other is made of.
const RAW: ReadonlySet<string> = new Set<ReporterName>(["ndjson", "github"]);

function openTerminal(name: string): Output {
  return {
    write: (text) => void process.stdout.write(RAW.has(name) ? text : terminalText(text)),
    close: () => undefined,
    colours: takesColours(process.stdout.isTTY, process.env),
    columns: process.stdout.columns || 80,
  };
}

/**
 * Whether standard output takes colours: a terminal does unless NO_COLOR is set (https://no-color.org). FORCE_COLOR counts
 * more, as Node reads it: `0` and `false` take them away, anything else brings them.
 */
export function takesColours(
  isTerminal: boolean,
  { NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv,
): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTerminal && !NO_COLOR;
}

// Written line by line without a buffer of our own, so that a killed run leaves what it had.
function openFile(file: string): Output {
  const descriptor = openLocked(file, file);
  return outputOf(file, () => descriptor);
}

/** Writes beside a file, until what was written takes its place; then further in that place. */
function openAside(file: string): { readonly output: Output; readonly replace: () => void } {
  const aside = `${file}.resumed`;
  let descriptor = openLocked(file, aside);
  let isWhole = true;
  const output = outputOf(file, () => descriptor);
  const write = (text: string): void => {
    isWhole = false;
    output.write(text);
    isWhole = true;
  };
  return {
    output: { ...output, write },
    replace() {
      if (!isWhole) return removeHeld(aside); // the disk is full: the old results are all there is
      try {
        // Else a loss of power could leave the new name with nothing behind it.
        fsyncSync(descriptor);
        closeSync(descriptor);
        // Closed for it: not every system renames a file that is open.
        renameHeld(aside, file);
      } catch (error) {
        throw unwritable(file, error);
      }
      descriptor = openWritable(file, "a");
    },
  };
}

/** Opens a file afresh while this run alone may write `output`. */
function openLocked(output: string, file: string): number {
  try {
    makeFolder(path.dirname(file));
  } catch (error) {
    throw unwritable(file, error);
  }
  lockOutput(output);
  return openWritable(file, "w");
}

function outputOf(file: string, descriptor: () => number): Output {
  return {
    write: (text) => writeAll(descriptor(), text, file),
    close() {
      const written = fstatSync(descriptor(), { bigint: true });
      const there = statSync(file, { bigint: true, throwIfNoEntry: false });
      closeSync(descriptor());
      if (there?.ino !== written.ino || there.dev !== written.dev)
        throw new ReportLost(`${file} was removed or replaced while it was written`);
    },
    colours: false,
    columns: 80,
  };
}

function writeAll(descriptor: number, text: string, file: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    throw new ReportLost(`${file} cannot be written to its end: ${(error as Error).message}`);
  }
}

/** Opens the writer that drafts the file of `--write-known` from the lines of a result. Throws InputError when the file cannot be read. */
export async function openKnownWriter(file: string): Promise<Reporter> {
  // The YAML parser takes long to load: only a run that drafts a file needs it.
  return (await import("../verdicts/write-known.ts")).createKnownWriter(file);
}
