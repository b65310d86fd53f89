import path from "node:path";
import type { ReportContext, Reporter } from "../../reports/reporter.ts";
import { defaultFileNames, reporterNames, type ReporterName } from "../../reports/reporters.ts";
import { InputError } from "../model/problem.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { terminalText } from "../model/terminal-text.ts";

/** One reporter and where its text goes; `file` is null for the terminal. */
export interface ReporterPlan<Name extends string = ReporterName> {
  readonly name: Name;
  readonly file: string | null;
}

/**
 * What `--reporter NAME[=PATH]` and `--out DIR` ask for; `asker` is what a message begins with where that was asked
 * elsewhere. Throws InputError.
 */
export function planReporters(
  asked: readonly string[],
  out: string,
  asker?: string,
): ReporterPlan[] {
  const usualFile = (name: ReporterName): string | null => {
    const file = defaultFileNames[name];
    return file === null ? null : path.join(out, file);
  };
  const wanted = asked.length === 0 ? DEFAULT_REPORTERS : asked;
  return parseReporters(wanted, reporterNames, usualFile, asker);
}

const DEFAULT_REPORTERS: readonly ReporterName[] = ["pretty", "ndjson", "junit", "html"];

/**
 * What `--reporter NAME[=PATH]`, given so often, asks for; a path of `-` is the terminal, and `usualFile` says where a
 * reporter without a path writes. Throws InputError.
 */
export function parseReporters<Name extends string>(
  asked: readonly string[],
  names: readonly Name[],
  usualFile: (name: Name) => string | null,
  asker = "--reporter",
): ReporterPlan<Name>[] {
  const plans = asked.map((text): ReporterPlan<Name> => {
    const [word = "", ...rest] = text.split("=");
    const name = names.find((each) => each === word);
    if (name === undefined)
      throw new InputError([
        `${asker}: '${word}' is unknown (allowed: ${names.join(", ")}, each with =PATH if wanted)${didYouMean(word, names)}`,
      ]);
    const file = rest.join("=");
    if (rest.length > 0 && file === "") throw new InputError([`${asker}: '${text}' names no path`]);
    return { name, file: rest.length === 0 ? usualFile(name) : file === STDOUT ? null : file };
  });
  if (plans.filter(({ file }) => file === null).length > 1)
    throw new InputError([
      `${asker}: only one reporter can write to the terminal (give the others =PATH)`,
    ]);
  return plans;
}

/** What stands for standard output in the place of a path. */
const STDOUT = "-";

/** What the reporters for people know of all reporters of a run. */
export function contextOf(
  plans: readonly ReporterPlan[],
  { verbose = false, timings = false }: Loudness,
): ReportContext {
  const files = plans.flatMap(({ name, file }) => (file === null ? [] : [{ name, file }]));
  // The page is what people read.
  const written = files.toSorted((a, b) => Number(b.name === "html") - Number(a.name === "html"));
  return {
    verbose,
    timings,
    written: written.map(({ file }) => file),
    results: files.find(({ name }) => name === "ndjson")?.file ?? null,
  };
}

/** How much the terminal gets. */
export interface Loudness {
  readonly verbose?: boolean;
  readonly timings?: boolean;
  readonly quiet?: boolean;
}

/** Reporters of a run as `--quiet` leaves them: what goes to files. */
export function heard(plans: readonly ReporterPlan[], { quiet }: Loudness): ReporterPlan[] {
  return plans.filter(({ name, file }) => !quiet || file !== null || name !== "pretty");
}

/** Tells what happened, where no reporter for people does: on standard output, unless a report goes there. */
export async function closingReporters(
  plans: readonly ReporterPlan[],
  loudness: Loudness,
): Promise<Reporter[]> {
  const atTerminal = plans.find(({ file }) => file === null);
  if (atTerminal?.name === "pretty") return [];
  const stream = atTerminal === undefined ? process.stdout : process.stderr;
  const { createClosingReporter } = await import("../../reports/closing.ts");
  const write = (text: string): void => void stream.write(terminalText(text));
  return [createClosingReporter(write, contextOf(plans, loudness.quiet ? {} : loudness))];
}
