import { lineSchema } from "./line-schema.ts";
import type { Line } from "./line.ts";

/** The value as a line, or what is wrong with its type or values, as `path: what`. */
export function checkLine(value: unknown): { readonly line: Line } | { readonly problem: string } {
  if (isDeeper(value, MOST_LEVELS))
    return { problem: `more than ${MOST_LEVELS} levels of nesting` };
  const checked = lineSchema.safeParse(value);
  // Keys of a later version stay in the value.
  if (checked.success) return { line: value as Line };
  const [issue] = checked.error.issues;
  const where = issue?.path.join("/") || "the line";
  return { problem: `${where}: ${issue?.message ?? "is none"}` };
}

// The deepest honest line, a scenario's observation, has 6. What reads and writes lines calls itself for each level.
const MOST_LEVELS = 32;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  // JSON has no inherited keys, and a list of them for each object of a million lines takes as long as parsing.
  for (const key in value)
    if (isDeeper((value as Readonly<Record<string, unknown>>)[key], levels - 1)) return true;
  return false;
}
