import type { AddCommand } from "./add-command.ts";
import { DEFAULT_OUT } from "../results/default-results.ts";
import type { DiffOptions } from "./diff.ts";
import type { MatrixOptions } from "./matrix.ts";
import type { MergeOptions } from "./merge.ts";

/** The commands that measure nothing and read the results of earlier runs. */
export function resultsCommands(setCode: (code: number) => void): Record<string, AddCommand> {
  return {
    merge: (program) =>
      program
        .command("merge <results...>")
        .usage("[options] [NAME=]RESULTS...")
        .description(
          "one result of those of shards, machines and versions; NAME tells machines apart",
        )
        .option(
          "--reporter <name[=path]>",
          "as for run (repeatable; default pretty, and ndjson, junit and html under --out)",
          collect,
          [],
        )
        .option("--out <dir>", "folder of the default reports", DEFAULT_OUT)
        .option(
          "--partial",
          "merge what is there, tell which files and shards are missing, and exit 3",
        )
        .option("--write-known <file>", "draft a file of known deviations from the result")
        .option("--fail-on-skip", "exit 1 when an applicable claim was skipped")
        .option("--verbose", VERBOSE_HELP)
        .option("--quiet", QUIET_HELP)
        .action(async (results: string[], options: MergeOptions) => {
          setCode(await (await import("./merge.ts")).merge(results, options));
        }),
    diff: (program) =>
      program
        .command("diff <old> <new>")
        .usage("OLD[#TARGET] NEW[#TARGET]")
        .description("what changed between two results: exit code 1 when something did")
        .option("--json", "as JSON")
        .option("--markdown", "as Markdown")
        .option("--out <file>", OUT_HELP)
        .action(async (old: string, now: string, options: DiffOptions) => {
          setCode(await (await import("./diff.ts")).diff(old, now, options));
        }),
    matrix: (program) =>
      program
        .command("matrix <results...>")
        .usage("[NAME=]RESULTS...")
        .description(
          "what differs between the versions of each system, and with which version it changed",
        )
        .option("--json", "as JSON")
        .option("--markdown", "as Markdown, for a pull request or a job's summary")
        .option("--html", "as a page")
        .action(async (results: string[], options: MatrixOptions) => {
          await (await import("./matrix.ts")).matrix(results, options);
        }),
    errata: (program) =>
      program
        .command("errata <results...>")
        .usage("[NAME=]RESULTS...")
        .description(
          "what documents say otherwise than the systems they speak of, for their authors",
        )
        .option("--out <file>", OUT_HELP)
        .action(async (results: string[], options: { out?: string }) => {
          setCode(await (await import("./errata.ts")).errata(results, options));
        }),
    explain: (program) =>
      program
        .command("explain <id> [files...]")
        .description(
          "one experiment: the last observation, and every claim on it with its citation",
        )
        .option(
          "--results <file>",
          "results to look in (default: bindcheck-results/results.ndjson)",
        )
        .action(async (id: string, files: string[], options: { results?: string }) => {
          await (await import("./explain.ts")).explain(id, files, options);
        }),
    identify: (program) =>
      program
        .command("identify [results]")
        .description(
          "which documents, and so which generation of a system, the observations of a run fit best",
        )
        .option("--json", "with every deviation, as JSON")
        .addHelpText("after", IDENTIFY_HELP)
        .action(async (results: string | undefined, options: { json?: boolean }) => {
          await (await import("./identify.ts")).identify(results, options);
        }),
  };
}

const IDENTIFY_HELP = `
RESULTS is what 'bindcheck run' wrote (default: bindcheck-results/results.ndjson). Documents of every version of the
system are held against it, each protocol by itself; one of which less than half, or fewer than 24 cells, were measured
is left out. Documents of other versions mostly speak of the same cells; to have all of theirs measured, name them too:
bindcheck run --document ID.`;

/** The help of --out where a command prints one text. */
export const OUT_HELP = "write to this file, in UTF-8, and not to the terminal";

/** The help of the options that say how much the terminal gets. */
export const VERBOSE_HELP = "print the table of every document, and every cause";
export const QUIET_HELP = "print the last line alone";

/** For options that can be given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
