import { expect, test } from "vitest";
import { sampleClaim, sampleDocument } from "../../tests/samples/claim.ts";
import { sampleExperiment } from "../../tests/samples/experiment.ts";
import { findConflicts } from "./find-conflicts.ts";
import { claimsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { readClaims } from "./read-claims.ts";

function saidFor(platform: string, versions: string, expected: string) {
  return sampleClaim(expected, { document: sampleDocument({ appliesTo: { platform, versions } }) });
}

test.each([
  ["one system", "windows", "*", "windows", ">=6.0", 1],
  ["ranges that meet in one version", "linux", ">=6.1 <=6.2", "linux", ">=6.2", 1],
  ["ranges that do not meet", "linux", ">=6.1 <6.2", "linux", ">=6.2", 0],
  ["two systems", "windows", "*", "linux", "*", 0],
  ["any system and one", "any", "*", "openbsd", "*", 1],
  ["a group and one of it", "bsd", "*", "macos", "*", 1],
  ["Wine and what it implements", "wine", "*", "windows", "*", 1],
  ["gVisor and Wine", "gvisor", "*", "wine", "*", 0],
])("Documents for %s.", (_, platform, versions, otherPlatform, otherVersions, count) => {
  const conflicts = findConflicts([
    saidFor(platform, versions, "success"),
    saidFor(otherPlatform, otherVersions, "10048"),
  ]);
  expect(conflicts).toHaveLength(count);
});

test("Claims that one outcome satisfies do not disagree; of three only those that do are reported.", () => {
  expect(
    findConflicts([saidFor("any", "*", "10013 | 10048"), saidFor("any", "*", "10048")]),
  ).toEqual([]);
  const three = [
    saidFor("windows", "*", "10048"),
    saidFor("windows", "*", "10013"),
    saidFor("linux", "*", "EADDRINUSE"),
  ];
  expect(findConflicts(three)).toEqual([
    { experiment: sampleExperiment().id, claims: three.slice(0, 2) },
  ]);
});

test("A claim that needs more than a socket alone speaks of something else.", () => {
  const claims = [saidFor("any", "*", "10048"), saidFor("any", "*", "success")];
  expect(findConflicts(claims)).toHaveLength(1);
  expect(findConflicts(claims.map((one) => ({ ...one, needs: "needs a group" })))).toEqual([]);
});

const refused = { kind: "refused" } as const;
const unknown = { kind: "error", step: "set-option", code: 10042 } as const;
const success = { kind: "success" } as const;
const valued = (relation: "=" | ">=" | "<=", text: string) =>
  ({ kind: "value", value: { relation, text } }) as const;
const four = { kind: "value", size: 4 } as const;
const five = valued("=", "5");
const six = valued("=", "6");

test.each([
  ["any refusal and one", refused, unknown, 0],
  ["any refusal and success", refused, success, 1],
  ["a size and a value", four, five, 0],
  ["two values", five, six, 1],
  ["a value and a bound that it keeps", six, valued(">=", "5"), 0],
  ["a bound that a value does not keep", valued("<=", "5"), six, 1],
  ["a word and a bound", valued("=", "any"), valued("<=", "5"), 1],
  ["two lower bounds", valued(">=", "5"), valued(">=", "7"), 0],
  ["bounds with values between them", valued(">=", "5"), valued("<=", "5"), 0],
  ["bounds with nothing between them", valued("<=", "5"), valued(">=", "7"), 1],
] as const)("What options give: %s.", (_, one, other, count) => {
  const claims = [one, other].map((allowed) => ({
    ...saidFor("windows", "*", "success"),
    allowed: [allowed],
  }));
  expect(findConflicts(claims)).toHaveLength(count);
});

function deliveryTo(to: string, id: string) {
  const steps = ["one", "two", "three"].map(
    (socket) =>
      `      - { by: first, do: open, socket: ${socket}, options: SO_REUSEADDR, address: wildcard }`,
  );
  return claimsOf(
    scenarioFile(
      `scenarios:
  - name: who-receives
    says: Somebody receives.
    steps:
${steps.join("\n")}
      - { do: census, address: specific, count: 5, among: [one, two, three], expect: "to ${to}" }`,
      id,
    ),
  ).filter(({ experiment }) => "scenario" in experiment);
}

test.each([
  ["one", "one", 0],
  ["one", "two", 1],
  ["one", "one+two", 0],
  ["one+two", "two+three", 0],
  ["one+two", "three", 1],
  ["each", "all", 0],
  ["each", "one+two", 1],
  ["one+two+three", "all", 0],
  ["nobody", "each", 1],
  ["nobody", "one", 1],
  ["nobody", "nobody", 0],
])(
  "What goes to %s and what goes to %s disagree where no delivery is both.",
  (one, other, count) => {
    const both = [...deliveryTo(one, "a"), ...deliveryTo(other, "b")];
    expect(both).toHaveLength(2);
    expect(findConflicts(both)).toHaveLength(count);
  },
);

test("Table 1 and the grid for one account disagree in the same 12 cells, whatever the protocol and family.", async () => {
  const { claims } = await readClaims([]);
  const two = ["so-exclusiveaddruse/table-1", "using-so-reuseaddr/same-account"];
  const conflicts = findConflicts(claims.filter(({ document }) => two.includes(document.id)));
  const found = conflicts.map(({ experiment }) => experiment);
  const cells = [
    "none@wildcard > none@specific",
    "none@wildcard > SO_REUSEADDR@wildcard",
    "none@wildcard > SO_EXCLUSIVEADDRUSE@specific",
    "none@specific > none@wildcard",
    "none@specific > SO_REUSEADDR@specific",
    "SO_REUSEADDR@wildcard > none@specific",
    "SO_REUSEADDR@wildcard > SO_EXCLUSIVEADDRUSE@specific",
    "SO_REUSEADDR@specific > none@wildcard",
    "SO_EXCLUSIVEADDRUSE@wildcard > none@specific",
    "SO_EXCLUSIVEADDRUSE@wildcard > SO_EXCLUSIVEADDRUSE@specific",
    "SO_EXCLUSIVEADDRUSE@specific > none@wildcard",
    "SO_EXCLUSIVEADDRUSE@specific > SO_REUSEADDR@wildcard",
  ];
  const parts = ["tcp/ipv4", "tcp/ipv6", "udp/ipv4", "udp/ipv6"];
  expect(found.toSorted()).toEqual(
    parts.flatMap((part) => cells.map((cell) => `${part} ${cell}`)).toSorted(),
  );
});

test("The grid of Windows XP and that of later systems never apply together.", async () => {
  const { claims } = await readClaims([]);
  const two = ["using-so-reuseaddr/xp", "using-so-reuseaddr/same-account"];
  expect(findConflicts(claims.filter(({ document }) => two.includes(document.id)))).toEqual([]);
});

test("The driver documentation and the page for applications disagree in one cell.", async () => {
  const { claims } = await readClaims([]);
  const two = ["sharing-transport-addresses/same-account", "using-so-reuseaddr/same-account"];
  const conflicts = findConflicts(claims.filter(({ document }) => two.includes(document.id)));
  expect(conflicts.map(({ experiment }) => experiment).toSorted()).toEqual(
    ["tcp/ipv4", "tcp/ipv6", "udp/ipv4", "udp/ipv6"].map(
      (part) => `${part} SO_REUSEADDR@specific > none@specific`,
    ),
  );
});

test("A scenario's step that opens a socket beside one other is compared with the tables.", async () => {
  const { claims } = await readClaims([]);
  const prose = claims.filter(({ document }) => document.id === "so-exclusiveaddruse/prose");
  const grid = claims.filter(({ document }) => document.id === "using-so-reuseaddr/same-account");
  const conflicts = findConflicts([...prose, ...grid]);
  const stepsOf = (id: string): unknown[] =>
    (conflicts.find(({ experiment }) => experiment === id)?.claims ?? []).map(
      ({ experiment, step }) => [experiment.id, step],
    );
  const takenOver = "tcp/ipv4 none@specific > SO_REUSEADDR@specific";
  expect(stepsOf(takenOver)).toEqual([
    ["tcp/ipv4 scenario connections-after-a-takeover", 1],
    [takenOver, undefined],
  ]);
  // Both set SO_REUSEADDR there, and the grid agrees.
  expect(stepsOf("tcp/ipv4 SO_REUSEADDR@specific > SO_REUSEADDR@specific")).toEqual([]);
  expect(conflicts).toHaveLength(4);
});

test.each([
  [
    "A scenario's socket of the other protocol makes no pair with the first",
    ["field/tcp-and-udp-on-one-port", "socket-7/listening"],
  ],
  [
    "Documents of Linux tell a listening holder from a bound one",
    ["reuseaddr-conflict/sequence", "socket-7/reuseaddr-bound"],
  ],
])("%s.", async (_sentence, ids) => {
  const { claims } = await readClaims([]);
  const both = claims.filter(({ document }) => ids.includes(document.id));
  expect(new Set(both.map(({ document }) => document.id)).size).toBe(2);
  expect(findConflicts(both)).toEqual([]);
});
