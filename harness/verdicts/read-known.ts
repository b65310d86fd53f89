import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import validRange from "semver/ranges/valid.js";
import * as z from "zod";
import { isNode } from "yaml";
import { parseCheckedYaml, type CheckedYaml } from "../cases/checked-yaml.ts";
import { PLATFORMS } from "../model/vocabulary.ts";
import { InputError, problemText, type Problem } from "../model/problem.ts";
import { readYamlText } from "../cases/read-yaml-text.ts";
import type { KnownDeviation } from "./known-deviation.ts";
import { showValue } from "../cases/show-value.ts";

// As outcomeTokens writes them.
const OBSERVED =
  /^(?:success|(?:[a-z-]+ )?(?:[A-Z]+|\d+|[a-z]+(?:-[a-z]+)+)|to [a-z0-9+-]+|value \S+ size \d+)$/;

const deviation = z.strictObject({
  document: z.string().min(1).describe("Id of the document that is contradicted"),
  observed: z
    .union([z.int(), z.string()])
    .transform(String)
    .refine((text) => OBSERVED.test(text), {
      error: ({ input }) =>
        `${showValue(input)} is not an outcome (such as success, WSAEACCES, 10013 or 'listen EADDRINUSE')`,
    })
    .describe("Exactly what is seen instead; anything else stays contradicted"),
  experiments: z.array(z.string().min(1)).min(1).describe("Ids; `*` stands for any text"),
  step: z.string().min(1).nullable().default(null).describe("In a scenario: the step's label"),
  reason: z.string(),
  link: z.url().optional().describe("Where it is discussed"),
  expires: z.iso.date().nullable().default(null).describe("Last day on which it counts"),
  versions: z
    .string()
    .refine((text) => validRange(text) !== null, {
      error: ({ input }) => `${showValue(input)} is not a version range (such as '>=8 <9')`,
    })
    .nullable()
    .default(null)
    .describe("Range of the platform's own versions"),
});

/** A file of known deviations: one platform's. */
const knownDeviationsSchema = z.strictObject({
  platform: z.enum(PLATFORMS).describe("Whose deviations these are, as the target's line names it"),
  deviations: z.array(deviation),
});

const EMPTY = "the file is empty (it has 'platform' and 'deviations')";

/**
 * Known deviations of a file, or of every YAML file of a folder. Those of a draft may lack their reasons. Throws
 * InputError with every problem.
 */
export function readKnownDeviations(named: string, isDraft = false): KnownDeviation[] {
  const deviations: KnownDeviation[] = [];
  const problems: string[] = [];
  for (const file of filesOf(named)) {
    const text = readYamlText(file, "a file of known deviations");
    if (typeof text !== "string") {
      problems.push(`--known: ${file}: ${text.message}`);
      continue;
    }
    const read = parseCheckedYaml(file, text, knownDeviationsSchema, EMPTY);
    problems.push(...read.problems.map(problemText));
    for (const document of read.documents) {
      const { platform, deviations: entries } = document.data;
      if (!isDraft) problems.push(...missingReasons(file, document).map(problemText));
      for (const { link: _link, ...entry } of entries) deviations.push({ platform, ...entry });
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return deviations;
}

function missingReasons(
  file: string,
  { data, yaml, placeAt }: CheckedYaml<z.infer<typeof knownDeviationsSchema>>,
): Problem[] {
  return data.deviations.flatMap(({ reason }, at) => {
    if (reason.trim() !== "") return [];
    const node = yaml.getIn(["deviations", at, "reason"], true);
    const place = placeAt((isNode(node) && node.range?.[0]) || 0);
    return { file, ...place, message: "'reason' is empty (say why this deviation is accepted)" };
  });
}

function filesOf(named: string): string[] {
  if (!existsSync(named)) throw new InputError([`--known: there is no '${named}'`]);
  if (!statSync(named).isDirectory()) return [named];
  const files = readdirSync(named).filter((name) => name.endsWith(".yaml"));
  if (files.length === 0)
    throw new InputError([`--known: there is no file in '${named}' (their names end in .yaml)`]);
  return files.toSorted().map((name) => path.join(named, name));
}
