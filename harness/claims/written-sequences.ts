import type { CaseScenario, CaseSequences } from "../cases/scenario-schema.ts";
import type { Family, Party } from "../model/vocabulary.ts";

/** A scenario of a case file, and where the expectation of each of its steps is written. */
export interface WrittenScenario extends Omit<CaseScenario, "name"> {
  readonly name: string;
  placeOf(step: number): string;
}

/** Sequences written out as scenarios: one step for each socket, by one process after the other, all kept open. */
export function writtenSequences({ says, afterwards, runs }: CaseSequences): WrittenScenario[] {
  return runs.flatMap(({ name, options, open, expect }, run) =>
    [options].flat().map((set) => ({
      name: set === undefined ? name : `${name} ${set}`,
      says,
      steps: [...open, ...afterwards].map((text, index) => ({
        ...openStep(text, set ?? "none"),
        by: PARTIES[index % PARTIES.length] ?? "first",
        socket: `socket-${index + 1}`,
        expect: expect[index],
      })),
      placeOf: (step) => `sequences/runs/${run}/expect/${step}`,
    })),
  );
}

const PARTIES: readonly Party[] = ["first", "second", "peer"];

type OpenStep = Extract<CaseScenario["steps"][number], { do: "open" }>;

/** Reads `SO_REUSEADDR@wildcard listening family=dual`. The text matches SEQUENCE_SOCKET_PATTERN. */
function openStep(text: string, otherwise: string): Omit<OpenStep, "by" | "socket" | "expect"> {
  const [place = "", ...parts] = text.split(" ");
  const [address = "", options = otherwise] = place.split("@").toReversed();
  const family = parts.find((part) => part.startsWith("family="))?.slice("family=".length);
  return {
    do: "open",
    options,
    address,
    port: "same",
    family: family as Family | undefined,
    state: parts.includes("listening") ? "listening" : "bound",
    keep: true,
  };
}
