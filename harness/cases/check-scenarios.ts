import { isIPv6 } from "node:net";
import { isReading, socketMade, socketsNeeded, usualCall } from "../model/steps.ts";
import { CENSUS_WORDS, type CaseScenario, type CaseSequences } from "./scenario-schema.ts";
import type { CaseDocument } from "./schema.ts";

/** Reports a problem of the node at a path. */
export type Report = (path: PropertyKey[], message: string) => void;

/** Names once, sockets met before they are used, something to look at, an outcome for every socket of a sequence. */
export function checkScenarios({ scenarios = [], sequences }: CaseDocument, problem: Report): void {
  const names = new Set<string>();
  const checkName = (path: PropertyKey[], name: string): void => {
    if (names.has(name))
      problem([...path, "name"], `the scenario '${name}' is there twice (allowed: each name once)`);
    names.add(name);
  };
  for (const [index, { name, steps }] of scenarios.entries()) {
    checkName(["scenarios", index], name);
    checkSteps(["scenarios", index, "steps"], steps, problem);
  }
  for (const [index, run] of (sequences?.runs ?? []).entries()) {
    const path = ["sequences", "runs", index];
    for (const options of [run.options ?? []].flat()) checkName(path, `${run.name} ${options}`);
    if (run.options === undefined) checkName(path, run.name);
    checkRun(path, run, sequences?.afterwards.length ?? 0, problem);
  }
}

function checkRun(
  path: PropertyKey[],
  { open, expect }: CaseSequences["runs"][number],
  afterwards: number,
  problem: Report,
): void {
  const wanted = open.length + afterwards;
  if (expect.length !== wanted)
    problem(
      [...path, "expect"],
      `outcomes of this run: ${expect.length} (it needs ${wanted}, one for each socket of 'open' and 'afterwards')`,
    );
}

function checkSteps(path: PropertyKey[], steps: CaseScenario["steps"], problem: Report): void {
  if (!steps.some((step) => "expect" in step && step.expect !== undefined))
    problem(
      path,
      "no step has 'expect' (allowed: at least one, 'undetermined' where it is only observed)",
    );
  const known = new Set<string>();
  steps.forEach((step, index) => {
    for (const socket of socketsNeeded(step))
      if (!known.has(socket))
        problem(
          [...path, index],
          `there is no socket '${socket}' yet (there are: ${[...known].join(", ") || "none"})`,
        );
    if (step.do === "census") checkReceivers([...path, index, "expect"], step, problem);
    checkReading([...path, index, "expect"], step, problem);
    if ("source" in step && isIPv6(step.source) !== isIPv6(step.group))
      problem(
        [...path, index, "source"],
        `'${step.source}' is not of the family of ${step.group} (allowed: an ${isIPv6(step.group) ? "IPv6" : "IPv4"} address)`,
      );
    if (step.do === "connect" && step.options !== undefined && known.has(step.socket))
      problem(
        [...path, index, "options"],
        `'options' of a socket that is there already (allowed: where the connect makes '${step.socket}')`,
      );
    const made = socketMade(step);
    if (made !== null) known.add(made);
  });
}

/** Values are read by steps that read alone. */
function checkReading(
  path: PropertyKey[],
  step: CaseScenario["steps"][number],
  problem: Report,
): void {
  const expect = "expect" in step ? String(step.expect ?? "") : "";
  if (/(?:^| \| )(?:value|size) /.test(expect) && !isReading(usualCall(step.do)))
    problem(
      path,
      `'${expect}' of '${step.do}', which reads nothing (allowed: of get-option, local-address)`,
    );
}

function checkReceivers(
  path: PropertyKey[],
  { among, expect }: Extract<CaseScenario["steps"][number], { do: "census" }>,
  problem: Report,
): void {
  const named = String(expect ?? "")
    .split(" | ")
    .filter((text) => text.startsWith("to "))
    .flatMap((text) => text.slice("to ".length).split("+"));
  for (const socket of named)
    if (!CENSUS_WORDS.includes(socket) && !among.includes(socket))
      problem(
        path,
        `'${socket}' is not counted (allowed: ${[...CENSUS_WORDS, ...among].join(", ")})`,
      );
}
