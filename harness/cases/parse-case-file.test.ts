import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { expandTable } from "../claims/expand-table.ts";
import { parseCaseFile } from "./parse-case-file.ts";
import { WINSOCK_CODES } from "../model/error-codes.ts";
import { ADDRESS_KINDS } from "../model/vocabulary.ts";

const HEAD = {
  document: {
    id: "a/table",
    title: "A table",
    section: "One",
    url: "https://example.org/",
    kind: "documented",
  },
  "applies-to": { platform: "any" },
};

const optionSet = fc.oneof(
  fc.constant("none"),
  fc
    .array(fc.constantFrom("SO_REUSEADDR", "SO_REUSEPORT"), { minLength: 1, maxLength: 3 })
    .map((set) => set.join("+")),
);
const optionSets = fc.uniqueArray(optionSet, { minLength: 1, maxLength: 3 });
const side = fc.uniqueArray(
  fc.record({ options: optionSets, address: fc.constantFrom(...ADDRESS_KINDS) }),
  {
    minLength: 1,
    maxLength: 4,
    // Two entries never stand for one endpoint.
    selector: ({ address }) => address,
  },
);
const outcome = fc.oneof(
  fc.constantFrom(...WINSOCK_CODES),
  fc.constantFrom("success", "n/a", "EADDRINUSE"),
);

/** A right file's content, whatever its table. */
const caseFile = fc
  .record({
    protocol: fc.uniqueArray(fc.constantFrom("tcp", "udp"), { minLength: 1 }),
    family: fc.uniqueArray(fc.constantFrom("ipv4", "ipv6", "dual"), { minLength: 1 }),
    first: side,
    second: side,
  })
  .chain(({ protocol, family, first, second }) =>
    fc
      .array(fc.array(outcome, { minLength: first.length, maxLength: first.length }), {
        minLength: second.length,
        maxLength: second.length,
      })
      .map((cells) => ({
        ...HEAD,
        matrix: { protocol, family },
        table: { first, second: second.map((row, index) => ({ ...row, expect: cells[index] })) },
      })),
  );

test("A right file of any table comes back as it was written, and gives a claim for each of its combinations.", () => {
  fc.assert(
    fc.property(caseFile, fc.boolean(), (content, isJson) => {
      const text = isJson ? JSON.stringify(content) : stringify(content);
      const { documents, problems } = parseCaseFile("f.yaml", text);
      expect(problems).toEqual([]);
      expect(documents[0]?.content).toMatchObject(content);
      const { protocol, family } = content.matrix;
      const wanted = content.table.second.flatMap(({ options, expect: cells = [] }) =>
        cells.map((cell, column) =>
          cell === "n/a" ? 0 : options.length * (content.table.first[column]?.options.length ?? 0),
        ),
      );
      const count = wanted.reduce((sum, each) => sum + each, 0) * protocol.length * family.length;
      const expanded = documents.flatMap((read) => expandTable("f.yaml", read).claims);
      expect(expanded).toHaveLength(count);
      expect(new Set(expanded.map(({ experiment }) => experiment.id)).size).toBe(count);
    }),
    { numRuns: 200 },
  );
});

/** Pieces of which wrong files are made. */
const token = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "document:",
    "table:",
    " ",
    "\n",
    "\t",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "&a",
    "*a",
    "|",
  ),
  fc.constantFrom(
    "<<: ",
    "? ",
    "!!binary ",
    "!!js/function ",
    "%YAML 1.1\n---\n",
    "---\n",
    "__proto__: ",
  ),
  fc.constantFrom(
    "id: a",
    "expect: [1e999, .nan, 0x7fffffffffffffffff]",
    "'",
    '"',
    "#",
    "\u001b[2J",
  ),
);

test("Whatever a text is, it gives documents or mistakes with their places in it, and nothing is thrown.", () => {
  const anything = fc.oneof(
    fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join("")),
    // A right file with one piece put in its place.
    fc
      .tuple(
        caseFile.map((content) => stringify(content)),
        token,
        fc.nat(),
        fc.nat(40),
      )
      .map(([text, piece, at, length]) => {
        const from = at % text.length;
        return text.slice(0, from) + piece + text.slice(from + length);
      }),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const { documents, problems } = parseCaseFile("f.yaml", text);
      expect(documents.length + problems.length).toBeGreaterThan(0);
      const lines = text.split("\n").length;
      for (const { line, column, message } of problems) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message).not.toBe("");
      }
    }),
    { numRuns: 500 },
  );
});

const DEEP = "more than 64 levels of nesting";

test.each([
  ["brackets", "[".repeat(200_000), DEEP],
  ["closed brackets", "[".repeat(5000) + "]".repeat(5000), DEEP],
  ["mappings", Array.from({ length: 3000 }, (_, n) => `${" ".repeat(n)}a:`).join("\n"), DEEP],
  ["lists in lists", `${"- ".repeat(20_000)}a`, DEEP],
  ["keys of keys", "? ".repeat(20_000), DEEP],
  [
    "a tag",
    "document: !!js/function 'process.exit()'",
    "Unresolved tag: tag:yaml.org,2002:js/function",
  ],
  ["a key that is a mapping", "? { a: 1 }\n: 2", "a key that is not text (allowed: text)"],
  [
    "a merge",
    "%YAML 1.1\n---\na: &a { x: 1 }\nb: { <<: *a }",
    "a merge key '<<' (write the keys out: merges are not read)",
  ],
  [
    "an alias",
    "a: &a 1\nb: *a",
    "an alias (write the value out: anchors and aliases are not read)",
  ],
  [
    "a merge of nothing",
    "%YAML 1.1\n---\n<<: ",
    "a merge key '<<' (write the keys out: merges are not read)",
  ],
])("%s are refused at once, in one line.", (_name, text, message) => {
  expect(parseCaseFile("f.yaml", text).problems.map((problem) => problem.message)).toEqual([
    message,
  ]);
});

test("Of very many mistakes a hundred are reported.", () => {
  const keys = Array.from({ length: 50_000 }, (_, number) => `key-${number}: 1`).join("\n");
  for (const text of [keys, "---\nprose\n".repeat(5000)]) {
    const { problems } = parseCaseFile("f.yaml", text);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toBe("and more (only the first 100 are shown)");
  }
});
