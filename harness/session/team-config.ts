import path from "node:path";
import * as z from "zod";
import { reporterNames } from "../../reports/reporters.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { PACKAGE_ROOT } from "../package-root.ts";

// bindcheck.config.yaml, written once: types, checks and bindcheck.config.schema.json all come from here.

const name = z.string().regex(/^[A-Za-z0-9][\w.-]*$/, {
  error: ({ input }) => `'${String(input)}' is not a name (allowed: letters, digits and . _ -)`,
});

const oneOrMore = <Item extends z.ZodType<string>>(item: Item) =>
  z.union([item.transform((each) => [each]), z.array(item).min(1)]);

const reporter = z.string().regex(new RegExp(`^(${reporterNames.join("|")})(=.+)?$`), {
  error: ({ input }) =>
    `unknown reporter '${String(input)}' (allowed: ${reporterNames.join(", ")}, each with =PATH if wanted)${didYouMean(String(input), reporterNames)}`,
});

const fleet = z.strictObject({
  on: oneOrMore(z.string()).describe("Names of `targets`, or what `--on` takes"),
  files: oneOrMore(z.string())
    .optional()
    .describe("Case files and folders of them, from the folder of this file"),
  document: oneOrMore(z.string()).optional().describe("Ids of documents"),
  protocol: oneOrMore(z.enum(["tcp", "udp"])).optional(),
  family: oneOrMore(z.enum(["ipv4", "ipv6", "dual"])).optional(),
  filter: oneOrMore(z.string()).optional().describe("Part of an experiment's id, or /regex/"),
});

/** A team's names for targets, and for targets with a selection; and what a run takes where its command says nothing. */
export const teamConfigSchema = z.strictObject({
  targets: z
    .record(name, z.string())
    .default({})
    .describe("A name for what `--on` takes, such as ssh:qa@win2022.example"),
  fleets: z.record(name, fleet).default({}),
  reporters: oneOrMore(reporter)
    .optional()
    .describe("What `--reporter` takes: a name, or NAME=PATH from the folder of this file"),
  out: z
    .string()
    .optional()
    .describe("Folder of the reports that name no path, from the folder of this file"),
  known: oneOrMore(z.string())
    .optional()
    .describe("Known deviations: files and folders from the folder of this file, or none"),
});

export type TeamConfig = z.infer<typeof teamConfigSchema>;

/** One fleet: where to measure, and what a run measures that does not say it itself. */
export type Fleet = z.infer<typeof fleet>;

/** The JSON Schema, for editors. */
export function teamConfigJsonSchema(): object {
  return z.toJSONSchema(teamConfigSchema, { io: "input" });
}

/** Where it is kept. */
export const TEAM_CONFIG_SCHEMA: string = path.join(PACKAGE_ROOT, "bindcheck.config.schema.json");
