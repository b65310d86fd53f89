/** A piece of a program that is there only where something uses it. */
export interface Helper {
  /** What uses it looks like, in the rest of the program. */
  readonly usedAs: RegExp;
  readonly text: string;
}

/** The helpers that a text uses, and those that they use, in the order in which they are given. */
export function pickHelpers(helpers: readonly Helper[], text: string): string[] {
  const picked = new Set<Helper>();
  let program = text;
  // A helper uses only those before it.
  for (const helper of helpers.toReversed())
    if (helper.usedAs.test(program)) {
      picked.add(helper);
      program += helper.text;
    }
  return helpers.filter((helper) => picked.has(helper)).map((helper) => helper.text);
}
