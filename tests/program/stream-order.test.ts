import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const HONEST = fileURLToPath(new URL("../../reports/golden/stream.ndjson", import.meta.url));
const TARGET = '{"type":"target","target":"wine"';
let folder = "";
let wrong = "";
beforeAll(async () => {
  folder = await makeFolder();
  wrong = path.join(folder, "wrong.ndjson");
  const lines = readFileSync(HONEST, "utf8").split("\n");
  writeFileSync(wrong, lines.filter((line) => !line.startsWith(TARGET)).join("\n"));
});

test.each([
  ["diff", HONEST, "WRONG"],
  ["diff", "WRONG", HONEST],
  ["merge", "WRONG", "--out", "merged.ndjson"],
  ["explain", "tcp/ipv4 none@wildcard > none@wildcard", "--results", "WRONG"],
  ["identify", "WRONG"],
  ["errata", "WRONG"],
  ["matrix", "WRONG"],
  ["run", "--on", "local", "--resume", "WRONG"],
])("%s %s of a stream without a target's line is one line and 2.", async (...words) => {
  const given = words.map((word) => (word === "WRONG" ? wrong : word));
  const ended = await bindcheck(given, { cwd: folder });
  expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
  expect(ended.stderr).toMatch(
    /wrong\.ndjson:3: 'wine' has an observation before its 'target' line$/,
  );
  expect(ended.stderr.split("\n")).toHaveLength(1);
});
