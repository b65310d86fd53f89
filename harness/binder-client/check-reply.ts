import type { Program, Reply, Step, StepResult } from "../binder/protocol.ts";
import { isRanges } from "./parse-hello.ts";

/**
 * Whether a line answers these programs: results for each, no more of them than it has steps, none after one that
 * failed, and each in the shape of its step. Fewer results are the program's own broken experiment, and nobody else's.
 */
export function isReply(line: Partial<Reply>, programs: readonly Program[]): line is Reply {
  const { results } = line;
  if (!Array.isArray(results) || results.length !== programs.length) return false;
  return results.every((own: unknown, index) => {
    const program = programs[index] ?? [];
    if (!Array.isArray(own) || own.length > program.length) return false;
    return own.every(
      (result, at) => isResult(result, program[at]) && (at === own.length - 1 || !hasEnded(result)),
    );
  });
}

function hasEnded({ errno, problem }: StepResult): boolean {
  return errno !== undefined || problem !== undefined;
}

type Part = keyof StepResult;

function isResult(result: unknown, step: Step | undefined): result is StepResult {
  if (typeof result !== "object" || result === null || Array.isArray(result)) return false;
  // What a step gives beyond its own parts was not asked for.
  const given: readonly Part[] = [...ALWAYS, ...partsOf(step)];
  for (const name in result) {
    const isRight = given.includes(name as Part) ? VALUES[name as Part] : undefined;
    if (!isRight?.((result as Record<string, unknown>)[name])) return false;
  }
  // An error with half of its parts would pass for success.
  return "errno" in result === "code" in result;
}

function partsOf(step: Step | undefined): readonly Part[] {
  return typeof step === "object" && step !== null && Object.hasOwn(PARTS, step.do)
    ? PARTS[step.do]
    : [];
}

const ALWAYS = ["errno", "code", "call", "problem"] as const;
const NAME = ["address", "port"] as const;

/** What the result of a step may hold when it went well. */
const PARTS: Readonly<Record<Step["do"], readonly Part[]>> = {
  socket: [],
  "set-option": [],
  "get-option": ["bytes", "length"],
  "set-bytes": [],
  bind: [],
  listen: [],
  "local-address": NAME,
  close: [],
  probe: [],
  open: ["options", ...NAME],
  "open-node": ["options", ...NAME],
  "set-linger": [],
  "join-group": [],
  connect: [],
  "begin-connect": [],
  disconnect: [],
  accept: ["pending"],
  send: ["value"],
  fill: ["value"],
  receive: ["value", "pending"],
  "shutdown-send": [],
  "shutdown-receive": [],
  "send-many": [],
  "take-all": ["value"],
  "ports-to-avoid": ["ranges"],
};

const isText = (value: unknown): boolean => typeof value === "string";

const VALUES: Readonly<Record<Part, (value: unknown) => boolean>> = {
  options: (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(Number.isInteger),
  bytes: isText,
  length: Number.isInteger,
  value: Number.isSafeInteger,
  address: isText,
  port: Number.isInteger,
  ranges: isRanges,
  errno: Number.isInteger,
  code: isText,
  call: isText,
  pending: (value) => value === true,
  problem: isText,
};
