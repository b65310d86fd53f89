import type { Command } from "commander";
import type { AddCommand } from "./add-command.ts";
import { DEFAULT_CONFIRM, DEFAULT_TIMEOUT_MS } from "../measure/measure-options.ts";
import { DEFAULT_OUT } from "../results/default-results.ts";
import type { Pair } from "../trial/pair.ts";
import type { ExploreOptions } from "./explore.ts";
import type { SelectionTexts } from "./options.ts";
import { collect, OUT_HELP, QUIET_HELP, VERBOSE_HELP } from "./results-commands.ts";
import type { RunOptions } from "./run.ts";

/** The commands that measure claims or every pair, and the one that lists what they would take. */
export function measuringCommands(
  setCode: (code: number) => void,
  early: Pair | undefined,
): Record<string, AddCommand> {
  return {
    run: (program) =>
      measuring(selecting(program.command("run [files...]")))
        .description("measure, judge, report")
        .option(
          "--on <target>",
          "where to measure: local, netns, wine, gvisor, uml, ssh:[USER@]HOST[:PORT], exec:COMMAND, available, or a name of the --config file (repeatable; default local)",
          collect,
          [],
        )
        .option(
          "--config <file>",
          "a team's names for targets and fleets, and defaults for --reporter, --out and --known (default bindcheck.config.yaml, where it is there)",
        )
        .option(
          "--reporter <name[=path]>",
          "pretty, ndjson, junit, tap, html, markdown, github or ctrf (repeatable; default pretty, and ndjson, junit and html under --out)",
          collect,
          [],
        )
        .option("--out <dir>", `folder of the default reports (default ${DEFAULT_OUT})`)
        .option(
          "--confirm <n>",
          "how often an observation that contradicts a claim is repeated",
          String(DEFAULT_CONFIRM),
        )
        .option(
          "--known <path>",
          "file of known deviations, or a folder of them, beside those that come with bindcheck; none leaves these out (repeatable; default: known-deviations/ beside the team's file)",
          (name: string, before: readonly string[] | undefined) => [...(before ?? []), name],
        )
        .option("--write-known <file>", "draft a file of known deviations from this run")
        .option(
          "--all-versions",
          "measure what documents of other versions say too, without judging it",
        )
        .option("--fail-on-skip", "exit 1 when an applicable claim was skipped")
        .option("--verbose", VERBOSE_HELP)
        .option("--timings", "where the time of each target went, before the last line")
        .option("--quiet", QUIET_HELP)
        .action(async (files: string[], options: RunOptions) => {
          setCode(await (await import("./run.ts")).run(files, options, early));
        }),
    explore: (program) =>
      measuring(program.command("explore"))
        .description(
          "observe every combination of options, addresses and states, and freeze it as case files",
        )
        .option("--on <target>", "as for run (repeatable; default local)", collect, [])
        .option("--config <file>", "a team's names for targets, as for run")
        .option(
          "--filter <text>",
          "part of an experiment's id, or /regex/ (repeatable)",
          collect,
          [],
        )
        .option("--protocol <name>", "tcp or udp (repeatable)", collect, [])
        .option(
          "--family <name>",
          "ipv4, ipv6 or dual, of the first endpoint (repeatable)",
          collect,
          [],
        )
        .option("--shard <i/n>", "the I-th of N parts of the experiments")
        .option(
          "--reporter <name[=path]>",
          "cases (a folder, or the .yaml file of the one target) or ndjson (repeatable; default both under --out)",
          collect,
          [],
        )
        .option(
          "--with <option>",
          "another socket option to combine, as in case files: IP_FREEBIND, SO_RCVBUF=4096 (repeatable, at most 3)",
          collect,
          [],
        )
        .option("--options", "every socket option instead: what each can do, and its default")
        .option("--out <dir>", "folder of the results and case files", "bindcheck-explored")
        .option("--confirm <n>", "how often every observation is repeated", "1")
        .action(async (options: ExploreOptions) => {
          setCode(await (await import("./explore.ts")).explore(options));
        }),
    list: (program) =>
      selecting(program.command("list [files...]"))
        .description("the claims that a run with the same selection would take")
        .option("--conflicts", "instead, the experiments on which documents of one system disagree")
        .option("--json", "with every detail, as JSON")
        .option("--out <file>", OUT_HELP)
        .action(async (files: string[], options: SelectionTexts & { conflicts?: boolean }) => {
          if (options.conflicts)
            await (await import("./list-conflicts.ts")).listConflicts(files, options);
          else await (await import("./list.ts")).list(files, options);
        }),
  };
}

/** The options that choose claims; the same for every command that has them. */
function selecting(command: Command): Command {
  return command
    .option("--filter <text>", "part of an experiment's id, or /regex/ (repeatable)", collect, [])
    .option("--protocol <name>", "tcp or udp (repeatable)", collect, [])
    .option("--family <name>", "ipv4, ipv6 or dual (repeatable)", collect, [])
    .option("--document <id>", "one document (repeatable)", collect, [])
    .option("--shard <i/n>", "the I-th of N parts of the experiments");
}

/** How to measure; the same for every command that does. */
function measuring(command: Command): Command {
  return command
    .option("--jobs <n>", "most pairs of binders at once (default: half the processors)")
    .option("--isolate", "fresh binders for every experiment")
    .option(
      "--timeout <ms>",
      "deadline of one exchange with a binder; longer where binders start slowly",
      String(DEFAULT_TIMEOUT_MS),
    )
    .option(
      "--ports <from-to>",
      "ports to use (default: outside the ephemeral and excluded ranges)",
    )
    .option(
      "--resume <results>",
      "results of the same run, which was cut off: it goes on where it stopped",
    )
    .option("--except <file>", "file of experiment ids, one a line, that are left out")
    .option(
      "--require <names>",
      "exit 3 at a target that lacks one of these, or without a target of this name: other-account, ipv4-specific2, ipv6, ipv6-specific2, wine, ... (commas between)",
    );
}
