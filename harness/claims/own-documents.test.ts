import { expect, test } from "vitest";
import { readClaims } from "./read-claims.ts";

const { documents, claims } = await readClaims([]);

/** What a document says of each experiment, footnote marks left out. */
function saidBy(document: string): Map<string, string> {
  const own = claims.filter((claim) => claim.document.id === document);
  return new Map(own.map(({ experiment, expect: text }) => [experiment.id, text.replace("*", "")]));
}

// Cells of each source times the protocols and families of its document.
test.each([
  ["using-so-reuseaddr/xp", 36 * 4],
  ["using-so-reuseaddr/same-account", 36 * 4],
  ["using-so-reuseaddr/different-accounts", 36 * 4],
  ["using-so-reuseaddr/dual-stack", 12 + 8],
  ["so-exclusiveaddruse/table-1", 45 * 4],
  ["trio/reuseaddr-grid", 36],
  ["wine-tests/exclusive-and-dual-stack", 21 - 1],
  ["wine-tests/same-family", 6 * 2],
  ["wine-tests/ipv6-only", 2],
  ["wine-tests/option-conflict", 2],
  ["sharing-transport-addresses/same-account", 45 * 4],
  ["sharing-transport-addresses/different-accounts", 45 * 4],
  ["using-so-reuseaddr/dual-stack-udp", 12 + 8],
  ["socket-7/bound", 39 * 4],
  ["socket-7/reuseaddr-bound", 4 * 2],
  ["dotnet-tests/exclusive-and-reuse", 5],
  ["dotnet-tests/exclusive-listener", 1],
  ["dotnet-36618/defaults", 2],
  ["libuv-tests/udp-bind", 2],
  ["bind-wildcard/second-bind", 44 * 3],
  ["bind-wildcard/2023", 4 * 2],
  ["ipv6-7/port-space", 4 * 2],
  ["bhash2/dual-then-ipv4", 1],
  ["bhash2/mapped-then-ipv4", 2],
  ["bhash2/ipv6-only-then-mapped", 1],
  ["bhash2/mapped-wildcard-then-mapped", 1],
  ["linux-options/tcp-bound", 12 * 9],
  ["linux-options/tcp-listening", 12 * 9],
  ["linux-options/udp", 12 * 9],
  ["linux-dual-stack/tcp-bound", 33 * 3],
  ["linux-dual-stack/tcp-listening", 33 * 3],
  ["linux-dual-stack/udp", 33 * 3],
  ["linux-other-account/tcp-bound", 4 * 4],
  ["linux-other-account/tcp-listening", 4 * 4],
  ["linux-other-account/udp", 4 * 4 + 2],
  ["gvisor-loopback/bound", 7 * 2],
  ["gvisor-loopback/tcp", 4 + 1 + 1 + 4],
  ["gvisor-loopback/udp", 4],
  ["gvisor-loopback/mapped", 2 * 2],
  ["gvisor-udp-unbound/options", 4],
  ["gvisor-ports/port-manager", 4 * 2],
  ["freebsd-setsockopt/reuseport", 6 * 4],
  ["freebsd-setsockopt/reuseport-lb", 6 * 4],
  ["macos-setsockopt/reuseport", 6 * 4],
  ["openbsd-setsockopt/reuseport", 6 * 4],
  ["openbsd-in-pcbbind/pairs", 20],
  ["stack-overflow-14388707/bsd", (4 + 4 + 2 + 2 + 2 + 2 + 4) * 2],
  ["freebsd-in-pcb/dual-stack", 2 * 2],
  ["xnu-in-pcb/dual-stack", 2 * 2],
  ["net2-rs-46/udp", 2],
])("%s has every cell of its source once: %i claims.", (document, count) => {
  expect(saidBy(document).size).toBe(count);
});

test("A document for a system that could not be run here says so.", () => {
  const unmeasured = documents.filter(({ appliesTo }) =>
    ["macos", "freebsd", "openbsd", "bsd"].includes(appliesTo.platform),
  );
  expect(unmeasured.length).toBeGreaterThan(0);
  for (const { id, remark } of unmeasured) expect(remark, id).toMatch(/never run by this project/i);
});

// The page's three grids, typed off it: rows are the first bind and columns the second, each in the order default,
// SO_REUSEADDR, SO_EXCLUSIVEADDRUSE with wildcard and specific; I is INUSE, A is ACCESS, + is Success.
const SIX = ["none", "SO_REUSEADDR", "SO_EXCLUSIVEADDRUSE"].flatMap((options) => [
  `${options}@wildcard`,
  `${options}@specific`,
]);
const XP = "II++II II++II II++II II++II IIAAII IIAAII";
const SAME = "I+A+I+ +I+AII I+++I+ +I++II IAAAIA +I+AII";
const DIFFERENT = "IAAAIA +I+AII IA++IA +I++II IAAAIA +I+AII";
const MEANS: Readonly<Record<string, string>> = { I: "10048", A: "10013", "+": "success" };

function gridOf(text: string, prefixes: readonly string[]): Map<string, string> {
  return new Map(
    text
      .split(" ")
      .flatMap((row, first) =>
        row
          .split("")
          .flatMap((letter, second) =>
            prefixes.map((prefix): [string, string] => [
              `${prefix} ${SIX[first]} > ${SIX[second]}`,
              MEANS[letter] ?? "",
            ]),
          ),
      ),
  );
}

