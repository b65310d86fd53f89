import * as z from "zod";
import { RESULT_VERSION } from "./line.ts";

// What readers reach into without looking: docs/result-stream.md. Keys that are not named here may be there.

const text = z.string();
const texts = z.record(text, text);
const selection = z.looseObject({
  files: z.array(text),
  filter: z.array(text),
  protocol: z.array(text),
  family: z.array(text),
  document: z.array(text),
  shard: text.nullable(),
});
const document = z.looseObject({
  id: text,
  title: text,
  section: text,
  url: text,
  kind: text,
  remark: text.optional(),
  appliesTo: z.looseObject({ platform: text, versions: text }),
  file: text,
  notes: texts,
});
const endpoint = z.looseObject({ options: z.record(text, z.number()), name: text.optional() });

// What the id of a pair is made of.
const seat = z.looseObject({
  family: text,
  options: z.array(text),
  address: text,
  account: text,
  api: text,
  state: text,
});
const pair = z.looseObject({ protocol: text, family: text, first: seat, second: seat });

const simpleOutcome = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("success") }),
  z.looseObject({
    kind: z.literal("delivered"),
    sent: z.number(),
    shares: z.record(text, z.number()),
  }),
  z.looseObject({ kind: z.literal("error"), step: text, code: text, errno: z.number() }),
  z.looseObject({ kind: z.literal(["skipped", "broken"]), reason: text }),
]);
const outcome = z.union([
  simpleOutcome,
  z.looseObject({ kind: z.literal("unstable"), outcomes: z.array(simpleOutcome) }),
]);

const target = z.looseObject({
  type: z.literal("target"),
  target: text,
  platform: z.looseObject({ name: text, implements: text, version: text }),
  os: z.looseObject({ name: text, version: text, build: text, kernel: text }),
  runtime: texts,
  addresses: z.record(text, z.record(text, text.nullable())),
  controls: texts,
});

const step = z.looseObject({ by: text, do: text });
const scenario = z.looseObject({ scenario: z.looseObject({ steps: z.array(step) }) });
const observation = z.looseObject({
  type: z.literal("observation"),
  target: text,
  experiment: z.looseObject({ id: text }).and(z.union([scenario, pair])),
  outcome,
  steps: z.array(z.looseObject({ step: z.number(), label: text, outcome })).optional(),
  attempts: z.number(),
  durationMs: z.number(),
  port: z.number().nullable(),
  evidence: z.looseObject({
    first: endpoint.optional(),
    second: endpoint.optional(),
    afterFirstClosed: text.optional(),
    discarded: z.array(text).optional(),
  }),
});

const word = z.enum([
  "held",
  "contradicted",
  "known-deviation",
  "stale-deviation",
  "skipped",
  "broken",
]);
const verdict = z.looseObject({
  type: z.literal("verdict"),
  target: text,
  experiment: text,
  document: text,
  claim: z.looseObject({
    expect: text,
    source: z.looseObject({ file: text, line: z.number(), column: z.number() }),
    step: text.optional(),
    says: text.optional(),
  }),
  verdict: word,
  reason: text.optional(),
  detail: text.optional(),
  shipped: z.literal(true).optional(),
});

const run = z.looseObject({
  type: z.literal("run"),
  version: z.literal(RESULT_VERSION),
  harness: text,
  startedAt: text.refine((time) => !Number.isNaN(Date.parse(time)), { error: "is no time" }),
  arguments: z.array(text),
  selection,
  documents: z.array(document),
});
const summary = z.looseObject({
  type: z.literal("summary"),
  counts: z.array(
    z.looseObject({ target: text, document: text, counts: z.partialRecord(word, z.number()) }),
  ),
  observations: z.number(),
  notApplicable: z.array(text),
  brokenTargets: z.array(text),
  wallMs: z.number(),
});
const targetProblem = z.looseObject({
  type: z.literal("target-problem"),
  target: text,
  problem: text,
});

const lineSchema = z.discriminatedUnion("type", [
  run,
  target,
  targetProblem,
  observation,
  verdict,
  summary,
]);

/** What is wrong with a line's type or values, as `path: what`; null when readers may take it for a Line. */
export function findLineProblem(value: unknown): string | null {
  if (isDeeper(value, MOST_LEVELS)) return `more than ${MOST_LEVELS} levels of nesting`;
  const checked = lineSchema.safeParse(value);
  if (checked.success) return null;
  const [issue] = checked.error.issues;
  return issue ? `${issue.path.join("/") || "the line"}: ${issue.message}` : "it is none";
}

// The deepest honest line, a scenario's observation, has 6. What reads and writes lines calls itself for each level.
const MOST_LEVELS = 32;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
