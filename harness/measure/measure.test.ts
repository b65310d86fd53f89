import { expect, test } from "vitest";
import { claimsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Outcome } from "../model/observation.ts";
import type { Crew } from "./crew.ts";
import { measure, type Laboratory } from "./measure.ts";

function optionExperiment(option: string): Experiment {
  return { id: `tcp/ipv4 option ${option}`, protocol: "tcp", family: "ipv4", option };
}

/** Which kind of work takes each experiment. */
async function takenAs(experiments: readonly Experiment[]): Promise<string[]> {
  const taken: string[] = [];
  const crew: Crew = {
    work(take) {
      for (const kind of ["pairs", "scenarios", "options", "alone", "exclusive"] as const)
        for (let task = take(kind); task; task = take(kind))
          taken.push(`${kind}: ${task.experiment.id}`);
      return Promise.resolve(null);
    },
    end: () => undefined,
  };
  const laboratory = { crew, findUnmet: () => null } as unknown as Laboratory;
  for await (const observation of measure(experiments, laboratory)) expect(observation).toBeNull();
  return taken;
}

test("An option that changes its whole process is asked in a pair of its own.", async () => {
  expect(await takenAs([optionExperiment("SO_OPENTYPE"), optionExperiment("SO_RCVBUF")])).toEqual([
    "options: tcp/ipv4 option SO_RCVBUF",
    "alone: tcp/ipv4 option SO_OPENTYPE",
  ]);
});

test("A scenario that opens more than ten sockets has the target to itself.", async () => {
  const scenario = (name: string, sockets: number): string =>
    [
      `  - name: ${name}`,
      "    says: one after the other",
      "    steps:",
      ...Array.from(
        { length: sockets },
        (_, at) =>
          `      - { by: first, do: open, socket: s${at}, address: wildcard, expect: success }`,
      ),
    ].join("\n");
  const file = scenarioFile(`scenarios:\n${scenario("ten", 10)}\n${scenario("eleven", 11)}`);
  const experiments = new Set(claimsOf(file).map(({ experiment }) => experiment));
  const ids = await takenAs([...experiments]);
  expect([...new Set(ids)]).toEqual([
    "scenarios: tcp/ipv4 scenario ten",
    "exclusive: tcp/ipv4 scenario eleven",
  ]);
});

test("What cannot be done here is told as it is met, however much of it there is.", async () => {
  let made = 0;
  function* unmet(): Generator<Experiment> {
    for (const option of Array.from({ length: 5000 }, (_, at) => `SO_${at}`)) {
      made += 1;
      yield { id: `tcp/ipv6 option ${option}`, protocol: "tcp", family: "ipv6", option };
    }
  }
  const crew: Crew = {
    work: (take) => Promise.resolve(take("options") && null),
    end: () => undefined,
  };
  const unmetOutcome: Outcome = { kind: "skipped", reason: "no-ipv6", detail: "" };
  const { signal } = new AbortController();
  const laboratory = { crew, findUnmet: () => unmetOutcome, signal };
  const madeAt: number[] = [];
  for await (const { outcome } of measure(unmet(), laboratory as unknown as Laboratory)) {
    expect(outcome.kind).toBe("skipped");
    madeAt.push(made);
  }
  expect(madeAt).toHaveLength(5000);
  expect(madeAt[0]).toBeLessThan(2000);
});
