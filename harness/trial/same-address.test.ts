import { expect, test } from "vitest";
import { isSameAddress } from "./same-address.ts";

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::ffff:0:0", "::ffff:0.0.0.0"],
  ["::ffff:7f00:1", "::ffff:127.0.0.1"],
  ["fe80::1%2", "FE80:0::1%2"],
])("%s and %s are one address.", (a, b) => {
  expect(isSameAddress(a, b)).toBe(true);
});

test.each([
  ["127.0.0.1", "127.0.0.2"],
  ["127.0.0.1", "::ffff:127.0.0.1"],
  ["fe80::1%2", "fe80::1%3"],
  ["fe80::1%2", "fe80::1"],
])("%s and %s are not.", (a, b) => {
  expect(isSameAddress(a, b)).toBe(false);
});
