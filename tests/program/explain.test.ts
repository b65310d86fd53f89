import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const ID = "tcp/ipv4 none@wildcard > none@specific";
let folder = "";
let results = "";

// Controls and this one experiment: enough to explain it, too little to tell documents apart.
beforeAll(async () => {
  folder = await makeFolder();
  results = path.join(folder, "results.ndjson");
  await bindcheck(["run", "--filter", ID, "--reporter", `ndjson=${results}`]);
});

test("Each claim comes with its citation, and what was seen with its evidence.", async () => {
  const { exitCode, stdout } = await bindcheck(["explain", ID, "--results", results]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("so-exclusiveaddruse/table-1, documented, for windows >=5.0");
  expect(stdout).toContain("https://learn.microsoft.com/windows/win32/winsock/so-exclusiveaddruse");
  expect(stdout).toMatch(/so-exclusiveaddruse\.yaml:\d+:\d+/);
  expect(stdout).toContain("never run by this project");
  expect(stdout).toContain(`Observed in ${results}`);
  expect(stdout).toMatch(/^ {2}local \(\w+ .*\): \w+/m);
  expect(stdout).toMatch(/^ {4}first: 0\.0\.0\.0:\d+ /m);
});

test("Without results it says how to get them, from the files that speak of it alone.", async () => {
  const other = path.resolve("tests/sample-case-files/contradicted.yaml");
  const { exitCode, stdout } = await bindcheck(["explain", ID, other], { cwd: folder });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`bindcheck run --filter "${ID}"`);
});

test.each([
  ["an unknown id", [ID.replace("none@specific", "nne@specific")], `did you mean '${ID}'`],
  ["results that are not there", [ID, "--results", "nowhere"], "nowhere: there is no such file"],
])("%s is wrong input.", async (_, parameters, message) => {
  const { exitCode, stderr } = await bindcheck(["explain", ...parameters]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("One experiment is too little to identify anything.", async () => {
  const { exitCode, stderr } = await bindcheck(["identify", results]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("too little was measured");
});

test.each([
  ["tcp/ipv4 none@specific > none@specific", "--language c"],
  ["tcp/ipv4 none@specific api=node > none@specific api=node", "--language node"],
  ["tcp/ipv4 reusePort@wildcard api=node > none@wildcard", null],
])("'%s' is offered as a program where one can show it.", async (id, language) => {
  const { exitCode, stdout } = await bindcheck(["explain", id]);
  const offered = /^As a program of its own: bindcheck reproduce "[^"]*" (.*)$/m.exec(stdout);
  expect({ exitCode, offered: offered?.[1] ?? null }).toEqual({ exitCode: 0, offered: language });
});
