import { MOST_WITH } from "../experiments/every-pair.ts";
import { isSharingOption } from "../model/options/option-setting.ts";
import { isMembership, isSteering } from "../model/options/steering.ts";
import { InputError } from "../model/problem.ts";
import type { OptionText } from "../model/vocabulary.ts";

/** What `--with` names, in order: options that every endpoint of a case file may have. Throws InputError. */
export async function parseWith(texts: readonly string[]): Promise<OptionText[]> {
  const problem = await findWithProblem(texts);
  if (problem !== null) throw new InputError([`--with: ${problem}`]);
  return texts.toSorted();
}

/** Why an exploration does not combine some options, in one line; null where it does. */
export async function findWithProblem(texts: readonly string[]): Promise<string | null> {
  // The schema of case files takes long to load: few explorations need it.
  const { boundOptionSet, optionName } = await import("../cases/option-text.ts");
  for (const text of texts) {
    if (text.includes("+")) return `'${text}' is not one option (repeat --with for each)`;
    const [name = ""] = text.split("=");
    if (isSharingOption(name)) return `${name} is combined already (leave it out)`;
    const fault = optionName.safeParse(name).error ?? boundOptionSet.safeParse(text).error;
    if (fault) return fault.issues[0]?.message ?? `'${text}' is not an option`;
    if (isMembership(text))
      return `${name} joins a group (allowed: in a case file, the steps join-group and join-source-group)`;
    if (isSteering(text, ""))
      return `'${text}' could lead what a connected endpoint sends off this machine (allowed: in a case file, of 'bound' and 'listening' endpoints)`;
  }
  const names = texts.map((text) => text.split("=")[0]);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `${twice} is there twice (name each option once)`;
  return texts.length > MOST_WITH
    ? `${texts.length} options (at most ${MOST_WITH}: each makes four times as many experiments)`
    : null;
}
