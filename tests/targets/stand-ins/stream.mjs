import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Where the result stream is asked to go. */
export const results = process.argv
  .find((text) => text.startsWith("--reporter=ndjson="))
  ?.slice(18);

export function put(...lines) {
  appendFileSync(results, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** What is no text as JSON: versions and the like are texts. */
function texts(facts) {
  const entries = Object.entries(facts).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries);
}

/** A run line, a target line and three observations, one after the other. */
export async function begin(facts = {}) {
  const system = { name: "linux", version: "6.1", build: "1", kernel: "Linux 6.1" };
  const platform = { name: "linux", implements: "linux", version: "6.1" };
  const target = { type: "target", target: "local", platform, os: system, runtime: texts(facts) };
  put({ type: "run", version: 1 }, { ...target, addresses: {}, controls: {} });
  for (const id of ["one", "two", "three"]) {
    await sleep(50);
    put(observation(id), { type: "verdict", experiment: id });
  }
}

/** An observation line, whole. */
export function observation(id) {
  const outcome = { kind: "success" };
  const facts = { attempts: 1, durationMs: 1, port: 1024, evidence: {} };
  const seat = {
    family: "ipv4",
    options: [],
    address: "wildcard",
    account: "same",
    api: "socket",
    state: "bound",
  };
  const pair = { protocol: "tcp", family: "ipv4", first: seat, second: seat };
  return { type: "observation", target: "local", experiment: { id, ...pair }, outcome, ...facts };
}
