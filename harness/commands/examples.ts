import path from "node:path";
import type { Command } from "commander";
import { PACKAGE_ROOT } from "../package-root.ts";

/** Ends the help of every command with one example and the page that tells more. */
export function addExamples(program: Command): void {
  program.addHelpText("after", helpText("bindcheck run --on available", "README.md"));
  for (const command of program.commands) {
    const found = EXAMPLES[command.name()];
    if (found !== undefined)
      command.addHelpText("after", helpText(`bindcheck ${found[0]}`, found[1]));
  }
}

function helpText(example: string, page: string): string {
  return `\nExample:  ${example}\nMore:     ${path.join(PACKAGE_ROOT, page)}`;
}

const ID = '"tcp/ipv4 none@wildcard > none@specific"';

/** Of each command: what to type behind its name, and its page. */
const EXAMPLES: Readonly<Record<string, readonly [example: string, page: string]>> = {
  run: ["run --on wine --document so-exclusiveaddruse/table-1", "docs/reports.md"],
  explore: ["explore --on netns --protocol tcp --family ipv4 --out explored", "docs/explore.md"],
  list: ["list --document socket-7/reuseaddr-bound", "docs/case-files.md"],
  versions: ["versions --install wine@10.0", "docs/versions.md"],
  reproduce: [`reproduce ${ID} --language c --out clash.c`, "docs/reproduce.md"],
  merge: [
    "merge linux=a/results.ndjson windows=b/results.ndjson --out both",
    "docs/merge-and-diff.md",
  ],
  diff: ["diff old/results.ndjson bindcheck-results/results.ndjson", "docs/merge-and-diff.md"],
  matrix: ["matrix bindcheck-results/results.ndjson --markdown", "docs/versions.md"],
  errata: ["errata bindcheck-results/results.ndjson --out errata.md", "docs/errata.md"],
  explain: [`explain ${ID}`, "docs/reports.md"],
  identify: ["identify bindcheck-results/results.ndjson", "docs/targets.md"],
  init: ["init", "docs/ci.md"],
  check: ["check cases/mine.yaml", "docs/case-files.md"],
  probe: ["probe IPv4 STREAM TCP 8080 --hold", "docs/probe.md"],
  audit: ["audit -- node server.js", "docs/audit.md"],
  binder: ["binder --to binder-files", "docs/targets.md"],
  advise: ["advise --want exclusive --protocol tcp", "docs/audit.md"],
  doctor: ["doctor", "docs/targets.md"],
};
