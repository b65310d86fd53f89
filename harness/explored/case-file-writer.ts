import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../cases/problem.ts";
import type { Line, TargetLine } from "../results/line.ts";
import { caseFileText } from "./case-file-text.ts";
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
  count: number;
  problem: string | null;
}

/**
 * Writes nothing of an exploration that was cut off or of a target that was lost: an earlier file stays as it is.
 * `fileOf` names the file of a target. Throws InputError at once when one of them cannot be written.
 */
export function createCaseFileWriter(
  targets: readonly string[],
  fileOf: (target: string) => string,
  say: (sentence: string) => void,
): CaseFileWriter {
  for (const target of targets) refuseUnwritable(fileOf(target));
  const explorations = new Map<string, Exploration>();
  let isWhole = false;
  return {
    line(line) {
      if (line.type === "target") {
        const tables = createFrozenTables(line.platform.implements);
        explorations.set(line.target, { line, tables, count: 0, problem: null });
      } else if (line.type === "summary") isWhole = true;
      else if (line.type === "target-problem" || line.type === "observation") {
        const own = explorations.get(line.target);
        if (own) take(own, line);
      }
    },
    end() {
      for (const target of targets) {
        const own = explorations.get(target);
        const file = fileOf(target);
        if (!isWhole)
          say(`${target}: cut off, so that ${file} is not written (go on with --resume)`);
        else if (!own || own.count === 0)
          say(`${target}: nothing was observed, so that ${file} is not written`);
        else if (own.problem !== null)
          say(`${target}: ${own.problem}, so that ${file} is not written`);
        else write(file, own, say);
      }
    },
  };
}

function take(
  own: Exploration,
  line: Extract<Line, { type: "target-problem" | "observation" }>,
): void {
  if (line.type === "target-problem") own.problem = line.problem;
  else if (!("scenario" in line.experiment)) {
    own.count += 1;
    own.tables.put(line.experiment, frozenCell(line, own.line.platform.implements === "windows"));
  }
}

function write(
  file: string,
  { line, tables, count }: Exploration,
  say: (sentence: string) => void,
): void {
  const name = `explored/${path
    .basename(file, ".yaml")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")}`;
  try {
    writeFileSync(file, caseFileText(name, line, tables.tables));
  } catch (error) {
    throw unwritable(file, error);
  }
  const undecided = tables.tables.reduce((sum, table) => sum + table.undecided.length, 0);
  say(`${line.target}: ${count} experiments, ${undecided} of them undecided; written to ${file}`);
}

function refuseUnwritable(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    accessSync(existsSync(file) ? file : path.dirname(file), constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): InputError {
  return new InputError([`${file} cannot be written: ${(error as Error).message}`]);
}
