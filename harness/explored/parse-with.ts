import { MOST_WITH } from "../experiments/every-pair.ts";
import { isSharingOption } from "../model/options/option-setting.ts";
import { InputError } from "../model/problem.ts";
import type { OptionText } from "../model/vocabulary.ts";

/** What `--with` names, in order: options that an endpoint of a case file may have. Throws InputError. */
export async function parseWith(texts: readonly string[]): Promise<OptionText[]> {
  // The schema of case files takes long to load: few explorations need it.
  const { boundOptionSet, optionName } = await import("../cases/option-text.ts");
  for (const text of texts) {
    if (text.includes("+")) throw wrong(`'${text}' is not one option (repeat --with for each)`);
    const [name = ""] = text.split("=");
    if (isSharingOption(name)) throw wrong(`${name} is combined already (leave it out)`);
    const fault = optionName.safeParse(name).error ?? boundOptionSet.safeParse(text).error;
    if (fault) throw wrong(fault.issues[0]?.message ?? `'${text}' is not an option`);
  }
  const names = texts.map((text) => text.split("=")[0]);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw wrong(`${twice} is there twice (name each option once)`);
  if (texts.length > MOST_WITH)
    throw wrong(
      `${texts.length} options (at most ${MOST_WITH}: each makes four times as many experiments)`,
    );
  return texts.toSorted();
}

function wrong(problem: string): InputError {
  return new InputError([`--with: ${problem}`]);
}
