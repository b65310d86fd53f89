import { expect, test } from "vitest";
import { availableRunners, parseTarget, targetStates } from "./available.ts";

test.each(["local", "wine", "wine:/home/me/.wine", "wine:C:\\odd"])("%s is a target", (text) => {
  expect(parseTarget(text)).toMatchObject({ name: text });
});

const allowed = "(allowed: local, wine, wine:PREFIX, available)";

test.each([
  ["lokal", `unknown target "lokal" ${allowed}`],
  ["", `unknown target "" ${allowed}`],
  ["constructor", `unknown target "constructor" ${allowed}`],
  ["local:8080", `target "local" takes no argument, got "local:8080" ${allowed}`],
  ["local:", `target "local" takes no argument, got "local:" ${allowed}`],
  ["wine:", `target "wine:" lacks its PREFIX ${allowed}`],
])("%j is none, and the sentence says what is allowed", (text, problem) => {
  expect(parseTarget(text)).toEqual({ problem });
});

test("this machine is always available", async () => {
  expect((await availableRunners()).map(({ name }) => name)).toContain("local");
});

test("every target says what it is, or why it is not here and what to do about it", async () => {
  for (const { runner, availability } of await targetStates())
    expect(Object.values(availability).join(), runner.name).toMatch(/^(true,.+|false,.+,.+)$/);
});
