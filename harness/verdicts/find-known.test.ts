import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tmpdir } from "node:os";
import { beforeAll, expect, test } from "vitest";
import { findKnown } from "./find-known.ts";
import type { KnownDeviation } from "./known-deviation.ts";
import { readShippedDeviations } from "./shipped-deviations.ts";

let files: string[] = [];
let shipped: readonly KnownDeviation[] = [];
beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-test-"));
  files = ["first", "second"].map((reason) => {
    const file = path.join(folder, `${reason}.yaml`);
    writeFileSync(
      file,
      `platform: linux
deviations:
  - { document: a, observed: success, experiments: ["*"], reason: ${reason} }
`,
    );
    return file;
  });
  shipped = await readShippedDeviations();
});

const reasonsOf = (known: readonly KnownDeviation[]): string[] => known.map(({ reason }) => reason);

test("Where none is named, those that come with the package are known.", async () => {
  expect(shipped.length).toBeGreaterThan(0);
  expect(await findKnown([])).toEqual(shipped);
});

test("Those of named files come first, in the order of the files.", async () => {
  const known = await findKnown(files);
  expect(reasonsOf(known)).toEqual(["first", "second", ...reasonsOf(shipped)]);
});

test("'none' leaves out those that come with the package, wherever it stands, and no others.", async () => {
  expect(await findKnown(["none"])).toEqual([]);
  expect(reasonsOf(await findKnown(["none", ...files]))).toEqual(["first", "second"]);
  expect(reasonsOf(await findKnown([...files, "none"]))).toEqual(["first", "second"]);
});

test("A file that is not there is wrong input.", async () => {
  await expect(findKnown(["none", "/nowhere.yaml"])).rejects.toThrow("there is no '/nowhere.yaml'");
});
