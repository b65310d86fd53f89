import { expect, test } from "vitest";
import { nearMatches } from "./near-matches.ts";

const NAMES = [
  "tcp/ipv4 none@wildcard > none@specific",
  "udp/ipv6 SO_REUSEPORT@specific > none@wildcard",
];

test("What is most like it comes first.", () => {
  expect(nearMatches("TCP/ipv4 none@wildcrd > none@specific", NAMES)[0]).toBe(NAMES[0]);
});

test.each(["", "?", "0123456789"])("Nothing is like '%s'.", (asked) => {
  expect(nearMatches(asked, NAMES)).toEqual([]);
});
