import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sampleClaim, sampleDocument } from "../../tests/samples/claim.ts";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { sampleSelection } from "../../tests/samples/selection.ts";
import type { Selection } from "../model/selection.ts";
import { isNamed, isShard, parseShard, refuseEndless, selectClaims } from "./select.ts";

const EVERYTHING = sampleSelection();

const documents = [sampleDocument({ id: "one" }), sampleDocument({ id: "two" })];

/** Two documents that speak of the same 64 experiments. */
const claims = documents.flatMap((document) =>
  (["tcp", "udp"] as const).flatMap((protocol) =>
    (["ipv4", "ipv6"] as const).flatMap((family) =>
      (["wildcard", "specific", "specific2", "mapped-specific"] as const).flatMap((address) =>
        ([[], ["SO_REUSEADDR"], ["SO_REUSEPORT"], ["SO_EXCLUSIVEADDRUSE"]] as const).map(
          (options) => {
            const second = sampleEndpoint({ family, address, options });
            const experiment = sampleExperiment({ protocol, family, second });
            return sampleClaim("success", { document, experiment });
          },
        ),
      ),
    ),
  ),
);
const claimSet = { documents, claims };

const idsOf = (change: Partial<Selection>, from = claimSet): string[] =>
  selectClaims(from, { ...EVERYTHING, ...change }).map(({ experiment }) => experiment.id);
const allIds = (): string[] => idsOf({ document: ["one"] });

test("Nothing named is everything.", () => {
  expect(selectClaims(claimSet, EVERYTHING)).toEqual(claims);
  expect(new Set(allIds()).size).toBe(64);
});

test("A document, protocols and families narrow the selection together.", () => {
  const selected = selectClaims(claimSet, {
    ...EVERYTHING,
    document: ["two"],
    protocol: ["udp"],
    family: ["ipv6"],
  });
  expect(selected).toHaveLength(16);
  for (const { document, experiment } of selected) {
    expect(document.id).toBe("two");
    expect(experiment).toMatchObject({ protocol: "udp", family: "ipv6" });
  }
});

test("A filter is a part of the id, taken literally.", () => {
  expect(idsOf({ filter: ["SO_REUSEPORT@specific2"], document: ["one"] })).toEqual(
    allIds().filter((id) => id.endsWith("> SO_REUSEPORT@specific2")),
  );
  expect(() => idsOf({ filter: ["SO_REUSE.*"] })).toThrow("the selection matches nothing");
});

test("A filter between slashes is a regular expression.", () => {
  expect(idsOf({ filter: ["/^udp.*(PORT|USE)@wildcard$/"], document: ["one"] })).toEqual([
    "udp/ipv4 none@wildcard > SO_REUSEPORT@wildcard",
    "udp/ipv4 none@wildcard > SO_EXCLUSIVEADDRUSE@wildcard",
    "udp/ipv6 none@wildcard > SO_REUSEPORT@wildcard",
    "udp/ipv6 none@wildcard > SO_EXCLUSIVEADDRUSE@wildcard",
  ]);
});

test("A lone slash is not a regular expression: ids have slashes too.", () => {
  expect(idsOf({ filter: ["udp/ipv4"], document: ["one"] })).toHaveLength(16);
  expect(idsOf({ filter: ["/ipv4"], document: ["one"] })).toHaveLength(32);
});

test("Several filters take what any of them takes.", () => {
  expect(idsOf({ filter: ["tcp/ipv4", "/^udp/"], document: ["one"] })).toHaveLength(48);
});

test("A filter that is not a regular expression is wrong input.", () => {
  expect(() => idsOf({ filter: ["/(/"] })).toThrow(/^--filter: Invalid regular expression/);
});

test("A document that is not there is wrong input, and those that are there are reported.", () => {
  expect(() => idsOf({ document: ["three"] })).toThrow(
    "--document: there is no 'three' (there are: one, two)",
  );
});

