import path from "node:path";
import { expect, test } from "vitest";
import { makeFolder, observationsOf } from "./bindcheck.ts";
import { readClaims } from "../../harness/claims/read-claims.ts";
import type * as Api from "../../harness/index.ts";
import type { Line, SummaryLine } from "../../harness/results/line.ts";

// By its own name, as a program that has installed the package.
const OWN_NAME: string = "bindcheck";
const { InputError, run } = (await import(OWN_NAME)) as typeof Api;

const DOCUMENT = "tests/sample-case-files/contradicted.yaml";

async function linesOf(lines: AsyncIterable<Line>): Promise<Line[]> {
  const all: Line[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

test.skipIf(process.platform !== "linux")(
  "A program gets the lines of a run as they happen, and its exit code.",
  async () => {
    const measured = run({ files: [DOCUMENT], confirm: 0 });
    const lines = await linesOf(measured);
    expect(lines.map(({ type }) => type)).toEqual([
      "run",
      "target",
      "observation",
      "verdict",
      "summary",
    ]);
    expect(lines[2]).toMatchObject({ outcome: { code: "EADDRINUSE" }, attempts: 1 });
    const { phases, work } = (lines[4] as SummaryLine).timings?.[0] ?? {};
    expect(phases).toMatchObject({ start: expect.any(Number), experiments: expect.any(Number) });
    expect(work?.pairs).toBeGreaterThan(0);
    expect(await measured.exitCode).toBe(1);
  },
);

test("A query selects as the command line does; every shard names all documents.", async () => {
  const query = { document: ["node-dgram/reuse-addr"], family: ["ipv4"] } as const;
  const { claims } = await readClaims([]);
  const wanted = claims.filter(
    ({ document, experiment }) =>
      document.id === query.document[0] && experiment.family === query.family[0],
  );
  const parts = await Promise.all(["1/2", "2/2"].map((shard) => linesOf(run({ ...query, shard }))));
  const ids = parts.flatMap((lines) => [...observationsOf(lines).keys()]);
  expect(ids.length).toBeGreaterThan(1);
  expect(ids.toSorted()).toEqual([...new Set(wanted.map((each) => each.experiment.id))].toSorted());
  for (const [first] of parts)
    expect(first).toMatchObject({ type: "run", documents: [{ id: query.document[0] }] });
});

test("What is wrong is thrown where the lines are awaited, and by the exit code.", async () => {
  const wrong = run({ files: [path.join(await makeFolder(), "nowhere.yaml")] });
  await expect(linesOf(wrong)).rejects.toThrow(/nowhere\.yaml:1:1: there is no such file/);
  await expect(wrong.exitCode).rejects.toBeInstanceOf(InputError);
  await expect(run({ jobs: 0 }).exitCode).rejects.toThrow(
    "jobs: 0 is not a whole number from 1 to 256",
  );
  await expect(run({ on: ["nowhere"] }).exitCode).rejects.toThrow(/^--on: unknown target/);
});

test("Leaving the loop ends the run, and so does a signal.", async () => {
  const left = run();
  for await (const { type } of left) if (type === "observation") break;
  expect(await left.exitCode).toBe(130);
  const abort = new AbortController();
  const stopped = run({ signal: abort.signal });
  const types: string[] = [];
  for await (const { type } of stopped) {
    types.push(type);
    if (type === "observation") abort.abort();
  }
  expect(types).not.toContain("summary");
  expect(await stopped.exitCode).toBe(130);
});
