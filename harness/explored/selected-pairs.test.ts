import { expect, test } from "vitest";
import { sampleSelection } from "../../tests/samples/selection.ts";
import type { Selection } from "../model/selection.ts";
import { refuseUnmatched, selectedPairs } from "./selected-pairs.ts";

const EVERYTHING = sampleSelection({ explores: true });

function idsOf(change: Partial<Selection>): string[] {
  const selection = { ...EVERYTHING, ...change };
  return [...selectedPairs("linux", selection, new Set())].map(({ id }) => id);
}

test("An id as a whole is that experiment alone, a part of it every one that has it.", () => {
  const id = "udp/ipv4 none@wildcard > none@specific";
  expect(idsOf({ filter: [id] })).toEqual([id]);
  expect(idsOf({ filter: [id.slice(0, -1)] })).toHaveLength(12);
  expect(idsOf({ filter: ["udp/ipv4 option SO_TYPE"], options: true })).toHaveLength(1);
});

test("Filters between slashes are expressions, and several take what any of them takes.", () => {
  const one = "/^udp.ipv4 none@wildcard > none@specific2?$/";
  const ids = idsOf({ filter: [one, "tcp/dual none@wildcard > none@wildcard"] });
  expect(ids).toEqual([
    "tcp/dual none@wildcard > none@wildcard",
    "udp/ipv4 none@wildcard > none@specific",
    "udp/ipv4 none@wildcard > none@specific2",
  ]);
});

test.each([
  [{ filter: ["SO_REUSEPORT_LB"], with: ["SO_REUSEPORT_LB"] }],
  [{ filter: ["/SO_REUSEPORT_LB/"], options: true }],
] satisfies [Partial<Selection>][])("What one system alone has can be selected: %j", (change) => {
  expect(() => refuseUnmatched({ ...EVERYTHING, ...change })).not.toThrow();
});

test.each([
  [{ filter: ["nowhere"] }, /^the selection matches nothing/],
  [{ filter: ["SO_REUSEPORT_LB"] }, /^the selection matches nothing/],
  [{ filter: ["/(/"] }, /^--filter: Invalid regular expression/],
] satisfies [Partial<Selection>, RegExp][])("%j is refused.", (change, problem) => {
  expect(() => refuseUnmatched({ ...EVERYTHING, ...change })).toThrow(problem);
});
