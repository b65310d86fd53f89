import * as z from "zod";
import type { Verdict } from "../model/verdict.ts";
import { VERDICT_WORDS } from "../model/verdict.ts";
import {
  OBSERVATION_SHAPE,
  addressesSchema,
  claimSourceSchema,
  documentSchema,
  platformSchema,
  selectionSchema,
} from "./noun-schemas.ts";
import { RESULT_VERSION } from "./result-version.ts";

const text = z.string();
const texts = z.record(text, text);

/** First line: what was asked. */
const run = z.object({
  type: z.literal("run"),
  version: z.literal(RESULT_VERSION),
  harness: text,
  /** ISO 8601. */
  startedAt: text.refine((time) => !Number.isNaN(Date.parse(time)), { error: "is not a time" }),
  /** When it went on after having been cut off, each time; ISO 8601. */
  resumedAt: z.array(text).exactOptional(),
  arguments: z.array(text),
  selection: selectionSchema,
  /** Every document that the selection holds, so that the stream can be read on its own. */
  documents: z.array(documentSchema),
});

/** Precisely what was measured. */
const target = z.object({
  type: z.literal("target"),
  target: text,
  platform: platformSchema,
  os: z.object({ name: text, version: text, build: text, kernel: text }),
  runtime: texts,
  addresses: addressesSchema,
  /** Outcome of each control by experiment id: `held`, `held on other ports` after it was refused one, or what went wrong. */
  controls: texts,
  /** Ranges of ports that the system takes or refuses by itself; absent where the caller named ports. */
  portsToAvoid: z
    .array(z.tuple([z.number(), z.number()]))
    .readonly()
    .optional(),
});

/** A target that could not start, or was lost in the middle; what it had observed stays. */
const targetProblem = z.object({
  type: z.literal("target-problem"),
  target: text,
  /** One sentence that says what to do. */
  problem: text,
});

/** What a target did in one experiment. */
const observation = z.object({
  type: z.literal("observation"),
  target: text,
  ...OBSERVATION_SHAPE,
});

/** One claim held against one observation. */
const verdict = z.object({
  type: z.literal("verdict"),
  target: text,
  /** Id of the experiment. */
  experiment: text,
  /** Id of the document. */
  document: text,
  claim: z.object({
    expect: text,
    source: claimSourceSchema,
    /** Label of the scenario's step that the claim speaks of. */
    step: text.exactOptional(),
    /** What the document says, in our own words, where the claim is a sentence and not a cell. */
    says: text.exactOptional(),
  }),
  verdict: z.enum(VERDICT_WORDS),
  // A later bindcheck may have more reasons: any text is read.
  reason: (text as unknown as z.ZodType<NonNullable<Verdict["reason"]>>).exactOptional(),
  detail: text.exactOptional(),
  /** A known deviation that came with this package; absent for one of the caller's. */
  shipped: z.literal(true).exactOptional(),
});

const counts = z.partialRecord(z.enum(VERDICT_WORDS), z.number());

const ms = z.number();

/** Where the wall time of a target went, in milliseconds. */
const timings = z.object({
  target: text,
  /** One after the other: together they are the whole. */
  phases: z.object({ prepare: ms, start: ms, controls: ms, experiments: ms, end: ms }),
  /**
   * Of the phase `experiments`: how long at least one experiment of a kind was under way, kinds overlap; how long all that
   * was under way waited; how long lines were handed to the reports.
   */
  work: z.object({ pairs: ms, scenarios: ms, options: ms, waits: ms, report: ms }),
});

/** Last line; absent when the run was cut off. */
const summary = z.object({
  type: z.literal("summary"),
  counts: z.array(z.object({ target: text, document: text, counts })),
  observations: z.number(),
  /** Documents of the selection that speak of none of the targets. */
  notApplicable: z.array(text),
  brokenTargets: z.array(text),
  /** Wall time of the run in milliseconds. */
  wallMs: z.number(),
  /** One for each target that was started; absent in streams of an older bindcheck. */
  timings: z.array(timings).exactOptional(),
});

/** Every line of the result stream, by its type. */
export const lineSchema = z.discriminatedUnion("type", [
  run,
  target,
  targetProblem,
  observation,
  verdict,
  summary,
]);

/** A line as its schema describes it. */
export type LineSchema = typeof lineSchema;
