import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startInner } from "./inner-process.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { openRunFolder } from "./run-folder.ts";
import { TargetProblem } from "./runner.ts";
import { prepareWineHarness } from "./wine-harness.ts";
import { findWine } from "./wine-installation.ts";
import { INSTALL_WINE } from "./wine.ts";

/** What an audit on a target came to: its JSON report, or the line that says what is wrong with its input. */
export type AuditThere = { readonly report: string } | { readonly wrong: string };

/**
 * Runs a whole `bindcheck audit` in the Windows build of Node under Wine, with its command, in the current folder.
 * `words` come behind `audit`. Leaves no process and no file behind; throws TargetProblem when it cannot run, or was
 * aborted.
 */
export async function auditUnderWine(
  words: readonly string[],
  preparation: Preparation,
  prefix?: string,
): Promise<AuditThere> {
  const wine = await findWine();
  if (wine === null) throw new TargetProblem(`Wine is not installed; get it with: ${INSTALL_WINE}`);
  const harness = await prepareWineHarness(wine, preparation, prefix);
  const { path: folder, remove } = openRunFolder();
  const results = join(folder, "audit.json");
  const reporter = `--reporter=json=${harness.pathThere(results)}`;
  const command = harness.command(["audit", reporter, ...words], folder);
  const { signal } = preparation;
  try {
    const inner = await startInner({ ...command, cwd: process.cwd() }, folder);
    signal.addEventListener("abort", inner.end);
    process.once("exit", inner.end);
    if (signal.aborted) inner.end();
    await inner.over;
    signal.removeEventListener("abort", inner.end);
    process.off("exit", inner.end);
    return readOutcome(folder, results, inner.ending());
  } finally {
    await remove();
  }
}

// The exit code of wrong input.
const WRONG_INPUT = "exit code 2";

function readOutcome(folder: string, results: string, ending: string): AuditThere {
  const report = readText(results);
  if (report !== "") return { report };
  if (ending.startsWith(WRONG_INPUT)) return { wrong: readText(join(folder, "stderr")).trim() };
  throw new TargetProblem(`The audit under Wine ended before it was done (${ending})`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
