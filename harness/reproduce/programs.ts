import type { Experiment } from "../model/experiment.ts";
import { cProgram } from "./c-program.ts";
import { nodeProgram } from "./node-program.ts";
import { POWERSHELL_CALLS } from "./powershell-calls.ts";
import { powershellProgram } from "./powershell-program.ts";
import { needsOtherAccount, systemsOf } from "./program-systems.ts";
import { pythonProgram } from "./python-program.ts";
import { reproductionOf, type Reproduction } from "./reproduction.ts";

/** The languages of programs, in the order of help texts and messages. */
export const LANGUAGES = ["c", "python", "powershell", "node"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Writes a program, in a language for which `findObstacle` gives null. */
export function writeProgram(language: Language, reproduction: Reproduction): string {
  return WRITERS[language](reproduction);
}

const WRITERS: Readonly<Record<Language, (reproduction: Reproduction) => string>> = {
  c: cProgram,
  python: pythonProgram,
  powershell: powershellProgram,
  node: nodeProgram,
};

/** A clause that says why a language cannot show an experiment; null when it can. */
export function findObstacle(language: Language, reproduction: Reproduction): string | null {
  const { experiment } = reproduction;
  if ("option" in experiment) {
    if (systemsOf(experiment).length === 0) return noSystem(experiment);
    return language === "c" || language === "python" ? null : "it has no calls for every option";
  }
  if (hasOtherProtocol(experiment)) return "programs have sockets of one protocol";
  const systems = systemsOf(experiment);
  if (systems.length === 0) return noSystem(experiment);
  const unwritten = reproduction.steps
    .flatMap(({ calls }) => calls)
    .find((call) => call.do === "unwritten");
  if (unwritten) return `programs do not have this step yet: ${unwritten.step}`;
  if (hasConnected(experiment)) return "programs do not connect endpoints yet";
  const apis = apisOf(experiment);
  if (apis.length > 1)
    return "one of its sockets is a Node server and the other a system socket, and no language has both";
  if (language === "node") return nodeObstacle(experiment, apis[0]);
  if (apis[0] === "node") return "its sockets are servers of Node's own API";
  if (language !== "powershell") return null;
  if (!systems.includes("windows"))
    return needsOtherAccount(experiment)
      ? "the program is for Windows, where one process has one account"
      : "the program is for Windows, which does not have SO_REUSEPORT";
  const calls = reproduction.steps.flatMap(({ calls: own }) => own.map((call) => call.do));
  const missing = calls.find((call) => POWERSHELL_CALLS[call] === null);
  if (missing !== undefined) return `the step '${missing}' is not written for it`;
  return reproduction.steps.some(({ needs }) => needs.length > 0)
    ? "a later step uses a socket that may have been refused"
    : null;
}

/** The first language that can show an experiment; null when none can. */
export function findLanguage(experiment: Experiment): Language | null {
  const reproduction = reproductionOf(experiment, { same: 1, other: 2 });
  return LANGUAGES.find((language) => findObstacle(language, reproduction) === null) ?? null;
}

function nodeObstacle(experiment: Experiment, api: string | undefined): string | null {
  if (api !== "node") return "Node has no socket options before bind, as its steps need";
  return needsOtherAccount(experiment) ? "its second server belongs to another account" : null;
}

function hasConnected(experiment: Experiment): boolean {
  if (!("first" in experiment)) return false;
  return [experiment.first, experiment.second].some(({ state }) => state === "connected");
}

function hasOtherProtocol(experiment: Experiment): boolean {
  if (!("scenario" in experiment)) return false;
  return experiment.scenario.steps.some(
    (step) => "protocol" in step && (step.protocol ?? experiment.protocol) !== experiment.protocol,
  );
}

function apisOf(experiment: Experiment): string[] {
  if (!("first" in experiment)) return ["socket"];
  return [...new Set([experiment.first.api, experiment.second.api])];
}

function noSystem(experiment: Experiment): string {
  return needsOtherAccount(experiment)
    ? "it needs SO_EXCLUSIVEADDRUSE and a second account, and on Windows one process has one account"
    : "no system has all of its options";
}
