import type { ExpectedOutcome } from "../model/claim.ts";
import { C_CALLS, C_SPELLING } from "./c-calls.ts";
import { C_HEADERS } from "./c-headers.ts";
import { C_HELPERS } from "./c-helpers.ts";
import { callText } from "./call-text.ts";
import { censusOf, deliveryText } from "./census.ts";
import { openingComment } from "./opening-comment.ts";
import { pickHelpers } from "./pick-helpers.ts";
import { optionCProgram } from "./option-c-program.ts";
import type { ProgramStep, Reproduction } from "./reproduction.ts";

/** A program in C for POSIX systems and, by MinGW-w64, for Windows. */
export function cProgram(reproduction: Reproduction): string {
  const { steps, sockets, ports, expectation, experiment } = reproduction;
  if ("option" in experiment) return optionCProgram(reproduction, experiment, COMMANDS);
  const body = [
    "int main(void) {",
    `  SOCKET ${sockets.map((name) => `${C_SPELLING.socket(name)} = -1`).join(", ")};`,
    ...(expectation ? ["  int as_expected = 0;"] : []),
    "  START;",
    ...steps.flatMap((step, index) => stepLines(step, steps[index - 1], reproduction)),
    `  return ${expectation ? "as_expected ? 0 : 1" : "0"};`,
    "}",
  ].join("\n");
  const helpers = pickHelpers(C_HELPERS, body);
  const program = `${helpers.join("\n\n")}\n\n${body}`;
  const definitions = [
    `#define PORT "${ports.same}"`,
    ...(body.includes("OTHER_PORT") ? [`#define OTHER_PORT "${ports.other}"`] : []),
    `#define TYPE ${experiment.protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM"}`,
  ];
  return [
    "/*",
    ...openingComment(reproduction, COMMANDS).map((line) => ` * ${line}`.trimEnd()),
    " */",
    ...pickHelpers(C_HEADERS, program),
    ...definitions,
    "",
    `${program}\n`,
  ].join("\n");
}

const COMMANDS = {
  posix: "cc reproduce.c -o reproduce && ./reproduce",
  windows: "gcc reproduce.c -o reproduce.exe -lws2_32 && reproduce.exe   (MinGW-w64)",
};

function stepLines(
  step: ProgramStep,
  before: ProgramStep | undefined,
  { ports, expectation }: Reproduction,
): string[] {
  const census = censusOf(step);
  const calls = [
    ...(census ? [] : step.needs.map((name) => `not_refused(${refusal(name)})`)),
    ...step.calls.map((call) => callText(C_CALLS, C_SPELLING, call, step, ports)),
  ];
  const changesAccount = step.isOtherAccount !== (before?.isOtherAccount ?? false);
  return [
    ...(changesAccount ? [`  act_as("${step.isOtherAccount ? "nobody" : "root"}");`] : []),
    ...(census ? [sharesLine(census.among, step)] : []),
    `  ${tellText(step)},`,
    `       ${calls.join(" &&\n       ")});`,
    ...(step.refusable === null ? [] : [`  struct outcome ${refusal(step.refusable)} = last;`]),
    ...(expectation?.of === step.label
      ? [
          `  as_expected = ${expectation.allowed.map((one) => conditionText(one, step)).join(" || ")};`,
        ]
      : []),
    ...(step.closes ? [`  closesocket(${C_SPELLING.socket(step.socket)});`] : []),
  ];
}

function tellText(step: ProgramStep): string {
  const census = censusOf(step);
  if (!step.observe) return `need("${step.label}"`;
  if (!census) return `tell("${step.label}"`;
  return `tell_shares("${step.label}", ${shares(step)}, ${census.among.length}`;
}

function refusal(name: string): string {
  return `${C_SPELLING.socket(name)}_was`;
}

/** The array in which a census counts. */
function shares({ label }: ProgramStep): string {
  return `shares_${Number.parseInt(label, 10)}`;
}

function sharesLine(among: readonly string[], step: ProgramStep): string {
  const members = among.map((name) => {
    const socket = C_SPELLING.socket(name);
    const own = step.needs.includes(name)
      ? `${refusal(name)}.call ? (SOCKET)-1 : ${socket}`
      : socket;
    return `{"${name}", ${own}, 0}`;
  });
  return `  struct share ${shares(step)}[] = {${members.join(", ")}};`;
}

function conditionText(expected: ExpectedOutcome, step: ProgramStep): string {
  if (expected.kind === "success") return "!last.call";
  if (expected.kind === "error") return `is("${expected.step}", "${expected.code}")`;
  if (expected.kind === "refused") return "last.call != NULL";
  if (expected.kind === "value") throw new Error("no program reads a value");
  const census = censusOf(step);
  const count = (name: string): string => `${shares(step)}[${census?.among.indexOf(name)}].count`;
  return `(!last.call && ${deliveryText(expected.to, census, count, "&&")})`;
}
