import { WINSOCK_CODES } from "../model/error-codes.ts";
import { OFFERS_CALLS_OF, type PlatformName } from "../model/vocabulary.ts";
import type { Report } from "./check-scenarios.ts";
import type { CaseDocument } from "./schema.ts";

/** Numbers of Winsock stand in documents of systems that have it: any other system reports a name of errno.h. */
export function checkNumbers(file: CaseDocument, problem: Report): void {
  const { platform } = file["applies-to"];
  if (platform === "any" || callsOf(platform) === "windows") return;
  for (const { path, text } of expectedIn(file, []))
    for (const number of text.match(/\d{5}/g) ?? [])
      if (NUMBERS.has(number))
        problem(
          path,
          `'${number}' is a number of Winsock, and ${platform} has none (write a name of errno.h, such as EADDRINUSE)`,
        );
}

const NUMBERS: ReadonlySet<string> = new Set(WINSOCK_CODES.map(String));

function callsOf(platform: string): string {
  return OFFERS_CALLS_OF[platform as PlatformName] ?? platform;
}

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
