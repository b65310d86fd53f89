import * as z from "zod";
import { optionRows, supportGrid } from "./option-schema.ts";
import { scenario, sequences } from "./scenario-schema.ts";
import {
  ACCOUNTS,
  ADDRESS_KINDS,
  APIS,
  DOCUMENT_KINDS,
  FAMILIES,
  PLATFORMS,
  PROTOCOLS,
  STATES,
} from "../model/vocabulary.ts";
import { boundOptionSet } from "./option-text.ts";
import { WINSOCK_CODES } from "../model/error-codes.ts";
import { nearOutcome, OUTCOME_HELP, OUTCOME_PATTERN } from "./outcome-text.ts";
import { showValue } from "./show-value.ts";

// The case file, written once: types, checks and cases/case-file.schema.json all come from here.
// A file holds one YAML document, or several separated by `---`: one for each section of a published text.

const notAnOutcome = {
  error: (issue: z.core.$ZodRawIssue): string =>
    `${showValue(issue.input)} is not an outcome (allowed: ${OUTCOME_HELP})${nearOutcome(issue.input)}`,
};
const outcome = z
  .union([z.literal(WINSOCK_CODES), z.string().regex(OUTCOME_PATTERN, notAnOutcome)], notAnOutcome)
  .describe("`success`, `n/a`, a Winsock number or an errno name; `*` refers to a note");

const oneOrMore = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).min(1)]);

const family = z
  .enum(FAMILIES)
  .describe("`ipv6` has IPV6_V6ONLY on, `dual` has it off, `ipv6-as-made` as the system makes it");

const endpointShape = {
  options: oneOrMore(boundOptionSet).describe(
    "A list means alternatives: one column or row, several experiments",
  ),
  address: z.enum(ADDRESS_KINDS),
  family: family.optional().describe("Where it is not the matrix's: this endpoint's own"),
  state: z
    .enum(STATES)
    .optional()
    .describe("`connected`: bound, then connected to a socket of the same process"),
  api: z
    .enum(APIS)
    .optional()
    .describe("`node`: net.Server.listen or dgram.Socket.bind instead of the system's calls"),
  port: z.enum(["other"]).optional().describe("Only for controls: a port of its own"),
};

const endpoint = z.strictObject({
  ...endpointShape,
  expect: oneOrMore(outcome)
    .optional()
    .describe(
      "On every row and on no column: the outcomes of the second bind, column by column, or one for all columns",
    ),
});

const pairEndpoint = z.strictObject({
  ...endpointShape,
  options: endpointShape.options
    .optional()
    .describe("Only with `options` in the matrix may an endpoint have none of its own"),
});

const pair = z.strictObject({
  first: pairEndpoint,
  second: pairEndpoint,
  expect: oneOrMore(outcome).describe(
    "The outcome of the second bind; a list with one for each of the matrix's option sets",
  ),
});

const document = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/, {
        error: "not a document id (allowed: lower-case letters, digits, '.', '-' and '/')",
      })
      .describe("Stable short name, as in --document"),
    title: z.string().min(1),
    section: z.string().min(1),
    url: z.url().optional().describe("Where it can be read; only `measured` may leave it out"),
    kind: z.enum(DOCUMENT_KINDS),
    remark: z.string().min(1).optional().describe("One sentence on how far to trust it"),
  })
  .refine(({ url, kind }) => url !== undefined || kind === "measured", {
    path: ["url"],
    error: "'url' is missing (only a document of kind 'measured' may leave it out)",
  });

/** One section of a published text: whose behaviour it states, on what, and the table or the pairs. */
export const caseDocument = z.strictObject({
  document,
  "applies-to": z.strictObject({
    platform: z.enum(["any", ...PLATFORMS, "bsd"]),
    versions: z
      .string()
      .regex(/^[<>=\d. |*-]+$/, {
        error: "not a version range (such as '>=6.1 <6.9')",
        abort: true,
      })
      .default("*"),
  }),
  matrix: z.strictObject({
    protocol: oneOrMore(z.enum(PROTOCOLS)),
    family: oneOrMore(family),
    account: z.enum(ACCOUNTS).default("same"),
    options: z
      .array(boundOptionSet)
      .min(1)
      .optional()
      .describe("With `pairs`: what both endpoints set, in turn, where they name no options"),
  }),
  table: z
    .strictObject({ first: z.array(endpoint).min(1), second: z.array(endpoint).min(1) })
    .optional()
    .describe("Every first endpoint with every second one"),
  pairs: z.array(pair).min(1).optional().describe("A list of experiments that is not a grid"),
  scenarios: z
    .array(scenario)
    .min(1)
    .optional()
    .describe("Sentences of the prose, each as an ordered list of steps"),
  options: optionRows
    .optional()
    .describe("A table of socket options: what each can do, and what it is on a new socket"),
  support: supportGrid
    .optional()
    .describe("A grid of socket options and the versions of Windows that know them"),
  sequences: sequences.optional().describe("Scenarios that only open sockets, laid out compactly"),
  notes: z.record(z.string(), z.string()).default({}),
});

/** A case document as the schema leaves it, defaults filled in. */
export type CaseDocument = z.infer<typeof caseDocument>;

/** An entry of a table: a column, or with `expect` a row. */
export type CaseEndpoint = z.infer<typeof endpoint>;

/** An entry of `pairs`: two endpoints and what the second one meets. */
export type CasePair = z.infer<typeof pair>;
