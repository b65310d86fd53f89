import * as z from "zod";
import { ADDRESS_KINDS, FAMILIES, PARTIES, PROTOCOLS } from "../model/vocabulary.ts";
import type { StepName } from "../model/steps.ts";
import { WINSOCK_CODES } from "../model/error-codes.ts";
import { nearOutcome, STEP_OUTCOME_HELP, STEP_OUTCOME_PATTERN } from "./outcome-text.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { isMulticast } from "../model/address.ts";
import { boundOptionSet, optionName, optionSet, sequenceSocket } from "./option-text.ts";
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
/** Words of a census, which sockets cannot be called. */
export const CENSUS_WORDS: readonly string[] = ["each", "all", "nobody"];
const socketName = name.refine((text) => !CENSUS_WORDS.includes(text), {
  error: ({ input }) => `a socket cannot be called '${String(input)}' (it is a word of a census)`,
});
const by = z
  .enum(PARTIES)
  .describe("The process that carries the step out; `other` runs under another account");
const base = { by, socket: socketName, expect };
const notAmong = (key: string, allowed: string) => ({
  error: ({ input }: z.core.$ZodRawIssue): string =>
    input === undefined
      ? `'${key}' is missing (allowed: ${allowed})`
      : `'${key}' is ${showValue(input)} (allowed: ${allowed})${typeof input === "string" ? didYouMean(input, allowed.split(", ")) : ""}`,
});
const address = z.union(
  [
    z.enum(ADDRESS_KINDS),
    z.ipv4(),
    z.ipv6(),
    z.string().regex(/^fe[89ab][\da-f]:[\da-f:]*%[\w.-]{1,15}$/i),
  ],
  notAmong(
    "address",
    `${ADDRESS_KINDS.join(", ")}, an IPv4 or IPv6 address, a link-local one with its zone such as fe80::1%lo`,
  ),
);
const PORT_HELP = "1 to 65535, { of: SOCKET }";
const portNumber = z.int().min(1, { abort: true }).max(65_535, { abort: true });
const portOf = z.strictObject({ of: socketName }).describe("The port that a socket has");
const at = {
  address,
  port: z
    .union(
      [z.enum(["same", "other"]), portNumber, portOf],
      notAmong("port", `same, other, ${PORT_HELP}`),
    )
    .default("same"),
  family: z.enum(FAMILIES).optional(),
  protocol: z.enum(PROTOCOLS).optional().describe("Where it is not the matrix's"),
};
const boundAt = {
  ...at,
  port: z
    .union(
      [z.enum(["same", "other", "auto"]), portNumber, portOf],
      notAmong("port", `same, other, auto, ${PORT_HELP}`),
    )
    .default("same")
    .describe("`auto` is port 0: the system chooses"),
};
const option = { option: optionName.describe("As in C: SO_RCVBUF") };
const group = {
  group: z
    .union([z.ipv4(), z.ipv6()])
    .refine(isMulticast, {
      error: ({ input }) => `${showValue(input)} is not a group (allowed: 224.0.0.0/4, ff00::/8)`,
    })
    .describe("Joined on the loopback interface"),
};
const source = { ...group, source: z.union([z.ipv4(), z.ipv6()]) };

/** Every step, with the parameters that it has. */
export const STEP_SHAPES = {
  open: z.strictObject({
    do: z.literal("open"),
    ...base,
    ...boundAt,
    options: boundOptionSet.default("none"),
    state: z.enum(["bound", "listening"]).default("bound"),
    keep: z
      .boolean()
      .optional()
      .describe("Stays open although no later step names it; else it is closed at once"),
  }),
  bind: z
    .strictObject({ do: z.literal("bind"), ...base, ...boundAt })
    .describe("A further bind of a socket that is there already"),
  "set-option": z.strictObject({
    do: z.literal("set-option"),
    ...base,
    ...option,
    value: z.union([z.int(), z.string().min(1)]).default(1),
  }),
  "get-option": z.strictObject({ do: z.literal("get-option"), ...base, ...option }),
  "local-address": z
    .strictObject({ do: z.literal("local-address"), ...base })
    .describe("Reads the name of a socket: `value wildcard:same`"),
  "set-linger": z.strictObject({
    do: z.literal("set-linger"),
    ...base,
    seconds: z.int().min(0).max(60),
  }),
  "join-group": z.strictObject({ do: z.literal("join-group"), ...base, ...group }),
  "leave-group": z.strictObject({ do: z.literal("leave-group"), ...base, ...group }),
  "join-source-group": z.strictObject({ do: z.literal("join-source-group"), ...base, ...source }),
  "leave-source-group": z.strictObject({ do: z.literal("leave-source-group"), ...base, ...source }),
  "block-source": z.strictObject({ do: z.literal("block-source"), ...base, ...source }),
  "unblock-source": z.strictObject({ do: z.literal("unblock-source"), ...base, ...source }),
  listen: z.strictObject({ do: z.literal("listen"), ...base }),
  connect: z
    .strictObject({
      do: z.literal("connect"),
      ...base,
      ...at,
      options: optionSet.optional().describe("For a socket that it makes"),
      "receive-buffer": z.int().min(1).optional(),
    })
    .describe("Connects a socket that is there already, or makes one under a new name"),
  disconnect: z
    .strictObject({ do: z.literal("disconnect"), ...base })
    .describe("Takes the peer of a datagram socket away"),
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
    options: optionSet.optional().describe("Of the sockets that send: SO_BROADCAST"),
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
          .union([boundOptionSet, z.array(boundOptionSet).min(1)])
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
