import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { parseMeasureOptions, parseSelection } from "./options.ts";

const NONE = { filter: [], protocol: [], family: [], document: [] };
const DEFAULTS = { confirm: "2", timeout: "5000" };

test("A selection is taken over as it was asked for.", () => {
  const asked = { filter: ["a"], protocol: ["udp"], family: ["ipv6", "dual"], document: ["d"] };
  expect(parseSelection(["f.yaml"], { ...asked, shard: "1/2" })).toEqual({
    files: ["f.yaml"],
    ...asked,
    shard: "1/2",
  });
  expect(parseSelection([], NONE).shard).toBeNull();
});

test.each([
  [{ protocol: ["tcp", "sctp"] }, "--protocol: 'sctp' is unknown (allowed: tcp, udp)"],
  [{ family: ["inet"] }, "--family: 'inet' is unknown (allowed: ipv4, ipv6, dual, ipv6-as-made)"],
  [{ shard: "5/4" }, "--shard: '5/4' is not I/N with I from 1 to N (such as 1/4)"],
])("%o is wrong input.", (change, message) => {
  expect(() => parseSelection([], { ...NONE, ...change })).toThrow(message);
});

test("Left alone, the options are those of the manual.", () => {
  expect(parseMeasureOptions(DEFAULTS)).toEqual({
    jobs: Math.max(1, Math.floor(availableParallelism() / 2)),
    isolate: false,
    confirm: 2,
    timeoutMs: 5000,
    ports: null,
  });
});

test("Each option is taken.", () => {
  const texts = { jobs: "3", confirm: "0", timeout: "250", ports: "20000-20999", isolate: true };
  expect(parseMeasureOptions(texts)).toEqual({
    jobs: 3,
    isolate: true,
    confirm: 0,
    timeoutMs: 250,
    ports: [20_000, 20_999],
  });
});

test.each([
  ...["0", "257", "x", "1.5", "-1", "", "1e2", " 1"].map((jobs) => [
    { jobs },
    `--jobs: '${jobs}' is not a whole number from 1 to 256`,
  ]),
  [{ confirm: "-1" }, "--confirm: '-1' is not a whole number from 0 to 100"],
  [{ timeout: "0" }, "--timeout: '0' is not a whole number from 1 to 3600000"],
  [{ timeout: "5s" }, "--timeout: '5s' is not a whole number from 1 to 3600000"],
  ...["5", "20000", "2-1", "7-7", "0-9", "1-65536", "a-b", "1-2-3"].map((ports) => [
    { ports },
    `--ports: '${ports}' is not FROM-TO with at least two ports from 1 to 65535`,
  ]),
] as [object, string][])("%o is wrong input.", (change, message) => {
  expect(() => parseMeasureOptions({ ...DEFAULTS, ...change })).toThrow(message);
});
