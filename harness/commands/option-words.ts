/** The help of --out where a command prints one text. */
export const OUT_HELP = "write to this file, in UTF-8, and not to the terminal";

/** For options that can be given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
