import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../model/problem.ts";
import { PACKAGE_ROOT } from "../package-root.ts";

/**
 * Writes what a project begins with into the working directory: a case file, a team's file and a workflow. Throws
 * InputError where one of them is there already; nothing is written then.
 */
export function init(): void {
  const files = filesIn(STARTER).map((file) => path.relative(STARTER, file));
  const there = files.filter((file) => existsSync(file));
  if (there.length > 0)
    throw new InputError(there.map((file) => `${file} is already there (init overwrites nothing)`));
  for (const file of files) {
    writeNew(file, readFileSync(path.join(STARTER, file)));
    process.stdout.write(`${file}\n`);
  }
  process.stdout.write(`next: bindcheck run --on ours\n`);
  if (!isDependency())
    process.stdout.write(
      `The workflow begins with npm ci: add bindcheck to package.json (${path.join(PACKAGE_ROOT, "README.md")} says how)\n`,
    );
}

const STARTER = path.join(PACKAGE_ROOT, "starter");

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(file) : [file];
  });
}

function writeNew(file: string, content: Buffer): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { flag: "wx" });
  } catch (error) {
    throw new InputError([`${file} cannot be written: ${(error as Error).message}`]);
  }
}

function isDependency(): boolean {
  return existsSync("package.json") && /"bindcheck"\s*:/.test(readFileSync("package.json", "utf8"));
}
