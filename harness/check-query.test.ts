import { expect, test } from "vitest";
import { checkQuery } from "./check-query.ts";
import { InputError } from "./model/problem.ts";
import { run } from "./run.ts";
import type { RunQuery } from "./run-query.ts";

const problemsOf = (query: object): readonly string[] => {
  try {
    checkQuery(query);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.lines;
    throw error;
  }
};

test.each([
  [{ on: "local" }, "on: 'local' is not an array of strings"],
  [{ filter: [1] }, "filter: [1] is not an array of strings"],
  [{ jobs: 0 }, "jobs: 0 is not a whole number from 1 to 256"],
  [{ confirm: "2" }, "confirm: '2' is not a whole number from 0 to 100"],
  [{ ports: [2, 1] }, "ports: [2,1] is not [from, to] with at least two ports from 1 to 65535"],
  [{ ports: "1-9" }, "ports: '1-9' is not [from, to] with at least two ports from 1 to 65535"],
  [{ failOnSkip: 1 }, "failOnSkip: 1 is not true or false"],
  [{ signal: {} }, "signal: {} is not an AbortSignal"],
  [{ known: null }, "known: null is not a string or an array of strings"],
])("A query with a wrong value is refused: %j.", (query, problem) => {
  expect(problemsOf(query)).toEqual([problem]);
});

test.each([null, 5, "local", ["local"]])("What is not an object is refused: %j.", async (query) => {
  const { exitCode } = run(query as unknown as RunQuery);
  await expect(exitCode).rejects.toThrow(InputError);
  await expect(exitCode).rejects.toThrow(/^the query: .+ is not an object$/);
});

test("A wrong signal is refused by a run, not used.", async () => {
  const query = { signal: {} } as unknown as RunQuery;
  await expect(run(query).exitCode).rejects.toThrow("signal: {} is not an AbortSignal");
});

test("A key that no query has is refused with the nearest right one.", () => {
  expect(problemsOf({ fliter: ["x"], jobs: 0 })).toEqual([
    expect.stringMatching(/^fliter: there is no such key \(allowed: files, on, .+'filter'\?\)$/),
    "jobs: 0 is not a whole number from 1 to 256",
  ]);
});

test("A right query passes, and so does a key that is left undefined.", () => {
  const { signal } = new AbortController();
  const query = { on: ["wine"], known: "none", ports: [30_000, 30_009], shard: undefined, signal };
  expect(problemsOf(query)).toEqual([]);
});
