import { validate } from "ctrf";
import { expect, test } from "vitest";
import type { Line } from "../harness/results/line.ts";
import { recordedLines, replay } from "./golden/replay.ts";

const lines = recordedLines();

test.each([
  ["the recorded stream", lines],
  ["a run that was cut off", lines.filter(({ type }) => type !== "summary")],
  ["a run that was cut off at once", []],
] as [string, Line[]][])(
  "for %s it is valid against the published schema",
  async (_what, stream) => {
    expect(validate(await ctrf(stream))).toMatchObject({ valid: true, errors: [] });
  },
);

test("counts are those of the tests, and what could not be decided has failed", async () => {
  const { summary, tests } = (await ctrf(lines)).results;
  const count = (status: string): number => tests.filter((one) => one.status === status).length;
  expect(summary).toMatchObject({
    tests: tests.length,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
  });
  expect(
    tests.filter(({ rawStatus }) => rawStatus === "broken").map(({ status }) => status),
  ).toEqual(["failed", "failed", "failed", "failed"]);
});

test("a run that was cut off has a failed test that says so", async () => {
  const { tests } = (await ctrf([])).results;
  expect(tests).toMatchObject(
    [{ status: "failed", message: /cut off/ }].map(() => ({ status: "failed" })),
  );
  expect(tests[0]?.message).toContain("cut off");
});

interface Ctrf {
  readonly results: {
    readonly summary: Readonly<Record<string, number>>;
    readonly tests: readonly {
      readonly status: string;
      readonly rawStatus: string;
      readonly message?: string;
    }[];
  };
}

async function ctrf(stream: readonly Line[]): Promise<Ctrf> {
  return JSON.parse((await replay("ctrf", stream)).join("")) as Ctrf;
}
