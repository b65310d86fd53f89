import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../harness/package-root.ts";
import { lastWords } from "./last-words.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { TargetProblem } from "./runner.ts";
import { startWayIn } from "./way-in.ts";
import { openWine } from "./wine-place.ts";

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
  const place = await openWine(preparation, { prefix });
  const { signal } = preparation;
  try {
    const file = (name: string): string => join(place.folder, name);
    const reporter = `--reporter=json=${place.pathThere(file("audit.json"))}`;
    const program = place.pathThere(join(PACKAGE_ROOT, "dist/bindcheck.cjs"));
    // Files, because Node for Windows gets no pipes from outside.
    const audit = startWayIn(
      [...place.nodeIn(process.cwd()), program, "audit", reporter, ...words],
      {
        environment: place.environment,
        stdio: ["ignore", openSync(file("stdout"), "w"), openSync(file("stderr"), "w")],
      },
    );
    signal.addEventListener("abort", audit.end);
    if (signal.aborted) audit.end();
    await audit.over;
    signal.removeEventListener("abort", audit.end);
    return readOutcome(file, audit.ending() ?? "");
  } finally {
    await place.close();
  }
}

// The exit code of wrong input.
const WRONG_INPUT = "exit code 2";

function readOutcome(file: (name: string) => string, ending: string): AuditThere {
  const report = readText(file("audit.json"));
  if (report !== "") return { report };
  const said = file("stderr");
  if (ending.startsWith(WRONG_INPUT)) return { wrong: readText(said).trim() };
  throw new TargetProblem(
    `The audit under Wine ended before it was done (${ending}${lastWords(said, file("stdout"))})`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
