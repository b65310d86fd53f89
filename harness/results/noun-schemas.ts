import * as z from "zod";
import { isShard, NO_SHARD } from "../claims/select.ts";
import type { ClaimSource, Document } from "../model/claim.ts";
import type { Endpoint, EndpointPair, Experiment } from "../model/experiment.ts";
import type {
  EndpointEvidence,
  Evidence,
  Observation,
  Outcome,
  StepObservation,
} from "../model/observation.ts";
import type { FamilyAddresses, Platform } from "../model/platform.ts";
import type { OptionExperiment } from "../model/option-experiment.ts";
import type { Scenario } from "../model/scenario.ts";
import type { ScenarioStep } from "../model/steps.ts";
import type { Selection } from "../model/selection.ts";
import { CALLS, type AddressFamily } from "../model/vocabulary.ts";

// The model's nouns as they come back from a result stream: docs/result-stream.md. The compiler refuses a key that the
// noun has and its schema lacks, or the other way round. Keys that are not named here may be there.

/** A schema for each key of a noun. */
type ShapeOf<Noun> = { readonly [Key in keyof Noun]-?: z.ZodType<Noun[Key]> };

const text = z.string();
const texts = z.record(text, text);

/** A word of a list of which a later bindcheck may have more: any text is read. */
function word<Word extends string>(): z.ZodType<Word> {
  return text as unknown as z.ZodType<Word>;
}

export const selectionSchema = z.object({
  explores: z.literal(true).exactOptional(),
  options: z.literal(true).exactOptional(),
  with: z.array(text).exactOptional(),
  allVersions: z.literal(true).exactOptional(),
  files: z.array(text),
  filter: z.array(text),
  protocol: z.array(text),
  family: z.array(text),
  document: z.array(text),
  shard: text.refine(isShard, { error: NO_SHARD }).nullable(),
} satisfies ShapeOf<Selection>);

export const documentSchema: z.ZodType<Document> = z.object({
  id: text,
  title: text,
  section: text,
  url: text.optional(),
  kind: word<Document["kind"]>(),
  remark: text.optional(),
  appliesTo: z.object({ platform: text, versions: text }),
  file: text,
  notes: texts,
} satisfies ShapeOf<Document>);

export const platformSchema: z.ZodType<Platform> = z.object({
  name: text,
  implements: text,
  version: text,
  own: text.exactOptional(),
} satisfies ShapeOf<Platform>);

const addresses = z.record(text, text.nullable()) as unknown as z.ZodType<FamilyAddresses>;

/** Null where the target has none. */
export const addressesSchema = z.object({
  ipv4: addresses,
  ipv6: addresses,
  dual: addresses,
} satisfies ShapeOf<Record<AddressFamily, FamilyAddresses>>);

export const claimSourceSchema: z.ZodType<ClaimSource> = z.object({
  file: text,
  line: z.number(),
  column: z.number(),
} satisfies ShapeOf<ClaimSource>);

const endpoint: z.ZodType<Endpoint> = z.object({
  family: word<Endpoint["family"]>(),
  options: z.array(word<Endpoint["options"][number]>()),
  address: word<Endpoint["address"]>(),
  account: word<Endpoint["account"]>(),
  api: word<Endpoint["api"]>(),
  state: word<Endpoint["state"]>(),
  port: word<"other">().exactOptional(),
} satisfies ShapeOf<Endpoint>);

const pair: z.ZodType<EndpointPair> = z.object({
  id: text,
  protocol: word<EndpointPair["protocol"]>(),
  family: word<EndpointPair["family"]>(),
  first: endpoint,
  second: endpoint,
} satisfies ShapeOf<EndpointPair>);

// What else a step says is only shown.
const step = z.object({ by: text, do: text }) as unknown as z.ZodType<ScenarioStep>;

const scenario: z.ZodType<Scenario> = z.object({
  id: text,
  protocol: word<Scenario["protocol"]>(),
  family: word<Scenario["family"]>(),
  scenario: z.object({ name: text, steps: z.array(step) }),
} satisfies ShapeOf<Scenario>);

const optionExperiment: z.ZodType<OptionExperiment> = z.object({
  id: text,
  protocol: word<OptionExperiment["protocol"]>(),
  family: word<OptionExperiment["family"]>(),
  option: text,
} satisfies ShapeOf<OptionExperiment>);

// Chosen by its key: a union tries one after the other, and says of none what is wrong.
const experiment = z.unknown().superRefine((value, context) => {
  const has = (key: string): boolean => typeof value === "object" && value !== null && key in value;
  const own = has("scenario") ? scenario : has("option") ? optionExperiment : pair;
  for (const issue of own.safeParse(value).error?.issues ?? [])
    context.addIssue({ ...issue, code: "custom" });
}) as unknown as z.ZodType<Experiment>;

type OutcomeOf<Kind extends Outcome["kind"]> = Extract<Outcome, { kind: Kind }>;

const SIMPLE_OUTCOMES = {
  success: z.object({ kind: z.literal("success") }),
  delivered: z.object({
    kind: z.literal("delivered"),
    sent: z.number(),
    shares: z.record(text, z.number()),
  } satisfies ShapeOf<OutcomeOf<"delivered">>),
  error: z.object({
    kind: z.literal("error"),
    step: z.enum(CALLS),
    code: text,
    errno: z.number(),
  } satisfies ShapeOf<OutcomeOf<"error">>),
  value: z.object({
    kind: z.literal("value"),
    value: text,
    size: z.number(),
  } satisfies ShapeOf<OutcomeOf<"value">>),
  skipped: z.object({
    kind: z.literal("skipped"),
    reason: word<OutcomeOf<"skipped">["reason"]>(),
    detail: text,
  } satisfies ShapeOf<OutcomeOf<"skipped">>),
  broken: z.object({
    kind: z.literal("broken"),
    reason: word<OutcomeOf<"broken">["reason"]>(),
    detail: text,
  } satisfies ShapeOf<OutcomeOf<"broken">>),
} satisfies {
  readonly [Kind in Exclude<Outcome["kind"], "unstable">]: z.ZodType<OutcomeOf<Kind>>;
};

type SimpleOutcome = (typeof SIMPLE_OUTCOMES)[keyof typeof SIMPLE_OUTCOMES];
const simpleOutcomes = Object.values(SIMPLE_OUTCOMES) as [SimpleOutcome, ...SimpleOutcome[]];

const outcome: z.ZodType<Outcome> = z.discriminatedUnion("kind", [
  ...simpleOutcomes,
  z.object({
    kind: z.literal("unstable"),
    outcomes: z.array(z.discriminatedUnion("kind", simpleOutcomes)),
  }),
]);

const endpointEvidence: z.ZodType<EndpointEvidence> = z.object({
  options: z.record(text, z.number()),
  name: text.exactOptional(),
} satisfies ShapeOf<EndpointEvidence>);

const evidence: z.ZodType<Evidence> = z.object({
  first: endpointEvidence.exactOptional(),
  second: endpointEvidence.exactOptional(),
  afterFirstClosed: text.exactOptional(),
  discarded: z.array(text).exactOptional(),
} satisfies ShapeOf<Evidence>);

const stepObservation: z.ZodType<StepObservation> = z.object({
  step: z.number(),
  label: text,
  outcome,
} satisfies ShapeOf<StepObservation>);

/** The keys of an observation; its line has two more. */
export const OBSERVATION_SHAPE = {
  experiment,
  outcome,
  steps: z.array(stepObservation).exactOptional(),
  attempts: z.number(),
  durationMs: z.number().nullable(),
  port: z.number().nullable(),
  evidence,
} satisfies ShapeOf<Observation>;
