import { expect, test } from "vitest";
import { isKnownHere } from "./other-account.ts";

test.each([
  ["everybody, in the first namespace", 65_534, ["         0          0 4294967295", ""], true],
  ["root, in a namespace for one", 0, ["         0       1000          1"], true],
  ["another, in a namespace for one", 65_534, ["         0       1000          1"], false],
  ["one of a second range", 70_000, ["0 1000 1", "65536 100000 65536"], true],
  ["one between the ranges", 65_534, ["0 1000 1", "65536 100000 65536"], false],
  ["everybody, where there are no namespaces", 65_534, [], true],
])("a user namespace knows %s or not", (_name, uid, uidMap, expected) => {
  expect(isKnownHere(uid, uidMap)).toBe(expected);
});
