import { SOCKET_OPTIONS, optionNumber, type OptionType } from "../model/options/option-table.ts";
import { BSDS, OFFERS_CALLS_OF, PLATFORMS, type PlatformName } from "../model/vocabulary.ts";
import type { Report } from "./check-scenarios.ts";
import type { CaseDocument } from "./schema.ts";

/** Options that the document's platform has, something said of each, each once, and defaults that fit their types. */
export function checkOptions(file: CaseDocument, problem: Report): void {
  const { options = [], "applies-to": appliesTo } = file;
  const systems = systemsOf(appliesTo.platform);
  const known = new Set<string>();
  for (const [index, row] of options.entries()) {
    const path = ["options", index];
    const found = SOCKET_OPTIONS.get(row.option);
    if (!found) continue;
    if (known.has(row.option))
      problem(path, `the option '${row.option}' is there twice (allowed: each option once)`);
    known.add(row.option);
    if (systems.every((system) => optionNumber(found, system) === null))
      problem([...path, "option"], `${row.option} is not an option of ${appliesTo.platform}`);
    if (Object.keys(row).length === 1)
      problem(path, `nothing is said of ${row.option} (add 'get', 'set', 'default', ...)`);
    if (row.default !== undefined && !FITS[found.type].test(String(row.default)))
      problem(
        [...path, "default"],
        `'${row.default}' does not fit ${row.option}, whose type is ${found.type}`,
      );
  }
}

function systemsOf(platform: CaseDocument["applies-to"]["platform"]): PlatformName[] {
  const named: readonly PlatformName[] =
    platform === "any" ? PLATFORMS : platform === "bsd" ? BSDS : [platform];
  return named.map((name) => OFFERS_CALLS_OF[name] ?? name);
}

const NUMBER = /^(?:(?:>=|<=) )?-?\d+$/;

/** What values of each type look like, as results write them. */
const FITS: Readonly<Record<OptionType, RegExp>> = {
  boolean: NUMBER,
  int: NUMBER,
  timeout: NUMBER,
  linger: /^\d+:\d+$/,
  in_addr: /^\d+(?:\.\d+){3}$/,
  ifname: /^\S+$/,
  text: /^\S+$/,
  bytes: /^(?:any|-|0x[\da-f]+)$/,
};
