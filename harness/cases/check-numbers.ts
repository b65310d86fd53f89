import { WINSOCK_CODES } from "../model/error-codes.ts";
import { implementsOf } from "../model/vocabulary.ts";
import type { Report } from "./check-scenarios.ts";
import type { CaseDocument } from "./schema.ts";

/** Numbers of Winsock stand in documents of systems that have it: any other system reports a name of errno.h. */
export function checkNumbers(file: CaseDocument, problem: Report): void {
  const { platform } = file["applies-to"];
  if (platform === "any" || implementsOf(platform) === "windows") return;
  for (const { path, text } of [...expectedIn(file, []), ...answersIn(file)])
    for (const number of text.split(" | ").map(codeIn))
      if (NUMBERS.has(number))
        problem(
          path,
          `'${number}' is a number of Winsock, and ${platform} has none (write a name of errno.h, such as EADDRINUSE)`,
        );
}

const NUMBERS: ReadonlySet<string> = new Set(WINSOCK_CODES.map(String));

/** The code of a refusal, which may name its call and have a note; a value is none. */
function codeIn(outcome: string): string {
  return /^(?!value |size )(?:[\w-]+ )?(\d+)\*?$/.exec(outcome)?.[1] ?? "";
}

/** What rows of options say, without the values. */
function answersIn({ options = [] }: CaseDocument): { path: PropertyKey[]; text: string }[] {
  return options.flatMap((row, index) =>
    Object.entries(row)
      .filter(([key]) => !NO_ANSWERS.has(key))
      .map(([key, answer]) => ({ path: ["options", index, key], text: String(answer) })),
  );
}

const NO_ANSWERS: ReadonlySet<string> = new Set(["option", "type", "default"]);

/** Every outcome of the file, whatever kind of table it is in. */
function expectedIn(
  node: unknown,
  path: readonly PropertyKey[],
): { path: PropertyKey[]; text: string }[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const own = [...path, Array.isArray(node) ? Number(key) : key];
    if (key !== "expect") return expectedIn(value, own);
    return Array.isArray(value)
      ? value.map((text, at) => ({ path: [...own, at], text: String(text) }))
      : [{ path: own, text: String(value) }];
  });
}
