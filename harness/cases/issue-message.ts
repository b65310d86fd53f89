import * as z from "zod";
import { didYouMean } from "../model/did-you-mean.ts";
import { showValue } from "./show-value.ts";

/** What an issue of the schema means to the author of the file: what is wrong (what is allowed), and where. */
export function issueMessage(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
): { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  const { path } = issue;
  const key = path.filter((part) => typeof part === "string").at(-1);
  const name = key === undefined ? "the document" : `'${key}'`;
  const state = issue.input === undefined ? "is missing" : `is ${showValue(issue.input)}`;
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownKeys(issue, allowedKeys(path, schema, issue.input));
    case "invalid_type":
      return [{ path, message: `${name} ${state} (allowed: ${withArticle(issue.expected)})` }];
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near = typeof issue.input === "string" ? didYouMean(issue.input, allowed) : "";
      return [{ path, message: `${name} ${state} (allowed: ${allowed.join(", ")})${near}` }];
    }
    case "invalid_key":
      return issue.issues.map(({ message }) => ({ path, message }));
    case "too_small":
      if (isNumeric(issue))
        return [{ path, message: `${name} ${state} (at least ${issue.minimum})` }];
      return [{ path, message: `${name} is empty (at least ${issue.minimum})` }];
    case "too_big":
      return [
        isNumeric(issue)
          ? { path, message: `${name} ${state} (at most ${issue.maximum})` }
          : { path, message: `${name} is too long (at most ${issue.maximum})` },
      ];
    case "invalid_union":
      return issue.discriminator === undefined
        ? unionMessage(issue, schema)
        : [wordMessage(issue, issue.discriminator, schema)];
    default:
      return [
        {
          path,
          message: issue.message.startsWith("Invalid")
            ? `${name} ${state}: ${issue.message}`
            : issue.message,
        },
      ];
  }
}

function isNumeric({ origin }: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): boolean {
  return origin === "number" || origin === "int";
}

function unknownKeys(
  { path, keys }: z.core.$ZodIssueUnrecognizedKeys,
  allowed: readonly string[],
): ReturnType<typeof issueMessage> {
  return keys.slice(0, MOST_KEYS).map((unknown) => ({
    path: [...path, unknown],
    message: `unknown key '${unknown}' (allowed: ${allowed.join(", ")})${didYouMean(unknown, allowed)}`,
  }));
}

// More than anybody reads; a file may hold a million.
const MOST_KEYS = 200;

/** Which words there are for the key by which alternatives are told apart, such as the verb of a step. */
function wordMessage(
  { path, input }: z.core.$ZodIssueInvalidUnion,
  key: string,
  schema: z.ZodType,
): ReturnType<typeof issueMessage>[number] {
  const ofStep = path.at(-1) === key ? path.slice(0, -1) : path;
  const value = (input as Record<string, unknown> | undefined)?.[key];
  const words = (nodeAt(ofStep, schema)?.oneOf ?? []).flatMap(
    ({ properties }) => properties?.[key]?.const ?? [],
  );
  const state = value === undefined ? "is missing" : `is ${showValue(value)}`;
  const near = typeof value === "string" ? didYouMean(value, words) : "";
  const at = value === undefined ? ofStep : [...ofStep, key];
  return { path: at, message: `'${key}' ${state} (allowed: ${words.join(", ")})${near}` };
}

/** Of the alternatives the one that comes nearest: what it says of its parts, not that it is of another type. */
function unionMessage(
  issue: z.core.$ZodIssueInvalidUnion,
  schema: z.ZodType,
): ReturnType<typeof issueMessage> {
  const [nearest] = issue.errors.flatMap((issues) => issues.slice(0, 1)).toSorted(byNearness);
  if (!nearest || issue.message !== "Invalid input")
    return [{ path: issue.path, message: issue.message }];
  return issueMessage({ ...nearest, path: [...issue.path, ...nearest.path] }, schema);
}

function byNearness(a: z.core.$ZodIssue, b: z.core.$ZodIssue): number {
  const remoteness = ({ code }: z.core.$ZodIssue): number =>
    ["too_small", "invalid_format", "invalid_value", "invalid_type"].indexOf(code);
  return b.path.length - a.path.length || remoteness(a) - remoteness(b);
}

function withArticle(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    array: "a list",
    object: "a mapping",
    record: "a mapping",
    string: "text",
  };
  return names[expected] ?? expected;
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: string;
  /** Of every key where they are the author's own. */
  readonly additionalProperties?: SchemaNode;
}

/** The keys that the schema has at a path; of alternatives, those of the one that the value says it is. */
function allowedKeys(path: readonly PropertyKey[], schema: z.ZodType, value: unknown): string[] {
  const node = nodeAt(path, schema);
  const verb = (value as Record<string, unknown> | undefined)?.["do"];
  const own = node?.oneOf?.find(({ properties }) => properties?.["do"]?.const === verb) ?? node;
  return Object.keys(own?.properties ?? {});
}

function nodeAt(path: readonly PropertyKey[], schema: z.ZodType): SchemaNode | undefined {
  let node: SchemaNode | undefined = z.toJSONSchema(schema, { io: "input" }) as SchemaNode;
  for (const part of path)
    node =
      typeof part === "number"
        ? node?.items
        : (node?.properties?.[String(part)] ?? node?.additionalProperties);
  return node;
}
