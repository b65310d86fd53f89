import { countText } from "../model/count-text.ts";
import { quotedArgument } from "../model/quoted-argument.ts";
import { accessSync, constants, existsSync, realpathSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../model/problem.ts";
import type { OptionText } from "../model/vocabulary.ts";
import type { Line, ObservationLine, TargetLine } from "../results/line.ts";
import { removeHeld, renameHeld } from "../results/held-files.ts";
import { makeFolder } from "../results/make-folder.ts";
import { caseFileText } from "./case-file-text.ts";
import { hasWinsockErrors } from "../model/platform.ts";
import { isUndecided, type SeenOption } from "./option-rows-text.ts";
import { frozenCell } from "./frozen-cell.ts";
import { createFrozenTables, type FrozenTables } from "./frozen-table.ts";

/** Takes the lines of an exploration and writes a case file for each target at the end. */
export interface CaseFileWriter {
  line(line: Line): void;
  end(): void;
}

interface Exploration {
  readonly line: TargetLine;
  readonly tables: FrozenTables;
  readonly options: SeenOption[];
  count: number;
  problem: string | null;
}

/**
 * Writes nothing of an exploration that was cut off or of a target that was lost: an earlier file stays as it is.
 * `fileOf` names the file of a target, `more` what is combined beside the options that share a port. Throws InputError at once when one of them cannot be written or has no name of its
 * own.
 */
export function createCaseFileWriter(
  targets: readonly string[],
  fileOf: (target: string) => string,
  say: (sentence: string) => void,
  more: readonly OptionText[] = [],
): CaseFileWriter {
  refuseUnnamed(targets.map(fileOf));
  for (const target of targets) refuseUnwritable(fileOf(target));
  const explorations = new Map<string, Exploration>();
  let isWhole = false;
  return {
    line(line) {
      if (line.type === "target") {
        const tables = createFrozenTables(line.platform.implements, more);
        explorations.set(line.target, { line, tables, options: [], count: 0, problem: null });
      } else if (line.type === "summary") isWhole = true;
      else if (line.type === "target-problem" || line.type === "observation") {
        const own = explorations.get(line.target);
        if (own) take(own, line);
      }
    },
    end() {
      const unwritten: string[] = [];
      for (const target of targets) {
        const own = explorations.get(target);
        const file = fileOf(target);
        if (!isWhole)
          say(`${target}: cut off, so that ${file} is not written (go on with --resume)`);
        else if (!own || own.count === 0)
          say(`${target}: nothing was observed, so that ${file} is not written`);
        else if (own.problem !== null)
          say(`${target}: ${own.problem}, so that ${file} is not written`);
        else unwritten.push(...write(file, own, say));
      }
      if (unwritten.length > 0) throw new InputError(unwritten);
    },
  };
}

function take(
  own: Exploration,
  line: Extract<Line, { type: "target-problem" | "observation" }>,
): void {
  if (line.type === "target-problem") own.problem = line.problem;
  else if ("option" in line.experiment) {
    own.count += 1;
    own.options.push({ experiment: line.experiment, outcome: line.outcome, ...stepsOf(line) });
  } else if ("first" in line.experiment) {
    own.count += 1;
    own.tables.put(line.experiment, frozenCell(line, hasWinsockErrors(own.line.platform)));
  }
}

function stepsOf({ steps }: Pick<ObservationLine, "steps">): Pick<ObservationLine, "steps"> {
  return steps === undefined ? {} : { steps };
}

/** What went wrong, which keeps no other target from its file. */
function write(
  file: string,
  { line, tables, options, count }: Exploration,
  say: (sentence: string) => void,
): readonly string[] {
  try {
    replace(file, caseFileText(`explored/${nameInIds(file)}`, line, tables.tables, options));
  } catch (error) {
    return unwritable(file, error).lines;
  }
  const undecided = tables.tables.reduce(
    (sum, table) => sum + table.undecided.length,
    options.filter(isUndecided).length,
  );
  const next = `bindcheck run ${quotedArgument(file)} --on ${quotedArgument(line.target)}`;
  say(
    `${line.target}: ${countText(count, "experiment")}, ${undecided} of them undecided; written to ${file}`,
  );
  say(`next: ${next}`);
  return [];
}

/** In one step, so that a full disk or a kill leaves the earlier file as it was. */
function replace(file: string, text: string): void {
  const real = realPath(file);
  const beside = `${real}.new`;
  try {
    writeFileSync(beside, text);
    renameHeld(beside, real);
  } catch (error) {
    removeHeld(beside);
    throw error;
  }
}

/** Where a link leads, which is to stay one. */
function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

function nameInIds(file: string): string {
  return path
    .basename(file, ".yaml")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "");
}

/** Files of the same name in ids could not be judged together; on some systems they would even be one. */
function refuseUnnamed(files: readonly string[]): void {
  const names = new Map<string, string>();
  for (const file of files) {
    const name = nameInIds(file);
    if (name === "")
      throw new InputError([`${file}: its name stands in ids (name it with a-z or 0-9)`]);
    const other = names.get(name);
    if (other !== undefined)
      throw new InputError([
        `${other} and ${file} of two targets would both be '${name}' in ids (name the targets otherwise)`,
      ]);
    names.set(name, file);
  }
}

function refuseUnwritable(file: string): void {
  try {
    makeFolder(path.dirname(file));
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
      throw new Error("it is a folder (name a file in it)");
    accessSync(path.dirname(realPath(file)), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): InputError {
  return new InputError([`${file} cannot be written: ${(error as Error).message}`]);
}