test("Up to eight documents are all named; of more, those that are near, and where to see all.", () => {
  const refusal = (id: string, count: number): string => {
    const many = Array.from({ length: count }, (_, at) =>
      sampleDocument({ id: `page-${at}/table` }),
    );
    try {
      return idsOf({ document: [id] }, { documents: many, claims: [] }).join("");
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refusal("other", 8)).toMatch(/\(there are: page-0\/table, .*, page-7\/table\)$/);
  expect(refusal("other", 9)).toBe("--document: there is no 'other' (all: bindcheck list)");
  expect(refusal("page-3/tabel", 9)).toMatch(
    /^--document: there is no 'page-3\/tabel' \(did you mean page-3\/table( or page-\d\/table)*\? all: bindcheck list\)$/,
  );
});

test.each([1, 2, 3, 4, 5, 7, 8, 16, 31, 63, 64])(
  "The %i shards of a selection are the whole selection, evenly cut.",
  (count) => {
    const shards = Array.from({ length: count }, (_, index) =>
      idsOf({ shard: `${index + 1}/${count}`, document: ["one"] }),
    );
    expect(shards.flat().toSorted()).toEqual(allIds().toSorted());
    const sizes = shards.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  },
);

test("A shard takes all claims on its experiments and no others.", () => {
  const ids = idsOf({ shard: "2/5" });
  expect(ids).toHaveLength(2 * new Set(ids).size);
});

test("A shard does not depend on the order of the claims.", () => {
  const turned = { documents, claims: claims.toReversed() };
  expect(idsOf({ shard: "2/5" }, turned).toSorted()).toEqual(idsOf({ shard: "2/5" }).toSorted());
});

test("A shard mixes experiments: neighbours do not all land together.", () => {
  const first = new Set(idsOf({ shard: "1/2", document: ["one"] }));
  for (const part of ["tcp/ipv4", "tcp/ipv6", "udp/ipv4", "udp/ipv6"]) {
    const own = allIds().filter((id) => id.startsWith(part) && first.has(id));
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(16);
  }
});

test("A shard is I/N.", () => {
  expect(isShard("3/4")).toBe(true);
  expect(isShard("5/4")).toBe(false);
  expect(isShard("all")).toBe(false);
  expect(parseShard("3/4")).toEqual({ index: 3, count: 4 });
});

test.each(["5/4", "0/4", "1/0", "1", "1/", "/2", "-1/2", "1/2/3", "a/b", "1.5/2", " 1/2", ""])(
  "'%s' is not a shard.",
  (text) => {
    expect(() => parseShard(text)).toThrow(
      `--shard: '${text}' is not I/N with I from 1 to N (such as 1/4)`,
    );
  },
);

test("Documents are named by file or by id.", () => {
  expect(isNamed(EVERYTHING)).toBe(false);
  expect(isNamed({ ...EVERYTHING, filter: ["tcp"], shard: "1/2" })).toBe(false);
  expect(isNamed({ ...EVERYTHING, files: ["a.yaml"] })).toBe(true);
  expect(isNamed({ ...EVERYTHING, document: ["one"] })).toBe(true);
});

test("Every experiment is in exactly one of any number of shards, with all its claims and in whatever order they come.", () => {
  const count = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(fc.shuffledSubarray(claims, { minLength: 1 }), count, (some, shards) => {
      const set = { documents, claims: some };
      const parts = Array.from({ length: shards }, (_, index) =>
        selectClaims(set, { ...EVERYTHING, shard: `${index + 1}/${shards}` }),
      );
      const ids = parts.map((part) => new Set(part.map(({ experiment }) => experiment.id)));
      const all = new Set(some.map(({ experiment }) => experiment.id));
      expect(ids.reduce((sum, { size }) => sum + size, 0)).toBe(all.size);
      expect(parts.reduce((sum, { length }) => sum + length, 0)).toBe(some.length);
      const sizes = ids.map(({ size }) => size);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      const turned = { documents, claims: some.toReversed() };
      const again = selectClaims(turned, { ...EVERYTHING, shard: `1/${shards}` });
      expect(new Set(again)).toEqual(new Set(parts[0]));
    }),
    { numRuns: 200 },
  );
});

test("An expression that would not end is ended and told.", { timeout: 60_000 }, () => {
  expect(() => selectClaims(claimSet, { ...EVERYTHING, filter: ["/^(.+)+!$/"] })).toThrow(
    "--filter: /^(.+)+!$/ takes too long to match",
  );
});

test(
  "Ids are matched in parts: those behind the one that does not end are never made.",
  {
    timeout: 60_000,
  },
  () => {
    let made = 0;
    function* ids(): Generator<string> {
      for (; made < 100_000; made++) yield `udp/ipv4 none@wildcard > none@specific ${made}`;
    }
    expect(() => refuseEndless("/^(.+)+!$/", ids())).toThrow("takes too long to match");
    expect(made).toBeLessThan(20_000);
  },
);

test("An id as a whole is that experiment alone, though others begin with it.", () => {
  const id = "tcp/ipv4 none@wildcard > none@specific";
  expect(idsOf({ filter: [id], document: ["one"] })).toEqual([id]);
  expect(idsOf({ filter: ["none@specific"], document: ["one"] }).length).toBeGreaterThan(4);
});

test("A part of an id that ends with a slash, or has two within, is not a regular expression.", () => {
  expect(idsOf({ filter: ["tcp/"], document: ["one"] })).toHaveLength(32);
  expect(() => idsOf({ filter: ["x/^tcp/"] })).toThrow("the selection matches nothing");
  expect(() => idsOf({ filter: ["/^tcp/x"] })).toThrow("the selection matches nothing");
});

test("All versions are as good as a name.", () => {
  expect(isNamed({ ...EVERYTHING, allVersions: true })).toBe(true);
});
