import { expect, test } from "vitest";
import type { Offer } from "../experiments/requirements.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Crew } from "./crew.ts";
import { measure, type Laboratory } from "./measure.ts";

const ADDRESSES = { wildcard: "0.0.0.0", specific: "127.0.0.1" };

function optionExperiment(option: string): Experiment {
  return { id: `tcp/ipv4 option ${option}`, protocol: "tcp", family: "ipv4", option };
}

test("Nothing runs beside an option that changes its whole process.", async () => {
  const taken: string[] = [];
  const crew: Crew = {
    work(take) {
      for (const kind of ["pairs", "scenarios", "options", "alone"] as const)
        for (let task = take(kind); task; task = take(kind))
          taken.push(`${kind}: ${task.experiment.id}`);
      return Promise.resolve(null);
    },
    end: () => undefined,
  };
  const offer = { implements: "windows", addresses: { ipv4: ADDRESSES } } as unknown as Offer;
  const laboratory = { crew, offer } as unknown as Laboratory;
  const experiments = [optionExperiment("SO_OPENTYPE"), optionExperiment("SO_RCVBUF")];
  for await (const observation of measure(experiments, laboratory)) expect(observation).toBeNull();
  expect(taken).toEqual([
    "options: tcp/ipv4 option SO_RCVBUF",
    "alone: tcp/ipv4 option SO_OPENTYPE",
  ]);
});
