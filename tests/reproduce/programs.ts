import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readClaims } from "../../harness/claims/read-claims.ts";
import type { ObservationLine, VerdictLine } from "../../harness/results/line.ts";
import { parseExpectation } from "../../harness/reproduce/parse-expectation.ts";
import { findObstacle, writeProgram, type Language } from "../../harness/reproduce/programs.ts";
import { reproductionOf } from "../../harness/reproduce/reproduction.ts";
import { outcomeText } from "../../reports/sentences.ts";
import { bindcheck, makeFolder, readStream, verdictsOf } from "../program/bindcheck.ts";

/** What a real run says of one claim, as the program that shows it should end. */
export interface Wanted {
  readonly claim: string;
  /** What the program prints, without what chance decides. */
  readonly printed: string;
  /** 0 where the claim held, 1 where it is contradicted. */
  readonly exitCode: number;
}

/** The judged claims of a real run over some case files, each as it should be reproduced. */
export interface MeasuredClaims {
  readonly files: readonly string[];
  /** One for each experiment: of a scenario or an option, on whichever step came first. */
  readonly verdicts: readonly VerdictLine[];
  readonly observations: ReadonlyMap<string, ObservationLine>;
}

/** Measures case files on a target, by the built program. */
export async function measureClaims(
  target: string,
  files: readonly string[],
): Promise<MeasuredClaims> {
  const results = path.join(await makeFolder(), "results.ndjson");
  const ended = await bindcheck([
    "run",
    "--known",
    "none",
    "--on",
    target,
    ...files,
    "--reporter",
    `ndjson=${results}`,
  ]);
  if (ended.exitCode !== 0 && ended.exitCode !== 1) throw new Error(ended.stderr || ended.stdout);
  const lines = readStream(results);
  const observations = lines.filter((line) => line.type === "observation");
  const firsts = new Map<string, VerdictLine>();
  for (const line of verdictsOf(lines))
    if (JUDGED.includes(line.verdict) && !firsts.has(line.experiment))
      firsts.set(line.experiment, line);
  return {
    files,
    verdicts: [...firsts.values()],
    observations: new Map(observations.map((line) => [line.experiment.id, line])),
  };
}

const JUDGED: readonly string[] = ["held", "contradicted"];

/** Writes a program for each claim, `1.c` and so on, each on ports of its own: what they should come to. */
export async function writePrograms(
  folder: string,
  language: Language,
  { files, verdicts, observations }: MeasuredClaims,
): Promise<Wanted[]> {
  const { claims } = await readClaims(files);
  const experiments = new Map(claims.map(({ experiment }) => [experiment.id, experiment]));
  return verdicts.map(({ experiment: id, claim, verdict }, index) => {
    const experiment = experiments.get(id);
    const observation = observations.get(id);
    if (!experiment || !observation) throw new Error(`${id} was not measured`);
    const ports = { same: FIRST_PORT + 2 * index, other: FIRST_PORT + 2 * index + 1 };
    const plain = reproductionOf(experiment, ports);
    const act = plain.steps.findLast(
      ({ observe, label }) => observe && label === (claim.step ?? label),
    );
    if (!act || findObstacle(language, plain)) throw new Error(`${id} is not for ${language}`);
    const expectation = parseExpectation(claim.expect, act);
    const text = writeProgram(language, reproductionOf(experiment, ports, expectation));
    writeFileSync(path.join(folder, `${index + 1}.${EXTENSIONS[language]}`), text);
    return {
      claim: `${id}: ${claim.step ?? ""} ${claim.expect}`,
      printed: printedFor(observation),
      exitCode: verdict === "held" ? 0 : 1,
    };
  });
}

const FIRST_PORT = 10_000;
const EXTENSIONS: Readonly<Record<Language, string>> = {
  c: "c",
  python: "py",
  powershell: "ps1",
  node: "mjs",
};

/** What the programs of a folder came to: their output in `1.out`, their exit code in `1.code`. */
export function readEnds(folder: string, wanted: readonly Wanted[]): Wanted[] {
  return wanted.map(({ claim }, index) => ({
    claim,
    printed: withoutCounts(readFileSync(path.join(folder, `${index + 1}.out`), "utf8")),
    exitCode: Number(readFileSync(path.join(folder, `${index + 1}.code`), "utf8")),
  }));
}

function printedFor({ outcome, steps }: ObservationLine): string {
  const asked = steps?.filter(({ outcome: own }) => own.kind !== "skipped");
  const texts = asked?.map((each) => `${each.label}: ${outcomeText(each.outcome)}`);
  return withoutCounts((texts ?? [`second: ${outcomeText(outcome)}`]).join("\n"));
}

/** Chance decides how many datagrams each socket gets, not which gets none. */
function withoutCounts(text: string): string {
  return text
    .replaceAll("\r", "")
    .replaceAll(/\b[1-9]\d* to /g, "some to ")
    .trim();
}
