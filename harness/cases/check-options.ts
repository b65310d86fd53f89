import { didYouMean } from "../model/did-you-mean.ts";
import { QUESTIONS } from "../model/option-experiment.ts";
import { VALUE_HELP, isValueOf, parseOptionSet } from "../model/options/option-setting.ts";
import {
  SOCKET_OPTIONS,
  optionNumber,
  type OptionType,
  type SocketOption,
} from "../model/options/option-table.ts";
import { BSDS, implementsOf, PLATFORMS, type PlatformName } from "../model/vocabulary.ts";
import type { Report } from "./check-scenarios.ts";
import { findNeed, saysValueInVain } from "./option-outcome.ts";
import type { CaseDocument, CasePair } from "./schema.ts";

/** Options that the document's platform has, something said of each, each once, and values that fit their types. */
export function checkOptions(
  file: CaseDocument,
  endpoints: readonly PlacedEndpoint[],
  problem: Report,
): void {
  const { options = [], support, "applies-to": appliesTo } = file;
  const checkPlatform = platformCheck(appliesTo.platform, problem);
  for (const { path, name } of [...optionsOfSteps(file), ...endpoints.flatMap(optionsOfEndpoint)])
    checkPlatform(path, name);
  checkValues(file, problem);
  checkRows(["options"], options, checkPlatform, problem);
  checkRows(["support", "options"], support?.options ?? [], checkPlatform, problem);
}

interface Row {
  readonly option: string;
  readonly default?: string | number | undefined;
  readonly [question: string]: unknown;
}

function checkRows(
  place: readonly string[],
  rows: readonly Row[],
  checkPlatform: ReturnType<typeof platformCheck>,
  problem: Report,
): void {
  const known = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const path = [...place, index];
    const found = SOCKET_OPTIONS.get(row.option);
    if (!found) continue;
    if (known.has(row.option))
      problem(path, `the option '${row.option}' is there twice (allowed: each option once)`);
    known.add(row.option);
    if (Object.keys(found.numbers).length === 0) checkNeeds(path, row, problem);
    else checkPlatform([...path, "option"], row.option);
    if (Object.keys(row).length === 1)
      problem(path, `nothing is said of ${row.option} (add 'get', 'set', 'default', ...)`);
    if (row.default !== undefined && !fits(found.type, String(row.default)))
      problem(
        [...path, "default"],
        `'${row.default}' does not fit ${row.option}, whose type is ${found.type}`,
      );
    checkAnswers(path, row, problem);
  }
}

/** Reports what is said of an option that no socket here can be asked, without what it needs. */
function checkNeeds(path: PropertyKey[], { option, ...said }: Row, problem: Report): void {
  for (const [question, answer] of Object.entries(said))
    if ([answer].flat().some((text) => findNeed(String(text)) === null))
      problem(
        [...path, question],
        `${option} cannot be asked on a socket of TCP or UDP (say what it needs, such as 'yes (needs a socket of IPX)')`,
      );
}

function checkAnswers(path: PropertyKey[], row: Row, problem: Report): void {
  for (const question of QUESTIONS)
    for (const text of [row[question]].flat())
      if (typeof text === "string" && saysValueInVain(text, question))
        problem(
          [...path, question],
          `'${text}' says a value, and '${question}' asks whether the call succeeds (the value of a new socket is 'default', of one that is set 'read-back')`,
        );
}

/** Reports an option that no system of a platform has. */
function platformCheck(
  platform: CaseDocument["applies-to"]["platform"],
  problem: Report,
): (path: PropertyKey[], name: string) => void {
  const systems = systemsOf(platform);
  const isOnPlatform = (option: SocketOption): boolean =>
    systems.some((system) => optionNumber(option, system) !== null);
  return (path, name) => {
    const found = SOCKET_OPTIONS.get(name);
    if (!found || isOnPlatform(found)) return;
    const there = [...SOCKET_OPTIONS.values()].filter(isOnPlatform).map((option) => option.name);
    const near = didYouMean(name, there);
    problem(path, `${name} is not an option of ${platform} (allowed: its own options)${near}`);
  };
}

/** An endpoint of a table or a pair, and where it is. */
export interface PlacedEndpoint {
  readonly path: PropertyKey[];
  readonly endpoint: CasePair["first"];
}

function optionsOfEndpoint({ path, endpoint }: PlacedEndpoint) {
  return [endpoint.options ?? []].flat().flatMap((set) => optionsIn(set, [...path, "options"]));
}

function optionsIn(set: string, path: PropertyKey[]): { path: PropertyKey[]; name: string }[] {
  return parseOptionSet(set).map((text) => ({ path, name: text.split("=")[0] ?? "" }));
}

/** Every option that a scenario's steps name, and where. */
function optionsOfSteps({ scenarios = [] }: CaseDocument): { path: PropertyKey[]; name: string }[] {
  return scenarios.flatMap(({ steps }, scenario) =>
    steps.flatMap((step, index) => {
      const path = ["scenarios", scenario, "steps", index];
      const set = "options" in step ? (step.options ?? "none") : "none";
      return [
        ...("option" in step ? [{ path: [...path, "option"], name: step.option }] : []),
        ...optionsIn(set, [...path, "options"]),
      ];
    }),
  );
}

/** Values of `set-option` that do not fit the option's type. */
function checkValues({ scenarios = [] }: CaseDocument, problem: Report): void {
  for (const [scenario, { steps }] of scenarios.entries())
    for (const [index, step] of steps.entries()) {
      const option = step.do === "set-option" ? SOCKET_OPTIONS.get(step.option) : undefined;
      if (!option || step.do !== "set-option" || isSettable(option, String(step.value))) continue;
      problem(
        ["scenarios", scenario, "steps", index, "value"],
        `'${step.value}' does not fit ${option.name} (allowed: ${VALUE_HELP[option.type]})`,
      );
    }
}

/** A flag may be set to a number that is none: some documents say what happens then. */
function isSettable({ type }: SocketOption, value: string): boolean {
  return isValueOf(type === "boolean" ? "int" : type, value);
}

function systemsOf(platform: CaseDocument["applies-to"]["platform"]): PlatformName[] {
  const named: readonly PlatformName[] =
    platform === "any" ? PLATFORMS : platform === "bsd" ? BSDS : [platform];
  return named.map(implementsOf);
}

/** Whether results may have a value of a type: a system may give nothing, or bytes that are not of the type. */
function fits(type: OptionType, value: string): boolean {
  return FITS[type].test(value) || ODD.test(value);
}

const ODD = /^(?:-|0x[\da-f]+)$/;
const NUMBER = /^(?:(?:>=|<=) )?-?\d+$/;

/** What values of each type look like, as results write them. */
const FITS: Readonly<Record<OptionType, RegExp>> = {
  boolean: NUMBER,
  int: NUMBER,
  timeout: NUMBER,
  linger: /^-?\d+:-?\d+$/,
  in_addr: /^\d+(?:\.\d+){3}$/,
  ifname: /^\S+$/,
  text: /^\S+$/,
  bytes: /^any$/,
};
