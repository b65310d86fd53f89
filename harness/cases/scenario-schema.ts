import * as z from "zod";
import { ADDRESSES, FAMILIES, OPTION_SET_PATTERN, unknownOptions } from "./vocabulary.ts";
import { STEP_OUTCOME_HELP, STEP_OUTCOME_PATTERN, WINSOCK_CODES } from "./outcome-text.ts";

const notAnOutcome = {
  error: (issue: z.core.$ZodRawIssue): string =>
    `'${String(issue.input)}' is not an outcome of a step (allowed: ${STEP_OUTCOME_HELP})`,
};
const expect = z
  .union(
    [z.literal(WINSOCK_CODES), z.string().regex(STEP_OUTCOME_PATTERN, notAnOutcome)],
    notAnOutcome,
  )
  .optional()
  .describe("What the claim says of this step; `undetermined` is observed and not judged");

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: "not a name (allowed: lower-case letters, digits and '-')",
});
const by = z.enum(["first", "second", "peer"]).describe("The process that carries the step out");
const base = { by, socket: name, expect };
const at = {
  address: z.union([z.enum(ADDRESSES), z.ipv4(), z.ipv6()]),
  port: z.union([z.enum(["same", "other"]), z.int().min(1).max(65_535)]).default("same"),
  family: z.enum(FAMILIES).optional(),
};

const step = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("open"),
    ...base,
    ...at,
    options: z.string().regex(OPTION_SET_PATTERN, { error: unknownOptions }).default("none"),
    state: z.enum(["bound", "listening"]).default("bound"),
  }),
  z.strictObject({
    do: z.literal("set-option"),
    ...base,
    option: z.enum(["SO_EXCLUSIVEADDRUSE", "SO_REUSEADDR", "SO_REUSEPORT"]),
    value: z.int().default(1),
  }),
  z.strictObject({ do: z.literal("set-linger"), ...base, seconds: z.int().min(0).max(60) }),
  z.strictObject({ do: z.literal("join-group"), ...base, group: z.ipv4() }),
  z.strictObject({ do: z.literal("listen"), ...base }),
  z.strictObject({
    do: z.literal("connect"),
    ...base,
    ...at,
    "receive-buffer": z.int().min(1).optional(),
  }),
  z.strictObject({ do: z.literal("accept"), ...base, as: name }),
  z.strictObject({ do: z.literal("send"), ...base, bytes: z.int().min(1).max(16_384) }),
  z.strictObject({ do: z.literal("fill"), ...base }),
  z.strictObject({ do: z.literal("receive"), ...base }),
  z.strictObject({ do: z.literal("receive-end"), ...base }),
  z.strictObject({ do: z.literal("shutdown-send"), ...base }),
  z.strictObject({ do: z.literal("close"), ...base }),
  z.strictObject({
    do: z.literal("wait"),
    by: by.default("first"),
    ms: z.int().min(1).max(120_000),
  }),
  z.strictObject({
    do: z.literal("census"),
    by: by.default("peer"),
    ...at,
    count: z.int().min(1).max(1000).default(100),
    among: z.array(name).min(1),
    expect,
  }),
]);

/** An ordered list of steps that states a sentence of the prose. */
export const scenario = z.strictObject({
  name: name.describe("Part of the experiment's id"),
  says: z.string().min(1).describe("What the document says, in our own words"),
  steps: z.array(step).min(1),
});

/** A scenario as the schema leaves it, defaults filled in. */
export type CaseScenario = z.infer<typeof scenario>;