const ALL = ["tcp/ipv4", "tcp/ipv6", "udp/ipv4", "udp/ipv6"];

test.each([
  ["using-so-reuseaddr/xp", XP, ALL],
  ["using-so-reuseaddr/same-account", SAME, ALL],
  ["using-so-reuseaddr/different-accounts", DIFFERENT, ALL.map((part) => `${part} other-account`)],
  ["trio/reuseaddr-grid", SAME, ["tcp/ipv4"]],
])("%s is the grid of its page.", (document, grid, prefixes) => {
  expect(saidBy(document)).toEqual(gridOf(grid, prefixes));
});

function countDifferences(one: string, other: string): number {
  return one.split("").filter((letter, index) => letter !== other[index]).length;
}

test("Table 1 is the Windows XP grid; the grids of later systems differ in 12 and in 5 cells.", () => {
  const table = saidBy("so-exclusiveaddruse/table-1");
  for (const [id, outcome] of saidBy("using-so-reuseaddr/xp"))
    expect(table.get(id), id).toBe(outcome);
  expect(countDifferences(XP, SAME)).toBe(12);
  expect(countDifferences(SAME, DIFFERENT)).toBe(5);
});

// The 44 variants of the kernel's test in its order, in groups of the first address: the second bind without options,
// E for EADDRINUSE and + for success. With either option on both sockets every second bind succeeds.
const VARIANTS = "EE E++EE E++EE E+E+++ EEEE EEEEEEE+E+ EE++ E++E E++E";

test("The kernel's bind_wildcard variants come out as its table has them.", () => {
  const own = claims.filter(({ document }) => document.id === "bind-wildcard/second-bind");
  const plain = own.filter(({ experiment }) => / none@.* none@/.test(experiment.id));
  const withOption = own.filter((claim) => !plain.includes(claim));
  expect(plain.map(({ expect: text }) => (text === "success" ? "+" : "E")).join("")).toBe(
    VARIANTS.replaceAll(" ", ""),
  );
  expect(withOption).toHaveLength(88);
  expect(new Set(withOption.map(({ expect: text }) => text))).toEqual(new Set(["success"]));
});

// The Wine project's vectors by number: I, A and + as above.
test("Wine's 21 vectors come out as its test asserts, the nineteenth being the ninth again.", () => {
  const outcomes = [...saidBy("wine-tests/exclusive-and-dual-stack").values()];
  const letters = outcomes.map((text) => Object.keys(MEANS).find((key) => MEANS[key] === text));
  expect(letters.join("")).toBe("AA+A+II++IA+II+IIIII");
});

// 12 ways to spread two options over two sockets: bound, listening, datagram.
const MODES: readonly [first: string, second: string, outcomes: string][] = [
  ["none", "none", "EEE"],
  ["SO_REUSEADDR", "none", "EEE"],
  ["none", "SO_REUSEADDR", "EEE"],
  ["SO_REUSEPORT", "none", "EEE"],
  ["none", "SO_REUSEPORT", "EEE"],
  ["SO_REUSEADDR", "SO_REUSEPORT", "EEE"],
  ["SO_REUSEPORT", "SO_REUSEADDR", "EEE"],
  ["SO_REUSEADDR", "SO_REUSEADDR", "+E+"],
  ["SO_REUSEPORT", "SO_REUSEPORT", "+++"],
  ["SO_REUSEADDR+SO_REUSEPORT", "SO_REUSEADDR", "+E+"],
  ["SO_REUSEADDR+SO_REUSEPORT", "SO_REUSEPORT", "+++"],
  ["SO_REUSEADDR+SO_REUSEPORT", "SO_REUSEADDR+SO_REUSEPORT", "+++"],
];

test.each([
  ["linux-options/tcp-bound", 0, "tcp", ""],
  ["linux-options/tcp-listening", 1, "tcp", " listening"],
  ["linux-options/udp", 2, "udp", ""],
])("%s has the option matrix.", (document, column, protocol, state) => {
  const addresses = ["wildcard", "specific", "specific2"];
  const wanted = MODES.flatMap(([first, second, outcomes]) =>
    addresses.flatMap((one) =>
      addresses.map((other): [string, string] => {
        const overlap = one === other || one === "wildcard" || other === "wildcard";
        const isShared = !overlap || outcomes[column] === "+";
        return [
          `${protocol}/ipv4 ${first}@${one}${state} > ${second}@${other}`,
          isShared ? "success" : "EADDRINUSE",
        ];
      }),
    ),
  );
  expect(saidBy(document)).toEqual(new Map(wanted));
});

test("What people asked is one question with the place where they asked it.", () => {
  const asked = documents.filter(({ id }) => id.startsWith("field/"));
  expect(asked.length).toBeGreaterThan(15);
  for (const { id, section, url, kind, remark } of asked) {
    expect(section, id).toMatch(/^[A-Z][^?]*\?$/);
    expect(url, id).toMatch(/^https:\/\/github\.com\//);
    expect({ id, kind, hasRemark: remark !== undefined }).toEqual({
      id,
      kind: "measured",
      hasRemark: true,
    });
  }
});
