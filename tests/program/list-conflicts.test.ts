import { expect, test } from "vitest";
import { bindcheck } from "./bindcheck.ts";

interface Listed {
  readonly experiment: string;
  readonly claims: readonly { document: string; expect: string; url: string }[];
}

const TABLE_1 = "so-exclusiveaddruse/table-1";
const SAME_ACCOUNT = "using-so-reuseaddr/same-account";

test("Table 1 and the sibling page disagree on 12 cells of each protocol and family, both cited.", async () => {
  const { exitCode, stdout } = await bindcheck([
    "list",
    "--conflicts",
    "--json",
    "--document",
    TABLE_1,
  ]);
  expect(exitCode).toBe(0);
  const listed = JSON.parse(stdout) as Listed[];
  expect(listed).toHaveLength(12 * 4);
  for (const { claims } of listed) {
    const documents = claims.map(({ document }) => document);
    expect(documents).toContain(TABLE_1);
    expect(documents).toContain(SAME_ACCOUNT);
    for (const { url } of claims) expect(url).toMatch(/^https:/);
  }
});

test("As text, each experiment stands once, with every document that disagrees on it.", async () => {
  const { stdout } = await bindcheck([
    "list",
    "--conflicts",
    "--document",
    TABLE_1,
    "--protocol",
    "udp",
  ]);
  expect(stdout).toContain("udp/ipv6 none@wildcard > none@specific\n  10048 ");
  expect(stdout).toMatch(/^2 documents disagree on 24 experiments$/m);
});

test("A document that nobody contradicts has no conflicts.", async () => {
  const { exitCode, stdout } = await bindcheck([
    "list",
    "--conflicts",
    "--document",
    "ipv6-7/port-space",
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toBe("no two documents disagree");
});
