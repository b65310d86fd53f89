import type { ExpectedOutcome } from "../model/claim.ts";
import { callText } from "./call-text.ts";
import { openingComment } from "./opening-comment.ts";
import { outcomePattern } from "./outcome-pattern.ts";
import { pickHelpers } from "./pick-helpers.ts";
import { POWERSHELL_CALLS, POWERSHELL_SPELLING } from "./powershell-calls.ts";
import { POWERSHELL_HELPERS } from "./powershell-helpers.ts";
import type { ProgramStep, Reproduction } from "./reproduction.ts";

/** A program in PowerShell 5.1 or newer for Windows, by the sockets of .NET. */
export function powershellProgram(reproduction: Reproduction): string {
  const { steps, ports, expectation, experiment } = reproduction;
  const isTcp = experiment.protocol === "tcp";
  const body = [
    ...steps.flatMap((step) => stepLines(step, reproduction)),
    ...(expectation ? ["if ($asExpected) { exit 0 } else { exit 1 }"] : []),
  ].join("\n");
  return [
    ...openingComment(reproduction, COMMANDS).map((line) => `# ${line}`.trimEnd()),
    "using namespace System.Net",
    "using namespace System.Net.Sockets",
    "trap { [Console]::Error.WriteLine($_); exit 3 }",
    "",
    `$Port = ${ports.same}`,
    ...(body.includes("$OtherPort") ? [`$OtherPort = ${ports.other}`] : []),
    `$Type = '${isTcp ? "Stream" : "Dgram"}', '${isTcp ? "Tcp" : "Udp"}'`,
    "$sockets = @{}",
    "",
    ...pickHelpers(POWERSHELL_HELPERS, body).map((text) => `${text}\n`),
    `${body}\n`,
  ].join("\n");
}

const COMMANDS = {
  posix: null,
  windows: "powershell -ExecutionPolicy Bypass -File reproduce.ps1",
};

function stepLines(step: ProgramStep, { ports, expectation }: Reproduction): string[] {
  const calls = step.calls.map(
    (call) => `  ${callText(POWERSHELL_CALLS, POWERSHELL_SPELLING, call, step, ports)}`,
  );
  return [
    [`${step.observe ? "Tell" : "Need"} '${step.label}'`, ...calls].join(" `\n"),
    ...(expectation?.of === step.label
      ? [`$asExpected = ${expectation.allowed.map(conditionText).join(" -or ")}`]
      : []),
    ...(step.closes ? [`${POWERSHELL_SPELLING.socket(step.socket)}.Close()`] : []),
  ];
}

function conditionText(expected: ExpectedOutcome): string {
  return `$outcome -cmatch '${outcomePattern(expected)}'`;
}
