import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { CASE_FILE_SCHEMA, ownCaseFiles } from "./own-cases.ts";
import { caseFileJsonSchema, caseFileSchema } from "./case-file.ts";

const PLAIN = {
  document: { id: "a/b", title: "T", section: "S", url: "https://example.org/", kind: "measured" },
  "applies-to": { platform: "any" },
  matrix: { protocol: "tcp", family: "ipv4" },
  table: {
    first: [{ options: "none", address: "wildcard" }],
    second: [{ options: "none", address: "wildcard", expect: [10_048] }],
  },
};

function problemsOf(content: unknown): string[] {
  const checked = caseFileSchema.safeParse(content);
  return checked.success ? [] : checked.error.issues.map((issue) => issue.path.join("/"));
}

const acceptedByEditors = new Ajv2020({ validateFormats: false, allowUnionTypes: true }).compile(
  caseFileJsonSchema(),
);

test("cases/case-file.schema.json is what `npm run schema` makes.", () => {
  expect(JSON.parse(readFileSync(CASE_FILE_SCHEMA, "utf8"))).toEqual(caseFileJsonSchema());
});

test.each(ownCaseFiles())("%s is right for the program and for editors.", (file) => {
  const documents = parseAllDocuments(readFileSync(file, "utf8"));
  expect(documents).not.toHaveLength(0);
  for (const document of documents as { toJS(): unknown }[]) {
    const content = document.toJS();
    expect(problemsOf(content)).toEqual([]);
    expect(acceptedByEditors(content), JSON.stringify(acceptedByEditors.errors)).toBe(true);
  }
});

test("What may be left out is filled in.", () => {
  const filled = caseFileSchema.parse(PLAIN);
  expect(filled["applies-to"].versions).toBe("*");
  expect(filled.matrix.account).toBe("same");
  expect(filled.notes).toEqual({});
});

const table = (first: object, second: object) => ({
  table: { first: [first], second: [second] },
});
const COLUMN = { options: "none", address: "wildcard" };
const ROW = { ...COLUMN, expect: ["success"] };

test.each([
  ["an unknown key", { colour: "red" }, ""],
  ["an unknown platform", { "applies-to": { platform: "plan9" } }, "applies-to/platform"],
  [
    "a version range in words",
    { "applies-to": { platform: "any", versions: "new" } },
    "applies-to/versions",
  ],
  ["an unknown protocol", { matrix: { protocol: "sctp", family: "ipv4" } }, "matrix/protocol"],
  ["no protocol at all", { matrix: { protocol: [], family: "ipv4" } }, "matrix/protocol"],
  ["an unknown family", { matrix: { protocol: "tcp", family: "ipv5" } }, "matrix/family"],
  ["a table without rows", { table: { first: [COLUMN], second: [] } }, "table/second"],
  ["an unknown option", table({ ...COLUMN, options: "REUSEADDR" }, ROW), "table/first/0/options"],
  ["an unknown address", table({ ...COLUMN, address: "any" }, ROW), "table/first/0/address"],
  ["an unknown state", table({ ...COLUMN, state: "open" }, ROW), "table/first/0/state"],
  ["an unknown outcome", table(COLUMN, { ...ROW, expect: ["fails"] }), "table/second/0/expect/0"],
  ["an unknown number", table(COLUMN, { ...ROW, expect: [10_000] }), "table/second/0/expect"],
  [
    "one unknown outcome for a row",
    table(COLUMN, { ...ROW, expect: "fails" }),
    "table/second/0/expect",
  ],
] as const)("Both refuse %s.", (_what, change, path) => {
  const content = { ...PLAIN, ...change };
  expect(problemsOf(content)).toEqual([path]);
  expect(acceptedByEditors(content)).toBe(false);
});

test.each([
  ["a row that is too short", { ...ROW, expect: ["success"] }, "table/second/0/expect"],
  ["a row that is too long", { ...ROW, expect: ["n/a", "n/a", "n/a"] }, "table/second/0/expect"],
  ["a row without outcomes", COLUMN, "table/second/0"],
  [
    "a server of Node's that is connected",
    { ...ROW, expect: "success", api: "node", state: "connected" },
    "table/second/0/state",
  ],
  [
    "a footnote that is not there",
    { ...ROW, expect: ["success*", "n/a"] },
    "table/second/0/expect/0",
  ],
] as const)("The program refuses %s.", (_what, row, path) => {
  const first = [COLUMN, { ...COLUMN, address: "specific" }];
  expect(problemsOf({ ...PLAIN, table: { first, second: [row] } })).toEqual([path]);
});

test("Outcomes on both sides are refused, on the side that holds the columns.", () => {
  expect(problemsOf({ ...PLAIN, ...table(ROW, ROW) })).toEqual(["table/second/0/expect"]);
});
