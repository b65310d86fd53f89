import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findProgram } from "./find-program.ts";
import { takeProcessor, usableProcessors, type OwnProcessor } from "./own-processor.ts";

test.each([
  ["0", "0-1", [0]],
  ["0-1", "0-1", [0, 1]],
  ["2-4,7,12-13", "0-15", [2, 3, 4, 7, 12, 13]],
  ["0-127", "0-1,4", [0, 1, 4]],
])("Of %s, with %s there, each is named.", (list, online, processors) => {
  const status = `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`;
  expect(usableProcessors(status, `${online}\n`)).toEqual(processors);
});

test("Where the system does not tell which are there, none is.", () => {
  expect(usableProcessors("Cpus_allowed_list:\t0-3\n", "")).toEqual([]);
  expect(usableProcessors("", "0-3\n")).toEqual([]);
});

const processorsOf = (status: string): number[] =>
  usableProcessors(status, readFileSync("/sys/devices/system/cpu/online", "utf8"));
const isPossible =
  process.platform === "linux" &&
  (await findProgram("taskset")) !== null &&
  processorsOf(readFileSync("/proc/self/status", "utf8")).length > 1;

describe.runIf(isPossible)("A processor", () => {
  const processorOf = ({ words: [file = "", ...rest] }: OwnProcessor): number[] =>
    processorsOf(execFileSync(file, [...rest, "cat", "/proc/self/status"], { encoding: "utf8" }));

  test("is one alone, and another program's only when each has one.", async () => {
    const all = processorsOf(readFileSync("/proc/self/status", "utf8"));
    for (let round = 0; round < 5; round++) {
      const taken: OwnProcessor[] = [];
      for (const _ of all) taken.push(await takeProcessor());
      expect(taken.flatMap(processorOf).toSorted((a, b) => a - b)).toEqual(all);
      taken[1]?.leave();
      const next = await takeProcessor();
      expect(next.words).toEqual(taken[1]?.words);
      for (const each of [taken[0], ...taken.slice(2), next]) each?.leave();
    }
  });
});
