import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseCaseFile } from "../cases/parse-case-file.ts";
import { readCaseFile } from "../cases/read.ts";
import { problemText } from "../model/problem.ts";
import { expandTable } from "./expand-table.ts";

// Table 1 of the page "SO_EXCLUSIVEADDRUSE socket option", typed off the page: options and address of the second bind,
// then its outcome after SO_EXCLUSIVEADDRUSE wildcard, the same specific, "no options or SO_REUSEADDR" wildcard, the
// same specific.
const TABLE_1 = `
  SO_EXCLUSIVEADDRUSE | Wildcard  | Fail (10048) | Fail (10048) | Fail (10048) | Fail (10048)
  SO_EXCLUSIVEADDRUSE | Specific  | Fail (10048) | Fail (10048) | Fail (10048) | Fail (10048)
  SO_EXCLUSIVEADDRUSE | Specific2 | n/a          | Success      | n/a          | Success
  No options          | Wildcard  | Fail (10048) | Fail (10048) | Fail (10048) | Fail (10048)
  No options          | Specific  | Fail (10048) | Fail (10048) | Fail (10048) | Fail (10048)
  No options          | Specific2 | n/a          | Success      | n/a          | Success
  SO_REUSEADDR        | Wildcard  | Fail (10013) | Fail (10013) | Success*     | Success
  SO_REUSEADDR        | Specific  | Fail (10013) | Fail (10013) | Success      | Success*
  SO_REUSEADDR        | Specific2 | n/a          | Success      | n/a          | Success
`;

const OUTCOMES: Readonly<Record<string, string>> = {
  "Fail (10048)": "10048",
  "Fail (10013)": "10013",
  Success: "success",
  "Success*": "success*",
};

test("Table 1 becomes the 180 experiments that the page speaks of, each with what the page says.", async () => {
  const said = new Map<string, string>();
  let notApplicable = 0;
  for (const row of TABLE_1.trim().split("\n")) {
    const [options = "", address = "", ...cells] = row.split("|").map((cell) => cell.trim());
    const second = `${options.replace("No options", "none")}@${address.toLowerCase()}`;
    cells.forEach((cell, column) => {
      if (cell === "n/a") notApplicable += 1;
      else
        for (const first of [
          ["SO_EXCLUSIVEADDRUSE@wildcard"],
          ["SO_EXCLUSIVEADDRUSE@specific"],
          ["none@wildcard", "SO_REUSEADDR@wildcard"],
          ["none@specific", "SO_REUSEADDR@specific"],
        ][column] ?? [])
          for (const kind of ["tcp/ipv4", "tcp/ipv6", "udp/ipv4", "udp/ipv6"])
            said.set(`${kind} ${first} > ${second}`, OUTCOMES[cell] ?? "unreadable");
    });
  }
  expect(said.size).toBe(180);
  expect(notApplicable).toBe(6);

  const file = fileURLToPath(
    new URL("../../cases/windows/so-exclusiveaddruse.yaml", import.meta.url),
  );
  const { documents, problems } = await readCaseFile(file);
  expect(problems).toEqual([]);
  expect(documents).toHaveLength(1);
  const { claims, document } = expandTable(file, documents[0]!);
  expect(claims).toHaveLength(180);
  expect(new Map(claims.map((claim) => [claim.experiment.id, claim.expect]))).toEqual(said);
  expect(documents[0]?.content.table?.second.flatMap((row) => row.expect)).toHaveLength(36);

  const footnotes = claims.filter((claim) => claim.expect === "success*");
  expect(
    footnotes.map(({ experiment }) => experiment.id).filter((id) => id.startsWith("tcp/ipv4 ")),
  ).toEqual([
    "tcp/ipv4 none@wildcard > SO_REUSEADDR@wildcard",
    "tcp/ipv4 SO_REUSEADDR@wildcard > SO_REUSEADDR@wildcard",
    "tcp/ipv4 none@specific > SO_REUSEADDR@specific",
    "tcp/ipv4 SO_REUSEADDR@specific > SO_REUSEADDR@specific",
  ]);
  for (const claim of footnotes) expect(claim.allowed).toEqual([{ kind: "success" }]);
  expect(document.notes["success*"]).toBe(
    "which of the two sockets receives the packets is undefined",
  );
});

