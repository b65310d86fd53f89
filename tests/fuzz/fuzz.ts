import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
  /** Most memory of the process, in MiB. */
  readonly memory: number;
  /** What went wrong, with the file in the corpus. */
  readonly found: readonly string[];
}

/** Longer than this for one input is a hang. */
export const MOST_MS = 5000;
export const MOST_MEMORY = 500;

export async function fuzzKinds(): Promise<FuzzKind[]> {
  return [caseFiles(), knownDeviations(), configs(), streams(), ...(await lineKinds())];
}

/** What is done with one kind, and where. */
export interface FuzzRun {
  readonly seed: number;
  readonly inputs: number;
  /** A folder for the input that is being taken. */
  readonly folder: string;
  /** Hears of every input before it is taken. */
  readonly begin?: (number: number) => void;
}

/** Takes what was found before, then new inputs. What fails goes to the corpus, as small as it can be made. */
export async function fuzz(kind: FuzzKind, run: FuzzRun): Promise<FuzzResult> {
  const counts: Record<Taken, number> = { accepted: 0, refused: 0 };
  const found: string[] = [];
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
    if (ms > MOST_MS) throw new Error(`took ${Math.round(ms)} ms`);
  };
  for (const text of corpusOf(kind))
    await take(text).catch((error: unknown) => found.push(`in the corpus: ${String(error)}`));
  const left = run.inputs - inputs;
  const result = await fc.check(fc.asyncProperty(kind.texts, take), {
    seed: run.seed,
    numRuns: Math.max(1, left),
  });
  if (result.failed) {
    const text = result.counterexample?.[0] ?? "";
    found.push(`${String(result.errorInstance)} (${keep(kind, text)})`);
  }
  if (Object.hasOwn({}, "polluted") || "polluted" in {}) found.push("Object has a new property");
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  return { name: kind.name, what: kind.what, inputs, ...counts, slowestMs, memory, found };
}

const CORPUS = path.join(PACKAGE_ROOT, "tests/fuzz/corpus");

function corpusOf({ name }: FuzzKind): string[] {
  const folder = path.join(CORPUS, name);
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
}

function keep({ name }: FuzzKind, text: string): string {
  const file = createHash("sha256").update(text).digest("hex").slice(0, 12);
  writeFileSync(path.join(CORPUS, name, file), text);
  return `tests/fuzz/corpus/${name}/${file}`;
}
