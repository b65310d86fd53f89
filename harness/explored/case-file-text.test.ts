import { expect, test } from "vitest";
import { parseCaseFile } from "../cases/parse-case-file.ts";
import { everyPair } from "../experiments/every-pair.ts";
import type { Outcome } from "../model/observation.ts";
import type { TargetLine } from "../results/line.ts";
import { caseFileText } from "./case-file-text.ts";
import { frozenCell } from "./frozen-cell.ts";
import { createFrozenTables } from "./frozen-table.ts";

const TARGET = {
  platform: { name: "wine", implements: "windows", version: "10.0" },
  os: { name: "Wine 8.0", version: "10.0", build: "18362", kernel: "Windows_NT 10.0" },
} as TargetLine;

const PART = /^udp\/ipv4 \S+@wildcard > \S+@specific$/;
// Tens of thousands: they are made once, and only those of the part are looked at.
const PAIRS = [...everyPair("windows")].filter(({ id }) => PART.test(id));
const REFUSED: Outcome = { kind: "error", step: "bind", code: "WSAEADDRINUSE", errno: 10_048 };

/** The file of one small table in which every experiment came to what is given, or was refused. */
function fileOf(given: Readonly<Record<string, Outcome>>, order = 1, target = TARGET): string {
  const tables = createFrozenTables("windows");
  for (const pair of order < 0 ? PAIRS.toReversed() : PAIRS)
    tables.put(pair, frozenCell({ outcome: given[pair.id] ?? REFUSED }, true));
  return caseFileText("explored/here", target, tables.tables);
}

const rowsOf = (text: string): string[] =>
  text.split("\n").filter((line) => line.includes("expect:"));

test("What came out alike is one outcome for its row, in a file that the program reads.", () => {
  const text = fileOf({ "udp/ipv4 none@wildcard > SO_REUSEADDR@specific": { kind: "success" } });
  expect(rowsOf(text)).toEqual([
    "    - { options: none, address: specific, expect: 10048 }",
    "    - { options: SO_EXCLUSIVEADDRUSE, address: specific, expect: 10048 }",
    "    - { options: SO_REUSEADDR, address: specific, expect: [success, 10048, 10048, 10048] }",
    "    - { options: SO_EXCLUSIVEADDRUSE+SO_REUSEADDR, address: specific, expect: 10048 }",
  ]);
  expect(parseCaseFile("here.yaml", text)).toMatchObject({
    problems: [],
    documents: [{ content: { document: { id: "explored/here/udp-ipv4-bound-ipv4-bound" } } }],
  });
});

test("What was not decided is named and not frozen; what cannot be there is reported with its reason.", () => {
  const first = "udp/ipv4 SO_REUSEADDR@wildcard";
  const text = fileOf({
    [`${first} > none@specific`]: { kind: "unstable", outcomes: [{ kind: "success" }, REFUSED] },
    [`${first} > SO_REUSEADDR@specific`]: {
      kind: "broken",
      reason: "binder-died",
      detail: "port 7",
    },
    "udp/ipv4 none@wildcard > none@specific": {
      kind: "broken",
      reason: "first-bind-refused",
      detail: "",
    },
    "udp/ipv4 none@wildcard > SO_REUSEADDR@specific": {
      kind: "skipped",
      reason: "needs-second-ipv4-address",
      detail: "",
    },
    "udp/ipv4 SO_EXCLUSIVEADDRUSE@wildcard > none@specific": {
      kind: "error",
      step: "connect",
      code: "?",
      errno: 4711,
    },
  });
  expect(rowsOf(text)[0]).toContain("expect: [n/a, n/a, n/a, 10048]");
  expect(rowsOf(text)[2]).toContain("expect: [n/a, 10048, n/a, 10048]");
  const comments = text
    .split("\n---\n")[1]
    ?.split("\n")
    .filter((line) => line.startsWith("#"));
  expect(comments).toEqual([
    "# n/a: broken, binder-died (1); needs-second-ipv4-address (1); no word of a case file: ? (4711) at connect (1); the first endpoint itself is refused (1); unstable: WSAEADDRINUSE (10048) at bind, success (1)",
    "# broken, binder-died: udp/ipv4 SO_REUSEADDR@wildcard > SO_REUSEADDR@specific",
    "# no word of a case file: ? (4711) at connect: udp/ipv4 SO_EXCLUSIVEADDRUSE@wildcard > none@specific",
    "# unstable: WSAEADDRINUSE (10048) at bind, success: udp/ipv4 SO_REUSEADDR@wildcard > none@specific",
  ]);
  expect(parseCaseFile("here.yaml", text).problems).toEqual([]);
});

test("Text of results is never more than a comment of the file.", () => {
  const evil = "x\ndocument: evil\n\u2028# ";
  const skipped = { kind: "skipped", reason: evil, detail: "" } as unknown as Outcome;
  const ids = PAIRS.map(({ id }) => id);
  const os = { name: evil, version: evil, build: evil, kernel: evil };
  for (const given of [ids, ids.slice(1)]) {
    const outcomes = Object.fromEntries(given.map((id) => [id, skipped]));
    const text = fileOf(outcomes, 1, { ...TARGET, os });
    expect(text).not.toMatch(/^document: |\u2028/m);
    expect(text).toContain("document: evil");
  }
  const platform = { ...TARGET.platform, name: "wine }\n#" };
  expect(() => fileOf({}, 1, { ...TARGET, platform })).toThrow("the platform's name");
});

test("The order in which experiments end does not show.", () => {
  const unstable: Outcome = { kind: "unstable", outcomes: [{ kind: "success" }, REFUSED] };
  const given = Object.fromEntries(
    PAIRS.map(({ id }, index) => [id, index % 3 ? REFUSED : unstable]),
  );
  expect(fileOf(given, -1)).toBe(fileOf(given));
});

test("Where nothing could be seen the head says why, and there is no table.", () => {
  const skipped: Outcome = { kind: "skipped", reason: "needs-privilege", detail: "" };
  const given = Object.fromEntries(PAIRS.map(({ id }) => [id, skipped]));
  const text = fileOf(given);
  expect(text).not.toContain("document:");
  expect(text).toContain("#   udp, same account, ipv4 > ipv4: needs-privilege (bound > bound)");
});
