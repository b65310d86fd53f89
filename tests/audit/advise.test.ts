import path from "node:path";
import { expect, test } from "vitest";
import type { AdviceReport } from "../../reports/audit/recommendations.ts";
import { bindcheck, makeFolder } from "../program/bindcheck.ts";

async function advise(...words: readonly string[]): Promise<AdviceReport> {
  const { stdout, stderr, exitCode } = await bindcheck(["advise", "--json", ...words]);
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as AdviceReport;
}

const optionsOn = ({ documents }: AdviceReport, platform: string) =>
  documents.filter((each) => each.platform === platform).map(({ options }) => options);

test("The documents say what makes a socket exclusive, and where they disagree.", async () => {
  const report = await advise("--want", "exclusive", "--protocol", "tcp");
  expect(optionsOn(report, "linux")).toEqual([[]]);
  const windows = report.documents.filter(({ platform }) => platform === "windows");
  expect(windows.map(({ options }) => options)).toEqual([["SO_EXCLUSIVEADDRUSE"]]);
  const [disagreement] = windows[0]?.disagreements ?? [];
  expect(disagreement).toMatchObject({ options: [], yes: ["so-exclusiveaddruse/table-1"] });
  expect(disagreement?.no).toContain("using-so-reuseaddr/same-account");
  expect(windows[0]?.runtimes.map(({ runtime }) => runtime)).toContain("python");
});

test.each([
  ["shared", "udp", "linux", [["SO_REUSEPORT"]]],
  ["shared", "tcp", "linux", [["SO_REUSEPORT"]]],
  ["restart-at-once", "tcp", "linux", [["SO_REUSEADDR"]]],
  ["standby", "udp", "linux", [null]],
])("For %s over %s on %s: %j", async (want, protocol, platform, options) => {
  expect(optionsOn(await advise("--want", want, "--protocol", protocol), platform)).toEqual(
    options,
  );
});

test("A set that lets another account in too is marked, by whom that is said.", async () => {
  const standby = await advise("--want", "standby", "--protocol", "tcp");
  const [windows] = standby.documents.filter(({ options }) => options !== null);
  expect(windows).toMatchObject({ platform: "windows", options: ["SO_REUSEADDR"] });
  expect(windows?.opensTo).toContain("using-so-reuseaddr/different-accounts");
  const shared = await advise("--want", "shared", "--protocol", "udp");
  const linux = shared.documents.find(({ platform }) => platform === "linux");
  expect(linux).toMatchObject({ options: ["SO_REUSEPORT"], opensTo: [] });
});

test("Text and Markdown say the same as JSON.", async () => {
  const words = ["advise", "--want", "restart-at-once", "--protocol", "tcp"];
  const { stdout: text } = await bindcheck(words);
  expect(text).toMatch(
    /^The smallest set of options with which a TCP socket is bound again at once/,
  );
  expect(text).toContain("\nlinux: SO_REUSEADDR\n");
  const { stdout: markdown } = await bindcheck([...words, "--markdown"]);
  expect(markdown).toContain("| linux | `SO_REUSEADDR` |");
});

test.runIf(process.platform === "linux")("Results add what was observed.", async () => {
  const file = path.join(await makeFolder(), "results.ndjson");
  await bindcheck(["run", "--document=linux-options/tcp-listening", `--reporter=ndjson=${file}`]);
  const report = await advise("--want", "exclusive", "--protocol", "tcp", file);
  expect(report.observed).toMatchObject([{ options: [], disagreements: [] }]);
  expect(report.observed[0]?.experiments).toBeGreaterThan(5);
});

test.each([
  [
    ["--protocol", "tcp"],
    /^--want: is missing \(allowed: exclusive, shared, restart-at-once, standby\)$/,
  ],
  [["--want", "all", "--protocol", "tcp"], /^--want: 'all' is unknown \(allowed: exclusive,/],
  [["--json", "--markdown"], /^--json and --markdown: choose one$/],
  [["--want", "shared"], /^--protocol: is missing \(allowed: tcp, udp\)$/],
  [
    ["--want", "restart-at-once", "--protocol", "udp"],
    /^advise: nothing is said of --want restart/,
  ],
])("advise %j: one line, exit code 2", async (words, message) => {
  const { exitCode, stdout, stderr } = await bindcheck(["advise", ...words]);
  expect(stderr.split("\n")).toEqual([expect.stringMatching(message)]);
  expect(stdout).toBe("");
  expect(exitCode).toBe(2);
});
