import type { Line, ObservationLine, VerdictLine } from "../../harness/results/line.ts";
import type { Outcome } from "../../harness/model/observation.ts";

/** What a run said of each experiment, by its id. */
export type Findings = ReadonlyMap<string, Finding>;

interface Finding {
  /** What was observed, as text, without what is chance; null when nothing was. */
  readonly observed: string | null;
  /** Why the experiment came to nothing; null when it finished. */
  readonly undone: string | null;
  /** Verdict words and reasons by claim. */
  readonly verdicts: ReadonlyMap<string, string>;
}

/** What became of a run's experiments, held against a clean run. */
export interface Comparison {
  readonly same: number;
  /** Experiments that are not finished, by what is said of them: `broken: binder-died`, `skipped: no-ipv6`. */
  readonly undone: ReadonlyMap<string, number>;
  /** Experiments of which nothing is said. */
  readonly missing: number;
  /** Where a finished experiment differs from the clean run, in words. */
  readonly wrong: readonly string[];
}

export function readFindings(lines: readonly Line[]): Findings {
  const findings = new Map<string, Finding & { verdicts: Map<string, string> }>();
  for (const line of lines) {
    if (line.type === "observation") findings.set(line.experiment.id, observed(line));
    if (line.type !== "verdict") continue;
    const none = { observed: null, undone: `${line.verdict}: ${line.reason}`, verdicts: new Map() };
    const finding = findings.get(line.experiment) ?? none;
    findings.set(line.experiment, finding);
    finding.verdicts.set(claimOf(line), wordOf(line));
  }
  return findings;
}

export function compareFindings(clean: Findings, findings: Findings): Comparison {
  const undone = new Map<string, number>();
  const wrong: string[] = [];
  let [same, missing] = [0, 0];
  for (const [id, expected] of clean) {
    const finding = findings.get(id);
    const isLost = finding?.observed === null && expected.observed !== null;
    if (!finding) missing += 1;
    else if (finding.undone !== null && (isLost || finding.undone !== expected.undone))
      undone.set(finding.undone, (undone.get(finding.undone) ?? 0) + 1);
    else if (finding.observed === expected.observed) same += 1;
    else wrong.push(`${id}: observed ${finding.observed}, clean ${expected.observed}`);
    // Whatever was observed: a claim that is judged is judged as in the clean run.
    for (const [claim, word] of finding?.verdicts ?? [])
      if (!isUndecided(word) && word !== expected.verdicts.get(claim))
        wrong.push(`${id}: ${claim} ${word}, clean ${expected.verdicts.get(claim)}`);
  }
  for (const id of findings.keys()) if (!clean.has(id)) wrong.push(`${id}: it was not asked for`);
  return { same, undone, missing, wrong };
}

function observed({ outcome, steps, evidence, port }: ObservationLine): Finding & {
  verdicts: Map<string, string>;
} {
  const all = [outcome, ...(steps ?? []).map((step) => step.outcome)];
  const undone = all.map(whyUndone).find((why) => why !== null) ?? null;
  const { discarded: _tries, ...inForce } = evidence;
  const said = { all: all.map(withoutChance), inForce };
  const text = JSON.stringify(said).replaceAll(`:${port}"`, ':PORT"');
  return { observed: text, undone, verdicts: new Map() };
}

function whyUndone(outcome: Outcome): string | null {
  if (outcome.kind === "unstable") return "broken: unstable";
  const isUndone = outcome.kind === "broken" || outcome.kind === "skipped";
  return isUndone ? `${outcome.kind}: ${outcome.reason}` : null;
}

/** For a census, who got something: how much is the kernel's choice. */
function withoutChance(outcome: Outcome): object {
  if (outcome.kind !== "delivered") return outcome;
  const receivers = Object.keys(outcome.shares).filter((name) => (outcome.shares[name] ?? 0) > 0);
  return { ...outcome, shares: receivers };
}

function claimOf({ document, claim }: VerdictLine): string {
  return [document, claim.step, claim.expect].filter(Boolean).join(", ");
}

function wordOf({ verdict, reason }: VerdictLine): string {
  return reason === undefined ? verdict : `${verdict}: ${reason}`;
}

function isUndecided(word: string): boolean {
  return word.startsWith("broken: ") || word.startsWith("skipped: ");
}
