import { OUTCOME_PATTERN } from "../cases/outcome-text.ts";
import type { Outcome } from "../model/observation.ts";
import { outcomeSummary } from "../model/outcome-summary.ts";
import type { ObservationLine } from "../results/line.ts";

/** What an observation leaves in a table. */
export interface FrozenCell {
  /** As a case file writes it: what every later run must see again, or `n/a`. */
  readonly text: string;
  /** Why it is `n/a`. */
  readonly why?: string;
  /** Whether the harness could not decide, so that the experiment is named one by one. */
  readonly isUndecided?: true;
}

/** Freezes what was seen the same every time; whatever the harness could not decide stays out. */
export function frozenCell(
  { outcome }: Pick<ObservationLine, "outcome">,
  hasNumbers: boolean,
): FrozenCell {
  switch (outcome.kind) {
    case "success":
      return { text: "success" };
    case "error":
      return frozenRefusal(outcome, hasNumbers);
    case "skipped":
      return { text: NOTHING, why: outcome.reason };
    case "broken":
      return outcome.reason === "first-bind-refused"
        ? { text: NOTHING, why: "the first endpoint itself is refused" }
        : { text: NOTHING, why: `broken, ${outcome.reason}`, isUndecided: true };
    case "unstable":
    case "delivered":
    case "value":
      return { text: NOTHING, why: outcomeSummary(outcome), isUndecided: true };
  }
}

const NOTHING = "n/a";

/** Elsewhere it is the names that are the same. */
function frozenRefusal(
  outcome: Extract<Outcome, { kind: "error" }>,
  hasNumbers: boolean,
): FrozenCell {
  const code = hasNumbers ? outcome.errno : outcome.code;
  const text = outcome.step === "bind" ? String(code) : `${outcome.step} ${code}`;
  if (OUTCOME_PATTERN.test(text)) return { text };
  const why = `no word of a case file: ${outcomeSummary(outcome)}`;
  return { text: NOTHING, why, isUndecided: true };
}
