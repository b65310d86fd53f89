import { writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { ERRNO_NAMES, WINSOCK_NAMES } from "../../harness/model/error-codes.ts";
import { findPort } from "../find-port.ts";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const PAIR = "tcp/ipv4 none@specific > none@specific";
const NODE_PAIR = "tcp/ipv4 none@specific api=node > none@specific api=node";
const SCENARIO = "tcp/ipv4 scenario connections-wildcard-then-specific";

function reproduce(id: string, language: string, ...more: string[]): ReturnType<typeof bindcheck> {
  return bindcheck(["reproduce", id, "--language", language, ...more]);
}

test.each([
  ["c", '#define PORT "28640"'],
  ["python", "PORT = 28640"],
  ["powershell", "$Port = 28640"],
])("A program in %s names the experiment, its port and how to run it.", async (language, port) => {
  const { exitCode, stdout, stderr } = await reproduce(PAIR, language);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toContain(PAIR);
  expect(stdout).toContain("Windows: ");
  expect(stdout.split("\n")).toContain(port);
});

test.each([
  ["EADDRINUSE | listen EADDRINUSE", 0],
  ["success", 1],
])("A program for Node that expects %s ends with %i.", async (expected, exitCode) => {
  const port = String(await findPort());
  const { stdout } = await reproduce(NODE_PAIR, "node", "--expect", expected, "--port", port);
  const file = path.join(await makeFolder(), "reproduce.mjs");
  writeFileSync(file, stdout);
  const ended = await execa(process.execPath, [file], { reject: false });
  expect(ended.stdout).toMatch(/^second: EADDRINUSE \(-?\d+\) at (bind|listen)$/);
  expect(ended.exitCode).toBe(exitCode);
});

const ownPairs = (account: string): string => `document:
  { id: own/pairs, title: Own, section: One, url: "https://example.org/", kind: documented }
applies-to: { platform: any }
matrix: { protocol: tcp, family: ipv4, account: ${account} }
pairs:
  - first: { api: node, options: none, address: specific }
    second: { api: node, options: none, address: specific, port: other }
    expect: success
`;

describe("Of two Node servers,", () => {
  const other = "none@specific api=node > none@specific api=node port=other";

  test("one may have a port of its own.", async () => {
    const folder = await makeFolder();
    const [cases, program] = [path.join(folder, "own.yaml"), path.join(folder, "reproduce.mjs")];
    writeFileSync(cases, ownPairs("same"));
    const port = String(await findPort());
    const { stdout } = await reproduce(`tcp/ipv4 ${other}`, "node", cases, "--port", port);
    writeFileSync(program, stdout);
    const ended = await execa(process.execPath, [program], { reject: false });
    expect(ended).toMatchObject({ stdout: "second: success", exitCode: 0 });
  });

  test("one that belongs to another account is refused.", async () => {
    const cases = path.join(await makeFolder(), "own.yaml");
    writeFileSync(cases, ownPairs("other"));
    const ended = await reproduce(`tcp/ipv4 other-account ${other}`, "node", cases);
    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toContain("its second server belongs to another account");
  });
});

test("A program knows the name of every error that a case file may expect.", async () => {
  const [{ stdout: c }, { stdout: powershell }] = await Promise.all([
    reproduce(PAIR, "c"),
    reproduce(PAIR, "powershell"),
  ]);
  const names = [...c.matchAll(/NAME\(([A-Z]+)\)/g)].map(([, name]) => `E${name}`);
  const winsock = Object.values(WINSOCK_NAMES).map((name) => name.slice("WSA".length));
  expect(names.toSorted()).toEqual([...new Set([...ERRNO_NAMES, ...winsock])].toSorted());
  expect(
    [...powershell.matchAll(/ (\d{5}) = '(\w+)'/g)].map(([, code, name]) => [code, name]),
  ).toEqual(Object.entries(WINSOCK_NAMES));
});

test("An expectation may speak of any observed step, and of who receives.", async () => {
  const { stdout } = await reproduce(SCENARIO, "python", "--expect", "to local", "--step", "3");
  expect(stdout).toContain("0 when the outcome of '3 peer census' is 'to local', 1 when it is not");
});

test("An option's question is chosen by its name, and is not left to chance.", async () => {
  const option = "tcp/ipv4 option SO_RCVBUF";
  const expected = ["--expect", "value >= 2304"];
  const [{ stdout }, unsaid, misspelt, other] = await Promise.all([
    reproduce(option, "python", ...expected, "--step", "default"),
    reproduce(option, "c", ...expected),
    reproduce(option, "c", ...expected, "--step", "defualt"),
    reproduce(option, "powershell"),
  ]);
  expect(stdout).toContain("the outcome of 'default' is 'value >= 2304', 1 when it is not");
  expect(unsaid.stderr).toContain("needs --step, which says what is asked of the option");
  expect(misspelt.stderr).toContain("did you mean 'default'?");
  expect(other.stderr).toContain("--language c or python can");
});

describe("Wrong input is one line:", () => {
  test.each([
    ["an unknown id", `${PAIR}x`, "c", [], `did you mean '${PAIR}'`],
    ["an unknown language", PAIR, "rust", [], "allowed: c, python, powershell, node"],
    ["no outcome", PAIR, "c", ["--expect", "maybe"], "--expect: 'maybe' is not an outcome"],
    ["a misspelt error", PAIR, "c", ["--expect", "EADRINUSE"], "'EADRINUSE' is not an outcome"],
    ["no error of Winsock", PAIR, "c", ["--expect", "10084"], "'10084' is not an outcome"],
    ["no socket of the census", SCENARIO, "c", ["--expect", "to x"], "any, local joined by +"],
    [
      "a step that is not observed",
      SCENARIO,
      "c",
      ["--expect", "success", "--step", "1"],
      "'3 peer census'",
    ],
    ["a step of no scenario", PAIR, "c", ["--expect", "success", "--step", "1"], "not a scenario"],
    ["a step without its outcome", SCENARIO, "c", ["--step", "3"], "needs --expect"],
    ["no port", PAIR, "c", ["--port", "65535"], "--port: '65535' is not a whole number"],
    ["another language's work", PAIR, "node", [], "--language c or python or powershell can"],
    ["a Node server in C", NODE_PAIR, "c", [], "--language node can"],
    [
      "what only an exploration has",
      "udp/ipv4 SO_LINGER=1:0@wildcard > IP_FREEBIND@specific",
      "c",
      [],
      'bindcheck explore --with IP_FREEBIND --with SO_LINGER=1:0 --filter "udp/ipv4 SO_LINGER',
    ],
    ["a census in PowerShell", SCENARIO, "powershell", [], "--language c or python can"],
  ])("%s", async (_, id, language, more, message) => {
    const { exitCode, stdout, stderr } = await reproduce(id, language, ...more);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.split("\n")).toHaveLength(1);
  });
});
