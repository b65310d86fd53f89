import { Command, CommanderError, Help, type Option } from "commander";
import { InputError } from "../model/problem.ts";
import { TargetProblem } from "../model/target-problem.ts";
import { EXIT_BROKEN } from "../session/exit-code.ts";
import { HARNESS_VERSION } from "../session/harness-version.ts";
import type { AddCommand } from "./add-command.ts";
import type { AdviseOptions } from "./advise.ts";
import type { AuditOptions } from "./audit-request.ts";
import type { BinderOptions } from "./binder.ts";
import { addExamples } from "./examples.ts";
import { measuringCommands } from "./measuring-commands.ts";
import { collect, OUT_HELP, resultsCommands } from "./results-commands.ts";
import type { ProbeOptions } from "./probe-request.ts";
import type { ReproduceOptions } from "./reproduce.ts";
import type { VersionsOptions } from "./versions.ts";
import type { Pair } from "../trial/pair.ts";

/**
 * The command line. Resolves to the exit code; what is wrong with the input is reported in one line each on stderr. `early`
 * are binders for a run that are already coming up.
 */
export async function main(argv: readonly string[], early?: Pair): Promise<number> {
  let code = 0;
  const program = createProgram(argv[2] ?? "", (result) => (code = result), early);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof TargetProblem) {
      process.stderr.write(`${error.message}\n`);
      return EXIT_BROKEN;
    }
    if (!(error instanceof InputError)) throw error;
    const { terminalText } = await import("../model/terminal-text.ts");
    for (const line of error.lines) process.stderr.write(`${terminalText(line)}\n`);
    return 2;
  }
}

/** A program with the command of that name, or with all where there is none: for its help, and to name the nearest. */
function createProgram(
  name: string,
  setCode: (code: number) => void,
  early: Pair | undefined,
): Command {
  const program = new Command("bindcheck")
    .description(
      "Finds out who may share a port on this system, and holds it against what the documents say",
    )
    .version(HARNESS_VERSION)
    .exitOverride()
    .configureHelp({ optionDescription: withoutEmptyDefault })
    .configureOutput({
      outputError: errorWriter("bindcheck"),
    });

  const commands = everyCommand(setCode, early);
  // Defining all of them takes milliseconds of a short run.
  const asked = Object.hasOwn(commands, name) ? [name] : Object.keys(commands);
  for (const each of asked) commands[each]?.(program);
  addExamples(program);
  for (const command of program.commands)
    command.configureOutput({ outputError: errorWriter(`bindcheck ${command.name()}`) });
  return program;
}

