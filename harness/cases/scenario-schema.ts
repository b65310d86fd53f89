import * as z from "zod";
import { ADDRESS_KINDS, FAMILIES, PARTIES, PROTOCOLS } from "../model/vocabulary.ts";
import type { StepName } from "../model/steps.ts";
import { WINSOCK_CODES } from "../model/error-codes.ts";
import { nearOutcome, STEP_OUTCOME_HELP, STEP_OUTCOME_PATTERN } from "./outcome-text.ts";
import { OPTION_SET_PATTERN, SEQUENCE_SOCKET_PATTERN, unknownOptions } from "./option-text.ts";
import { showValue } from "./show-value.ts";

const notAnOutcome = {
  error: (issue: z.core.$ZodRawIssue): string =>
    `${showValue(issue.input)} is not an outcome of a step (allowed: ${STEP_OUTCOME_HELP})${nearOutcome(issue.input)}`,
};
const outcomeOfStep = z.union(
  [z.literal(WINSOCK_CODES), z.string().regex(STEP_OUTCOME_PATTERN, notAnOutcome)],
  notAnOutcome,
);
const expect = outcomeOfStep
  .optional()
  .describe("What the claim says of this step; `undetermined` is observed and not judged");

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: "not a name (allowed: lower-case letters, digits and '-')",
});
const socketName = name.refine((text) => text !== "all" && text !== "each", {
  error: ({ input }) => `a socket cannot be called '${String(input)}' (it is a word of a census)`,
});
const by = z
  .enum(PARTIES)
  .describe("The process that carries the step out; `other` runs under another account");
const base = { by, socket: socketName, expect };
const optionSet = z.string().regex(OPTION_SET_PATTERN, { error: unknownOptions });
const at = {
  address: z.union([z.enum(ADDRESS_KINDS), z.ipv4(), z.ipv6()]),
  port: z.union([z.enum(["same", "other"]), z.int().min(1).max(65_535)]).default("same"),
  family: z.enum(FAMILIES).optional(),
  protocol: z.enum(PROTOCOLS).optional().describe("Where it is not the matrix's"),
};

/** Every step, with the parameters that it has. */
export const STEP_SHAPES = {
  open: z.strictObject({
    do: z.literal("open"),
    ...base,
    ...at,
    options: optionSet.default("none"),
    state: z.enum(["bound", "listening"]).default("bound"),
    keep: z
      .boolean()
      .optional()
      .describe("Stays open although no later step names it; else it is closed at once"),
  }),
  bind: z
    .strictObject({ do: z.literal("bind"), ...base, ...at })
    .describe("A further bind of a socket that is there already"),
  "set-option": z.strictObject({
    do: z.literal("set-option"),
    ...base,
    option: z.enum(["SO_EXCLUSIVEADDRUSE", "SO_REUSEADDR", "SO_REUSEPORT", "IPV6_V6ONLY"]),
    value: z.int().default(1),
  }),
  "set-linger": z.strictObject({
    do: z.literal("set-linger"),
    ...base,
    seconds: z.int().min(0).max(60),
  }),
  "join-group": z.strictObject({ do: z.literal("join-group"), ...base, group: z.ipv4() }),
  listen: z.strictObject({ do: z.literal("listen"), ...base }),
  connect: z
    .strictObject({
      do: z.literal("connect"),
      ...base,
      ...at,
      "receive-buffer": z.int().min(1).optional(),
    })
    .describe("Connects a socket that is there already, or makes one under a new name"),
  accept: z.strictObject({ do: z.literal("accept"), ...base, as: socketName }),
  send: z.strictObject({ do: z.literal("send"), ...base, bytes: z.int().min(1).max(16_384) }),
  fill: z.strictObject({ do: z.literal("fill"), ...base }),
  receive: z.strictObject({ do: z.literal("receive"), ...base }),
  "receive-end": z.strictObject({ do: z.literal("receive-end"), ...base }),
  "shutdown-send": z.strictObject({ do: z.literal("shutdown-send"), ...base }),
  "shutdown-receive": z.strictObject({ do: z.literal("shutdown-receive"), ...base }),
  close: z.strictObject({ do: z.literal("close"), ...base }),
  wait: z.strictObject({
    do: z.literal("wait"),
    by: by.default("first"),
    ms: z.int().min(1).max(120_000),
  }),
  census: z.strictObject({
    do: z.literal("census"),
    by: by.default("peer"),
    ...at,
    count: z.int().min(1).max(1000).default(100),
    among: z.array(name).min(1),
    expect,
  }),
} satisfies { readonly [Name in StepName]: z.ZodType<{ do: Name }> };

type StepShape = (typeof STEP_SHAPES)[StepName];
const step = z.discriminatedUnion("do", Object.values(STEP_SHAPES) as [StepShape, ...StepShape[]]);

/** An ordered list of steps that states a sentence of the prose. */
export const scenario = z.strictObject({
  name: name.describe("Part of the experiment's id"),
  says: z.string().min(1).describe("What the document says, in our own words"),
  steps: z.array(step).min(1),
});

const sequenceSocket = z.string().regex(SEQUENCE_SOCKET_PATTERN, {
  error: ({ input }) =>
    `${showValue(input)} is not a socket of a sequence (allowed: as in an experiment's id, such as 'SO_REUSEADDR@wildcard listening family=dual')`,
});

/** Many scenarios of one kind: sockets opened one after the other on one port, each kept open. */
export const sequences = z.strictObject({
  says: z.string().min(1).describe("What the document says, in our own words"),
  afterwards: z
    .array(sequenceSocket)
    .default([])
    .describe("What every run opens after its own sockets"),
  runs: z
    .array(
      z.strictObject({
        name,
        options: z
          .union([optionSet, z.array(optionSet).min(1)])
          .optional()
          .describe(
            "What sockets without options of their own set; a list makes several scenarios",
          ),
        open: z.array(sequenceSocket).min(1),
        expect: z
          .array(outcomeOfStep)
          .min(1)
          .describe("One for each socket, `afterwards` included"),
      }),
    )
    .min(1),
});

/** Sequences as the schema leaves them. */
export type CaseSequences = z.infer<typeof sequences>;

/** A scenario as the schema leaves it, defaults filled in. */
export type CaseScenario = z.infer<typeof scenario>;
