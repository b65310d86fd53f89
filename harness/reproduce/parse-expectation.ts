import { ERRNO_NAMES, WINSOCK_CODES, WINSOCK_NAMES } from "../model/error-codes.ts";
import {
  OPTION_OUTCOME_HELP,
  OPTION_OUTCOME_PATTERN,
  parseOptionOutcome,
} from "../cases/option-outcome.ts";
import { InputError } from "../model/problem.ts";
import { QUESTIONS, type Question } from "../model/option-experiment.ts";
import { usualCall } from "../model/steps.ts";
import type { ExpectedOutcome } from "../model/claim.ts";
import { censusOf } from "./census.ts";
import type { Expectation, ProgramStep } from "./reproduction.ts";
import { CALLS, type CallName } from "../model/vocabulary.ts";

/**
 * What `--expect` says, in the words of case files and of known deviations: `success`, `10048`, `WSAEADDRINUSE`,
 * `EADDRINUSE`, `listen EADDRINUSE`, `to SOCKET+SOCKET`, several of them joined by ` | `. Throws InputError.
 */
export function parseExpectation(text: string, step: ProgramStep): Expectation {
  const question = QUESTIONS.find((each) => each === step.label);
  if (question) return { text, allowed: parseAnswer(text, question), of: question };
  // A footnote mark of a document's cell says nothing about the outcome.
  const allowed = text
    .replace(/\*+$/, "")
    .split(" | ")
    .map((one) => parseOne(one, step, text));
  return { text, allowed, of: step.label };
}

function parseAnswer(text: string, question: Question): readonly ExpectedOutcome[] {
  const allowed = OPTION_OUTCOME_PATTERN.test(text) ? parseOptionOutcome(text, question) : null;
  if (allowed) return allowed;
  throw unknown(text, OPTION_OUTCOME_HELP.replace(", undetermined", ""));
}

const CODES = [
  ...WINSOCK_CODES,
  ...Object.values(WINSOCK_NAMES),
  ...ERRNO_NAMES,
  // An errno number, which differs between systems.
  String.raw`\d{1,3}`,
  "end-of-stream",
  "nothing-came",
];
const REFUSAL = new RegExp(`^(?:(?<step>${CALLS.join("|")}) )?(?<code>${CODES.join("|")})$`);

function parseOne(one: string, within: ProgramStep, whole: string): ExpectedOutcome {
  if (one === "success") return { kind: "success" };
  const census = censusOf(within);
  if (census && one.startsWith("to ")) {
    const to = one.slice("to ".length);
    const isKnown = to.split("+").every((name) => census.among.includes(name));
    if (isKnown || to === "each" || to === "all") return { kind: "delivered", to };
    throw unknown(whole, `each, all, or ${census.among.join(", ")} joined by +`);
  }
  const { step, code } = REFUSAL.exec(one)?.groups ?? {};
  if (code === undefined) throw unknown(whole, ALLOWED);
  return { kind: "error", step: (step ?? usualStep(within)) as CallName, code };
}

const ALLOWED = `success, end-of-stream, nothing-came, a Winsock number (${WINSOCK_CODES.join(", ")}) or its name, an errno number or name (${ERRNO_NAMES.join(", ")}), with the call in front where it is not bind: listen EADDRINUSE; several joined by ' | '`;

function unknown(text: string, allowed: string): InputError {
  return new InputError([`--expect: '${text}' is not an outcome (allowed: ${allowed})`]);
}

/** The call of the last step that can be refused: an endpoint that listens is opened by bind. */
function usualStep({ calls }: ProgramStep): CallName {
  return usualCall(
    calls.findLast((call) => call.do !== "listen" || calls.length === 1)?.do ?? "bind",
  );
}
