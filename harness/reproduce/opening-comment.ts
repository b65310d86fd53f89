import { addressNeeds } from "./address-needs.ts";
import { systemsOf, type System } from "./program-systems.ts";
import type { Reproduction } from "./reproduction.ts";

/** How a program is run on each kind of system; null where it does not run there. */
export type RunCommands = Readonly<Record<"posix" | "windows", string | null>>;

/** The lines at the top of every program: what it shows, how to run it, what it needs and how to read its output. */
export function openingComment(reproduction: Reproduction, commands: RunCommands): string[] {
  const { experiment, steps, expectation } = reproduction;
  const systems = systemsOf(experiment).filter((system) => commands[kindOf(system)] !== null);
  const kinds = [...new Set(systems.map(kindOf))];
  const isOneObserved = steps.filter(({ observe }) => observe).length === 1;
  const printed =
    "option" in experiment
      ? "the answer to each question about the option"
      : `the outcome of ${isOneObserved ? "the observed step" : "each observed step"}`;
  return [
    experiment.id,
    "",
    ...kinds.map((kind) => `${NAMES[kind]}: ${commands[kind]}`),
    ...addressNeeds(reproduction, systems).map((need) => `It ${need}.`),
    ...(steps.some(({ isOtherAccount }) => isOtherAccount)
      ? ["It needs root, and uses the account 'nobody' for the steps of another account."]
      : []),
    "",
    `Prints ${printed}. Exit code: ${exitText(expectation)},`,
    "3 when an earlier step failed: the port is taken, or the system lacks something.",
  ];
}

function exitText(expectation: Reproduction["expectation"]): string {
  if (!expectation) return "0 when it was tried";
  const { of, text } = expectation;
  return `0 when the outcome of '${of}' is '${text}', 1 when it is not`;
}

const NAMES = { posix: "Linux, macOS, BSD", windows: "Windows" };

function kindOf(system: System): "posix" | "windows" {
  return system === "windows" ? "windows" : "posix";
}
