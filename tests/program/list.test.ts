import { expect, test } from "vitest";
import { bindcheck } from "./bindcheck.ts";

const TABLE_1 = "cases/windows/so-exclusiveaddruse.yaml";

interface Listed {
  readonly experiment: { readonly id: string };
  readonly document: string;
  readonly expect: string;
  readonly source: { readonly file: string; readonly line: number; readonly column: number };
}

async function listJson(parameters: readonly string[]): Promise<Listed[]> {
  const { exitCode, stdout, stderr } = await bindcheck(["list", "--json", ...parameters]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout) as Listed[];
}

test("Table 1 lists 180 distinct experiments, on every system.", async () => {
  const listed = await listJson([TABLE_1]);
  expect(listed).toHaveLength(180);
  expect(new Set(listed.map(({ experiment }) => experiment.id)).size).toBe(180);
  expect(listed[0]).toMatchObject({
    experiment: { id: "tcp/ipv4 SO_EXCLUSIVEADDRUSE@wildcard > SO_EXCLUSIVEADDRUSE@wildcard" },
    document: "so-exclusiveaddruse/table-1",
    expect: "10048",
    source: { file: TABLE_1 },
  });
});

test("A list takes what a run with the same selection takes.", async () => {
  const all = await listJson([TABLE_1]);
  const some = await listJson([TABLE_1, "--protocol", "udp", "--filter", "/> none@/"]);
  expect(some).toEqual(all.filter(({ experiment: { id } }) => /^udp.*> none@/.test(id)));
  expect(some).toHaveLength(30);
  const shards = await Promise.all(
    [1, 2].map((index) => listJson([TABLE_1, "--shard", `${index}/2`])),
  );
  expect(shards.map(({ length }) => length)).toEqual([90, 90]);
  expect(
    shards
      .flat()
      .map(({ experiment }) => experiment.id)
      .toSorted(),
  ).toEqual(all.map(({ experiment }) => experiment.id).toSorted());
});

test("For people a list is one claim a line and a count.", async () => {
  const { exitCode, stdout } = await bindcheck([
    "list",
    TABLE_1,
    "--filter",
    "tcp/ipv4 SO_REUSEADDR@wildcard > SO_REUSEADDR@",
  ]);
  expect(exitCode).toBe(0);
  expect(stdout.split("\n")).toEqual([
    "so-exclusiveaddruse/table-1\ttcp/ipv4 SO_REUSEADDR@wildcard > SO_REUSEADDR@wildcard\tsuccess*",
    "so-exclusiveaddruse/table-1\ttcp/ipv4 SO_REUSEADDR@wildcard > SO_REUSEADDR@specific\tsuccess",
    "so-exclusiveaddruse/table-1: 2 claims on 2 experiments",
    "in all: 2 claims on 2 experiments",
  ]);
});

test("A check of right files names their documents and how much they claim.", async () => {
  expect(await bindcheck(["check", TABLE_1, "cases/linux/socket-7.yaml"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: [
      `${TABLE_1}: so-exclusiveaddruse/table-1: 180 claims`,
      "cases/linux/socket-7.yaml: socket-7/bound: 156 claims",
      "cases/linux/socket-7.yaml: socket-7/listening: 78 claims",
      "3 documents, 414 claims: no mistake found",
    ].join("\n"),
  });
});

test("All case files of the package are right, which is one line.", async () => {
  expect(await bindcheck(["check"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: expect.stringMatching(
      /^\d+ documents that come with bindcheck, \d+ claims: no mistake found$/,
    ),
  });
});

test("Help and version go to stdout and end with 0.", async () => {
  expect(await bindcheck(["--help"])).toMatchObject({
    exitCode: 0,
    stderr: "",
    stdout: expect.stringMatching(/^Usage: bindcheck /),
  });
  expect(await bindcheck(["--version"])).toMatchObject({
    exitCode: 0,
    stderr: "",
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});
