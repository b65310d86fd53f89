import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isMap, isSeq, parseDocument, Document, type YAMLMap } from "yaml";
import { InputError } from "../cases/problem.ts";
import type { Line, ObservationLine, VerdictLine } from "../results/line.ts";
import { outcomeTokens } from "../observations/outcome-token.ts";

interface Deviating {
  readonly verdict: VerdictLine;
  readonly observation: ObservationLine;
}

/**
 * Takes the lines of a run and, at its end, writes its contradictions as known deviations of its platform. An entry of
 * the file that is there already and says the same keeps its reason, its other keys and its comments.
 */
export function createKnownWriter(file: string): { line(line: Line): void; end(): void } {
  const deviating: Deviating[] = [];
  const observations = new Map<string, ObservationLine>();
  const platforms = new Map<string, string>();
  return {
    line(line) {
      if (line.type === "target") platforms.set(line.target, line.platform.name);
      // A verdict follows its observation: one for each target is enough.
      if (line.type === "observation") observations.set(line.target, line);
      if (line.type !== "verdict" || !DEVIATES.has(line.verdict)) return;
      const observation = observations.get(line.target);
      if (observation?.experiment.id === line.experiment)
        deviating.push({ verdict: line, observation });
    },
    end() {
      const names = [...new Set(platforms.values())];
      const [platform] = names;
      if (platform === undefined) return;
      if (names.length > 1)
        throw new InputError([
          `--write-known: this run has several platforms (${names.join(", ")}): name one with --on`,
        ]);
      writeKnownDeviations(file, platform, deviating);
    },
  };
}

const DEVIATES: ReadonlySet<string> = new Set(["contradicted", "known-deviation"]);

/** Said where nobody has given a reason yet. */
const NO_REASON = "drafted from a run, nobody has looked at it yet";

function writeKnownDeviations(
  file: string,
  platform: string,
  deviating: readonly Deviating[],
): void {
  const before = existsSync(file) ? parseDocument(readFileSync(file, "utf8")) : null;
  const yaml = before ?? new Document({ platform, deviations: [] });
  const kept = new Map(entriesOf(yaml).map((entry) => [keyOf(entry), entry]));
  const drafted = [...draft(deviating)].map(([key, entry]) => {
    const old = kept.get(key);
    if (!old) return yaml.createNode(entry);
    old.set("experiments", yaml.createNode(entry.experiments));
    return old;
  });
  yaml.set("platform", platform);
  yaml.set("deviations", yaml.createNode(drafted));
  try {
    writeFileSync(file, yaml.toString({ lineWidth: 120 }));
  } catch (error) {
    throw new InputError([`${file} cannot be written: ${(error as Error).message}`]);
  }
}

interface Entry {
  readonly document: string;
  readonly observed: string;
  readonly experiments: string[];
  readonly step?: string;
  readonly reason: string;
}

/** One entry for all experiments of a document that deviate in the same way. */
function draft(deviating: readonly Deviating[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { verdict, observation } of deviating) {
    const { step } = verdict.claim;
    const outcome =
      observation.steps?.find(({ label }) => label === step)?.outcome ?? observation.outcome;
    const [observed = ""] = outcomeTokens(outcome);
    const key = [verdict.document, observed, step ?? ""].join("\n");
    const entry = entries.get(key) ?? {
      document: verdict.document,
      observed,
      experiments: [],
      ...(step === undefined ? {} : { step }),
      reason: NO_REASON,
    };
    entries.set(key, entry);
    entry.experiments.push(verdict.experiment);
  }
  return entries;
}

function entriesOf(yaml: Document): YAMLMap[] {
  const deviations = yaml.get("deviations");
  return isSeq(deviations) ? deviations.items.filter((item) => isMap(item)) : [];
}

function keyOf(entry: YAMLMap): string {
  const text = (name: string): string => `${(entry.get(name) as string | number | null) ?? ""}`;
  return [text("document"), text("observed"), text("step")].join("\n");
}
