import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Where the result stream is asked to go. */
export const results = process.argv
  .find((text) => text.startsWith("--reporter=ndjson="))
  ?.slice(18);

export function put(...lines) {
  appendFileSync(results, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** A run line, a target line and three observations, one after the other. */
export async function begin(facts = {}) {
  put({ type: "run", version: 1 }, { type: "target", target: "local", runtime: facts });
  for (const id of ["one", "two", "three"]) {
    await sleep(50);
    put(
      { type: "observation", target: "local", experiment: { id }, outcome: { kind: "success" } },
      { type: "verdict", experiment: id },
    );
  }
}
