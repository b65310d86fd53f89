import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { InputError } from "../model/problem.ts";
import { readClaims } from "../claims/read-claims.ts";
import { claimStepLabel } from "../model/claim.ts";
import { idMatcher } from "./known-deviation.ts";
import { readKnownDeviations } from "./read-known.ts";

const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RIGHT = `platform: wine
deviations:
  - document: a
    observed: 10013
    experiments: [tcp/ipv4 x, "udp/*"]
    reason: looked at
`;

function write(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

function problemsOf(named: string): readonly string[] {
  try {
    readKnownDeviations(named);
  } catch (error) {
    if (error instanceof InputError)
      return error.lines.map((line) =>
        line
          .replaceAll(folder, "FOLDER")
          .replaceAll(/FOLDER\S*/g, (file) => file.replaceAll(path.sep, "/")),
      );
    throw error;
  }
  return [];
}

test("A file is one platform's; a number is an outcome like a name.", () => {
  expect(readKnownDeviations(write("right.yaml", RIGHT))).toEqual([
    {
      platform: "wine",
      versions: null,
      document: "a",
      experiments: ["tcp/ipv4 x", "udp/*"],
      step: null,
      observed: "10013",
      reason: "looked at",
      expires: null,
    },
  ]);
});

const extra = (line: string): string => `${RIGHT}    ${line}\n`;

test.each([
  ["colour: red", "7:13: unknown key 'colour' (allowed: document, observed, experiments,"],
  ["expires: tomorrow", "7:14: "],
  ["expires: 2026-02-30", "7:14: "],
  ["link: example", "7:11: "],
  ["versions: eight", "7:15: 'eight' is not a version range (such as '>=8 <9')"],
  ['versions: ">>8"', "7:15: '>>8' is not a version range (such as '>=8 <9')"],
])("'%s' is one mistake in one line, with its place.", (line, start) => {
  const [problem = "", ...others] = problemsOf(write("wrong.yaml", extra(line)));
  expect(others).toEqual([]);
  expect(problem.slice(0, `FOLDER/wrong.yaml:${start}`.length)).toBe(`FOLDER/wrong.yaml:${start}`);
});

test.each([
  ["wine", "plan9", /^1:11: 'platform' is 'plan9' \(allowed: windows, linux, .*wine/],
  ["10013", "any error", /^4:15: 'any error' is not an outcome \(such as success, WSAEACCES/],
  ["10013", "[10013, 10048]", /^4:15: /],
  ["    reason: looked at\n", "", /^3:5: 'reason' is missing/],
  ["looked at", '""', /^6:13: 'reason' is empty/],
  ['[tcp/ipv4 x, "udp/*"]', "[]", /^5:18: 'experiments' is empty/],
  ["    experiments", "\texperiments", /^5:1: a tab as indentation/],
  [RIGHT, "", /^1:1: the file is empty \(it has 'platform' and 'deviations'\)$/],
])("'%s' written as '%s' is reported in one line.", (right, wrong, message) => {
  const problems = problemsOf(write("wrong.yaml", RIGHT.replace(right, wrong)));
  expect(problems).toHaveLength(1);
  expect(problems[0]?.replace("FOLDER/wrong.yaml:", "")).toMatch(message);
});

test("A folder is all its files, and every mistake of each is reported.", () => {
  const own = path.join(folder, "several");
  mkdirSync(own);
  write("several/a.yaml", RIGHT);
  write("several/b.yaml", RIGHT.replace("wine", "linux"));
  write("several/notes.md", "no YAML");
  expect(readKnownDeviations(own).map(({ platform }) => platform)).toEqual(["wine", "linux"]);
  write("several/a.yaml", RIGHT.replace("reason", "raison"));
  write("several/b.yaml", RIGHT.replace("wine", "beer"));
  expect(problemsOf(own).map((line) => line.slice(0, "FOLDER/several/a".length))).toEqual([
    "FOLDER/several/a",
    "FOLDER/several/a",
    "FOLDER/several/b",
  ]);
});

test("What is not there, and a folder without files, are reported.", () => {
  mkdirSync(path.join(folder, "empty"));
  expect(problemsOf(path.join(folder, "nowhere"))).toEqual([
    "--known: there is no 'FOLDER/nowhere'",
  ]);
  expect(problemsOf(path.join(folder, "empty"))).toEqual([
    "--known: there is no file in 'FOLDER/empty' (their names end in .yaml)",
  ]);
});

const SHIPPED = fileURLToPath(new URL("../../known-deviations", import.meta.url));

test("Every experiment of the shipped files is one that its document speaks of.", async () => {
  const { claims } = await readClaims([]);
  for (const { document, experiments, step } of readKnownDeviations(SHIPPED)) {
    const own = claims.filter(
      (claim) => claim.document.id === document && claimStepLabel(claim) === step,
    );
    const unknown = experiments.filter(
      (text) => !own.some(({ experiment }) => idMatcher([text])(experiment.id)),
    );
    expect(unknown, `of ${document}`).toEqual([]);
  }
});

test("Those of Windows on Table 1 are where it and the sibling page's grid differ, as the grid says.", async () => {
  const { claims } = await readClaims([]);
  const expectedBy = (id: string): Map<string, string> =>
    new Map(
      claims
        .filter(({ document }) => document.id === id)
        .map(({ experiment, expect: text }) => [experiment.id, text.replace("*", "")]),
    );
  const grid = expectedBy("using-so-reuseaddr/same-account");
  const differing = [...expectedBy("so-exclusiveaddruse/table-1")].flatMap(([id, text]) => {
    const other = grid.get(id);
    return other === undefined || other === text ? [] : [[id, other]];
  });
  const codes: Readonly<Record<string, string>> = { WSAEACCES: "10013", WSAEADDRINUSE: "10048" };
  const shipped = readKnownDeviations(path.join(SHIPPED, "windows.yaml")).filter(
    ({ document }) => document === "so-exclusiveaddruse/table-1",
  );
  const listed = shipped.flatMap(({ experiments, observed }) =>
    experiments.map((id) => [id, codes[observed] ?? observed]),
  );
  expect(new Map(listed as [string, string][])).toEqual(new Map(differing as [string, string][]));
  expect(listed).toHaveLength(48);
  for (const { reason } of shipped) expect(reason).toMatch(/documented on the sibling page$/);
});