/** In the order of the help. */
function everyCommand(
  setCode: (code: number) => void,
  early: Pair | undefined,
): Record<string, AddCommand> {
  return {
    ...measuringCommands(setCode, early),
    versions: (program) =>
      program
        .command("versions")
        .description("versions of Wine, gVisor, Linux and Node that are here or can be installed")
        .option("--install <versions...>", "install them in the cache, such as wine@10.0 uml@6.12")
        .option("--remove <versions...>", "remove them from the cache")
        .action(async (options: VersionsOptions) => {
          setCode(await (await import("./versions.ts")).versions(options));
        }),
    reproduce: (program) =>
      program
        .command("reproduce <id> [files...]")
        .description("a program of its own that shows one experiment without bindcheck")
        .option(
          "--language <name>",
          "c, python, powershell or node (default: the first that can show it)",
        )
        .option(
          "--expect <outcome>",
          "the outcome it should have, such as success or 10048: the program then ends with 0, else with 1",
        )
        .option(
          "--step <n>",
          "what --expect speaks of: a scenario's step (default: the last), or a question about an option, such as default",
        )
        .option("--port <n>", "the port that both want; a second one is the next", "28640")
        .option("--out <file>", OUT_HELP)
        .action(async (id: string, files: string[], options: ReproduceOptions) => {
          await (await import("./reproduce.ts")).reproduce(id, files, options);
        }),
    ...resultsCommands(setCode),
    init: (program) =>
      program
        .command("init")
        .description(
          "write a sample case file, bindcheck.config.yaml and a GitHub workflow, all new",
        )
        .action(async () => {
          (await import("./init.ts")).init();
        }),
    check: (program) =>
      program
        .command("check [files...]")
        .description("validate case files")
        .action(async (files: string[]) => {
          await (await import("./check.ts")).check(files);
        }),
    probe: (program) =>
      program
        .command("probe [arguments...]")
        .usage("[options] FAMILY TYPE PROTOCOL PORT")
        .description("open one socket, set an option, bind it and tell how that went")
        .option(
          "--option <name>",
          "option to set, or none (repeatable; default SO_EXCLUSIVEADDRUSE where there is one)",
          collect,
          [],
        )
        .option("--address <address>", "address to bind (default the wildcard address)")
        .option("--hold", "keep it bound until Enter or a signal")
        .action(async (given: string[], options: ProbeOptions) => {
          setCode(await (await import("./probe.ts")).probe(given, options));
        }),
    audit: (program) =>
      program
        .command("audit [command...]")
        .usage("[options] [PORT | -- COMMAND...]")
        .description("can another process take a server's port, and would it get its traffic")
        .option(
          "--port <port>",
          "the port to audit (default: all that COMMAND, or the machine, holds)",
        )
        .option("--address <address>", "only what is bound to this address")
        .option("--protocol <name>", "tcp or udp (default both)")
        .option("--census", "send 100 connections or datagrams a time, and count who gets them")
        .option("--on <target>", "where to start COMMAND: local, wine or wine:PREFIX", "local")
        .option("--ready-timeout <ms>", "how long COMMAND may take to hold a port", "10000")
        .option("--settle <ms>", "how long COMMAND is watched for another port afterwards", "2000")
        .option(
          "--sarif-location <file>",
          "where SARIF places its results (default: COMMAND's or the manifest)",
        )
        .option(
          "--reporter <name[=path]>",
          "pretty, json, junit, markdown or sarif (repeatable; default pretty)",
          collect,
          [],
        )
        .action(async (command: string[], options: AuditOptions) => {
          setCode(await (await import("./audit.ts")).audit(command, options));
        }),
    binder: (program) =>
      program
        .command("binder")
        .description("write what a target of 'exec:COMMAND' needs: one file, and koffi beside it")
        .requiredOption("--to <folder>", "where to")
        .option(
          "--platform <name>",
          "for another system than this one, as Node names it: linux-arm64, win32-x64, ...",
        )
        .action(async (options: BinderOptions) => {
          await (await import("./binder.ts")).writeBinder(options);
        }),
    advise: (program) =>
      program
        .command("advise [results...]")
        .description(
          "the smallest set of socket options that gives what is wanted, by the documents",
        )
        .option("--want <what>", "exclusive, shared, restart-at-once or standby")
        .option("--protocol <name>", "tcp or udp")
        .option("--json", "as JSON")
        .option("--markdown", "as Markdown")
        .action(async (results: string[], options: AdviseOptions) => {
          await (await import("./advise.ts")).advise(results, options);
        }),
    doctor: (program) =>
      program
        .command("doctor")
        .description("what this machine can measure, and how to get what is missing")
        .action(async () => {
          await (await import("./doctor.ts")).doctor();
        }),
  };
}

/** Writes an error of the command line as one line that names the help of its command. */
function errorWriter(command: string) {
  return (text: string, write: (line: string) => void): void => {
    const line = text.replace("error: ", "").trimEnd().replaceAll("\n", " ");
    write(`${line.replace("Did you", "did you")} (see '${command} --help')\n`);
  };
}

/** An option that may be given several times has an empty list before it is given: that tells a reader nothing. */
function withoutEmptyDefault(this: Help, option: Option): string {
  return Array.isArray(option.defaultValue)
    ? option.description
    : Help.prototype.optionDescription.call(this, option);
}
