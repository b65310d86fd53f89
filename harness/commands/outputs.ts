import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import type { Output, Reporter } from "../../reports/reporter.ts";
import {
  createReporter,
  defaultFileNames,
  reporterNames,
  type ReporterName,
} from "../../reports/reporters.ts";
import { InputError } from "../cases/problem.ts";
import { ReportLost } from "./report-lost.ts";

/** One reporter and where its text goes; `file` is null for the terminal. */
export interface ReporterPlan<Name extends string = ReporterName> {
  readonly name: Name;
  readonly file: string | null;
}

/** What `--reporter NAME[=PATH]` and `--out DIR` ask for. Throws InputError. */
export function planReporters(asked: readonly string[], out: string): ReporterPlan[] {
  if (asked.length === 0)
    return DEFAULT_REPORTERS.map((name) => {
      const file = defaultFileNames[name];
      return { name, file: file === null ? null : path.join(out, file) };
    });
  return parseReporters(asked, reporterNames);
}

/** What `--reporter NAME[=PATH]`, given so often, asks for. Throws InputError. */
export function parseReporters<Name extends string>(
  asked: readonly string[],
  names: readonly Name[],
): ReporterPlan<Name>[] {
  const plans = asked.map((text): ReporterPlan<Name> => {
    const [word = "", ...rest] = text.split("=");
    const name = names.find((each) => each === word);
    if (name === undefined)
      throw new InputError([
        `--reporter: '${word}' is unknown (allowed: ${names.join(", ")}, each with =PATH if wanted)`,
      ]);
    return { name, file: rest.length === 0 ? null : rest.join("=") };
  });
  if (plans.filter(({ file }) => file === null).length > 1)
    throw new InputError([
      "--reporter: only one reporter can write to the terminal (give the others =PATH)",
    ]);
  return plans;
}

const DEFAULT_REPORTERS = ["pretty", "ndjson", "junit", "html"] as const;

/** Opens every output, then makes the reporters. Throws InputError when an output cannot be written. */
export async function openReporters(plans: readonly ReporterPlan[]): Promise<Reporter[]> {
  const outputs = plans.map(({ file }) => openOutput(file));
  return Promise.all(
    plans.map(async ({ name }, index) => createReporter(name, outputs[index] as Output)),
  );
}

/** A file that is written as text comes, or the terminal for null. Throws InputError. */
export function openOutput(file: string | null): Output {
  return file === null ? openTerminal() : openFile(file);
}

function openTerminal(): Output {
  return {
    write: (text) => void process.stdout.write(text),
    close: () => undefined,
    terminal: process.stdout.isTTY,
    columns: process.stdout.columns || 80,
  };
}

// Written line by line without a buffer of our own, so that a killed run leaves what it had.
function openFile(file: string): Output {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(file, "w");
    return {
      write: (text) => writeAll(descriptor, text, file),
      close: () => closeSync(descriptor),
      terminal: false,
      columns: 80,
    };
  } catch (error) {
    throw unwritable(file, error);
  }
}

function writeAll(descriptor: number, text: string, file: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    throw new ReportLost(`${file} cannot be written to its end: ${(error as Error).message}`);
  }
}

function unwritable(file: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const isBelowFile = code === "ENOTDIR" || code === "EEXIST";
  const why = isBelowFile ? "a part of its path is no folder" : message;
  return new InputError([`${file} cannot be written: ${why}`]);
}
