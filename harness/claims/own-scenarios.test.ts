import { expect, test } from "vitest";
import { readClaims } from "./read-claims.ts";

const { claims } = await readClaims([]);

const claimsOn = (document: string) => claims.filter((claim) => claim.document.id === document);

// Experiments: scenarios times protocols and families. Claims: their steps that say what to expect.
test.each([
  ["so-exclusiveaddruse/before-bind", 4, 4],
  ["so-exclusiveaddruse/prose", 12 * 2, 24 * 2],
  ["so-exclusiveaddruse/takeover-udp", 4 * 2, 4 * 2],
  ["using-so-reuseaddr/other-interfaces", 2, 6],
  ["wine-tests/delivery", 3 * 2, (11 + 2 + 2) * 2],
  ["trio/exclusive-rebind", 1, 3],
  ["so-exclusiveaddruse/example", 2, (3 + 9) * 2],
  ["using-so-reuseaddr/prose", 4, 4],
  ["using-so-reuseaddr/multicast", 1, 3],
  ["bind-wildcard/sequences", 44 * 3, 44 * 3 * 8],
  ["bind-timewait/rebind", 2, 2],
  ["linux-time-wait/reuseaddr", 14 * 2, 14 * 2],
  ["gvisor-isolated/time-wait", 4, 5],
  ["linux-three-sockets/sequences", 6 * 2, 20 * 2],
  ["reuseaddr-conflict/sequence", 1, 4],
  ["openbsd-in-pcbbind/sequences", 6 * 2, (3 + 3 + 4 + 4 + 3 + 3) * 2],
  ["linux-who-receives/udp", 5 * 2, 5 * 2],
  ["linux-who-receives/tcp", 3 * 2, 3 * 2],
  ["reuseport-addr-any/udp", 3, 3],
  ["reuseport-dualstack/tcp", 2, 2],
  ["linux-other-account/datagrams", 5, 10],
  ["linux-other-account/listen", 2, 6],
])("%s: %i experiments, %i claims.", (document, experiments, count) => {
  const own = claimsOn(document);
  expect(new Set(own.map(({ experiment }) => experiment.id)).size).toBe(experiments);
  expect(own).toHaveLength(count);
});

/** What an address of the kernel's selftest is called there. */
const LATER = ["4*", "4L", "6*", "6L", "m*", "mL"];

// bind_wildcard.c: of its 44 variants these let other later binds than of ::1 succeed, or none.
test("The later binds of the kernel's table succeed where the table says so.", () => {
  const succeeding = new Map<string, string[]>();
  for (const { experiment, expect: text, step = 0 } of claimsOn("bind-wildcard/sequences"))
    if (step >= 2 && text === "success")
      succeeding.set(experiment.id, [
        ...(succeeding.get(experiment.id) ?? []),
        LATER[step - 2] ?? "",
      ]);
  const having = (place: string): number =>
    [...succeeding.values()].filter((places) => places.includes(place)).length;
  expect({ "6L": having("6L"), "4*": having("4*"), others: having("6*") + having("m*") }).toEqual({
    "6L": 16 + 12 * 2,
    "4*": 5 + 3 * 2,
    others: 0,
  });
});

test("The page's example has its own addresses and port.", () => {
  const text = JSON.stringify(claimsOn("so-exclusiveaddruse/example")[0]?.experiment);
  for (const literal of ['"10.0.0.1"', '"10.99.99.99"', '"port":5150'])
    expect(text).toContain(literal);
  expect(text).not.toContain('"port":"same"');
});

test("Every claim of a scenario comes with its sentence.", () => {
  const spoken = claims.filter(({ step }) => step !== undefined);
  expect(spoken.length).toBeGreaterThan(1000);
  expect(spoken.filter(({ says }) => !says)).toEqual([]);
});
