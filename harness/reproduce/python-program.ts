import type { ExpectedOutcome } from "../model/claim.ts";
import { callText } from "./call-text.ts";
import { censusOf, deliveryText } from "./census.ts";
import { optionPythonProgram } from "./option-python-program.ts";
import { openingComment } from "./opening-comment.ts";
import { pickHelpers } from "./pick-helpers.ts";
import { PYTHON_CALLS, PYTHON_SPELLING } from "./python-calls.ts";
import { PYTHON_HELPERS } from "./python-helpers.ts";
import type { ProgramStep, Reproduction } from "./reproduction.ts";

/** A program in Python 3 for every system that Python runs on. */
export function pythonProgram(reproduction: Reproduction): string {
  const { steps, ports, expectation, experiment } = reproduction;
  if ("option" in experiment) return optionPythonProgram(reproduction, experiment, COMMANDS);
  const body = [
    ...steps.flatMap((step, index) => stepLines(step, steps[index - 1], reproduction)),
    ...(expectation ? ["sys.exit(0 if as_expected else 1)"] : []),
  ].join("\n");
  const helpers = pickHelpers(PYTHON_HELPERS, body).join("\n\n\n");
  return [
    ...openingComment(reproduction, COMMANDS).map((line) => `# ${line}`.trimEnd()),
    ...["errno", "os", "pwd", "select", "struct", "sys", "time"]
      .filter((name) => `${helpers}\n${body}`.includes(`${name}.`))
      .map((name) => `import ${name}`),
    "from socket import *",
    "",
    `PORT = ${ports.same}`,
    ...(body.includes("OTHER_PORT") ? [`OTHER_PORT = ${ports.other}`] : []),
    `TYPE = ${experiment.protocol === "tcp" ? "SOCK_STREAM" : "SOCK_DGRAM"}`,
    "sockets = {}",
    "\n",
    helpers,
    "\n",
    `${body}\n`,
  ].join("\n");
}

const COMMANDS = { posix: "python3 reproduce.py", windows: "py reproduce.py" };

function stepLines(
  step: ProgramStep,
  before: ProgramStep | undefined,
  { ports, expectation }: Reproduction,
): string[] {
  const calls = [
    ...(censusOf(step) ? [] : step.needs.map((name) => `("refused", lambda: refused["${name}"])`)),
    ...step.calls.map((call) => callText(PYTHON_CALLS, PYTHON_SPELLING, call, step, ports)),
  ];
  const changesAccount = step.isOtherAccount !== (before?.isOtherAccount ?? false);
  return [
    ...(changesAccount ? [`act_as("${step.isOtherAccount ? "nobody" : "root"}")`] : []),
    `${step.observe ? "outcome = tell" : "need"}("${step.label}", [`,
    ...calls.map((call) => `    ${call},`),
    "])",
    ...(step.refusable === null ? [] : [`refused["${step.refusable}"] = outcome`]),
    ...(expectation?.of === step.label
      ? [`as_expected = ${expectation.allowed.map((one) => conditionText(one, step)).join(" or ")}`]
      : []),
    ...(step.closes ? [`${PYTHON_SPELLING.socket(step.socket)}.close()`] : []),
  ];
}

function conditionText(expected: ExpectedOutcome, step: ProgramStep): string {
  if (expected.kind === "success") return "outcome == ()";
  if (expected.kind === "error")
    return `("${expected.step}" in outcome and "${expected.code}" in outcome)`;
  if (expected.kind === "refused") return "outcome != ()";
  if (expected.kind === "value") throw new Error("no program reads a value");
  const count = (name: string): string => `outcome["${name}"]`;
  return `(isinstance(outcome, dict) and ${deliveryText(expected.to, censusOf(step), count, "and")})`;
}
