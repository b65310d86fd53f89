import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { IN_USE, SUCCESS, sampleId, sampleRun } from "../../tests/samples/recorded-run.ts";
import { InputError } from "../model/problem.ts";
import type { Outcome } from "../model/observation.ts";
import { readKnownDeviations } from "./read-known.ts";
import { createKnownWriter } from "./write-known.ts";

const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, "known.yaml");
beforeEach(() => rmSync(file, { force: true }));

const DENIED: Outcome = { kind: "error", step: "bind", code: "EACCES", errno: 13 };
const NO_REASON = "";

/** Writes what a run saw; every claim is that the bind succeeds. */
function write(outcomes: Readonly<Record<string, Outcome>>, ...targets: string[]): void {
  const writer = createKnownWriter(file);
  for (const target of targets.length > 0 ? targets : ["local"]) {
    const run = sampleRun({ target, outcomes });
    for (const line of run.targets) writer.line(line);
    for (const [index, line] of run.observations.entries()) {
      writer.line(line);
      const verdict = run.verdicts[index];
      if (verdict) writer.line(verdict);
    }
  }
  writer.end();
}

function before(text: string): void {
  writeFileSync(file, `# Of this machine.\nplatform: linux\ndeviations:\n${text}`);
}

const after = (): string => readFileSync(file, "utf8");

const ENTRY = `  # Seen by two of us.
  - document: sample
    observed: EADDRINUSE
    experiments:
      - ${sampleId("none")} # the plain one
    reason: looked at
    link: https://example.org/1
    expires: 2099-01-01
`;

test("A first file is a draft that says so, one entry for each way to deviate.", () => {
  write({ SO_REUSEPORT: IN_USE, none: IN_USE, SO_REUSEADDR: DENIED });
  expect(readKnownDeviations(file, true)).toMatchObject([
    {
      platform: "linux",
      document: "sample",
      observed: "EADDRINUSE",
      experiments: [sampleId("SO_REUSEPORT"), sampleId("none")],
      reason: NO_REASON,
    },
    { observed: "EACCES", experiments: [sampleId("SO_REUSEADDR")] },
  ]);
});

test("What is still so stays byte for byte, with reason, other keys and comments.", () => {
  before(ENTRY);
  const text = after();
  write({ none: IN_USE, SO_REUSEADDR: SUCCESS });
  expect(after()).toBe(text);
});

test("A number means the same as the name.", () => {
  before(ENTRY.replace("EADDRINUSE", "98"));
  const text = after();
  write({ none: IN_USE });
  expect(after()).toBe(text);
});

test("What no longer occurs goes; the others of its entry stay.", () => {
  before(ENTRY.replace("# the plain one", `\n      - ${sampleId("SO_REUSEADDR")} # the other one`));
  write({ none: SUCCESS, SO_REUSEADDR: IN_USE });
  expect(readKnownDeviations(file, true)).toMatchObject([
    { experiments: [sampleId("SO_REUSEADDR")], reason: "looked at" },
  ]);
  expect(after()).toContain("# the other one");
  write({ SO_REUSEADDR: SUCCESS });
  expect(readKnownDeviations(file)).toEqual([]);
  expect(after()).toContain("# Of this machine.");
  write({ none: IN_USE });
  expect(readKnownDeviations(file, true)).toMatchObject([{ reason: NO_REASON }]);
});

test("Another outcome is no longer the known one.", () => {
  before(ENTRY);
  write({ none: DENIED });
  expect(readKnownDeviations(file, true)).toMatchObject([
    { observed: "EACCES", reason: NO_REASON },
  ]);
});

test("What this run did not decide stays.", () => {
  before(ENTRY);
  const text = after();
  write({ SO_REUSEADDR: SUCCESS });
  expect(after()).toBe(text);
});

test("A new contradiction does not inherit a reason that speaks of others.", () => {
  before(ENTRY);
  write({ none: IN_USE, SO_REUSEADDR: IN_USE });
  expect(readKnownDeviations(file, true)).toMatchObject([
    { experiments: [sampleId("none")], reason: "looked at" },
    { experiments: [sampleId("SO_REUSEADDR")], reason: NO_REASON },
  ]);
});

test("A star stays while all that it stands for is so, else those that are so are named.", () => {
  before(ENTRY.replace(`${sampleId("none")} # the plain one`, '"tcp/ipv4 *"'));
  const text = after();
  write({ none: IN_USE, SO_REUSEADDR: IN_USE });
  expect(after()).toBe(text);
  write({ none: IN_USE, SO_REUSEADDR: SUCCESS });
  expect(readKnownDeviations(file, true)).toMatchObject([
    { experiments: [sampleId("none")], reason: "looked at" },
  ]);
});

test("Entries of other versions are left alone.", () => {
  before(`${ENTRY}    versions: ">=7"\n`);
  write({ none: SUCCESS });
  expect(readKnownDeviations(file)).toMatchObject([{ versions: ">=7", reason: "looked at" }]);
});

test("Several platforms, or another than the file's, are refused, and the file stays.", () => {
  before(ENTRY.replace("EADDRINUSE", "EACCES"));
  const text = after().replace("linux", "wine");
  writeFileSync(file, text);
  expect(() => write({ none: IN_USE })).toThrow(
    new InputError([`--write-known: ${file} is of wine and this run of linux (name another file)`]),
  );
  const writer = createKnownWriter(path.join(folder, "other.yaml"));
  const [line] = sampleRun().targets;
  if (!line) throw new Error("there is one");
  writer.line(line);
  const platform = { name: "wine", implements: "windows", version: "10" };
  writer.line({ ...line, target: "wine", platform });
  expect(() => writer.end()).toThrow(
    /^--write-known: this run has several platforms \(linux, wine\): name one with --on$/,
  );
  expect(after()).toBe(text);
});

test("Two targets of one platform make one file.", () => {
  write({ none: IN_USE }, "local", "netns");
  expect(readKnownDeviations(file, true)).toMatchObject([{ experiments: [sampleId("none")] }]);
});

test("A file that is wrong is reported before anything is measured.", () => {
  writeFileSync(file, "platform: [\n");
  expect(() => createKnownWriter(file)).toThrow(InputError);
  before(ENTRY.replace("reason", "raison"));
  expect(() => createKnownWriter(file)).toThrow(/known\.yaml:\d+:\d+: /);
  before(`${ENTRY}---\nplatform: wine\ndeviations: []\n`);
  expect(() => createKnownWriter(file)).toThrow(/several YAML documents/);
});
