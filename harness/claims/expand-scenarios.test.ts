import { expect, test } from "vitest";
import { claimsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { judge } from "../verdicts/judge.ts";
import { findScenarioClashes } from "./find-scenario-clashes.ts";

const TAKEOVER = scenarioFile(`scenarios:
  - name: takeover
    says: The second takes over.
    steps:
      - { by: first, do: open, socket: holder, address: specific }
      - { by: second, do: open, socket: taker, options: SO_REUSEADDR, address: specific, expect: success | 10013 }
      - { by: second, do: listen, socket: taker, expect: EADDRINUSE }
      - { do: census, address: specific, among: [holder, taker], expect: undetermined }
      - { do: census, address: specific, among: [holder, taker], expect: to taker }`);

test("Each step that says what to expect is a claim, and what is undetermined is none.", () => {
  const claims = claimsOf(TAKEOVER);
  expect(claims.map(({ step, expect: text, says }) => [step, text, says])).toEqual([
    [1, "success | 10013", "The second takes over."],
    [2, "EADDRINUSE", "The second takes over."],
    [4, "to taker", "The second takes over."],
  ]);
  expect(claims.map(({ source }) => source.line)).toEqual([14, 15, 17]);
});

test("An error is expected of the call that the step makes.", () => {
  expect(claimsOf(TAKEOVER).map(({ allowed }) => allowed)).toEqual([
    [
      { kind: "success" },
      { kind: "error", step: "bind", code: 10_013 },
      { kind: "error", step: "set-option", code: 10_013 },
    ],
    [{ kind: "error", step: "listen", code: "EADDRINUSE" }],
    [{ kind: "delivered", to: "taker" }],
  ]);
});

test.each([
  ["listen EADDRINUSE", [{ kind: "error", step: "listen", code: "EADDRINUSE" }]],
  ["set-option 10022", [{ kind: "error", step: "set-option", code: 10_022 }]],
])("An open may be refused at any call: %s.", (text, allowed) => {
  const [claim] = claimsOf(
    scenarioFile(`scenarios:
  - name: refused
    says: It is refused.
    steps:
      - { by: first, do: open, socket: one, address: specific, state: listening, expect: ${text} }`),
  );
  expect(claim?.allowed).toEqual(allowed);
});

test("That nothing comes, and the orderly end, are outcomes of receiving.", () => {
  const [claim] = claimsOf(
    scenarioFile(`scenarios:
  - name: silence
    says: Nothing comes.
    steps:
      - { by: first, do: connect, socket: one, address: specific }
      - { by: first, do: receive, socket: one, expect: nothing-came | end-of-stream }`),
  );
  expect(claim?.allowed).toEqual([
    { kind: "error", step: "receive", code: "nothing-came" },
    { kind: "error", step: "receive", code: "end-of-stream" },
  ]);
});

test("A scenario of which everything is left open is observed, and its claims judge nothing.", () => {
  const claims = claimsOf(
    scenarioFile(`scenarios:
  - name: open
    says: Who knows.
    steps:
      - { by: first, do: open, socket: one, address: specific, expect: undetermined }`),
  );
  expect(claims.map(({ allowed }) => allowed)).toEqual([[]]);
  expect(judge({ allowed: [] }, { kind: "success" })).toMatchObject({
    word: "skipped",
    reason: "undetermined",
  });
});

test("A census is refused where its senders connect.", () => {
  const [claim] = claimsOf(
    scenarioFile(`scenarios:
  - name: gone
    says: Nobody takes it.
    steps:
      - { by: first, do: open, socket: holder, address: specific }
      - { do: census, address: specific, among: [holder], expect: ECONNREFUSED }`),
  );
  expect(claim?.allowed).toEqual([{ kind: "error", step: "connect", code: "ECONNREFUSED" }]);
});

test("What is measured does not know what is expected, only where to look.", () => {
  const [claim] = claimsOf(TAKEOVER);
  const experiment = claim?.experiment;
  expect(JSON.stringify(experiment)).not.toMatch(/expect|undetermined|10013|to taker/);
  const steps = experiment && "scenario" in experiment ? experiment.scenario.steps : [];
  expect(steps.map(({ observe }) => observe)).toEqual([false, true, true, true, true]);
});

const SEQUENCE = scenarioFile(`sequences:
  says: One after the other.
  afterwards: [none@mapped-specific family=dual]
  runs:
    - name: two
      options: [none, SO_REUSEADDR+SO_REUSEPORT]
      open: [wildcard, SO_REUSEADDR@specific listening]
      expect: [success, EADDRINUSE, success]
    - name: plain
      open: [specific2]
      expect: [success, success]`);

test("A sequence is one scenario for each of its option sets, every socket a claim.", () => {
  const claims = claimsOf(SEQUENCE);
  expect(new Set(claims.map(({ experiment }) => experiment.id))).toEqual(
    new Set([
      "tcp/ipv4 scenario two none",
      "tcp/ipv4 scenario two SO_REUSEADDR+SO_REUSEPORT",
      "tcp/ipv4 scenario plain",
    ]),
  );
  expect(claims.map(({ expect: text, source }) => `${source.line} ${text}`)).toEqual([
    "16 success",
    "16 EADDRINUSE",
    "16 success",
    "16 success",
    "16 EADDRINUSE",
    "16 success",
    "19 success",
    "19 success",
  ]);
});

test("Sockets of a sequence take the run's options unless they have their own, and stay open.", () => {
  const [, , , { experiment } = claimsOf(SEQUENCE)[0]!] = claimsOf(SEQUENCE);
  const steps = "scenario" in experiment ? experiment.scenario.steps : [];
  expect(steps).toMatchObject([
    {
      by: "first",
      do: "open",
      options: ["SO_REUSEADDR", "SO_REUSEPORT"],
      address: "wildcard",
      state: "bound",
      keep: true,
    },
    {
      by: "second",
      do: "open",
      options: ["SO_REUSEADDR"],
      address: "specific",
      state: "listening",
      keep: true,
    },
    {
      by: "peer",
      do: "open",
      options: [],
      address: "mapped-specific",
      family: "dual",
      state: "bound",
      keep: true,
    },
  ]);
});

test("Two documents may share a scenario, but not its name with other steps.", () => {
  const same = claimsOf(TAKEOVER.replace("to taker", "to holder"), "same.yaml");
  expect(findScenarioClashes([...claimsOf(TAKEOVER), ...same])).toEqual([]);

  const other = claimsOf(
    TAKEOVER.replaceAll("address: specific", "address: wildcard"),
    "other.yaml",
  );
  const problems = findScenarioClashes([...claimsOf(TAKEOVER), ...other]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ file: "other.yaml", line: 14 });
  expect(problems[0]?.message).toContain("'tcp/ipv4 scenario takeover' in told.yaml:14");
});
