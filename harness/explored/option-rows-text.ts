import { groupBy } from "../model/group-by.ts";
import type { Outcome } from "../model/observation.ts";
import { QUESTIONS, type OptionExperiment, type Question } from "../model/option-experiment.ts";
import { outcomeSummary } from "../model/outcome-summary.ts";
import type { ObservationLine } from "../results/line.ts";
import { OPTION_OUTCOME_PATTERN, VALUE_PATTERN } from "../cases/option-outcome.ts";
import { commentLine } from "./comment-line.ts";

/** What was seen of one option. */
export interface SeenOption extends Pick<ObservationLine, "outcome" | "steps"> {
  readonly experiment: OptionExperiment;
}

/** What was seen of options as YAML documents of a case file, one for each protocol and family. */
export function optionDocuments(
  name: string,
  platform: string,
  seen: readonly SeenOption[],
  hasNumbers: boolean,
): string[] {
  const parts = groupBy(seen, ({ experiment: { protocol, family } }) => `${protocol}/${family}`);
  return [...parts].flatMap(([part, own]) => {
    const [protocol = "", family = ""] = part.split("/");
    const sorted = own.toSorted((a, b) => (a.experiment.option < b.experiment.option ? -1 : 1));
    const rows = sorted.flatMap((each) => rowText(each, hasNumbers) ?? []);
    if (rows.length === 0) return [];
    const text = [
      ...sorted.flatMap((each) => leftOutLines(each, hasNumbers)),
      "document:",
      `  id: ${name}/options-${protocol}-${family}`,
      "  title: Explored with bindcheck",
      `  section: socket options, ${protocol}, ${family}`,
      "  kind: measured",
      `applies-to: { platform: ${platform} }`,
      `matrix: { protocol: ${protocol}, family: ${family} }`,
      "options:",
      ...rows,
    ];
    return [text.join("\n")];
  });
}

/** Whether the harness could decide nothing of an option. */
export function isUndecided({ outcome }: Pick<SeenOption, "outcome">): boolean {
  return outcome.kind === "broken" || outcome.kind === "unstable";
}

function rowText({ experiment, steps = [] }: SeenOption, hasNumbers: boolean): string | null {
  const cells = steps.flatMap(({ label, outcome }) => {
    const question = label as Question;
    const text = QUESTIONS.includes(question) ? cellText(question, outcome, hasNumbers) : null;
    return text === null ? [] : [`${question}: ${text}`];
  });
  return cells.length === 0
    ? null
    : `  - { ${[`option: ${experiment.option}`, ...cells].join(", ")} }`;
}

/** An answer as a case file has it; null where it says nothing, or what another answer says already. */
function cellText(question: Question, outcome: Outcome, hasNumbers: boolean): string | null {
  const isSize = question === "type";
  if (isSize || question === "default") {
    // Any value may be read where none is like another: nothing to hold a system to.
    if (outcome.kind !== "value" || outcome.value === "any") return null;
    if (isSize) return outcome.value;
    return VALUE_PATTERN.test(outcome.value) ? `"${outcome.value}"` : null;
  }
  return frozenAnswer(outcome, hasNumbers);
}

function frozenAnswer(outcome: Outcome, hasNumbers: boolean): string | null {
  const text = answerText(outcome, hasNumbers);
  return text !== null && OPTION_OUTCOME_PATTERN.test(text) ? `"${text}"` : null;
}

function answerText(outcome: Outcome, hasNumbers: boolean): string | null {
  switch (outcome.kind) {
    case "success":
      return "success";
    case "value":
      return `value ${outcome.value} size ${outcome.size}`;
    case "error":
      return `${outcome.step} ${hasNumbers && outcome.errno !== 0 ? outcome.errno : outcome.code}`;
    case "delivered":
    case "skipped":
    case "broken":
    case "unstable":
      return null;
  }
}

/** What is not frozen though it was observed: what is not stable, and errors that case files have no name for. */
function leftOutLines(
  { experiment, outcome, steps = [] }: SeenOption,
  hasNumbers: boolean,
): string[] {
  if (isUndecided({ outcome }))
    return [commentLine(`${experiment.id}: ${outcomeSummary(outcome)}`)];
  const left = steps.filter(({ label, outcome: own }) => {
    if (own.kind === "unstable") return true;
    const isRepeated = label === "default" || label === "type";
    return own.kind === "error" && !isRepeated && frozenAnswer(own, hasNumbers) === null;
  });
  return left.map(({ label, outcome: own }) =>
    commentLine(`${experiment.id}, ${label}: ${outcomeSummary(own)}`),
  );
}
