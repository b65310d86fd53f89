import { didYouMean } from "../model/did-you-mean.ts";
import { adviseByClaims } from "../audit/advice/advise-by-claims.ts";
import { recommend } from "../audit/advice/recommend.ts";
import { stateObservation, type Statement } from "../audit/advice/statement.ts";
import { WISHES, type Wish } from "../audit/advice/wishes.ts";
import { readClaims } from "../claims/read-claims.ts";
import { InputError } from "../model/problem.ts";
import { terminalText } from "../model/terminal-text.ts";
import { PROTOCOLS, type Protocol } from "../model/vocabulary.ts";
import { readResults } from "../results/read.ts";
import {
  recommendationsMarkdown,
  recommendationsText,
  type AdviceReport,
} from "../../reports/audit/recommendations.ts";

/** The options as they were typed. */
export interface AdviseOptions {
  readonly want?: string;
  readonly protocol?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/**
 * Prints the smallest set of socket options that gives what is wanted, for each platform and range of versions by the
 * claims, and for each target of the results by what was observed there. Throws InputError.
 */
export async function advise(
  results: readonly string[],
  { want, protocol, json, markdown }: AdviseOptions,
): Promise<void> {
  if (json && markdown) throw new InputError(["--json and --markdown: choose one"]);
  const wish = oneOf<Wish>("--want", want, WISHES);
  const report = await makeAdvice(
    wish,
    oneOf<Protocol>("--protocol", protocol, PROTOCOLS),
    results,
  );
  if (report.documents.length + report.observed.length === 0)
    throw new InputError([
      `advise: nothing is said of --want ${wish} --protocol ${report.protocol}, which is a question of TCP alone`,
    ]);
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (markdown) process.stdout.write(recommendationsMarkdown(report));
  else process.stdout.write(terminalText(recommendationsText(report)));
}

async function makeAdvice(
  want: Wish,
  protocol: Protocol,
  results: readonly string[],
): Promise<AdviceReport> {
  const { claims } = await readClaims([]);
  const seen = new Map<string, Statement[]>();
  const systems = new Map<string, string>();
  for (const file of results)
    await readResults(file, (line) => {
      if (line.type === "target") systems.set(line.target, line.platform.implements);
      if (line.type !== "observation") return;
      const own = seen.get(line.target) ?? [];
      own.push(...stateObservation(line, line.target));
      seen.set(line.target, own);
    });
  const observed = [...seen].flatMap(([target, statements]) => {
    const system = systems.get(target) ?? "";
    const found = recommend({ wish: want, protocol, system }, statements);
    return found === null ? [] : [{ target, ...found }];
  });
  return { want, protocol, documents: adviseByClaims(want, protocol, claims), observed };
}

function oneOf<Word extends string>(
  option: string,
  text: string | undefined,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const wrong = text === undefined ? "is missing" : `'${text}' is unknown`;
  throw new InputError([
    `${option}: ${wrong} (allowed: ${words.join(", ")})${didYouMean(text ?? "", words)}`,
  ]);
}
