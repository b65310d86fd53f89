import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { explorationExitCode } from "../session/exit-code.ts";
import { createExploreTally } from "./explore-tally.ts";
import { everyPair } from "../experiments/every-pair.ts";
import type { Outcome } from "../model/observation.ts";
import type { Line } from "../results/line.ts";
import { createCaseFileWriter } from "./case-file-writer.ts";

const [PAIR] = everyPair("linux");
const SUCCESS: Outcome = { kind: "success" };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "bindcheck-test-"));
});

/** The lines of an exploration of one experiment. */
function linesOf(target: string, outcome: Outcome = SUCCESS, name = "linux"): Line[] {
  const platform = { name, implements: "linux", version: "6.1.0" };
  const os = { name: "Linux", version: "1", build: "2", kernel: "3" };
  return [
    { type: "target", target, platform, os },
    { type: "observation", target, experiment: PAIR, outcome },
    { type: "summary" },
  ] as unknown as Line[];
}

const ignore = (): void => undefined;

test.each([
  ["one file", ["a b.yaml", "a-b.yaml"]],
  ["files that differ in case alone", ["a.yaml", "A.yaml"]],
])("Two targets are not written to %s.", (_, files) => {
  const fileOf = (target: string): string => path.join(folder, files[Number(target)] ?? "");
  expect(() => createCaseFileWriter(["0", "1"], fileOf, ignore)).toThrow("of two targets");
  expect(readdirSync(folder)).toEqual([]);
});

test("A file takes the place of the earlier one in one step.", () => {
  const file = path.join(folder, "a.yaml");
  writeFileSync(file, "earlier");
  const writer = createCaseFileWriter(["a"], () => file, ignore);
  for (const line of linesOf("a")) writer.line(line);
  mkdirSync(`${file}.new`);
  expect(() => writer.end()).toThrow(`${file} cannot be written`);
  expect(readFileSync(file, "utf8")).toBe("earlier");
});

test("What keeps one target from its file keeps no other from its own.", () => {
  const fileOf = (target: string): string => path.join(folder, `${target}.yaml`);
  const writer = createCaseFileWriter(["a", "b"], fileOf, ignore);
  for (const line of [...linesOf("a", SUCCESS, "no name"), ...linesOf("b")]) writer.line(line);
  expect(() => writer.end()).toThrow("the platform's name");
  expect(existsSync(fileOf("a"))).toBe(false);
  expect(readFileSync(fileOf("b"), "utf8")).toContain("id: explored/b/");
  expect(readdirSync(folder)).toEqual(["b.yaml"]);
});

test.each([
  ["frozen", SUCCESS, 0],
  ["a code that no case file has", { kind: "error", step: "bind", code: "ENOBUFS", errno: 105 }, 3],
  ["unstable", { kind: "unstable", outcomes: [SUCCESS] }, 3],
  ["a refused first endpoint", { kind: "broken", reason: "first-bind-refused", detail: "" }, 0],
] as const)("The exit code says what the file says of %s.", (_, outcome, exitCode) => {
  const tally = createExploreTally();
  const said: string[] = [];
  const writer = createCaseFileWriter(
    ["a"],
    () => path.join(folder, "a.yaml"),
    (sentence) => said.push(sentence),
  );
  for (const line of linesOf("a", outcome)) {
    tally.line(line);
    writer.line(line);
  }
  writer.end();
  const end = { brokenTargets: 0, lostReports: 0, isInterrupted: false };
  expect(explorationExitCode({ ...end, ...tally.counts })).toBe(exitCode);
  expect(said[0]).toContain(`, ${exitCode === 0 ? 0 : 1} of them undecided`);
});
