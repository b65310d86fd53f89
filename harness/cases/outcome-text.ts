import { didYouMean } from "../model/did-you-mean.ts";
import type { ExpectedOutcome } from "../model/claim.ts";
import { ERRNO_NAMES, FAILURE_CODES, WINSOCK_CODES } from "../model/error-codes.ts";
import { isReading } from "../model/steps.ts";
import { CALLS, type CallName } from "../model/vocabulary.ts";
import { READ_PATTERN, parseValue } from "./option-outcome.ts";

const STEPS = ["socket", "set-option", "bind", "listen", "connect"] as const;

const ONE = `(?:(?:${STEPS.join("|")}) )?(?:${FAILURE_CODES})|success`;

/** `n/a`; or outcomes joined by ` | `, each `success` or a code, with the call in front where it is not bind. */
export const OUTCOME_PATTERN = new RegExp(`^(?:n/a|(?:${ONE})(?: \\| (?:${ONE}))*\\*?)$`);

/** For messages about wrong outcomes. */
export const OUTCOME_HELP =
  "success, n/a, a Winsock number such as 10048, an errno name such as EADDRINUSE; cases/case-file.schema.json lists them";

/** The outcomes nearest to a wrong one, for the same messages. */
export function nearOutcome(wrong: unknown): string {
  if (typeof wrong !== "string" && typeof wrong !== "number") return "";
  return didYouMean(String(wrong), [
    ...WINSOCK_CODES.map(String),
    ...ERRNO_NAMES,
    "success",
    "n/a",
  ]);
}

/** What an outcome text allows; null for `n/a`, where there is nothing to measure. The text matches OUTCOME_PATTERN. */
export function parseOutcomeText(text: string): ExpectedOutcome[] | null {
  if (text === "n/a") return null;
  return text.replace("*", "").split(" | ").map(parseOne);
}

// What is not a system's error: the peer's orderly end, and nothing within the deadline.
const STEP_CODE = `${FAILURE_CODES}|end-of-stream|nothing-came`;

const RECEIVERS = String.raw`to [a-z][a-z0-9-]*(?:\+[a-z][a-z0-9-]*)*`;

const STEP_ONE = `(?:success|(?:(?:${CALLS.join("|")}) )?(?:${STEP_CODE})|${RECEIVERS}|${READ_PATTERN})`;

/** Outcomes of a scenario's step, joined by ` | `: who got what was sent, or `undetermined`, which claims nothing. */
export const STEP_OUTCOME_PATTERN = new RegExp(
  `^(?:undetermined|${STEP_ONE}(?: \\| ${STEP_ONE})*)$`,
);

/** For messages about wrong outcomes of steps. */
export const STEP_OUTCOME_HELP = `undetermined, success, 'to SOCKET', 'to SOCKET+SOCKET', 'to each', 'to all', 'to nobody' (a census), 'value 5', 'value >= 5', 'size 4' (a step that reads), a Winsock number or an errno name, 'listen EADDRINUSE' for one at a certain call, nothing-came, end-of-stream`;

/**
 * What a step's outcome text allows; null for `undetermined`. A code without a call belongs to any of `calls`; `success` of
 * a call that reads is any value. The text matches STEP_OUTCOME_PATTERN.
 */
export function parseStepOutcomeText(
  text: string,
  calls: readonly CallName[],
): ExpectedOutcome[] | null {
  if (text === "undetermined") return null;
  const reads = calls.some(isReading);
  return text.split(" | ").flatMap((one): ExpectedOutcome[] => {
    if (one.startsWith("to ")) return [{ kind: "delivered", to: one.slice("to ".length) }];
    if (/^(?:value|size) /.test(one)) return [parseValue(one)];
    if (one === "success") return [{ kind: reads ? "value" : "success" }];
    const [code = "", call] = one.split(" ").toReversed();
    const known = /^\d+$/.test(code) ? Number(code) : code;
    const named = call === undefined ? calls : [call as CallName];
    return named.map((step) => ({ kind: "error", step, code: known }));
  });
}

function parseOne(text: string): ExpectedOutcome {
  if (text === "success") return { kind: "success" };
  const [code = "", step = "bind"] = text.split(" ").toReversed();
  return { kind: "error", step: step as CallName, code: /^\d+$/.test(code) ? Number(code) : code };
}
