import { expect, test } from "vitest";
import { parseCaseFile } from "./parse-case-file.ts";
import { problemText } from "../model/problem.ts";

const RIGHT = `document:
  id: a/b
  title: T
  section: S
  url: https://example.org/
  kind: documented
applies-to: { platform: any }
matrix: { protocol: tcp, family: ipv4 }
table:
  first:
    - { options: none, address: wildcard }
  second:
    - { options: none, address: wildcard, expect: [EADDRINUSE] }
`;

function linesFor(text: string): string[] {
  return parseCaseFile("a.yaml", text).problems.map(problemText);
}

test("A right file has no problems.", () => {
  expect(linesFor(RIGHT)).toEqual([]);
});

test("What somebody measured needs no address on the web.", () => {
  const own = RIGHT.replace("  url: https://example.org/\n", "");
  expect(linesFor(own.replace("kind: documented", "kind: measured"))).toEqual([]);
});

test.each([
  ["title: T", "title:", "a.yaml:3:9: 'title' is empty (allowed: text)"],
  ["title: T", "title: [T]", "a.yaml:3:10: 'title' is a list (allowed: text)"],
  ["title: T", 'title: ""', "a.yaml:3:10: 'title' is empty (at least 1)"],
  ["  title: T\n", "", "a.yaml:2:3: 'title' is missing (allowed: text)"],
  [
    "  url: https://example.org/\n",
    "",
    "a.yaml:2:3: 'url' is missing (only a document of kind 'measured' may leave it out)",
  ],
  [
    "kind: documented",
    "kind: rumour",
    "a.yaml:6:9: 'kind' is 'rumour' (allowed: documented, measured, derived, control)",
  ],
  [
    "id: a/b",
    "id: A B",
    "a.yaml:2:7: not a document id (allowed: lower-case letters, digits, '.', '-' and '/')",
  ],
  ["protocol: tcp", "protocol: sctp", "a.yaml:8:21: 'protocol' is 'sctp' (allowed: tcp, udp)"],
  [
    "protocol: tcp",
    "protocol: [tcp, sctp]",
    "a.yaml:8:27: 'protocol' is 'sctp' (allowed: tcp, udp)",
  ],
  ["protocol: tcp", "protocol: []", "a.yaml:8:21: 'protocol' is empty (at least 1)"],
  ["protocol: tcp, ", "", "a.yaml:8:9: 'protocol' is missing (allowed: tcp, udp)"],
  ["matrix:", "metrics:", "a.yaml:1:1: 'matrix' is missing (allowed: a mapping)"],
  ["first:", "third:", "a.yaml:10:3: 'first' is missing (allowed: a list)"],
])("%j turned into %j is reported as it is.", (right, wrong, line) => {
  expect(linesFor(RIGHT.replace(right, wrong))[0]).toBe(line);
});

test.each([
  [
    "expect: [EADDRINUSE]",
    "expect: { toString: 1 }",
    "a.yaml:13:51: a mapping is not an outcome (allowed",
  ],
  [
    "expect: [EADDRINUSE]",
    "expect: [[{ toString: 0 }]]",
    "a.yaml:13:52: a list is not an outcome (allowed",
  ],
  [
    "options: none, address: wildcard, expect",
    "options: { toString: 1, valueOf: 1 }, address: wildcard, expect",
    "a.yaml:13:18: 'options' is a mapping",
  ],
])("%j turned into %j, which no text can show, is reported by its kind.", (right, wrong, line) => {
  expect(linesFor(RIGHT.replace(right, wrong))[0]?.slice(0, line.length)).toBe(line);
});

test("Every problem of a file is reported, and every unknown key by itself.", () => {
  const wrong = RIGHT.replace("kind: documented", "kind: rumour\n  colour: red\n  taste: sweet");
  expect(linesFor(wrong)).toEqual([
    "a.yaml:6:9: 'kind' is 'rumour' (allowed: documented, measured, derived, control)",
    "a.yaml:7:11: unknown key 'colour' (allowed: id, title, section, url, kind, remark)",
    "a.yaml:8:10: unknown key 'taste' (allowed: id, title, section, url, kind, remark)",
  ]);
});

test("Places in the second document of a file count from the beginning of the file.", () => {
  const second = RIGHT.replace("kind: documented", "kind: rumour");
  expect(linesFor(`${RIGHT}---\n${second}`)).toEqual([
    "a.yaml:20:9: 'kind' is 'rumour' (allowed: documented, measured, derived, control)",
  ]);
});

test("A message is one line, whatever the file holds.", () => {
  const wrong = RIGHT.replace("kind: documented", 'kind: "two\\nlines"');
  expect(linesFor(wrong)).toEqual([
    "a.yaml:6:9: 'kind' is 'two lines' (allowed: documented, measured, derived, control)",
  ]);
});
