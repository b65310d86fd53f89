import { didYouMean } from "../model/did-you-mean.ts";
import { InputError } from "../model/problem.ts";
import { quotedArgument } from "../model/quoted-argument.ts";
import { readClaims } from "../claims/read-claims.ts";
import { exploredExperiment } from "../explored/explored-experiment.ts";
import { parseExpectation } from "../reproduce/parse-expectation.ts";
import {
  findLanguage,
  findObstacle,
  LANGUAGES,
  writeProgram,
  type Language,
} from "../reproduce/programs.ts";
import { reproductionOf, type Expectation, type Reproduction } from "../reproduce/reproduction.ts";
import { writeAnswer } from "../outputs/write-answer.ts";
import { unknownExperiment } from "../claims/unknown-experiment.ts";

/** What commander hands over. */
export interface ReproduceOptions {
  /** The first that can show the experiment, if absent. */
  readonly language?: string;
  readonly expect?: string;
  readonly step?: string;
  readonly port: string;
  readonly out?: string;
}

/** Prints a program that shows one experiment without bindcheck. Throws InputError. */
export async function reproduce(
  id: string,
  files: readonly string[],
  options: ReproduceOptions,
): Promise<void> {
  const named = options.language === undefined ? null : parseLanguage(options.language);
  const ports = parsePorts(options.port);
  const { claims } = await readClaims(files);
  const claimed = claims.find((claim) => claim.experiment.id === id)?.experiment;
  const explored = claimed ? null : await exploredExperiment(id);
  const experiment = claimed ?? explored?.experiment;
  if (!experiment) throw unknownExperiment(id, claims);
  const language = named ?? findLanguage(experiment) ?? LANGUAGES[0];
  const plain = reproductionOf(experiment, ports);
  const obstacle = findObstacle(language, plain);
  if (obstacle !== null) {
    const words = explored ? ["explore", ...explored.needs] : ["run", ...files.map(quotedArgument)];
    const see = `bindcheck ${words.join(" ")} --filter ${quotedArgument(id)}`;
    throw new InputError([refusalText(id, language, obstacle, plain, see)]);
  }
  const expectation = findExpectation(plain, options);
  writeAnswer(writeProgram(language, reproductionOf(experiment, ports, expectation)), options.out);
}

function parseLanguage(text: string): Language {
  const language = LANGUAGES.find((each) => each === text);
  if (language) return language;
  throw new InputError([
    `--language: '${text}' is unknown (allowed: ${LANGUAGES.join(", ")})${didYouMean(text, LANGUAGES)}`,
  ]);
}

// The port behind it is the second one, where an experiment has two.
function parsePorts(text: string): Reproduction["ports"] {
  const same = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (same >= 1 && same < 65_535) return { same, other: same + 1 };
  throw new InputError([`--port: '${text}' is not a whole number from 1 to 65534`]);
}

function refusalText(
  id: string,
  language: Language,
  obstacle: string,
  reproduction: Reproduction,
  see: string,
): string {
  const others = LANGUAGES.filter((each) => findObstacle(each, reproduction) === null);
  const help =
    others.length > 0
      ? `--language ${others.join(" or ")} can`
      : `no language can; to see it: ${see}`;
  return `'${id}' cannot be shown in ${language}: ${obstacle} (${help})`;
}

function findExpectation(
  { steps, experiment }: Reproduction,
  { expect, step }: ReproduceOptions,
): Expectation | null {
  const observed = steps.filter(({ observe }) => observe);
  if (step !== undefined && "first" in experiment)
    throw new InputError(["--step: this experiment is not a scenario and has no steps to choose"]);
  const labels = observed.map(({ label }) => label);
  if (step === undefined && expect !== undefined && "option" in experiment)
    throw new InputError([
      `--expect: needs --step, which says what is asked of the option (allowed: ${labels.join(", ")})`,
    ]);
  const of =
    step === undefined
      ? observed.at(-1)
      : observed.find(({ label }) => label === step || Number.parseInt(label, 10) === Number(step));
  if (!of) {
    const names = labels.map((label) => `'${label}'`).join(", ");
    throw new InputError([
      `--step: no step ${step} is observed (observed: ${names})${didYouMean(String(step), labels)}`,
    ]);
  }
  if (expect !== undefined) return parseExpectation(expect, of);
  if (step === undefined) return null;
  throw new InputError(["--step: needs --expect, which says what the step should result in"]);
}
