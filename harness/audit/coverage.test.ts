import { expect, test } from "vitest";
import { coverageOf, relate } from "./coverage.ts";
import type { Family } from "../model/vocabulary.ts";

type Name = readonly [family: Family, address: string];
const ALL_IPV4: Name = ["ipv4", "0.0.0.0"];
const ONE_IPV4: Name = ["ipv4", "127.0.0.1"];
const ALL_IPV6: Name = ["ipv6", "::"];
const ONE_IPV6: Name = ["ipv6", "::1"];
const BOTH: Name = ["dual", "::"];
const MAPPED_ALL: Name = ["dual", "::ffff:0.0.0.0"];
const MAPPED_ONE: Name = ["dual", "::ffff:127.0.0.1"];

test.each<[Name, Name, string]>([
  [ALL_IPV4, ALL_IPV4, "same"],
  [ALL_IPV4, MAPPED_ALL, "same"],
  [ALL_IPV4, ONE_IPV4, "narrower"],
  [ALL_IPV4, MAPPED_ONE, "narrower"],
  [ALL_IPV4, BOTH, "wider"],
  [ALL_IPV4, ALL_IPV6, "apart"],
  [ONE_IPV4, ["ipv4", "127.0.0.2"], "apart"],
  [ONE_IPV4, ALL_IPV4, "wider"],
  [ONE_IPV4, MAPPED_ONE, "same"],
  [ALL_IPV6, ONE_IPV6, "narrower"],
  [ALL_IPV6, BOTH, "wider"],
  [ALL_IPV6, ALL_IPV4, "apart"],
  [BOTH, ALL_IPV4, "narrower"],
  [BOTH, ALL_IPV6, "narrower"],
  [BOTH, ONE_IPV4, "narrower"],
  [BOTH, ONE_IPV6, "narrower"],
  [ONE_IPV6, BOTH, "wider"],
  [ONE_IPV6, MAPPED_ALL, "apart"],
])("beside %j a socket bound to %j is %s", (first, second, relation) => {
  expect(relate(coverageOf(...first), coverageOf(...second))).toBe(relation);
});
