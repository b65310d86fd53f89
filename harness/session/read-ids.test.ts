import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readIds } from "./read-ids.ts";

const folder = mkdtempSync(path.join(tmpdir(), "read-ids-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = "tcp/ipv4 a > b\r\n\r\nudp/ipv6 c > d\r\n";

test.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${TEXT}`)],
  ["UTF-16, as Windows PowerShell redirects", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
])("Ids are read from %s.", (name, bytes) => {
  const file = path.join(folder, `${name}.txt`);
  writeFileSync(file, bytes);
  expect([...readIds(file)]).toEqual(["tcp/ipv4 a > b", "udp/ipv6 c > d"]);
});

test.each([
  ["UTF-16 of the other order", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()],
  ["Latin-1", Buffer.from("tcp/ipv4 \u00e4", "latin1")],
])("%s is refused in one line.", (name, bytes) => {
  const file = path.join(folder, `${name}.txt`);
  writeFileSync(file, bytes);
  expect(() => readIds(file)).toThrow(`--except: ${file} is not text in UTF-8`);
});
