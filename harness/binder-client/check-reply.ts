import type { Program, Reply, Step, StepResult } from "../binder/protocol.ts";
import { isPort, isRanges } from "./parse-hello.ts";

/**
 * Whether a line answers these programs: results for each, no more of them than it has steps, none after one that
 * failed, and each in the shape of its step. Fewer results break only that program's experiment.
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
  "local-address": [...NAME, "length"],
  close: [],
  probe: [],
  open: ["options", ...NAME],
  "open-node": ["options", ...NAME],
  "set-linger": [],
  "join-group": [],
  "set-group": [],
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
const isLike = (pattern: RegExp) => (value: unknown) =>
  typeof value === "string" && pattern.test(value);
/** For a system, or for libuv on Windows, which gives numbers of its own below -4000 (include/uv/errno.h). */
const isErrno = (value: unknown): boolean =>
  Number.isSafeInteger(value) && ((value as number) >= 0 || (value as number) < -4000);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const VALUES: Readonly<Record<Part, (value: unknown) => boolean>> = {
  options: (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(Number.isSafeInteger),
  bytes: isLike(/^(?:[0-9a-f]{2})*$/),
  length: isCount,
  value: isCount,
  address: isLike(/^[\w.:%-]+$/),
  port: isPort,
  ranges: isRanges,
  errno: isErrno,
  // Node's own API has none where the system gave none.
  code: isLike(/^(?:[A-Z][A-Z0-9_]*|error -?\d+)?$/),
  call: isLike(/^[A-Za-z0-9_-]*$/),
  pending: (value) => value === true,
  problem: isText,
};
