import { writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
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
  const port = String(20_000 + Math.floor(Math.random() * 5000));
  const { stdout } = await reproduce(NODE_PAIR, "node", "--expect", expected, "--port", port);
  const file = path.join(await makeFolder(), "reproduce.mjs");
  writeFileSync(file, stdout);
  const ended = await execa(process.execPath, [file], { reject: false });
  expect(ended.stdout).toMatch(/^second: EADDRINUSE \(-?\d+\) at (bind|listen)$/);
  expect(ended.exitCode).toBe(exitCode);
});

test("An expectation may speak of any observed step, and of who receives.", async () => {
  const { stdout } = await reproduce(SCENARIO, "python", "--expect", "to local", "--step", "3");
  expect(stdout).toContain("0 when '3 peer census' came to to local, 1 when not");
});

describe("Wrong input is one line:", () => {
  test.each([
    ["an unknown id", `${PAIR}x`, "c", [], `near: '${PAIR}'`],
    ["an unknown language", PAIR, "rust", [], "allowed: c, python, powershell, node"],
    ["no outcome", PAIR, "c", ["--expect", "maybe"], "--expect: 'maybe' is no outcome"],
    ["no socket of the census", SCENARIO, "c", ["--expect", "to x"], "any, local joined by +"],
    [
      "a step that is not observed",
      SCENARIO,
      "c",
      ["--expect", "success", "--step", "1"],
      "'3 peer census'",
    ],
    ["a step of no scenario", PAIR, "c", ["--expect", "success", "--step", "1"], "no scenario"],
    ["a step without its outcome", SCENARIO, "c", ["--step", "3"], "needs --expect"],
    ["no port", PAIR, "c", ["--port", "65535"], "--port: '65535' is not a whole number"],
    ["another language's work", PAIR, "node", [], "--language c or python or powershell can"],
    ["a Node server in C", NODE_PAIR, "c", [], "--language node can"],
    ["a census in PowerShell", SCENARIO, "powershell", [], "--language c or python can"],
  ])("%s", async (_, id, language, more, message) => {
    const { exitCode, stdout, stderr } = await reproduce(id, language, ...more);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.split("\n")).toHaveLength(1);
  });
});