const HEAD = `document: { id: a/b, title: T, section: S, url: https://example.org/, kind: documented }
applies-to: { platform: any }
`;

function expand(text: string): ReturnType<typeof expandTable> {
  const { documents, problems } = parseCaseFile("a.yaml", `${HEAD}${text}`);
  expect(problems).toEqual([]);
  return expandTable("a.yaml", documents[0]!);
}

test("A claim tells the line and column of its cell.", () => {
  const { claims } = expand(`matrix: { protocol: tcp, family: [ipv4, ipv6] }
table:
  first: [{ options: none, address: wildcard }, { options: none, address: specific }]
  second:
    - { options: none, address: wildcard, expect: [n/a, success] }
`);
  expect(claims.map(({ experiment, source }) => [experiment.id, source])).toEqual([
    ["tcp/ipv4 none@specific > none@wildcard", { file: "a.yaml", line: 7, column: 57 }],
    ["tcp/ipv6 none@specific > none@wildcard", { file: "a.yaml", line: 7, column: 57 }],
  ]);
});

test("One outcome for a row is that of every column.", () => {
  const { claims } = expand(`matrix: { protocol: tcp, family: ipv4 }
table:
  first: [{ options: none, address: wildcard }, { options: none, address: specific, state: connected }]
  second:
    - { options: none, address: wildcard, expect: EADDRINUSE }
    - { options: none, address: specific2, expect: n/a }
`);
  expect(
    claims.map(({ experiment, expect: said, source }) => [experiment.id, said, source]),
  ).toEqual([
    [
      "tcp/ipv4 none@wildcard > none@wildcard",
      "EADDRINUSE",
      { file: "a.yaml", line: 7, column: 51 },
    ],
    [
      "tcp/ipv4 none@specific connected > none@wildcard",
      "EADDRINUSE",
      { file: "a.yaml", line: 7, column: 51 },
    ],
  ]);
});

test("Rows may be the first bind and columns the second; another account is always the second's.", () => {
  const { claims } = expand(`matrix: { protocol: udp, family: ipv4, account: other }
table:
  first: [{ options: SO_REUSEPORT, address: wildcard, expect: [EADDRINUSE] }]
  second: [{ options: none, address: specific }]
`);
  expect(claims.map(({ experiment }) => experiment)).toEqual([
    {
      id: "udp/ipv4 other-account SO_REUSEPORT@wildcard > none@specific",
      protocol: "udp",
      family: "ipv4",
      first: {
        family: "ipv4",
        options: ["SO_REUSEPORT"],
        address: "wildcard",
        account: "same",
        api: "socket",
        state: "bound",
      },
      second: {
        family: "ipv4",
        options: [],
        address: "specific",
        account: "other",
        api: "socket",
        state: "bound",
      },
    },
  ]);
});

test("State, port and several options at once reach the endpoint.", () => {
  const { claims } = expand(`matrix: { protocol: tcp, family: dual }
table:
  first: [{ options: SO_REUSEADDR+SO_REUSEPORT, address: wildcard, state: listening }]
  second: [{ options: none, address: specific, port: other, family: ipv4, expect: [success] }]
`);
  expect(claims[0]?.experiment).toMatchObject({
    first: {
      options: ["SO_REUSEADDR", "SO_REUSEPORT"],
      state: "listening",
      family: "dual",
    },
    second: { port: "other", family: "ipv4" },
  });
});

test("A cell that is said twice is one problem, however many experiments it stands for.", () => {
  const { problems } = expand(`matrix: { protocol: [tcp, udp], family: [ipv4, ipv6] }
table:
  first: [{ options: [none, SO_REUSEADDR], address: wildcard }]
  second:
    - { options: none, address: wildcard, expect: [success] }
    - { options: none, address: wildcard, expect: [EADDRINUSE] }
`);
  expect(problems.map(problemText)).toEqual([
    "a.yaml:8:52: duplicate cell: 'tcp/ipv4 none@wildcard > none@wildcard' is already in line 7 (allowed: each cell once)",
  ]);
});
