import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseAllDocuments, Document } from "yaml";
import { InputError } from "../model/problem.ts";
import type { Line, ObservationLine, TargetLine, VerdictLine } from "../results/line.ts";
import { outcomeTokens } from "../model/outcome-token.ts";
import { isKnownOf } from "./deviating-docket.ts";
import { readKnownDeviations } from "./read-known.ts";
import { rewriteKnown, type JudgedClaim } from "./rewrite-known.ts";

/**
 * Takes the lines of a run and, at its end, writes its contradictions as known deviations of its platform. What the
 * file has already stays, with its reasons, other keys and comments, unless this run saw that it no longer occurs.
 * Throws InputError at once when the file cannot be read, and at the end when the run had several platforms.
 */
export function createKnownWriter(file: string): { line(line: Line): void; end(): void } {
  const before = readBefore(file);
  const judged: JudgedClaim[] = [];
  const observations = new Map<string, ObservationLine>();
  const targets: TargetLine[] = [];
  return {
    line(line) {
      if (line.type === "target") targets.push(line);
      // A verdict follows its observation: one for each target is enough.
      if (line.type === "observation") observations.set(line.target, line);
      // What came with this package needs no entry in a file of the caller's.
      if (line.type !== "verdict" || !JUDGED.has(line.verdict) || line.shipped) return;
      const observation = observations.get(line.target);
      if (observation?.experiment.id === line.experiment)
        judged.push(judgedClaim(line, observation));
    },
    end() {
      const [target] = targets;
      if (!target) return;
      const { name } = target.platform;
      const yaml = before ?? new Document({ platform: name, deviations: [] });
      refuseOtherPlatforms(file, [String(yaml.get("platform")), ...targets.map(platformOf)]);
      rewriteKnown(yaml, judged, (versions) =>
        targets.some((each) => isKnownOf(each, { platform: name, versions })),
      );
      write(file, yaml.toString({ lineWidth: 120, flowCollectionPadding: false }));
    },
  };
}

const JUDGED: ReadonlySet<string> = new Set([
  "held",
  "contradicted",
  "known-deviation",
  "stale-deviation",
]);
const DEVIATES: ReadonlySet<string> = new Set(["contradicted", "known-deviation"]);

function judgedClaim(
  { document, experiment, verdict, claim }: VerdictLine,
  { outcome, steps }: ObservationLine,
): JudgedClaim {
  const own = steps?.find(({ label }) => label === claim.step)?.outcome ?? outcome;
  return {
    document,
    experiment,
    step: claim.step ?? null,
    observed: DEVIATES.has(verdict) ? outcomeTokens(own) : null,
  };
}

function platformOf({ platform }: TargetLine): string {
  return platform.name;
}

function refuseOtherPlatforms(file: string, [own = "", ...run]: readonly string[]): void {
  const names = [...new Set(run)];
  if (names.length > 1)
    throw new InputError([
      `--write-known: this run has several platforms (${names.join(", ")}): name one with --on`,
    ]);
  if (!names.includes(own))
    throw new InputError([
      `--write-known: ${file} is of ${own} and this run of ${names.join()} (name another file)`,
    ]);
}

function readBefore(file: string): Document | null {
  if (!existsSync(file)) return null;
  readKnownDeviations(file, true);
  const [document, ...others] = parseAllDocuments(readFileSync(file, "utf8"));
  if (others.length > 0)
    throw new InputError([
      `--write-known: ${file} holds several YAML documents (give each platform a file of its own)`,
    ]);
  return (document as Document | undefined) ?? null;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError([`${file} cannot be written: ${(error as Error).message}`]);
  }
}
