import { expect, test } from "vitest";
import { claimsOf, problemsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { claimStepLabel } from "../model/claim.ts";

function fileOf(row: string, platform = "any"): string {
  const text = scenarioFile(`options:\n  - { ${row} }`);
  return text.replace("platform: any", `platform: ${platform}`);
}

/** Each claim as `question: what it allows`. */
function saidOf(row: string): string[] {
  return claimsOf(fileOf(row)).map(
    (claim) => `${claimStepLabel(claim)}: ${JSON.stringify(claim.allowed)}`,
  );
}

test("Each thing that a row says of an option is a claim on one question of one experiment.", () => {
  const claims = claimsOf(fileOf("option: SO_RCVBUF, get: yes, set: no, type: int, default: 0"));
  expect(new Set(claims.map(({ experiment }) => experiment.id))).toEqual(
    new Set(["tcp/ipv4 option SO_RCVBUF"]),
  );
  expect(claims.map((claim) => claimStepLabel(claim))).toEqual(["get", "default", "type", "set"]);
  expect(claims.map(({ source }) => source.line)).toEqual([10, 10, 10, 10]);
});

test.each([
  ["get: yes", ['get: [{"kind":"success"}]']],
  ["set: no", ['set: [{"kind":"refused"}]']],
  ["get: 10022", ['get: [{"kind":"error","step":"get-option","code":10022}]']],
  [
    "set-bound: EINVAL | success",
    ['set-bound: [{"kind":"error","step":"set-option","code":"EINVAL"},{"kind":"success"}]'],
  ],
  ['default: ">= 2304"', ['default: [{"kind":"value","value":{"relation":">=","text":"2304"}}]']],
  ["type: DWORD", ['type: [{"kind":"value","value":{"relation":"=","text":"4"}}]']],
  ["type: 8", ['type: [{"kind":"value","value":{"relation":"=","text":"8"}}]']],
  [
    "read-back: value 2 size 4",
    ['read-back: [{"kind":"value","value":{"relation":"=","text":"2"},"size":4}]'],
  ],
  ["inherited: no", ['inherited: [{"kind":"value","value":{"relation":"=","text":"fresh"}}]']],
  ["get: undetermined", []],
])("%s says what it says.", (cells, said) => {
  expect(saidOf(`option: SO_RCVBUF, ${cells}`)).toEqual(said);
});

test("An answer that a socket alone cannot give says what it needs, and what the document says.", () => {
  const row = "option: SO_TYPE, get: yes, set: 10022 | no (needs a socket that AcceptEx accepted)";
  const [get, set] = claimsOf(fileOf(row));
  expect(get).not.toHaveProperty("needs");
  expect(set?.needs).toBe("needs a socket that AcceptEx accepted");
  expect(set?.allowed).toEqual([
    { kind: "error", step: "set-option", code: 10_022 },
    { kind: "refused" },
  ]);
  expect(problemsOf(fileOf("option: SO_TYPE, get: yes (needs )"))[0]).toMatch(/not an answer/);
  expect(problemsOf(fileOf("option: SO_TYPE, get: (needs a group)"))[0]).toMatch(/not an answer/);
});

test.each([
  [
    "an unknown option",
    fileOf("option: SO_RCVBUFF, get: yes"),
    "10: unknown option 'SO_RCVBUFF' (allowed: socket options by their names in C) (did you mean 'SO_RCVBUF' or 'SO_RCVBUFFORCE'?)",
  ],
  [
    "an option of another platform",
    fileOf("option: SO_EXCLUSIVEADDRUSE, get: yes", "linux"),
    "10: SO_EXCLUSIVEADDRUSE is not an option of linux (allowed: its own options) (did you mean 'SO_REUSEADDR'?)",
  ],
  [
    "a value that does not fit its type",
    fileOf("option: SO_LINGER, default: 5"),
    "10: '5' does not fit SO_LINGER, whose type is linger",
  ],
  [
    "a value where the question has none",
    fileOf("option: SO_RCVLOWAT, get: value 1 size 4 | no, read-back: value 2"),
    "10: 'value 1 size 4 | no' says a value, and 'get' asks whether the call succeeds (the value of a new socket is 'default', of one that is set 'read-back')",
  ],
  [
    "an option that no socket here has, without what it needs,",
    fileOf("option: IPX_PTYPE, get: yes, set: yes (needs a socket of IPX)"),
    "10: IPX_PTYPE cannot be asked on a socket of TCP or UDP (say what it needs, such as 'yes (needs a socket of IPX)')",
  ],
  ["a size of -1", fileOf("option: SO_RCVBUF, type: -1"), "10: 'type' is '-1' (at least 0)"],
  [
    "an option of which nothing is said",
    fileOf("option: SO_RCVBUF"),
    "10: nothing is said of SO_RCVBUF (add 'get', 'set', 'default', ...)",
  ],
])("%s is refused in one line.", (_, text, message) => {
  expect(problemsOf(text)).toEqual([message]);
});

test("An option that is there twice, and an answer that is none, are refused.", () => {
  const twice = scenarioFile(
    "options:\n  - { option: SO_TYPE, get: yes }\n  - { option: SO_TYPE, set: no }",
  );
  expect(problemsOf(twice)).toEqual([
    "11: the option 'SO_TYPE' is there twice (allowed: each option once)",
  ]);
  expect(problemsOf(fileOf("option: SO_TYPE, get: maybe"))[0]).toMatch(
    /^10: 'maybe' is not an answer \(allowed: yes, no \(any refusal\), success, /,
  );
});
