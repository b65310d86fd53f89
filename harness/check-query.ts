import { didYouMean } from "./model/did-you-mean.ts";
import { InputError } from "./model/problem.ts";
import { MEASURE_LIMITS } from "./measure/measure-options.ts";
import type { RunQuery } from "./run-query.ts";

/** Holds a query against its type, for callers whom no compiler tells of a mistake. Throws InputError with every problem. */
export function checkQuery(query: RunQuery): void {
  if (typeof query !== "object" || query === null || Array.isArray(query))
    throw new InputError([`the query: ${shown(query)} is not an object`]);
  const problems = Object.entries(query).flatMap(([key, value]: [string, unknown]) =>
    problemOf(key, value),
  );
  if (problems.length > 0) throw new InputError(problems);
}

/** What a key takes: the words for it, and whether a value is that. */
type Kind = readonly [words: string, isRight: (value: unknown) => boolean];

const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

const TEXT: Kind = ["a string", isText];
const TEXTS: Kind = ["an array of strings", isTexts];
const YES_OR_NO: Kind = ["true or false", (value) => typeof value === "boolean"];

const KINDS: Readonly<Record<keyof RunQuery, Kind>> = {
  files: TEXTS,
  on: TEXTS,
  config: TEXT,
  filter: TEXTS,
  protocol: TEXTS,
  family: TEXTS,
  document: TEXTS,
  shard: TEXT,
  allVersions: YES_OR_NO,
  known: ["a string or an array of strings", (value) => isText(value) || isTexts(value)],
  except: TEXT,
  resume: TEXT,
  require: TEXTS,
  jobs: whole(MEASURE_LIMITS.jobs),
  isolate: YES_OR_NO,
  confirm: whole(MEASURE_LIMITS.confirm),
  timeoutMs: whole(MEASURE_LIMITS.timeoutMs),
  ports: ["[from, to] with at least two ports from 1 to 65535", isPorts],
  failOnSkip: YES_OR_NO,
  signal: ["an AbortSignal", (value) => value instanceof AbortSignal],
};

function problemOf(key: string, value: unknown): string[] {
  if (!isKey(key)) {
    const keys = Object.keys(KINDS);
    return [`${key}: there is no such key (allowed: ${keys.join(", ")})${didYouMean(key, keys)}`];
  }
  const [words, isRight] = KINDS[key];
  return value === undefined || isRight(value) ? [] : [`${key}: ${shown(value)} is not ${words}`];
}

function isKey(key: string): key is keyof RunQuery {
  return Object.hasOwn(KINDS, key);
}

function shown(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : (JSON.stringify(value) ?? typeof value);
}

function whole([least, most]: readonly [number, number]): Kind {
  const isRight = (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  return [`a whole number from ${least} to ${most}`, isRight];
}

function isPorts(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(Number.isInteger)) return false;
  const [from, to] = value as number[];
  return Number(from) >= 1 && Number(to) <= 65_535 && Number(from) < Number(to);
}
