import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";
import type { FuzzKind, Taken } from "./kind.ts";
import { caseFiles } from "./kinds/case-files.ts";
import { configs } from "./kinds/configs.ts";
import { knownDeviations } from "./kinds/known-deviations.ts";
import { lineKinds } from "./kinds/lines.ts";
import { streams } from "./kinds/streams.ts";

/** What became of the inputs of one kind. */
export interface FuzzResult {
  readonly name: string;
  readonly what: string;
  readonly inputs: number;
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly found: readonly Found[];
}

/** What went wrong with one input. */
export interface Found {
  readonly error: string;
  /** The input, as small as it could be made. */
  readonly text: string;
}

/** The inputs of each kind that once failed, a folder for each. */
export const CORPUS: string = path.join(PACKAGE_ROOT, "tests/fuzz/corpus");

export async function fuzzKinds(): Promise<FuzzKind[]> {
  return [caseFiles(), knownDeviations(), configs(), streams(), ...(await lineKinds())];
}

/** What is done with one kind, and where. */
export interface FuzzRun {
  readonly seed: number;
  readonly inputs: number;
  /** A folder for the input that is being taken. */
  readonly folder: string;
  /** Longer than this for one input is a hang; without it only the caller's own limit counts. */
  readonly mostMs?: number;
  /** Hears of every input before it is taken. */
  readonly begin?: (number: number) => void;
}

/** Takes what was found before, then new inputs until one fails. */
export async function fuzz(kind: FuzzKind, run: FuzzRun): Promise<FuzzResult> {
  const { mostMs = Infinity } = run;
  const counts: Record<Taken, number> = { accepted: 0, refused: 0 };
  const found: Found[] = [];
  let inputs = 0;
  let slowestMs = 0;
  const file = path.join(run.folder, `${kind.name}.input`);
  const take = async (text: string): Promise<void> => {
    run.begin?.(++inputs);
    writeFileSync(file, text);
    const startedAt = performance.now();
    counts[await kind.take(text, file)] += 1;
    const ms = performance.now() - startedAt;
    slowestMs = Math.max(slowestMs, Math.round(ms));
    if (ms > mostMs) throw new Error(`took ${Math.round(ms)} ms`);
  };
  for (const text of corpusOf(kind))
    await take(text).catch((error: unknown) => found.push({ error: String(error), text }));
  const left = run.inputs - inputs;
  const result = await fc.check(fc.asyncProperty(kind.texts, take), {
    seed: run.seed,
    numRuns: Math.max(1, left),
  });
  if (result.failed)
    found.push({ error: String(result.errorInstance), text: result.counterexample?.[0] ?? "" });
  if (Object.hasOwn({}, "polluted") || "polluted" in {})
    found.push({ error: "Object has a new property", text: "" });
  return { name: kind.name, what: kind.what, inputs, ...counts, slowestMs, found };
}

function corpusOf({ name }: FuzzKind): string[] {
  const folder = path.join(CORPUS, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
}
