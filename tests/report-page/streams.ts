import type { Line, ObservationLine, VerdictLine } from "../../harness/results/line.ts";
import { recordedLines } from "../../reports/golden/replay.ts";

/** A run of so many claims, the same on each target, every eleventh of them contradicted. */
export function manyClaims(count: number, targets: readonly string[]): Line[] {
  const lines = recordedLines();
  const [run] = lines.filter(({ type }) => type === "run");
  const [target] = lines.filter(({ type }) => type === "target");
  const [summary] = lines.filter(({ type }) => type === "summary");
  return [
    run!,
    ...targets.map((name): Line => ({ ...(target as Line & { type: "target" }), target: name })),
    ...claims(count, targets),
    summary!,
  ];
}

const PARTS = ["tcp/ipv4", "tcp/ipv6", "udp/ipv4", "udp/ipv6"];
const OPTIONS = ["none", "SO_REUSEADDR", "SO_EXCLUSIVEADDRUSE"];
const COLUMNS = 10;

function* claims(count: number, targets: readonly string[]): Generator<Line> {
  const lines = recordedLines();
  const observation = lines.find((line): line is ObservationLine => line.type === "observation")!;
  const verdict = lines.find((line): line is VerdictLine => line.type === "verdict")!;
  for (let i = 0; i < count; i++) {
    const target = targets[i % targets.length]!;
    const pair = Math.floor(i / targets.length / PARTS.length);
    const part = PARTS[Math.floor(i / targets.length) % PARTS.length]!;
    const first = `${OPTIONS[pair % OPTIONS.length]}+OPTION_${pair % COLUMNS}@wildcard`;
    const id = `${part} ${first} > ROW_${Math.floor(pair / COLUMNS)}@wildcard`;
    yield { ...observation, target, experiment: { ...observation.experiment, id } };
    yield {
      ...verdict,
      target,
      experiment: id,
      verdict: i % 11 === 0 ? "contradicted" : "held",
      claim: { expect: "10048", source: { file: "many.yaml", line: pair + 1, column: 1 } },
    };
  }
}

/** A run on one target in which each option answers some questions, the first of them not as is said. */
export function optionClaims(options: readonly string[], questions: readonly string[]): Line[] {
  const lines = manyClaims(1, ["wine"]);
  const observation = lines.find((line): line is ObservationLine => line.type === "observation")!;
  const verdict = lines.find((line): line is VerdictLine => line.type === "verdict")!;
  const refused = {
    kind: "error",
    step: "get-option",
    code: "WSAENOPROTOOPT",
    errno: 10_042,
  } as const;
  const asked = options.flatMap((option): Line[] => {
    const id = `tcp/ipv4 option ${option}`;
    const experiment = { id, protocol: "tcp", family: "ipv4", option } as const;
    const steps = questions.map((label, step) => ({
      step,
      label,
      outcome: step === 0 ? refused : ({ kind: "success" } as const),
    }));
    return [
      { ...observation, experiment, steps },
      ...steps.map(({ label, step }): Line => ({
        ...verdict,
        experiment: id,
        verdict: step === 0 ? "contradicted" : "held",
        claim: { ...verdict.claim, expect: "yes", step: label },
      })),
    ];
  });
  return [...lines.slice(0, 2), ...asked, ...lines.slice(-1)];
}

/** The recorded run with every word that a verdict can have. */
export function everyWord(): Line[] {
  const words = ["held", "contradicted", "known-deviation", "stale-deviation", "broken", "skipped"];
  let verdicts = 0;
  return recordedLines().map((line) => {
    if (line.type !== "verdict") return line;
    const verdict = words[verdicts++ % words.length] as VerdictLine["verdict"];
    return { ...line, verdict, detail: "because" };
  });
}

/** The recorded run with markup wherever a run can bring text of others. */
export function hostileLines(): Line[] {
  return recordedLines().map((line) => JSON.parse(hostile(JSON.stringify(line))) as Line);
}

/** Runs, ends the script that holds it, or breaks out of an attribute, wherever it is not escaped. */
export const ATTACK = `"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!--`;

function hostile(json: string): string {
  const attack = JSON.stringify(ATTACK).slice(1, -1);
  return json
    .replaceAll('"target":"wine"', `"target":"wine${attack}"`)
    .replaceAll("so-exclusiveaddruse/table-1", `so-exclusiveaddruse${attack}`)
    .replaceAll("SO_EXCLUSIVEADDRUSE socket option", `Option ${attack}`)
    .replaceAll("https://learn.microsoft.com/", "javascript:alert(3)//")
    .replaceAll('"Wine 8.0"', `"Wine ${attack}"`)
    .replaceAll("cases/windows/", `cases/${attack}/`)
    .replaceAll("which of the two", attack);
}
