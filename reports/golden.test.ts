import { expect, test } from "vitest";
import { golden, recordedLines, replay } from "./golden/replay.ts";

test.each([
  ["ndjson", "stream.ndjson"],
  ["tap", "tap.txt"],
  ["junit", "junit.xml"],
  ["pretty", "pretty.txt"],
  ["markdown", "summary.md"],
  ["github", "github.txt"],
  ["ctrf", "ctrf.json"],
] as const)("%s writes exactly %s", async (name, file) => {
  const writes = await replay(name, recordedLines());
  expect(writes.join("")).toBe(golden(file));
});
