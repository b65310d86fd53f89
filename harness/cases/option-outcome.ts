import type { ExpectedOutcome } from "../model/claim.ts";
import { FAILURE_CODES } from "../model/error-codes.ts";
import type { Question } from "../model/option-experiment.ts";
import { CALLS, type CallName } from "../model/vocabulary.ts";

const CODE = `(?:(?:${CALLS.join("|")}) )?(?:${FAILURE_CODES}|nothing-came)`;
const VALUE = String.raw`(?:(?:>=|<=) )?[\w.:?-]+`;
/** What is read: a value, its size in bytes, or both. */
export const READ_PATTERN = String.raw`value ${VALUE}(?: size \d{1,4})?|size \d{1,4}`;
const ONE = `yes|no|success|${CODE}|${READ_PATTERN}`;

/** What a socket alone does not have, behind what the document says: `yes (needs a raw socket)`. */
const NEED = / \((needs [^()]+)\)$/;

/** What an option answers: alternatives joined by ` | `, or `undetermined`, which is observed and not judged. */
export const OPTION_OUTCOME_PATTERN = new RegExp(
  `^(?:undetermined|(?:${ONE})(?: \\| (?:${ONE}))*(?: \\(needs [^()]+\\))?)$`,
);

/** A value alone, as `default` has it. */
export const VALUE_PATTERN = new RegExp(`^${VALUE}$`);

/** For messages about wrong answers. */
export const OPTION_OUTCOME_HELP =
  "yes, no (any refusal), success, 'value 0', 'value >= 2304', 'size 4', 'value 0 size 4', undetermined, a Winsock number or an errno name, several joined by ' | ', one that cannot be asked as 'yes (needs a raw socket)'";

/**
 * What an answer's text allows; null for `undetermined`. A code belongs to the call of the question where the text names
 * none. The text matches OPTION_OUTCOME_PATTERN.
 */
export function parseOptionOutcome(text: string, question: Question): ExpectedOutcome[] | null {
  if (text === "undetermined") return null;
  const { call, yes, no } = ANSWERS[question];
  const answers = text.replace(NEED, "").split(" | ");
  return answers.map((one): ExpectedOutcome => {
    if (one === "yes") return yes;
    if (one === "no") return no;
    if (one === "success") return { kind: "success" };
    if (one.startsWith("value ") || one.startsWith("size ")) return parseValue(one);
    const [code = "", step = call] = one.split(" ").toReversed();
    const isNumber = /^\d+$/.test(code);
    return { kind: "error", step: step as CallName, code: isNumber ? Number(code) : code };
  });
}

/** What an answer needs, because of which it is not judged; null where a socket alone can be asked. */
export function findNeed(text: string): string | null {
  return NEED.exec(text)?.[1] ?? null;
}

interface Answers {
  readonly call: CallName;
  readonly yes: ExpectedOutcome;
  readonly no: ExpectedOutcome;
}

const REFUSED: ExpectedOutcome = { kind: "refused" };
const READING: Answers = { call: "get-option", yes: { kind: "value" }, no: REFUSED };
const SETTING: Answers = { call: "set-option", yes: { kind: "success" }, no: REFUSED };

function valueIs(text: string): ExpectedOutcome {
  return { kind: "value", value: { relation: "=", text } };
}

const ANSWERS: Readonly<Record<Question, Answers>> = {
  get: { ...READING, yes: { kind: "success" } },
  default: READING,
  type: READING,
  set: SETTING,
  "read-back": READING,
  "set-bound": SETTING,
  "read-bound": READING,
  "get-short": READING,
  "set-short": SETTING,
  "set-wrong": SETTING,
  "set-connected": SETTING,
  inherited: { call: "get-option", yes: valueIs("inherited"), no: valueIs("fresh") },
  "read-refused": READING,
  known: { call: "get-option", yes: { kind: "success" }, no: REFUSED },
};

/** Whether an answer says a value to a question that asks only whether its call succeeds: no system could give it. */
export function saysValueInVain(text: string, question: Question): boolean {
  const isOfValue = ANSWERS[question].yes.kind === "value";
  return !isOfValue && /\b(?:value|size) \S/.test(text.replace(NEED, ""));
}

/** The call that a question is about; undefined where a text is not a question. */
export function callOfQuestion(text: string): CallName | undefined {
  const answers: Readonly<Partial<Record<string, Answers>>> = ANSWERS;
  return answers[text]?.call;
}

/** Reads `value >= 2304 size 4`, `value 0`, `size 4`: a text that matches READ_PATTERN. */
export function parseValue(text: string): ExpectedOutcome {
  const { relation, value, size } =
    /^(?:value (?:(?<relation>>=|<=) )?(?<value>\S+))? ?(?:size (?<size>\d+))?$/.exec(text)
      ?.groups ?? {};
  return {
    kind: "value",
    ...(value === undefined
      ? {}
      : { value: { relation: (relation ?? "=") as "=" | ">=" | "<=", text: value } }),
    ...(size === undefined ? {} : { size: Number(size) }),
  };
}

/** The words for what a value is, each with its size in bytes where that is the same on every system. */
export const TYPE_SIZES = {
  boolean: 4,
  BOOL: 4,
  DWORD: 4,
  int: 4,
  in_addr: 4,
} as const;
