import type { Hello, Program, Reply, StepResult } from "../binder/protocol.ts";

/** Whether a binder's first line is whole: everything that is read from it later is there and of its type. */
export function isHello(line: Partial<Hello>): line is Hello {
  const { pid, platform, os, runtime, options, nodeOptions } = line;
  return (
    Number.isInteger(pid) &&
    isTexts(platform, ["name", "implements", "version"]) &&
    isTexts(os, ["name", "version", "build", "kernel"]) &&
    isTexts(runtime, []) &&
    [options, nodeOptions].every((list) => Array.isArray(list) && list.every(isText))
  );
}

/**
 * Whether a line answers these programs: results for each, no more of them than it has steps, none after one that
 * failed, and every value of its type. Fewer results are the program's own broken experiment, and nobody else's.
 */
export function isReply(line: Partial<Reply>, programs: readonly Program[]): line is Reply {
  const { results } = line;
  if (!Array.isArray(results) || results.length !== programs.length) return false;
  return results.every((own: unknown, index) => {
    if (!Array.isArray(own) || own.length > (programs[index]?.length ?? 0)) return false;
    return own.every(
      (result, at) => isResult(result) && (at === own.length - 1 || !hasEnded(result)),
    );
  });
}

function hasEnded({ errno, problem }: StepResult): boolean {
  return errno !== undefined || problem !== undefined;
}

function isResult(result: unknown): result is StepResult {
  if (typeof result !== "object" || result === null || Array.isArray(result)) return false;
  for (const name in result) {
    const isRight = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
    if (!isRight?.((result as Record<string, unknown>)[name])) return false;
  }
  // An error with half of its parts would pass for success.
  return "errno" in result === "code" in result;
}

const isText = (value: unknown): boolean => typeof value === "string";

const VALUES: Readonly<Record<string, (value: unknown) => boolean>> = {
  options: (value) => isRecord(value) && Object.values(value).every(Number.isInteger),
  value: Number.isSafeInteger,
  address: isText,
  port: Number.isInteger,
  errno: Number.isInteger,
  code: isText,
  call: isText,
  pending: (value) => value === true,
  problem: isText,
};

function isTexts(value: unknown, names: readonly string[]): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(isText) &&
    names.every((name) => Object.hasOwn(value, name))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
