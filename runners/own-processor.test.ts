import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { allowedProcessors, takeProcessor, type OwnProcessor } from "./own-processor.ts";

test.each([
  ["0", [0]],
  ["0-1", [0, 1]],
  ["2-4,7,12-13", [2, 3, 4, 7, 12, 13]],
])("of %s, each is named", (list, processors) => {
  const status = `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`;
  expect(allowedProcessors(status)).toEqual(processors);
});

describe.skipIf(process.platform !== "linux" || availableParallelism() < 2)("a processor", () => {
  const status = "cat /proc/self/status";
  const processorOf = ({ words: [file = "", ...rest] }: OwnProcessor): number[] =>
    allowedProcessors(execFileSync(file, [...rest, "sh", "-c", status], { encoding: "utf8" }));

  test("is one alone, and is another program's only when each has one", async () => {
    const all = allowedProcessors(readFileSync("/proc/self/status", "utf8"));
    const taken: OwnProcessor[] = [];
    for (const _ of all) taken.push(await takeProcessor());
    expect(taken.flatMap(processorOf).toSorted((a, b) => a - b)).toEqual(all);
    taken[1]?.leave();
    const next = await takeProcessor();
    expect(next.words).toEqual(taken[1]?.words);
    for (const each of [taken[0], ...taken.slice(2), next]) each?.leave();
  });
});
