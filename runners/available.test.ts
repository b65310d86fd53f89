import { expect, test } from "vitest";
import { availableRunners, parseTarget, targetStates } from "./available.ts";

test.each([
  "local",
  "netns",
  "gvisor",
  "uml",
  "wine",
  "wine:/home/me/.wine",
  "wine:C:\\odd",
  "wine@10.0",
  "wine@10.0:/home/me/.wine",
  "uml@6.12",
  "gvisor@/opt/runsc",
  "node@24",
  "ssh:me@host:22",
  "exec:docker exec -i box node /opt/binder.cjs",
])("%s is a target", (text) => {
  expect(parseTarget(text)).toMatchObject({ name: text });
});

const allowed =
  "(allowed: local, netns, gvisor, gvisor@VERSION, wine, wine@VERSION, wine:PREFIX, uml, uml@VERSION, node@VERSION, ssh:[USER@]HOST[:PORT], exec:COMMAND, available)";

test.each([
  ["lokal", `unknown target "lokal" ${allowed} (did you mean 'local'?)`],
  ["", `unknown target "" ${allowed}`],
  ["constructor", `unknown target "constructor" ${allowed}`],
  ["local:8080", `target "local" takes no argument, got "local:8080" ${allowed}`],
  ["local:", `target "local" takes no argument, got "local:" ${allowed}`],
  ["wine:", `target "wine:" lacks its PREFIX ${allowed}`],
  ["ssh", `target "ssh" lacks its [USER@]HOST[:PORT] ${allowed}`],
  ["exec", `target "exec" lacks its COMMAND ${allowed}`],
  ["local@1", `target "local" takes no version, got "local@1" ${allowed}`],
  ["wine@", `target "wine@" lacks its version ${allowed}`],
  ["node", `target "node" lacks its version ${allowed}`],
  ["ssh:a b", `target "ssh:a b" is not ssh:[USER@]HOST[:PORT] ${allowed}`],
])("%j is none, and the sentence says what is allowed", (text, problem) => {
  expect(parseTarget(text)).toEqual({ problem });
});

test("this machine is always available, and once", async () => {
  const names = (await availableRunners()).map(({ name }) => name);
  expect(names.filter((name) => name === "local" || name === "netns")).toHaveLength(1);
});

test("every target says what it is, or why it is not here and what to do about it", async () => {
  for (const { runner, availability } of await targetStates())
    expect(Object.values(availability).join(), runner.name).toMatch(/^(true,.+|false,.+,.+)$/);
});
