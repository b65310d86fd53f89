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
  const disagree = listed.filter(({ claims }) => {
    const [table, sibling] = [TABLE_1, SAME_ACCOUNT].map(
      (id) => claims.find(({ document }) => document === id)?.expect,
    );
    return table !== undefined && sibling !== undefined && table !== sibling;
  });
  expect(disagree).toHaveLength(12 * 4);
  for (const { claims } of listed) {
    expect(claims.map(({ document }) => document)).toContain(TABLE_1);
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
  const [, none = ""] = stdout.split("udp/ipv6 none@wildcard > none@specific\n");
  expect(none).toMatch(/^( .*\n)*  10048 +so-exclusiveaddruse\/table-1: /);
  expect(none).toMatch(/^( .*\n)*  success +using-so-reuseaddr\/same-account: /);
  expect(stdout).toMatch(/^5 documents disagree on 26 experiments$/m);
});

test("A document that no other contradicts has no conflicts.", async () => {
  const { exitCode, stdout } = await bindcheck([
    "list",
    "--conflicts",
    "--document",
    "ipv6-7/port-space",
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toBe("no two documents disagree");
});
