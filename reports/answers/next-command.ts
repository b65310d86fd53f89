import { quotedArgument } from "../../harness/model/quoted-argument.ts";

/** What to do with drafted known deviations: a run takes none without a reason. */
export function nextAfterDraft(file: string, words: readonly string[]): string {
  const command = ["bindcheck run", ...words, "--known", quotedArgument(file)].join(" ");
  return `next: give every entry of ${file} a reason, then: ${command}`;
}

/** The words of a command for the same files on the same targets. */
export function sameRun(files: readonly string[], targets: readonly string[]): string[] {
  return [...files.map(quotedArgument), ...targets.map((name) => `--on ${quotedArgument(name)}`)];
}
