import { expect, test } from "vitest";
import { makeFolder } from "../program/bindcheck.ts";
import { fuzz, fuzzKinds } from "./fuzz.ts";

const INPUTS = 100;

for (const kind of await fuzzKinds())
  test(`${INPUTS} spoilt ${kind.what} are taken or refused, and so is what was found before.`, async () => {
    const folder = await makeFolder();
    const result = await fuzz(kind, { seed: 1, inputs: INPUTS, folder });
    expect(result.found).toEqual([]);
    // Both, else it shows nothing.
    expect(result.accepted).toBeGreaterThan(0);
    expect(result.refused).toBeGreaterThan(0);
  });
