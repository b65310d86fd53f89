import path from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { bindcheck, makeFolder, PROGRAM, readStream } from "./bindcheck.ts";

const ONE = ["cases/linux/socket-7.yaml", "--filter", "tcp/ipv4 none@specific > none@specific"];

let folder = "";
beforeAll(async () => {
  folder = await makeFolder();
});

test.each([
  [
    "mars",
    "--require: 'mars' is unknown (allowed: other-account, ipv4-specific2, ipv6, ipv6-specific2, and names of targets)",
  ],
  ["ipv6,", "--require: '' is unknown ("],
])("An unknown need (%s) is reported in one line, and nothing runs.", async (names, message) => {
  const ended = await bindcheck(["run", "--require", names]);
  expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
  expect(ended.stderr).toContain(message);
  expect(ended.stderr.split("\n")).toHaveLength(1);
});

test.each(["run", "explore"])(
  "A %s without a target that is counted on ends with 3 in one line.",
  async (command) => {
    const ended = await bindcheck([command, "--on", "local", "--require", "wine"]);
    expect(ended).toEqual({
      exitCode: 3,
      stdout: "",
      stderr:
        "--require: wine is not among the targets of this run: local (bindcheck doctor says why)",
    });
  },
);

// util-linux: in a network namespace lo has ::1 and 127.0.0.0/8 alone, in a user namespace there is one user.
const isolated = await execa("unshare", ["-rn", "ip", "link", "set", "lo", "up"], {
  reject: false,
});

describe.skipIf(process.platform !== "linux" || isolated.exitCode !== 0)("On Linux, alone,", () => {
  async function run(needs: string, prepare: string) {
    const file = path.join(folder, "results.ndjson");
    const reporters = ["--reporter", `ndjson=${file}`, "--reporter", "pretty"];
    const bare = [process.execPath, PROGRAM, "run", ...ONE, "--require", needs, ...reporters];
    const shell = ["sh", "-ec", `${prepare}; exec "$0" "$@"`, ...bare];
    const { exitCode, stdout } = await execa("unshare", ["-rn", ...shell], { reject: false });
    return { exitCode, stdout, lines: readStream(file) };
  }

  test.each([
    ["other-account", "ip link set lo up", /other-account \(.*'nobody'.*\)/],
    [
      "ipv6-specific2",
      "ip link set lo up",
      /ipv6-specific2 \(add one: sudo ip -6 addr add fd00:b1d::2\/128 dev lo\)/,
    ],
    [
      "ipv6,ipv4-specific2",
      "ip link set lo up; ip addr del ::1/128 dev lo",
      /: ipv6 \(there is no IPv6 loopback address ::1\)/,
    ],
  ])("a target that lacks %s is not measured, and that is 3.", async (needs, prepare, problem) => {
    const { exitCode, stdout, lines } = await run(needs, prepare);
    expect(exitCode).toBe(3);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(problem);
    expect(lines.filter(({ type }) => type === "observation")).toEqual([]);
    expect(lines.find(({ type }) => type === "target-problem")).toMatchObject({
      problem: expect.stringMatching(problem) as string,
    });
  });

  test("a target that has what is counted on is measured.", async () => {
    const prepare = "ip link set lo up; ip addr add fd00:b1d::2/128 dev lo nodad";
    const { exitCode } = await run("ipv4-specific2,ipv6,ipv6-specific2,local", prepare);
    expect(exitCode).toBe(0);
  });
});
