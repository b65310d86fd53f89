import type * as z from "zod";
import { caseFileJsonSchema } from "./schema.ts";

/** What an issue of the schema means to the author of the file: what is wrong (what is allowed), and where. */
export function issueMessage(
  issue: z.core.$ZodIssue,
): { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  const { path } = issue;
  const name = `'${path.filter((part) => typeof part === "string").at(-1) ?? "the document"}'`;
  const found = show(issue.input);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key '${key}' (allowed: ${allowedKeys(path).join(", ")})`,
      }));
    case "invalid_type":
      return issue.input === undefined
        ? [{ path, message: `${name} is missing (it is ${article(issue.expected)})` }]
        : [{ path, message: `${name} is ${found} (allowed: ${article(issue.expected)})` }];
    case "invalid_value":
      return [
        { path, message: `${name} is ${found} (allowed: ${issue.values.map(String).join(", ")})` },
      ];
    case "too_small":
      return [{ path, message: `${name} is empty (at least ${issue.minimum})` }];
    case "invalid_union": {
      const inner = issue.errors.find((issues) => issues[0]?.code !== "invalid_type")?.[0];
      if (!inner || issue.message !== "Invalid input") return [{ path, message: issue.message }];
      const where = [...path, ...inner.path];
      return issueMessage({
        ...inner,
        path: where,
        input: inner.input ?? issue.input,
      } as z.core.$ZodIssue);
    }
    default:
      return [
        {
          path,
          message: issue.message.startsWith("Invalid")
            ? `${name} is ${found}: ${issue.message}`
            : issue.message,
        },
      ];
  }
}

function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "a mapping" : `'${value as string}'`;
}

function article(expected: string): string {
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
}

/** The keys that the schema has at a path. */
function allowedKeys(path: readonly PropertyKey[]): string[] {
  let node: SchemaNode | undefined = caseFileJsonSchema();
  for (const part of path)
    node = typeof part === "number" ? node?.items : node?.properties?.[String(part)];
  return Object.keys(node?.properties ?? {});
}
